#include "dsp/HallReverb.h"

#include "dsp/SoftLimit.h"

#include <numbers>

namespace tonewright::dsp
{

/// The measures of a space.
struct HallVoicing
{
    std::array<float, HallReverb::lineCount> lines;             ///< seconds at full size
    std::array<float, HallReverb::diffuserCount> diffusers;     ///< seconds, left; right is a little longer
    std::array<float, HallReverb::reflectionCount> reflections; ///< seconds, left; right differs
    float diffusion;
    float reflectionLevel;
    float fullSizeDecay; ///< seconds; a shorter decay shrinks the space, or it
                         ///< would fall silent between walls
    float movement;      ///< seconds, up and down
    float movementRate;  ///< Hz
    float darkCorner;    ///< Hz, the damping's corner at brightness 0
    float brightCorner;
    float darkRatio; ///< decay of the highs relative to the promised decay, at
                     ///< brightness 0
    float brightRatio;
    float octave; ///< level of the octave in the loop; 0: none
    float haste;  ///< decay of the network relative to the promised one; the
                  ///< octave's detour makes up for it
};

namespace
{
constexpr int samplesPerControl = 32;
constexpr float smallestSize = 0.14f;
constexpr float rightStretch = 1.093f;
constexpr double longestReflection = 0.06;

const HallVoicing room{{0.0113f, 0.0137f, 0.0161f, 0.0187f, 0.0211f, 0.0239f, 0.0271f, 0.0307f},
                       {0.0021f, 0.0032f, 0.0047f, 0.0061f},
                       {0.0031f, 0.0057f, 0.0093f, 0.0124f, 0.0178f, 0.0231f},
                       0.62f,
                       0.35f,
                       0.6f,
                       0.00012f,
                       0.9f,
                       2500,
                       8000,
                       0.45f,
                       0.9f,
                       0,
                       1};
const HallVoicing hall{{0.0371f, 0.0427f, 0.0487f, 0.0541f, 0.0613f, 0.0689f, 0.0773f, 0.0859f},
                       {0.0047f, 0.0071f, 0.0112f, 0.0157f},
                       {},
                       0.66f,
                       0,
                       1.6f,
                       0.0003f,
                       0.6f,
                       2200,
                       7000,
                       0.3f,
                       0.8f,
                       0,
                       1};
const HallVoicing cathedral{{0.0613f, 0.0701f, 0.0797f, 0.0883f, 0.0977f, 0.1087f, 0.1193f, 0.1319f},
                            {0.0079f, 0.0113f, 0.0167f, 0.0233f},
                            {},
                            0.7f,
                            0,
                            3.5f,
                            0.0004f,
                            0.4f,
                            1600,
                            4500,
                            0.25f,
                            0.6f,
                            0,
                            1};
const HallVoicing shimmer{{0.0389f, 0.0443f, 0.0503f, 0.0571f, 0.0641f, 0.0719f, 0.0811f, 0.0907f},
                          {0.0053f, 0.0083f, 0.0127f, 0.0173f},
                          {},
                          0.7f,
                          0,
                          2.0f,
                          0.0004f,
                          0.7f,
                          2500,
                          8000,
                          0.4f,
                          0.85f,
                          0.5f,
                          0.93f};

const HallVoicing& voicingOf(ReverbType type) noexcept
{
    switch (type)
    {
    case ReverbType::room:
        return room;
    case ReverbType::cathedral:
        return cathedral;
    case ReverbType::shimmer:
        return shimmer;
    default:
        return hall;
    }
}

/// An orthogonal matrix of +-1 / sqrt(8), by three rounds of sums and
/// differences.
void hadamard(std::array<Lanes, 2>& lanes) noexcept
{
    for (auto& x : lanes)
    {
        x = Lanes{x[1], x[0], x[3], x[2]} + x * Lanes{1, -1, 1, -1};
        x = swapPairs(x) + x * Lanes{1, 1, -1, -1};
    }
    lanes = {0.353553391f * (lanes[0] + lanes[1]), 0.353553391f * (lanes[0] - lanes[1])};
}

template <typename Value, std::size_t count>
void approach(std::array<Value, count>& values, const std::array<Value, count>& wanted, float speed) noexcept
{
    for (std::size_t index = 0; index < count; ++index)
        values[index] += speed * (wanted[index] - values[index]);
}
} // namespace

void OctaveUp::prepare(double sampleRate)
{
    window = 2 * static_cast<int>(0.035 * sampleRate);
    line.prepare(window + 1);
    for (auto& filter : antiAlias)
        filter.setFrequency(std::min(3500.0, 0.2 * sampleRate), sampleRate);
    // What is too low for the window would come round unshifted, again and again.
    for (auto& filter : lowCut)
        filter.setFrequency(180, sampleRate);
    reset();
}

void OctaveUp::reset() noexcept
{
    line.reset();
    for (auto& filter : antiAlias)
        filter.reset();
    for (auto& filter : lowCut)
        filter.reset();
    place = 0;
}

float OctaveUp::process(float input) noexcept
{
    const float high = lowCut[1].highPass(lowCut[0].highPass(input));
    line.write(antiAlias[1].lowPass(antiAlias[0].lowPass(high)));
    place = place + 1 < window ? place + 1 : 0;
    const int other = place < window / 2 ? place + window / 2 : place - window / 2;
    // Each tap comes one sample closer every sample; it is silent where it jumps
    // back. Constant power, since the taps are half a window apart.
    const float angle = std::numbers::pi_v<float> * static_cast<float>(place) / static_cast<float>(window);
    return std::sin(angle) * line.read(window - place) +
           std::abs(std::cos(angle)) * line.read(window - other);
}

HallReverb::HallReverb() : voicing(&hall)
{
}

void HallReverb::prepare(double newSampleRate)
{
    sampleRate = newSampleRate;
    const auto samples = [this](double seconds) { return static_cast<int>(seconds * sampleRate) + 8; };
    const double longestMovement = static_cast<double>(cathedral.movement);
    lines.prepare(samples(static_cast<double>(cathedral.lines.back()) + longestMovement));
    for (auto& side : diffusers)
        for (std::size_t index = 0; index < diffuserCount; ++index)
            side[index].prepare(samples(static_cast<double>(cathedral.diffusers[index] * rightStretch)));
    for (auto& line : early)
        line.prepare(samples(longestReflection));
    for (auto& filter : lowCut)
        filter.setFrequency(70, sampleRate);
    octave.prepare(sampleRate);
    rampCoefficient = rampSpeed(0.02, sampleRate);
    sizeCoefficient = rampSpeed(0.25, sampleRate);
    setType(ReverbType::hall);
    reset();
}

void HallReverb::reset() noexcept
{
    lines.reset();
    for (auto& side : diffusers)
        for (auto& allpass : side)
            allpass.reset();
    for (auto& line : early)
        line.reset();
    for (auto& filter : lowCut)
        filter.reset();
    octave.reset();
    damped = {};
    offset = {};
    offsetStep = {};
    lastOctave = 0;
    turn = 0;
    untilControl = 0;
    decay = 0;
    snapNext = true;
}

void HallReverb::setType(ReverbType type) noexcept
{
    voicing = &voicingOf(type);
    const auto samples = [this](float seconds)
    { return std::max(1, static_cast<int>(std::lround(static_cast<double>(seconds) * sampleRate))); };
    for (std::size_t index = 0; index < diffuserCount; ++index)
    {
        diffuserDelays[0][index] = samples(voicing->diffusers[index]);
        diffuserDelays[1][index] = samples(voicing->diffusers[index] * rightStretch);
    }
    for (std::size_t index = 0; index < reflectionCount; ++index)
    {
        reflectionDelays[0][index] = samples(voicing->reflections[index]);
        reflectionDelays[1][index] = samples(voicing->reflections[index] * (index % 2 == 0 ? 1.27f : 0.81f));
    }
}

void HallReverb::setTargets(float newDecay, float newBrightness) noexcept
{
    if (newDecay == decay && newBrightness == brightness)
        return;
    decay = newDecay;
    brightness = newBrightness;
    aim();
    if (!snapNext)
        return;
    snapNext = false;
    length = wantedLength;
    lowGain = wantedLowGain;
    highGain = wantedHighGain;
    diffusion = wantedDiffusion;
    earlyGain = wantedEarlyGain;
    octaveGain = wantedOctave;
    dampingSpeed = wantedDampingSpeed;
}

void HallReverb::aim() noexcept
{
    const float networkDecay = decay * voicing->haste;
    const float size = std::clamp(std::sqrt(decay / voicing->fullSizeDecay), smallestSize, 1.0f);
    const float corner =
        voicing->darkCorner * std::pow(voicing->brightCorner / voicing->darkCorner, brightness);
    const float ratio = voicing->darkRatio + brightness * (voicing->brightRatio - voicing->darkRatio);
    for (std::size_t index = 0; index < lineCount; ++index)
    {
        const float seconds = voicing->lines[index] * size;
        const auto damping =
            DampingDesign::make(seconds, networkDecay, networkDecay * ratio, corner, sampleRate);
        wantedLength[index / 4][index % 4] = seconds * static_cast<float>(sampleRate);
        wantedLowGain[index / 4][index % 4] = damping.low;
        wantedHighGain[index / 4][index % 4] = damping.high;
        wantedDampingSpeed = damping.speed;
    }
    for (std::size_t index = 0; index < diffuserCount; ++index)
        wantedDiffusion[index] =
            boundedDiffusion(voicing->diffusion, voicing->diffusers[index] * rightStretch, decay);
    wantedEarlyGain = voicing->reflectionLevel;
    // The network's power grows with its decay, and with it what goes round
    // through the octave; short spaces cannot wait for its detour.
    wantedOctave = voicing->octave * std::min(std::sqrt(2 / decay), 0.5f * decay);
}

void HallReverb::moveLines() noexcept
{
    if (untilControl == 0)
    {
        untilControl = samplesPerControl;
        turn += static_cast<double>(voicing->movementRate) * samplesPerControl / sampleRate;
        turn -= std::floor(turn);
        const float reach = voicing->movement * static_cast<float>(sampleRate);
        for (std::size_t index = 0; index < lineCount; ++index)
        {
            const float place = static_cast<float>(turn) + static_cast<float>(index) / lineCount;
            const float wanted = reach * std::sin(2 * std::numbers::pi_v<float> * place);
            offsetStep[index / 4][index % 4] = (wanted - offset[index / 4][index % 4]) / samplesPerControl;
        }
    }
    --untilControl;
    for (std::size_t quad = 0; quad < offset.size(); ++quad)
        offset[quad] += offsetStep[quad];
    approach(length, wantedLength, sizeCoefficient);
    approach(lowGain, wantedLowGain, rampCoefficient);
    approach(highGain, wantedHighGain, rampCoefficient);
    approach(diffusion, wantedDiffusion, rampCoefficient);
    dampingSpeed += rampCoefficient * (wantedDampingSpeed - dampingSpeed);
    earlyGain += rampCoefficient * (wantedEarlyGain - earlyGain);
    octaveGain += rampCoefficient * (wantedOctave - octaveGain);
}

float HallReverb::diffuse(std::size_t side, float input) noexcept
{
    for (std::size_t index = 0; index < diffuserCount; ++index)
        input = diffusers[side][index].process(input, diffuserDelays[side][index], diffusion[index]);
    return input;
}

float HallReverb::reflections(std::size_t side, float input) noexcept
{
    if (voicing->reflectionLevel <= 0)
        return 0;
    float sum = 0;
    float level = earlyGain;
    for (const int delay : reflectionDelays[side])
    {
        sum += level * early[side].read(delay);
        level *= -0.82f; // walls take a little and turn the wave over
    }
    early[side].write(input);
    return sum;
}

void HallReverb::process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                         int frames) noexcept
{
    for (int frame = 0; frame < frames; ++frame)
    {
        moveLines();
        const float left = lowCut[0].highPass(inputLeft[frame]);
        const float right = lowCut[1].highPass(inputRight[frame]);
        const float diffuseLeft = diffuse(0, left + lastOctave);
        const float diffuseRight = diffuse(1, right + lastOctave);

        Values places;
        for (std::size_t quad = 0; quad < places.size(); ++quad)
            places[quad] = greater(length[quad] + offset[quad], everyLane<Lanes>(2));
        Values heard = lines.readBetween(places);
        const auto& [first, second] = heard;
        wetLeft[frame] = reflections(0, left) + first[0] - first[2] + second[0] - second[2];
        wetRight[frame] = reflections(1, right) + first[1] - first[3] + second[1] - second[3];

        for (std::size_t quad = 0; quad < heard.size(); ++quad)
        {
            damped[quad] += dampingSpeed * (heard[quad] - damped[quad]);
            heard[quad] = lowGain[quad] * damped[quad] + highGain[quad] * (heard[quad] - damped[quad]);
        }
        hadamard(heard);
        const Lanes entering = 0.5f * stereoLanes(diffuseLeft, diffuseRight);
        lines.write({heard[0] + entering, heard[1] + entering});
        if (voicing->octave > 0)
            lastOctave = softLimit(octaveGain * octave.process(0.5f * (wetLeft[frame] + wetRight[frame])));
    }
}

} // namespace tonewright::dsp
