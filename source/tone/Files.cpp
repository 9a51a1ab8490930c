#include "tone/Files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <random>
#include <system_error>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;

std::string causeOf(int error)
{
    return std::generic_category().message(error);
}

Error cannot(const char* what, const fs::path& path, int error)
{
    return Error{std::string("Cannot ") + what + " " + path.string() + ": " + causeOf(error) + "."};
}

/// So small that a slow disk or network gives way to a stop in between.
constexpr std::size_t pieceBytes = 64u << 10;

bool writeAll(int fd, std::string_view bytes, const std::stop_token& stop)
{
    while (!bytes.empty())
    {
        if (stop.stop_requested())
        {
            errno = ECANCELED;
            return false;
        }
        const auto written = ::write(fd, bytes.data(), std::min(bytes.size(), pieceBytes));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string randomSuffix()
{
    std::random_device device;
    return std::to_string(device());
}

const char* environment(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : nullptr;
}

fs::path userDirectory(const char* xdgVariable, const char* belowHome)
{
    if (const char* base = environment(xdgVariable))
        return fs::path(base) / "tonewright";
    if (const char* home = environment("HOME"))
        return fs::path(home) / belowHome / "tonewright";
    return fs::path("/tmp") / ("tonewright-" + std::to_string(::getuid()));
}
} // namespace

bool FileDescriptor::close() noexcept
{
    const int fd = std::exchange(file, -1);
    return fd < 0 || ::close(fd) == 0;
}

Result<Done> writeFileAtomically(const fs::path& path, std::string_view bytes, const WriteOptions& options)
{
    const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (struct ::stat status = {}; ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        return S_ISDIR(status.st_mode)
                   ? cannot("write", path, EISDIR)
                   : Error{"Cannot write " + path.string() + ": it is not a regular file."};
    // O_EXCL on a name of our own: two writers never share a temporary file, and a link laid in wait is not
    // followed. The kernel applies the umask; changing it, even for a moment, would change it for the whole
    // host.
    std::string temporary;
    int opened = -1;
    for (int attempt = 0; opened < 0 && attempt < 100; ++attempt)
    {
        temporary = (folder / (std::string(".") + path.filename().string() + "." + randomSuffix())).string();
        opened = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, options.permissions);
        if (opened < 0 && errno != EEXIST)
            break;
    }
    if (opened < 0)
        return cannot("write", path, errno);
    FileDescriptor file(opened);
    const auto fail = [&]() -> Error
    {
        const int error = errno;
        file.close();
        ::unlink(temporary.c_str());
        return cannot("write", path, error);
    };
    if (!writeAll(opened, bytes, options.stop) || (options.isFlushed && ::fsync(opened) != 0) ||
        !file.close())
        return fail();
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return fail();
    if (!options.isFlushed)
        return Done{};
    // The rename itself survives a power cut only once the folder is on disk; where a file system refuses, so
    // be it.
    if (const FileDescriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        directory.number() >= 0)
        (void)::fsync(directory.number());
    return Done{};
}

Result<FileDescriptor> openRegularFile(const fs::path& path)
{
    struct ::stat status = {};
    const auto isSomethingElse = [&] { return !S_ISREG(status.st_mode); };
    const auto refusal = [&]
    { return Error{"Cannot read " + path.string() + ": it is not a regular file."}; };
    if (::stat(path.c_str(), &status) != 0)
        return cannot("read", path, errno);
    if (isSomethingElse())
        return refusal();
    // What took the file's place since then is at least not waited for.
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0)
        return cannot("read", path, errno);
    if (isSomethingElse())
        return refusal();
    return file;
}

Result<std::string> readFile(const fs::path& path, std::size_t maximumBytes, const std::stop_token& stop)
{
    const auto file = openRegularFile(path);
    if (!file)
        return file.error();
    struct ::stat status = {};
    if (::fstat(file->number(), &status) != 0)
        return cannot("read", path, errno);
    if (static_cast<std::size_t>(status.st_size) > maximumBytes)
        return Error{"Cannot read " + path.string() + ": it is larger than " + std::to_string(maximumBytes) +
                     " bytes."};
    std::string bytes;
    bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < bytes.size())
    {
        if (stop.stop_requested())
            return cannot("read", path, ECANCELED);
        const auto count =
            ::read(file->number(), bytes.data() + filled, std::min(bytes.size() - filled, pieceBytes));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return cannot("read", path, errno);
        if (count == 0)
            break;
        filled += static_cast<std::size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
}

fs::path configDirectory()
{
    if (const char* given = environment("TONEWRIGHT_CONFIG_DIR"))
        return given;
    return userDirectory("XDG_CONFIG_HOME", ".config");
}

fs::path stateDirectory()
{
    if (const char* given = environment("TONEWRIGHT_CONFIG_DIR"))
        return fs::path(given) / "state";
    return userDirectory("XDG_STATE_HOME", ".local/state");
}

} // namespace tonewright
