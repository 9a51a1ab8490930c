#pragma once

#include "dsp/ImpulseResponse.h"
#include "tone/ImpulseResponseId.h"
#include "tone/Result.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace tonewright
{

/// An impulse response as a file brought it: trimmed, peak 1, on the grid of 24 bits.
struct ImportedImpulse
{
    ImpulseResponseId id = 0;
    std::string name; ///< of its file, without the extension
    dsp::ImpulseResponse impulse;
    dsp::ImpulseTrim trim;
};

/// [worker, message] Makes an impulse response of a sound file: WAV, FLAC, AIFF or another that libsndfile
/// knows, mono or stereo, 8 to 192 kHz, up to 10 s of which dsp::longestImpulseSeconds are kept. The error
/// names the file and what is wrong with it. `stop` is asked before every piece that is read.
Result<ImportedImpulse> readImpulseResponse(const std::filesystem::path& file,
                                            const std::stop_token& stop = {});

/// [any] What was cut away, as a sentence for the player; empty where it is not worth one.
std::string sentenceOn(const dsp::ImpulseTrim& trim);

/// [any] What to tell where an impulse response is not on this machine; `name` may be empty.
std::string missingImpulseResponse(const std::string& name);

/// [any] The hash of rate and samples.
ImpulseResponseId idOf(const dsp::ImpulseResponse& impulse);

/// [worker] As the bytes of a FLAC file, lossless; empty if that could not be made. And back from such bytes,
/// or those of a WAV file, whatever they are now: an error unless they hold exactly the impulse response of
/// that id.
std::string packed(const dsp::ImpulseResponse& impulse);
Result<dsp::ImpulseResponse> unpacked(std::string_view bytes, ImpulseResponseId id);

/// The user's impulse responses: one WAV file each in a folder, named by its content. Holds no state but the
/// folder.
class ImpulseResponseLibrary
{
public:
    /// [setup] Created at the first store().
    explicit ImpulseResponseLibrary(std::filesystem::path folder = defaultFolder());

    /// [any] `impulse-responses` in the configuration directory.
    static std::filesystem::path defaultFolder();

    /// [worker] Keeps an impulse response: its file is written whole or not at all, except that a power cut
    /// may damage it: nobody waits for the disk, because load() checks what it reads, and the next store()
    /// replaces what is damaged. `stop` is asked before every piece.
    Result<Done> store(const ImportedImpulse& imported, const std::stop_token& stop = {}) const;
    Result<Done> store(ImpulseResponseId id, const dsp::ImpulseResponse& impulse,
                       const std::stop_token& stop = {}) const;

    /// [worker] The impulse response of that id; an error when its file is missing or is not what it was, or
    /// when `stop` says so.
    Result<dsp::ImpulseResponse> load(ImpulseResponseId id, const std::stop_token& stop = {}) const;

private:
    std::filesystem::path fileOf(ImpulseResponseId id) const;
    std::filesystem::path folder;
};

} // namespace tonewright
