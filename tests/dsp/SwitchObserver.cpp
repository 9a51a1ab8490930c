#include "SwitchObserver.h"

namespace tonewright::dsp::test
{

SwitchObserver::SwitchObserver(double sampleRate)
    : windowFrames(static_cast<std::size_t>(0.005 * sampleRate)),
      moments(static_cast<std::size_t>(sampleRate) + windowFrames + 2)
{
    const double w = 2 * std::numbers::pi * 8000 / sampleRate;
    constexpr std::array quality{0.5098, 0.6013, 0.9, 2.5629};
    for (std::size_t index = 0; index < sections.size(); ++index)
    {
        const double alpha = std::sin(w) / (2 * quality[index]);
        auto& section = sections[index];
        section.b = (1 + std::cos(w)) / 2 / (1 + alpha);
        section.a1 = -2 * std::cos(w) / (1 + alpha);
        section.a2 = (1 - alpha) / (1 + alpha);
    }
}

double SwitchObserver::Section::process(std::size_t channel, double x)
{
    const double y = b * x + s1[channel];
    s1[channel] = -2 * b * x - a1 * y + s2[channel];
    s2[channel] = b * x - a2 * y;
    return y;
}

void SwitchObserver::hear(const float* left, const float* right, std::size_t frames)
{
    for (std::size_t frame = 0; frame < frames; ++frame, ++end)
    {
        auto& moment = moments[end % moments.size()];
        moment.sample = {left[frame], right[frame]};
        moment.energy = energy;
        moment.treble = treble;
        moment.bend = 0;
        for (std::size_t side = 0; side < 2; ++side)
        {
            const float sample = moment.sample[side];
            if (end >= 2)
                moment.bend = std::max(
                    moment.bend, std::abs(sample - 2 * at(end - 1).sample[side] + at(end - 2).sample[side]));
            double high = static_cast<double>(sample);
            energy += high * high;
            for (auto& section : sections)
                high = section.process(side, high);
            treble += high * high;
        }
    }
}

double SwitchObserver::power(std::size_t frame) const
{
    return (at(frame + windowFrames).energy - at(frame).energy) / (2 * static_cast<double>(windowFrames));
}

double SwitchObserver::largestSecondDifference(std::size_t first, std::size_t last) const
{
    float largest = 0;
    for (std::size_t frame = first; frame < last; ++frame)
        largest = std::max(largest, at(frame).bend);
    return static_cast<double>(largest);
}

double SwitchObserver::peak(std::size_t first, std::size_t last) const
{
    float highest = 0;
    for (std::size_t frame = first; frame < last; ++frame)
        highest = std::max({highest, std::abs(at(frame).sample[0]), std::abs(at(frame).sample[1])});
    return static_cast<double>(highest);
}

double SwitchObserver::energyAbove8kHz(std::size_t first, std::size_t last) const
{
    return at(last).treble - at(first).treble;
}

} // namespace tonewright::dsp::test
