#include "dsp/CrossfadingTap.h"
#include "dsp/Filters.h"
#include "dsp/Lfo.h"
#include "dsp/SoftLimit.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <atomic>

namespace tonewright::dsp
{
namespace
{
constexpr double longestSeconds = 2;
constexpr double shortestSeconds = 0.02;
constexpr int samplesPerControl = 16;

/// What an echo goes through each time round.
struct Voicing
{
    float darkest;         ///< Hz, the low-pass at tone 0
    float brightest;       ///< Hz, at tone 100
    std::size_t lowPasses; ///< of first order
    float lowCut;          ///< Hz; 0: none
};

/// By DelayType.
constexpr std::array<Voicing, delayTypes.size()> voicings{
    {{1500, 30000, 2, 0}, {1000, 9000, 2, 60}, {700, 5000, 3, 80}, {1500, 30000, 2, 0}}};
constexpr std::size_t mostLowPasses = 3;

// Tape: wow of a turning capstan and flutter, in seconds of delay; together about 0.15 % of speed.
constexpr float wowSeconds = 0.00025f;
constexpr float wowRate = 0.7f;
constexpr float flutterSeconds = 0.000012f;
constexpr float flutterRate = 6.1f;
// A new time pulls the tape to another speed, at most by this part of it.
constexpr float strongestPull = 0.4f;
constexpr double pullSeconds = 0.12;
constexpr float tapeCeiling = 1.6f;

/// The level detector of a compander: a rectifier and a time constant.
class Detector
{
public:
    void prepare(double sampleRate) noexcept
    {
        speed = static_cast<float>(1 - std::exp(-1 / (0.006 * sampleRate)));
        reset();
    }
    void reset() noexcept { level = quietest; }
    float value() const noexcept { return std::max(level, quietest); }
    void follow(float sample) noexcept { level += speed * (std::abs(sample) - level); }

private:
    /// Below it the compander stops, or hiss would be all that is left.
    static constexpr float quietest = 0.03f;
    float speed = 1;
    float level = quietest;
};

/// One channel of echo: its line and what belongs to it.
struct EchoChannel
{
    DelayLine line;
    std::array<OnePole, mostLowPasses> tone;
    OnePole lowCut;
    Detector compressing;
    Detector expanding;

    void reset() noexcept
    {
        line.reset();
        for (auto& filter : tone)
            filter.reset();
        lowCut.reset();
        compressing.reset();
        expanding.reset();
    }
};

/// The moving place of a tape head: goes to its target by changing the tape's speed.
class TapeHead
{
public:
    void prepare(double newSampleRate) noexcept
    {
        sampleRate = newSampleRate;
        pull = 1 / (pullSeconds * newSampleRate);
        wow.prepare(newSampleRate);
        flutter.prepare(newSampleRate);
        reset();
    }
    void reset() noexcept
    {
        snapNext = true;
        wow.reset();
        flutter.reset();
        wow.setRate(wowRate);
        flutter.setRate(flutterRate);
    }
    void setTarget(double delay) noexcept
    {
        target = delay;
        if (snapNext)
            place = delay;
        snapNext = false;
    }
    float advance() noexcept
    {
        place += std::clamp(pull * (target - place), -double{strongestPull}, double{strongestPull});
        wow.advance();
        flutter.advance();
        const float sway = wowSeconds * wow.sine() + flutterSeconds * flutter.sine();
        return static_cast<float>(place + sampleRate * static_cast<double>(sway));
    }

private:
    double sampleRate = 48000;
    double pull = 0;
    double place = 0;
    double target = 0;
    bool snapNext = true;
    Lfo wow;
    Lfo flutter;
};

double echoSeconds(const ParameterSet& parameters, double tempo) noexcept
{
    const auto sync = static_cast<std::size_t>(parameters.choice<DelaySync>("delay.sync"_p));
    const double quarters = delaySyncQuarters[sync];
    const double seconds = quarters > 0 && tempo > 0
                               ? quarters * 60 / tempo
                               : static_cast<double>(parameters["delay.time"_p]) * 0.001;
    return std::clamp(seconds, shortestSeconds, longestSeconds);
}

class Delay final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        const int longest =
            static_cast<int>((longestSeconds + double{wowSeconds} + double{flutterSeconds}) * sampleRate) + 8;
        for (auto& channel : channels)
        {
            channel.line.prepare(longest);
            channel.compressing.prepare(sampleRate);
            channel.expanding.prepare(sampleRate);
        }
        tap.prepare(sampleRate);
        head.prepare(sampleRate);
        feedback.prepare(sampleRate);
        dryGain.prepare(sampleRate);
        wetGain.prepare(sampleRate);
        tone.prepare(sampleRate / samplesPerControl);
        reset();
    }

    void reset() noexcept override
    {
        for (auto& channel : channels)
            channel.reset();
        tap.reset();
        head.reset();
        feedback.reset();
        dryGain.reset();
        wetGain.reset();
        tone.reset();
        untilControl = 0;
        toneIsSet = false;
    }

    void setParameters(const ParameterSet& parameters, const Transport& transport) noexcept override
    {
        const auto newType = parameters.choice<DelayType>("delay.type"_p);
        if (newType != type)
            reset();
        type = newType;
        tempo.store(transport.tempo, std::memory_order_relaxed);
        const double delay = echoSeconds(parameters, transport.tempo) * sampleRate;
        tap.setTarget(static_cast<int>(std::lround(delay)));
        head.setTarget(delay);
        feedback.setTarget(parameters["delay.feedback"_p] * 0.01f);
        tone.setTarget(parameters["delay.tone"_p] * 0.01f);
        const float mix = parameters["delay.mix"_p] * 0.01f;
        dryGain.setTarget(std::min(1.0f, 2 - 2 * mix));
        wetGain.setTarget(std::min(1.0f, 2 * mix));
    }

    void process(AudioBlock& block) noexcept override
    {
        if (type == DelayType::pingPong && block.channelCount == 1)
        {
            std::copy_n(block.channels[0], block.frames, block.channels[1]);
            block.channelCount = 2;
        }
        for (int frame = 0; frame < block.frames; ++frame)
        {
            control();
            if (type == DelayType::pingPong)
                pingPong(block.channels[0][frame], block.channels[1][frame]);
            else
                echo(block, frame);
        }
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        if (parameters["delay.mix"_p] <= 0)
            return 0;
        const double once = echoSeconds(parameters, tempo.load(std::memory_order_relaxed));
        const double fed = static_cast<double>(parameters["delay.feedback"_p]) * 0.01;
        const double repeats = fed > 0.001 ? std::ceil(-3 / std::log10(fed)) : 0;
        return once * (1 + repeats);
    }

private:
    const Voicing& voicing() const noexcept { return voicings[static_cast<std::size_t>(type)]; }

    void control() noexcept
    {
        if (untilControl == 0)
        {
            untilControl = samplesPerControl;
            const bool moves = tone.isMoving();
            const float place = tone.next();
            if (moves || !toneIsSet)
                setTone(place);
        }
        --untilControl;
    }

    void setTone(float place) noexcept
    {
        const auto& voice = voicing();
        const float corner = voice.darkest * std::pow(voice.brightest / voice.darkest, place);
        for (auto& channel : channels)
        {
            for (auto& filter : channel.tone)
                filter.setFrequency(static_cast<double>(corner), sampleRate);
            channel.lowCut.setFrequency(static_cast<double>(voice.lowCut), sampleRate);
        }
        toneIsSet = true;
    }

    void echo(const AudioBlock& block, int frame) noexcept
    {
        const bool tape = type == DelayType::tape;
        float place = 0;
        if (tape)
            place = head.advance();
        else
            tap.advance();
        const float back = feedback.next();
        const float dry = dryGain.next();
        const float wet = wetGain.next();
        for (std::size_t index = 0; index < static_cast<std::size_t>(block.channelCount); ++index)
        {
            auto& channel = channels[index];
            auto& sample = block.channels[index][frame];
            const float heard =
                afterLine(channel, tape ? channel.line.readBetween(place) : tap.read(channel.line));
            channel.line.write(intoLine(channel, sample + softLimit(back * heard)));
            sample = dry * sample + wet * heard;
        }
    }

    /// Echoes go left, right, left..., each weaker than the last by the feedback.
    void pingPong(float& left, float& right) noexcept
    {
        tap.advance();
        const float back = feedback.next();
        const float dry = dryGain.next();
        const float wet = wetGain.next();
        const float heardLeft = afterLine(channels[0], tap.read(channels[0].line));
        const float heardRight = afterLine(channels[1], tap.read(channels[1].line));
        channels[0].line.write(0.5f * (left + right) + softLimit(back * heardRight));
        channels[1].line.write(softLimit(back * heardLeft));
        left = dry * left + wet * heardLeft;
        right = dry * right + wet * heardRight;
    }

    float intoLine(EchoChannel& channel, float sample) noexcept
    {
        if (type == DelayType::tape)
            return softSaturate(sample, tapeCeiling);
        if (type != DelayType::analogue)
            return sample;
        // Compressed 2:1 before the bucket brigade and expanded behind it: the detectors see the same signal,
        // so that only attacks, saturation and filtering remain of the round trip.
        const float compressed = softSaturate(sample / channel.compressing.value(), tapeCeiling);
        channel.compressing.follow(compressed);
        return compressed;
    }

    float afterLine(EchoChannel& channel, float sample) noexcept
    {
        if (type == DelayType::analogue)
        {
            const float level = channel.expanding.value();
            channel.expanding.follow(sample);
            sample *= level;
        }
        const auto& voice = voicing();
        for (std::size_t index = 0; index < voice.lowPasses; ++index)
            sample = channel.tone[index].lowPass(sample);
        return voice.lowCut > 0 ? channel.lowCut.highPass(sample) : sample;
    }

    double sampleRate = 48000;
    DelayType type = DelayType::digital;
    std::array<EchoChannel, 2> channels;
    CrossfadingTap tap;
    TapeHead head;
    Smoother feedback;
    Smoother dryGain;
    Smoother wetGain;
    Smoother tone; // at the control rate
    int untilControl = 0;
    bool toneIsSet = false;
    std::atomic<double> tempo{0};
};
} // namespace

std::unique_ptr<Stage> makeDelay()
{
    return std::make_unique<Delay>();
}

} // namespace tonewright::dsp
