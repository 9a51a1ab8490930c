#include "assets/ImpulseResponseLibrary.h"

#include "assets/AudioFile.h"
#include "assets/MemoryFile.h"
#include "dsp/ImpulseResponse.h"
#include "tone/Files.h"
#include "tone/Preset.h"
#include "tone/Text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <system_error>
#include <vector>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using dsp::ImpulseResponse;

constexpr double longestFileSeconds = 10;
constexpr std::size_t maximumBytes = 16u << 20;
constexpr float fullScale = 8'388'608; // of 24 bits

std::int32_t gridded(float sample) noexcept
{
    return static_cast<std::int32_t>(
        std::lround(static_cast<double>(sample) * static_cast<double>(fullScale)));
}

/// 24 bits are what a file keeps; all that follows works on these values, so that file, project and hash
/// agree to the bit.
void putOnGrid(ImpulseResponse& impulse)
{
    for (auto& channel : impulse.channels)
        for (auto& sample : channel)
            sample = static_cast<float>(std::min(gridded(sample), static_cast<std::int32_t>(fullScale) - 1)) /
                     fullScale;
    if (impulse.channels.size() == 2 && impulse.channels[0] == impulse.channels[1])
        impulse.channels.pop_back();
}

std::string encoded(const ImpulseResponse& impulse, int format)
{
    MemoryFile memory;
    auto callbacks = MemoryFile::callbacks();
    SF_INFO info{};
    info.samplerate = impulse.sampleRate;
    info.channels = static_cast<int>(impulse.channels.size());
    info.format = format | SF_FORMAT_PCM_24;
    SoundFile file(::sf_open_virtual(&callbacks, SFM_WRITE, &info, &memory));
    if (file == nullptr)
        return {};
    std::vector<int> samples;
    samples.reserve(impulse.channels.size() * impulse.channels[0].size());
    for (std::size_t frame = 0; frame < impulse.channels[0].size(); ++frame)
        for (const auto& channel : impulse.channels)
            samples.push_back(gridded(channel[frame]) * 256); // libsndfile's integers are full at 32 bits
    const auto count = static_cast<sf_count_t>(samples.size());
    if (::sf_write_int(file.get(), samples.data(), count) != count)
        return {};
    file.reset(); // completes the header
    return std::move(memory.bytes);
}

Error damaged()
{
    return Error{"The impulse response is damaged; please load its file again."};
}
} // namespace

Result<ImportedImpulse> readImpulseResponse(const fs::path& file, const std::stop_token& stop)
{
    RecordingLimits limits;
    limits.longestSeconds = longestFileSeconds;
    limits.whatTooLongMeans = "it is longer than 10 seconds, and an impulse response lasts a second at most";
    limits.keepsNonFinite = true;
    auto recording = readRecording(file, limits, stop);
    if (!recording)
        return recording.error();
    ImportedImpulse imported;
    imported.name = cleanText(file.stem().string(), maximumNameLength);
    imported.impulse = {recording->sampleRate, std::move(recording->channels)};
    const auto trim = dsp::trimImpulse(imported.impulse);
    if (!trim)
        return Error{"Cannot use " + file.string() + " as an impulse response: " + trim.error().message +
                     "."};
    imported.trim = *trim;
    putOnGrid(imported.impulse);
    imported.id = idOf(imported.impulse);
    return imported;
}

std::string sentenceOn(const dsp::ImpulseTrim& trim)
{
    constexpr double worthTelling = 0.0005; // s
    std::string parts;
    const auto add = [&](double seconds, const char* what)
    {
        if (seconds < worthTelling)
            return;
        std::array<char, 32> number{};
        (void)std::snprintf(number.data(), number.size(), "%.0f", seconds * 1000);
        parts.append(parts.empty() ? "" : ", ").append(number.data()).append(" ms ").append(what);
    };
    add(trim.lead, "of silence at its start");
    add(trim.tail, "of silence at its end");
    add(trim.cut, "beyond the longest possible, one second");
    return parts.empty() ? parts : "Left out of the impulse response: " + parts + ".";
}

std::string missingImpulseResponse(const std::string& name)
{
    return "The impulse response" + (name.empty() ? "" : " '" + name + "'") +
           " is not on this machine, so a built-in cabinet plays; load its file once to hear it.";
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo).
ImpulseResponseId idOf(const ImpulseResponse& impulse)
{
    constexpr std::uint64_t offset = 0xcbf29ce484222325;
    constexpr std::uint64_t prime = 0x100000001b3;
    std::uint64_t hash = offset;
    const auto add = [&](std::uint32_t word)
    {
        for (int byte = 0; byte < 4; ++byte, word >>= 8u)
            hash = (hash ^ (word & 255u)) * prime;
    };
    add(static_cast<std::uint32_t>(impulse.sampleRate));
    add(static_cast<std::uint32_t>(impulse.channels.size()));
    for (const auto& channel : impulse.channels)
        for (const float sample : channel)
            add(static_cast<std::uint32_t>(gridded(sample)));
    return std::max<ImpulseResponseId>(hash, 1); // 0 is none
}

std::string packed(const ImpulseResponse& impulse)
{
    return encoded(impulse, SF_FORMAT_FLAC);
}

Result<ImpulseResponse> unpacked(std::string_view bytes, ImpulseResponseId id)
{
    MemoryFile memory{std::string(bytes)};
    auto callbacks = MemoryFile::callbacks();
    SF_INFO info{};
    const SoundFile file(::sf_open_virtual(&callbacks, SFM_READ, &info, &memory));
    if (file == nullptr || info.channels < 1 || info.channels > 2 || info.samplerate < lowestSampleRate ||
        info.samplerate > highestSampleRate)
        return damaged();
    const auto channelCount = static_cast<std::size_t>(info.channels);
    const auto longest =
        static_cast<sf_count_t>(std::ceil(dsp::longestImpulseSeconds * static_cast<double>(info.samplerate)));
    // One frame more than there may be tells whether there are too many; the header is not believed.
    std::vector<float> samples(static_cast<std::size_t>(longest + 1) * channelCount);
    const auto frames = ::sf_readf_float(file.get(), samples.data(), longest + 1);
    if (frames < 1 || frames > longest)
        return damaged();
    ImpulseResponse impulse{info.samplerate, std::vector<std::vector<float>>(channelCount)};
    for (std::size_t index = 0; index < static_cast<std::size_t>(frames) * channelCount; ++index)
    {
        const float sample = samples[index];
        // On the grid, below full scale, and a number: all else was not written by packed().
        if (!(std::abs(sample) <= 1) || static_cast<float>(gridded(sample)) != sample * fullScale ||
            gridded(sample) >= static_cast<std::int32_t>(fullScale))
            return damaged();
        impulse.channels[index % channelCount].push_back(sample);
    }
    if (idOf(impulse) != id || !dsp::carriesGuitar(impulse))
        return damaged();
    return impulse;
}

ImpulseResponseLibrary::ImpulseResponseLibrary(fs::path folderToUse) : folder(std::move(folderToUse))
{
}

fs::path ImpulseResponseLibrary::defaultFolder()
{
    return configDirectory() / "impulse-responses";
}

fs::path ImpulseResponseLibrary::fileOf(ImpulseResponseId id) const
{
    return folder / (textOf(id) + ".wav");
}

Result<Done> ImpulseResponseLibrary::store(const ImportedImpulse& imported, const std::stop_token& stop) const
{
    return store(imported.id, imported.impulse, stop);
}

Result<Done> ImpulseResponseLibrary::store(ImpulseResponseId id, const ImpulseResponse& impulse,
                                           const std::stop_token& stop) const
{
    if (load(id, stop))
        return Done{};
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return Error{"Cannot create " + folder.string() + ": " + error.message() + "."};
    const auto bytes = encoded(impulse, SF_FORMAT_WAV);
    if (bytes.empty())
        return Error{"The impulse response could not be written as a WAV file."};
    return writeFileAtomically(fileOf(id), bytes, {.isFlushed = false, .stop = stop});
}

Result<ImpulseResponse> ImpulseResponseLibrary::load(ImpulseResponseId id, const std::stop_token& stop) const
{
    const auto file = fileOf(id);
    const auto bytes = readFile(file, maximumBytes, stop);
    if (!bytes)
        return bytes.error();
    if (auto impulse = unpacked(*bytes, id))
        return impulse;
    return Error{"Cannot use " + file.string() +
                 ": it is damaged, so please load the impulse response again."};
}

} // namespace tonewright
