#include "cli/AudioFile.h"

#include "tone/Files.h"

#include <sndfile.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

namespace tonewright::cli
{
namespace
{
namespace fs = std::filesystem;

struct CloseSound
{
    void operator()(SNDFILE* file) const { ::sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, CloseSound>;

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

/// A file in memory that libsndfile writes to.
struct MemoryFile
{
    std::string bytes;
    std::size_t position = 0;

    static SF_VIRTUAL_IO callbacks()
    {
        SF_VIRTUAL_IO io{};
        io.get_filelen = [](void* user) { return static_cast<sf_count_t>(self(user).bytes.size()); };
        io.seek = [](sf_count_t offset, int whence, void* user)
        {
            auto& file = self(user);
            const auto base = whence == SEEK_SET   ? 0
                              : whence == SEEK_CUR ? static_cast<sf_count_t>(file.position)
                                                   : static_cast<sf_count_t>(file.bytes.size());
            file.position = static_cast<std::size_t>(std::max<sf_count_t>(0, base + offset));
            return static_cast<sf_count_t>(file.position);
        };
        io.read = [](void* target, sf_count_t count, void* user)
        {
            auto& file = self(user);
            const auto left = file.bytes.size() - std::min(file.position, file.bytes.size());
            const auto length = std::min(static_cast<std::size_t>(count), left);
            std::memcpy(target, file.bytes.data() + file.position, length);
            file.position += length;
            return static_cast<sf_count_t>(length);
        };
        io.write = [](const void* source, sf_count_t count, void* user)
        {
            auto& file = self(user);
            const auto length = static_cast<std::size_t>(count);
            if (file.bytes.size() < file.position + length)
                file.bytes.resize(file.position + length);
            std::memcpy(file.bytes.data() + file.position, source, length);
            file.position += length;
            return count;
        };
        io.tell = [](void* user) { return static_cast<sf_count_t>(self(user).position); };
        return io;
    }

private:
    static MemoryFile& self(void* user) { return *static_cast<MemoryFile*>(user); }
};

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

Result<Recording> readRecording(const fs::path& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
        return cannotRead(path, error ? error.message() : "there is no such file");
    if (!fs::is_regular_file(status))
        return cannotRead(path, "it is not a regular file");

    SF_INFO info{};
    const SoundFile file(::sf_open(path.c_str(), SFM_READ, &info));
    if (file == nullptr)
        return cannotRead(path, ::access(path.c_str(), R_OK) != 0 ? std::generic_category().message(errno)
                                                                  : "it is not a WAV file, or it is damaged");
    if (const auto objection = objectionTo(info); !objection.empty())
        return cannotRead(path, objection);

    Recording recording;
    recording.sampleRate = info.samplerate;
    const auto channelCount = static_cast<std::size_t>(info.channels);
    recording.channels.resize(channelCount);
    // What a header claims is not believed: memory grows with what is really there.
    std::vector<float> chunk(static_cast<std::size_t>(framesPerRead) * channelCount);
    for (sf_count_t frames = 0; (frames = ::sf_readf_float(file.get(), chunk.data(), framesPerRead)) > 0;)
        for (std::size_t index = 0; index < static_cast<std::size_t>(frames) * channelCount; ++index)
            recording.channels[index % channelCount].push_back(std::isfinite(chunk[index]) ? chunk[index]
                                                                                           : 0.0f);
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

} // namespace tonewright::cli
