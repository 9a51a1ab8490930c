#pragma once

#include <filesystem>
#include <vector>

namespace tonewright::test
{

/// A sound file as it is.
struct Sound
{
    int sampleRate = 0;
    int channels = 0;
    int format = 0;             ///< libsndfile's
    std::vector<float> samples; ///< interleaved

    std::size_t frames() const { return samples.size() / static_cast<std::size_t>(channels); }
    float peak() const;
};

Sound readSound(const std::filesystem::path& path);

/// A plucked 220 Hz note, the same in every channel but softer in the second.
void writeNote(const std::filesystem::path& path, int sampleRate, int channels, double seconds);

/// Given samples, interleaved, as a float WAV file.
void writeSamples(const std::filesystem::path& path, int sampleRate, int channels,
                  const std::vector<float>& samples);

} // namespace tonewright::test
