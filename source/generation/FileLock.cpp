#include "generation/FileLock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace tonewright
{

Result<FileLock> FileLock::acquire(const std::filesystem::path& path, const Cancellation& cancellation,
                                   std::chrono::milliseconds patience)
{
    FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock.descriptor < 0)
        return Error{"Cannot lock " + path.string() + "; please check the folder's permissions."};
    // flock itself could wait for ever for a process that is stopped.
    constexpr std::chrono::milliseconds pause{5};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0)
    {
        // Some network file systems have no locks; writing without one is what everybody did there before.
        if (errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP)
            return lock;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return Error{"Cannot lock " + path.string() + "; please check the folder's permissions."};
        if (std::chrono::steady_clock::now() >= end || cancellation.waitFor(pause))
            return Error{"Another Tonewright is saving its settings; please try again."};
    }
    return lock;
}

FileLock::~FileLock()
{
    if (descriptor >= 0)
        ::close(descriptor);
}

} // namespace tonewright
