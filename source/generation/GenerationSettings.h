#pragma once

#include "generation/Cancellation.h"
#include "generation/PresetGenerator.h"
#include "generation/openai/ServerSettings.h"
#include "tone/Result.h"

#include <string>
#include <string_view>

namespace tonewright
{

/// What the user chose about generation, kept in `settings.json` of the configuration directory: never in a
/// preset or a DAW's state, so that a foreign project cannot send anybody's key anywhere.
struct GenerationSettings
{
    Engine engine = Engine::automatic;
    std::string baseUrl = ServerSettings{}.baseUrl;
    std::string model = ServerSettings{}.model;
};

/// [message, worker] The saved settings; the defaults where no file is. The error names a file that cannot
/// be read or understood.
Result<GenerationSettings> loadGenerationSettings();

/// [worker] Saves them whole or not at all, after checking the address. Other members of the file are kept;
/// other processes that save are waited for (FileLock).
Result<Done> saveGenerationSettings(const GenerationSettings& settings,
                                    const Cancellation& cancellation = {});

/// Where a key came from.
enum class KeyOrigin
{
    none,
    session,     ///< typed in this run
    environment, ///< OPENAI_API_KEY
    keyring,     ///< the desktop's, as far as it was asked in this run
    file         ///< the key store's file
};

/// [any] "", "session", "environment", "keyring" or "file".
std::string_view nameOf(KeyOrigin origin);

/// What was typed in this run; it wins over environment and file. Empty members leave those in charge.
struct SessionEntries
{
    std::string baseUrl;
    std::string model;
    std::string key;
    std::string keyServer; ///< the origin the key was typed for; it goes nowhere else
};

/// [message] Takes over what a user typed: checks address and key, and binds the key to the address. Empty
/// texts leave the present entry alone. Nothing changes when the error (one sentence to show) comes back.
Result<Done> enterServer(SessionEntries& session, const GenerationSettings& saved, std::string_view baseUrl,
                         std::string_view model, std::string_view key);

/// The server to ask, and where its key is from.
struct ResolvedServer
{
    ServerSettings server;
    KeyOrigin keyOrigin = KeyOrigin::none;
    std::string warning; ///< one sentence about a key that was found but must not be used, else empty
};

/// [message, worker] Address and model: session, else OPENAI_BASE_URL and TONEWRIGHT_MODEL, else settings.
/// Key: session, else OPENAI_API_KEY, else the key store; each only for the server it belongs to (the
/// environment's key to the environment's address, or to OpenAI where none is set). The desktop's keyring is
/// not asked here, because it may take its time; server.keyMayBeInKeyring leaves that to a worker.
ResolvedServer resolveServer(const GenerationSettings& settings, const SessionEntries& session = {});

/// [worker] Asks the keyring as well, if that is open: may take 10 s.
void completeFromKeyring(ResolvedServer& resolved, const Cancellation& cancellation);

/// [any] The engine's word in settings.json and on the command line: "auto", "offline", "openai".
std::string_view nameOf(Engine engine);

} // namespace tonewright
