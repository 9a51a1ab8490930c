#pragma once

#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <vector>

namespace tonewright::test
{

/// A click that rings down to -80 dB at the end.
inline std::vector<float> click(int frames, float peak)
{
    std::vector<float> samples(static_cast<std::size_t>(frames));
    float level = peak;
    const float fall = frames > 1 ? static_cast<float>(std::pow(1e-4, 1.0 / frames)) : 1.0f;
    for (std::size_t frame = 0; frame < samples.size(); ++frame, level *= fall)
        samples[frame] = frame % 3 == 1 ? -level : level;
    return samples;
}

/// One file of `channels`; the longest decides its length, shorter ones end in silence.
inline void writeSound(const std::filesystem::path& path, int sampleRate,
                       const std::vector<std::vector<float>>& channels,
                       int format = SF_FORMAT_WAV | SF_FORMAT_PCM_24)
{
    SF_INFO info{};
    info.samplerate = sampleRate;
    info.channels = static_cast<int>(channels.size());
    info.format = format;
    auto* const file = ::sf_open(path.c_str(), SFM_WRITE, &info);
    ASSERT_NE(file, nullptr) << ::sf_strerror(nullptr);
    std::size_t frames = 0;
    for (const auto& channel : channels)
        frames = std::max(frames, channel.size());
    std::vector<float> samples;
    for (std::size_t frame = 0; frame < frames; ++frame)
        for (const auto& channel : channels)
            samples.push_back(frame < channel.size() ? channel[frame] : 0.0f);
    ::sf_write_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    ::sf_close(file);
}

} // namespace tonewright::test
