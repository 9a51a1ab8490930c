#include "generation/KeyStore.h"

#include "tone/Files.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t maximumFileSize = 64u << 10;
constexpr std::size_t maximumKeyLength = 1000;

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
} // namespace

Result<std::optional<std::string>> KeyStore::find(std::string_view origin)
{
    const auto keys = readKeys();
    if (!keys)
        return keys.error();
    const auto found = keys->find(std::string(origin));
    if (found == keys->end() || !found->is_string())
        return std::optional<std::string>{};
    auto key = cleanKey(found->get_ref<const std::string&>());
    if (!key)
        return key.error();
    return std::optional(std::move(*key));
}

Result<Done> KeyStore::keep(std::string_view origin, std::string_view key)
{
    auto keys = readKeys();
    if (!keys)
        return keys.error();
    if (key.empty())
        keys->erase(std::string(origin));
    else if (auto clean = cleanKey(key); clean)
        (*keys)[std::string(origin)] = *clean;
    else
        return clean.error();
    const auto folder = configDirectory();
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return Error{"Cannot create the folder " + folder.string() +
                     " for the key; please check its permissions."};
    return writeFileAtomically(credentialsFile(), keys->dump(2) + "\n", 0600);
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
