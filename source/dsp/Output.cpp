#include "dsp/Decibels.h"
#include "dsp/Doubler.h"
#include "dsp/Filters.h"
#include "dsp/Limiter.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double dcCorner = 5; ///< Hz
constexpr double servoGainSeconds = 0.03;
/// -2 dBFS: below it the limiter does nothing.
constexpr float limiterKnee = 0.7943f;
constexpr double limiterReleaseSeconds = 0.08;
/// What no healthy chain puts out (+40 dBFS); cut here, so that one wild sample does not mute the next
/// seconds.
constexpr float wildestSample = 100;

/// The height of the wave at a sample and between samples, where a converter may put out up to 3 dB more than
/// they show (ITU-R BS.1770, annex 2): half-way between the two before it, as well as four samples tell, and
/// after it, if the wave stays as high as it just became.
class WaveHeight
{
public:
    void reset() noexcept { past.fill(0); }

    float process(float sample) noexcept
    {
        // Exact for constants and at a quarter of the sample rate, where a sine hides most between its
        // samples.
        constexpr float inner = 0.60355f;
        constexpr float outer = 0.10355f;
        const float between = inner * (past[0] + past[1]) - outer * (past[2] + sample);
        const float ahead = (1 + outer) * sample - outer * past[0];
        past = {sample, past[0], past[1]};
        return std::max({std::abs(sample), std::abs(between), std::abs(ahead)});
    }

private:
    std::array<float, 3> past{};
};

/// What a limiter shifts to one side, because its gain follows uneven waves, goes back out of what it is
/// given: an integrator around it, as fast however far it turns down. Stays at 0, exactly, until the limiter
/// has changed something.
class LimiterServo
{
public:
    void prepare(double sampleRate) noexcept
    {
        step = 2 * std::numbers::pi * dcCorner / sampleRate;
        gainStep = 1 / (servoGainSeconds * sampleRate);
        reset();
    }
    void reset() noexcept
    {
        shift = 0;
        gainOfLate = 1;
    }

    float before(float sample) const noexcept
    {
        return static_cast<float>(static_cast<double>(sample) - shift);
    }

    /// `sample` as before() was given it, which has no DC, what has become of it, and the limiter's gain.
    void after(float sample, float limited, float gain) noexcept
    {
        gainOfLate += gainStep * (static_cast<double>(gain) - gainOfLate);
        shift += step * (static_cast<double>(limited) / gainOfLate - static_cast<double>(sample));
    }

private:
    double step = 0;
    double gainStep = 0;
    double shift = 0;
    double gainOfLate = 1;
};

/// Level, stereo width, DC blocker and the limiter that saves ears and converters. The output is finite and
/// within full scale whatever comes in.
class Output final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        level.prepare(spec.sampleRate, longRamp);
        width.prepare(spec.sampleRate);
        doubling.prepare(spec.sampleRate);
        doubler.prepare(spec.sampleRate);
        for (auto& blocker : blockers)
            blocker.prepare(spec.sampleRate, dcCorner);
        for (auto& servo : servos)
            servo.prepare(spec.sampleRate);
        limiter.prepare(spec.sampleRate, {limiterKnee, outputCeiling, limiterReleaseSeconds});
        Output::reset();
    }

    void reset() noexcept override
    {
        level.reset();
        width.reset();
        doubling.reset();
        doubler.reset();
        for (auto& blocker : blockers)
            blocker.reset();
        for (auto& servo : servos)
            servo.reset();
        for (auto& height : heights)
            height.reset();
        limiter.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        level.setTarget(gainFromDecibels(parameters["output.level"_p]));
        width.setTarget(0.01f * parameters["output.width"_p]);
        doubling.setTarget(0.01f * parameters["output.doubler"_p]);
    }

    void process(AudioBlock& block) noexcept override
    {
        if (block.channelCount == 1 && (doubling.value() > 0 || doubling.isMoving()))
        {
            std::copy_n(block.channels[0], block.frames, block.channels[1]);
            block.channelCount = 2;
        }
        if (block.channelCount == 1)
            processMono(block);
        else
            processStereo(block);
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        return parameters["output.doubler"_p] > 0 ? Doubler::longestSeconds : 0;
    }

private:
    static float tamed(float sample) noexcept
    {
        return std::isfinite(sample) ? std::clamp(sample, -wildestSample, wildestSample) : 0;
    }

    /// Rounding must not lift a sample above the ceiling either.
    static float finished(float sample) noexcept { return std::clamp(sample, -outputCeiling, outputCeiling); }

    void processMono(AudioBlock& block) noexcept
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            float& sample = block.channels[0][frame];
            width.next();
            doubler.process(sample, doubling.next());
            const float value = blockers[0].process(tamed(sample) * level.next());
            const float centred = servos[0].before(value);
            const float limiting = limiter.gainFor(heights[0].process(centred));
            sample = finished(centred * limiting);
            servos[0].after(value, sample, limiting);
        }
        blockers[1] = blockers[0]; // the signal may become stereo
        servos[1] = servos[0];
        heights[1] = heights[0];
    }

    void processStereo(AudioBlock& block) noexcept
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            const double gain = static_cast<double>(level.next());
            const double left = gain * static_cast<double>(tamed(block.channels[0][frame]));
            const double right = gain * static_cast<double>(tamed(block.channels[1][frame]));
            // In double precision, so that 100 % changes nothing and 0 % leaves nothing of the side.
            const double middle = 0.5 * (left + right);
            const auto take =
                static_cast<double>(doubler.process(static_cast<float>(middle), doubling.next()));
            const double side = (0.5 * (left - right) + take) * static_cast<double>(width.next());
            const std::array value{blockers[0].process(static_cast<float>(middle + side)),
                                   blockers[1].process(static_cast<float>(middle - side))};
            const std::array centred{servos[0].before(value[0]), servos[1].before(value[1])};
            const float limiting =
                limiter.gainFor(std::max(heights[0].process(centred[0]), heights[1].process(centred[1])));
            for (std::size_t channel = 0; channel < 2; ++channel)
            {
                float& sample = block.channels[channel][frame];
                sample = finished(centred[channel] * limiting);
                servos[channel].after(value[channel], sample, limiting);
            }
        }
    }

    Smoother level;
    Smoother width;
    Smoother doubling;
    Doubler doubler;
    std::array<DcBlocker, 2> blockers;
    std::array<LimiterServo, 2> servos;
    std::array<WaveHeight, 2> heights;
    Limiter limiter;
};
} // namespace

std::unique_ptr<Stage> makeOutput()
{
    return std::make_unique<Output>();
}

} // namespace tonewright::dsp
