#include "Sounds.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace tonewright::test
{

float Sound::peak() const
{
    float peak = 0;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    return peak;
}

Sound readSound(const std::filesystem::path& path)
{
    SF_INFO info{};
    auto* const file = ::sf_open(path.c_str(), SFM_READ, &info);
    if (file == nullptr)
        throw std::runtime_error("cannot read " + path.string());
    Sound sound{info.samplerate, info.channels, info.format, {}};
    sound.samples.resize(static_cast<std::size_t>(info.frames * info.channels));
    ::sf_readf_float(file, sound.samples.data(), info.frames);
    ::sf_close(file);
    return sound;
}

void writeSamples(const std::filesystem::path& path, int sampleRate, int channels,
                  const std::vector<float>& samples)
{
    SF_INFO info{};
    info.samplerate = sampleRate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
    auto* const file = ::sf_open(path.c_str(), SFM_WRITE, &info);
    if (file == nullptr)
        throw std::runtime_error("cannot write " + path.string());
    ::sf_write_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    ::sf_close(file);
}

void writeNote(const std::filesystem::path& path, int sampleRate, int channels, double seconds)
{
    std::vector<float> samples;
    const auto frames = static_cast<int>(seconds * sampleRate);
    for (int frame = 0; frame < frames; ++frame)
    {
        const double t = static_cast<double>(frame) / sampleRate;
        const double value = 0.3 * std::exp(-2 * t) * std::sin(2 * std::numbers::pi * 220 * t);
        for (int channel = 0; channel < channels; ++channel)
            samples.push_back(static_cast<float>(channel == 0 ? value : 0.5 * value));
    }
    writeSamples(path, sampleRate, channels, samples);
}

} // namespace tonewright::test
