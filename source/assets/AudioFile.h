#pragma once

#include "tone/Result.h"

#include <filesystem>
#include <limits>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace tonewright
{

inline constexpr int lowestSampleRate = 8'000;
inline constexpr int highestSampleRate = 192'000;

/// A recording in memory, full scale +-1.0.
struct Recording
{
    int sampleRate = 48'000;
    std::vector<std::vector<float>> channels; ///< 1 or 2, of equal length
};

/// What a recording may be.
struct RecordingLimits
{
    double longestSeconds = std::numeric_limits<double>::infinity();
    std::string whatTooLongMeans;
    bool keepsNonFinite = false; ///< else they become silence
};

/// [worker, message] Reads a WAV file (or another that libsndfile knows) of 1 or 2 channels at 8 to 192 kHz.
/// The error says what is wrong with the file. Of one that is too long no more is read than allowed. `stop`
/// is asked before every piece that is read.
Result<Recording> readRecording(const std::filesystem::path& path, const RecordingLimits& limits = {},
                                const std::stop_token& stop = {});

/// [worker, message] Writes a 32-bit float WAV file whole or not at all; byte for byte the same for the same
/// sound.
Result<Done> writeRecording(const std::filesystem::path& path, std::span<const std::vector<float>> channels,
                            int sampleRate);

/// [any] An error when a file cannot be created at `path`: told before the work that would be lost.
Result<Done> checkWritable(const std::filesystem::path& path);

/// [any] Whether two paths name one file, existing or yet to be written.
bool isSameFile(const std::filesystem::path& one, const std::filesystem::path& other);

} // namespace tonewright
