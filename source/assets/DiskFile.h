#pragma once

#include "tone/Files.h"

#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <stop_token>
#include <utility>

namespace tonewright
{

/// A file on disk that libsndfile reads in pieces, between which its reader can be stopped.
class DiskFile
{
public:
    DiskFile(FileDescriptor opened, std::stop_token stopOfReader)
        : file(std::move(opened)), stop(std::move(stopOfReader))
    {
        struct ::stat status = {};
        if (::fstat(file.number(), &status) == 0)
            length = status.st_size;
    }

    /// [any] Pass them with a pointer to the file.
    static SF_VIRTUAL_IO callbacks()
    {
        SF_VIRTUAL_IO io{};
        io.get_filelen = [](void* user) { return static_cast<sf_count_t>(self(user).length); };
        io.seek = [](sf_count_t offset, int whence, void* user)
        {
            auto& disk = self(user);
            const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? disk.position : disk.length;
            disk.position = std::max<sf_count_t>(0, base + offset);
            return disk.position;
        };
        io.read = [](void* target, sf_count_t count, void* user)
        { return self(user).read(static_cast<char*>(target), count); };
        io.write = [](const void*, sf_count_t, void*) { return sf_count_t{0}; };
        io.tell = [](void* user) { return self(user).position; };
        return io;
    }

    /// Why reading ended early (`errno`; ECANCELED: it was stopped), or 0.
    int error() const noexcept { return problem; }

private:
    static DiskFile& self(void* user) { return *static_cast<DiskFile*>(user); }

    sf_count_t read(char* target, sf_count_t wanted)
    {
        constexpr sf_count_t pieceBytes = 64 << 10;
        sf_count_t filled = 0;
        while (filled < wanted && problem == 0)
        {
            if (stop.stop_requested())
            {
                problem = ECANCELED;
                break;
            }
            const auto size = static_cast<std::size_t>(std::min(wanted - filled, pieceBytes));
            const auto count = ::pread(file.number(), target + filled, size, position);
            if (count < 0 && errno != EINTR)
                problem = errno;
            if (count == 0)
                break;
            filled += std::max<sf_count_t>(0, count);
            position += std::max<sf_count_t>(0, count);
        }
        return filled;
    }

    const FileDescriptor file;
    const std::stop_token stop;
    sf_count_t length = 0;
    sf_count_t position = 0;
    int problem = 0;
};

} // namespace tonewright
