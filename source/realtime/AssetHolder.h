#pragma once

#include "realtime/AssetHandoff.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tonewright
{

/// The audio thread's side of an AssetHandoff: holds the newest asset and those that still sound, and gives
/// the others back. `capacity` is one more than can be in use besides the newest.
template <typename T, std::size_t capacity>
class AssetHolder
{
public:
    /// [setup] The handoff must outlive the holder.
    explicit AssetHolder(AssetHandoff<T>& handoff) noexcept : source(handoff) {}

    /// [audio] Takes what is new and returns the newest, null before the first; gives back what is neither
    /// the newest nor, as `isInUse(asset)` says, in use.
    template <typename IsInUse>
    T* update(const IsInUse& isInUse) noexcept TONEWRIGHT_NONBLOCKING
    {
        for (std::size_t place = 1; place < count;)
        {
            if (isInUse(held[place]->value))
                ++place;
            else
                giveBack(place);
        }
        // Full only while more sound than there can be; the newest then waits.
        if (count < capacity)
            if (auto* const fresh = source.take())
            {
                std::copy_backward(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(count),
                                   held.begin() + static_cast<std::ptrdiff_t>(count) + 1);
                held[0] = fresh;
                ++count;
            }
        return count > 0 ? &held[0]->value : nullptr;
    }

    /// [setup] Gives everything back; nothing may be in use.
    void clear() noexcept
    {
        while (count > 0)
            giveBack(count - 1);
    }

private:
    void giveBack(std::size_t place) noexcept
    {
        source.giveBack(held[place]);
        std::copy(held.begin() + static_cast<std::ptrdiff_t>(place) + 1,
                  held.begin() + static_cast<std::ptrdiff_t>(count),
                  held.begin() + static_cast<std::ptrdiff_t>(place));
        --count;
    }

    AssetHandoff<T>& source;
    std::array<typename AssetHandoff<T>::Asset*, capacity> held{}; ///< newest first
    std::size_t count = 0;
};

} // namespace tonewright
