#include "assets/AudioFile.h"

#include "assets/DiskFile.h"
#include "assets/MemoryFile.h"
#include "tone/Files.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <string>
#include <system_error>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;

constexpr sf_count_t framesPerRead = 65'536;

Error cannotRead(const fs::path& path, const std::string& why)
{
    return Error{"Cannot read " + path.string() + ": " + why + "."};
}

Error cannotWrite(const fs::path& path, const std::string& why)
{
    return Error{"Cannot write " + path.string() + ": " + why + "."};
}

/// Why a recording cannot be used, or an empty text.
std::string objectionTo(const SF_INFO& info)
{
    if (info.channels < 1 || info.channels > 2)
        return "it has " + std::to_string(info.channels) +
               " channels, and only mono and stereo can be played";
    if (info.samplerate < lowestSampleRate || info.samplerate > highestSampleRate)
        return "its sample rate is " + std::to_string(info.samplerate) +
               " Hz, and only 8,000 to 192,000 Hz can be played";
    return "";
}

std::vector<float> interleaved(std::span<const std::vector<float>> channels)
{
    std::vector<float> samples;
    samples.reserve(channels.size() * channels[0].size());
    for (std::size_t frame = 0; frame < channels[0].size(); ++frame)
        for (const auto& channel : channels)
            samples.push_back(channel[frame]);
    return samples;
}
} // namespace

Result<Recording> readRecording(const fs::path& path, const RecordingLimits& limits,
                                const std::stop_token& stop)
{
    auto opened = openRegularFile(path);
    if (!opened)
        return opened.error();
    DiskFile disk(std::move(*opened), stop);
    auto callbacks = DiskFile::callbacks();
    SF_INFO info{};
    const SoundFile file(::sf_open_virtual(&callbacks, SFM_READ, &info, &disk));
    if (disk.error() != 0)
        return cannotRead(path, std::generic_category().message(disk.error()));
    if (file == nullptr)
        return cannotRead(path, "it is not a WAV file, or it is damaged");
    if (const auto objection = objectionTo(info); !objection.empty())
        return cannotRead(path, objection);

    Recording recording;
    recording.sampleRate = info.samplerate;
    const auto channelCount = static_cast<std::size_t>(info.channels);
    recording.channels.resize(channelCount);
    // What a header claims is not believed: memory grows with what is really there.
    std::vector<float> chunk(static_cast<std::size_t>(framesPerRead) * channelCount);
    for (sf_count_t frames = 0; (frames = ::sf_readf_float(file.get(), chunk.data(), framesPerRead)) > 0;)
    {
        for (std::size_t index = 0; index < static_cast<std::size_t>(frames) * channelCount; ++index)
            recording.channels[index % channelCount].push_back(
                std::isfinite(chunk[index]) || limits.keepsNonFinite ? chunk[index] : 0.0f);
        if (static_cast<double>(recording.channels[0].size()) > limits.longestSeconds * info.samplerate)
            return cannotRead(path, limits.whatTooLongMeans);
    }
    if (disk.error() != 0)
        return cannotRead(path, std::generic_category().message(disk.error()));
    if (recording.channels[0].empty())
        return cannotRead(path, "it holds no sound");
    return recording;
}

Result<Done> writeRecording(const fs::path& path, std::span<const std::vector<float>> channels,
                            int sampleRate)
{
    constexpr std::size_t longestWav = 0xFFFF'0000u; // bytes; sizes in a WAV header have 32 bits
    if (channels.empty() || channels.size() * channels[0].size() * sizeof(float) > longestWav)
        return cannotWrite(path, "it would be larger than a WAV file can be, so render a shorter part");

    MemoryFile memory;
    auto callbacks = MemoryFile::callbacks();
    SF_INFO info{};
    info.samplerate = sampleRate;
    info.channels = static_cast<int>(channels.size());
    info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
    SoundFile file(::sf_open_virtual(&callbacks, SFM_WRITE, &info, &memory));
    if (file == nullptr)
        return cannotWrite(path, ::sf_strerror(nullptr));
    ::sf_command(file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE); // that chunk holds the time of day
    const auto samples = interleaved(channels);
    const auto count = static_cast<sf_count_t>(samples.size());
    if (::sf_write_float(file.get(), samples.data(), count) != count)
        return cannotWrite(path, ::sf_strerror(file.get()));
    file.reset(); // completes the header
    return writeFileAtomically(path, memory.bytes);
}

Result<Done> checkWritable(const fs::path& path)
{
    std::error_code error;
    if (fs::is_directory(path, error))
        return cannotWrite(path, "it is a directory");
    if (fs::exists(path, error) && !fs::is_regular_file(path, error))
        return cannotWrite(path, "it is not a regular file");
    const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error))
        return cannotWrite(path, folder.string() + " is not a directory");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return cannotWrite(path, std::generic_category().message(errno));
    return Done{};
}

bool isSameFile(const fs::path& one, const fs::path& other)
{
    std::error_code error;
    return fs::equivalent(one, other, error) ||
           fs::weakly_canonical(one, error) == fs::weakly_canonical(other, error);
}

} // namespace tonewright
