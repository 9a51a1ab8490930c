#include "generation/KeyStore.h"

#include "generation/FileLock.h"
#include "generation/Keyring.h"
#include "tone/Files.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t maximumFileSize = 64u << 10;
constexpr std::size_t maximumKeyLength = 1000;
/// In a key's place: forgotten here, and to be taken out of the keyring. (null: moved there.)
constexpr auto forgottenMark = "";

fs::path credentialsFile()
{
    return configDirectory() / "credentials";
}

/// Whether the file may be trusted, judged as ssh judges its keys: ours alone, and no link to elsewhere.
/// False when there is no file.
Result<bool> isUsable(const fs::path& file)
{
    struct ::stat status = {};
    if (::lstat(file.c_str(), &status) != 0)
    {
        if (errno == ENOENT || errno == ENOTDIR)
            return false;
        return Error{"The key file " + file.string() + " cannot be read; please check its permissions."};
    }
    if (!S_ISREG(status.st_mode))
        return Error{"The key file " + file.string() +
                     " is not a regular file and is not used; please delete it."};
    if (status.st_uid != ::geteuid())
        return Error{"The key file " + file.string() +
                     " belongs to another user and is not used; please delete it and enter the key again."};
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{"The key file " + file.string() +
                     " can be read by other users and is not used; run: chmod 600 " + file.string()};
    return true;
}

Result<json> readKeys()
{
    const auto file = credentialsFile();
    const auto usable = isUsable(file);
    if (!usable)
        return usable.error();
    if (!*usable)
        return json::object();
    const auto text = readFile(file, maximumFileSize);
    if (!text)
        return text.error();
    auto keys = json::parse(*text, nullptr, false);
    if (!keys.is_object())
        return Error{"The key file " + file.string() +
                     " is damaged; please delete it and enter the key again."};
    return keys;
}

/// Reads, changes and writes the file back while nobody else does.
template <typename Change>
Result<Done> changeKeys(const Cancellation& cancellation, const Change& change)
{
    const auto folder = configDirectory();
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return Error{"Cannot create the folder " + folder.string() +
                     " for the key; please check its permissions."};
    const auto lock = FileLock::acquire(folder / "credentials.lock", cancellation);
    if (!lock)
        return lock.error();
    auto keys = readKeys();
    if (!keys)
        return keys.error();
    if (!change(*keys))
        return Done{};
    return writeFileAtomically(credentialsFile(), keys->dump(2) + "\n", {.permissions = 0600});
}

/// What the keyring said in this run.
class KeyringMemory
{
public:
    using Time = std::chrono::steady_clock::time_point;

    static KeyringMemory& instance()
    {
        static KeyringMemory memory;
        return memory;
    }

    std::optional<std::string> key(std::string_view origin) const
    {
        const std::lock_guard lock(mutex);
        const auto found = answers.find(std::string(origin));
        return found != answers.end() ? found->second.key : std::nullopt;
    }

    /// Whether asking may bring something new.
    bool isWorthAsking(std::string_view origin) const
    {
        constexpr std::chrono::minutes pause{5};
        constexpr std::chrono::seconds pauseAfterSilence{30}; // it may have been locked
        const std::lock_guard lock(mutex);
        const auto now = std::chrono::steady_clock::now();
        const auto found = answers.find(std::string(origin));
        return (!silentSince || now - *silentSince > pauseAfterSilence) &&
               (found == answers.end() || now - found->second.time > pause);
    }

    void answered(std::string_view origin, std::optional<std::string> key)
    {
        const std::lock_guard lock(mutex);
        silentSince.reset();
        answers[std::string(origin)] = {std::move(key), std::chrono::steady_clock::now()};
    }

    void didNotAnswer()
    {
        const std::lock_guard lock(mutex);
        silentSince = std::chrono::steady_clock::now();
    }

    /// The origin's key has changed.
    void forget(std::string_view origin)
    {
        const std::lock_guard lock(mutex);
        silentSince.reset();
        answers.erase(std::string(origin));
    }

private:
    struct Answer
    {
        std::optional<std::string> key;
        Time time;
    };
    mutable std::mutex mutex;
    std::map<std::string, Answer> answers;
    std::optional<Time> silentSince;
};

/// The keyring has it now: out of the file, unless a newer one lies there since.
void moveToKeyring(std::string_view origin, const std::string& key, const Cancellation& cancellation)
{
    auto& memory = KeyringMemory::instance();
    if (!Keyring::keep(origin, key, cancellation))
    {
        if (!cancellation.isCancelled())
            memory.didNotAnswer();
        return;
    }
    memory.answered(origin, key);
    const auto removed = changeKeys(cancellation,
                                    [&](json& keys)
                                    {
                                        const auto found = keys.find(std::string(origin));
                                        if (found == keys.end() || *found != key)
                                            return false;
                                        *found = nullptr; // its place: there is a key to ask the keyring for
                                        return true;
                                    });
    (void)removed; // it stays in both places then, and the next fetch tries again
}
} // namespace

Result<std::optional<std::string>> KeyStore::find(std::string_view origin)
{
    const auto keys = readKeys();
    if (!keys)
        return keys.error();
    const auto found = keys->find(std::string(origin));
    if (found == keys->end() || !found->is_string() || *found == forgottenMark)
        return std::optional<std::string>{};
    auto key = cleanKey(found->get_ref<const std::string&>());
    if (!key)
        return key.error();
    return std::optional(std::move(*key));
}

bool KeyStore::isInKeyring(std::string_view origin)
{
    const auto keys = readKeys();
    if (!keys)
        return false;
    const auto found = keys->find(std::string(origin));
    return found != keys->end() && found->is_null();
}

std::optional<std::string> KeyStore::remembered(std::string_view origin)
{
    return KeyringMemory::instance().key(origin);
}

Result<std::optional<std::string>> KeyStore::fetch(std::string_view origin, const Cancellation& cancellation)
{
    auto& memory = KeyringMemory::instance();
    auto inFile = find(origin);
    const bool isInFile = inFile && inFile->has_value();
    const bool isExpected = isInFile || isInKeyring(origin);
    if (!isExpected || !Keyring::isAllowed() || !memory.isWorthAsking(origin))
        return isInFile ? inFile : Result<std::optional<std::string>>(memory.key(origin));
    if (isInFile)
    {
        moveToKeyring(origin, **inFile, cancellation);
        return inFile;
    }
    const auto kept = Keyring::find(origin, cancellation);
    if (kept)
        memory.answered(origin, *kept);
    else if (!cancellation.isCancelled())
        memory.didNotAnswer();
    return kept ? kept : inFile; // a file that cannot be used is worth its sentence
}

Result<Done> KeyStore::keep(std::string_view origin, std::string_view key, const Cancellation& cancellation)
{
    const auto clean = cleanKey(key);
    if (!clean)
        return clean.error();
    KeyringMemory::instance().forget(origin);
    return changeKeys(cancellation,
                      [&](json& keys)
                      {
                          keys[std::string(origin)] = *clean;
                          return true;
                      });
}

Result<Done> KeyStore::forget(std::string_view origin, const Cancellation& cancellation)
{
    KeyringMemory::instance().forget(origin);
    auto forgotten = changeKeys(cancellation,
                                [&](json& keys)
                                {
                                    const auto found = keys.find(std::string(origin));
                                    if (found == keys.end())
                                        return false;
                                    if (Keyring::isAllowed()) // it may hold this key, or an older one
                                        *found = forgottenMark;
                                    else
                                        keys.erase(found);
                                    return true;
                                });
    // Somebody may have fetched it while the lock was waited for.
    KeyringMemory::instance().forget(origin);
    return forgotten;
}

void KeyStore::clearForgotten(const Cancellation& cancellation)
{
    const auto keys = Keyring::isAllowed() ? readKeys() : json::object();
    if (!keys)
        return;
    auto& memory = KeyringMemory::instance();
    for (const auto& [origin, key] : keys->items())
    {
        if (key != forgottenMark || !memory.isWorthAsking(origin))
            continue;
        if (!Keyring::forget(origin, cancellation))
        {
            if (!cancellation.isCancelled())
                memory.didNotAnswer();
            return;
        }
        const auto removed = changeKeys(cancellation,
                                        [&origin = origin](json& present)
                                        {
                                            const auto found = present.find(origin);
                                            if (found == present.end() || *found != forgottenMark)
                                                return false; // a new key was entered meanwhile
                                            present.erase(found);
                                            return true;
                                        });
        (void)removed; // the mark stays then, and the next call tries again
    }
}

Result<std::string> cleanKey(std::string_view typed)
{
    constexpr std::string_view space = " \t\r\n";
    const auto start = typed.find_first_not_of(space);
    if (start == std::string_view::npos)
        return Error{"The key is empty; please paste the whole key."};
    const auto key = typed.substr(start, typed.find_last_not_of(space) + 1 - start);
    const bool isVisibleAscii =
        std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x21 && c <= 0x7E; });
    if (!isVisibleAscii || key.size() > maximumKeyLength)
        return Error{"The key holds a space, a line break or another character no key has; please copy and "
                     "paste it again."};
    return std::string(key);
}

} // namespace tonewright
