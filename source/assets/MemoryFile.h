#pragma once

#include <sndfile.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>

namespace tonewright
{

struct CloseSound
{
    void operator()(SNDFILE* file) const { ::sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, CloseSound>;

/// A file in memory that libsndfile reads and writes.
struct MemoryFile
{
    std::string bytes;
    std::size_t position = 0;

    /// [any] Pass them with a pointer to the file.
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
            if (length > 0)
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

} // namespace tonewright
