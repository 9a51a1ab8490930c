#pragma once

#include "realtime/Threads.h"

#include <atomic>
#include <cstdint>

namespace tonewright
{

/// Lets readers see a group of atomics either all old or all new, without ever waiting for the writer: a
/// sequence lock whose readers give up instead of trying again.
///
/// The number is odd while a writer is inside. The reader takes the number, the values and the number again;
/// if it was odd or has moved, what it read may be mixed and is thrown away. The price: while the writer is
/// interrupted inside, the reader stays with what it had; missedCount() counts that.
///
/// Progress: both sides wait-free. Memory order: the group's atomics must be stored with release and loaded
/// with acquire; then no fence is needed and ThreadSanitizer can follow. Writers take turns outside.
template <template <typename> typename Atomic = std::atomic>
class Epoch
{
public:
    /// [any, one at a time] Runs `storeAll`, which must not throw, as one change.
    template <typename StoreAll>
    void write(const StoreAll& storeAll) noexcept
    {
        static_assert(noexcept(storeAll()), "Epoch: a writer that throws would leave the number odd");
        number.fetch_add(1, std::memory_order_acq_rel);
        storeAll();
        number.fetch_add(1, std::memory_order_release);
    }

    /// [any+audio] Runs `loadAll` and says whether what it loaded is one whole.
    template <typename LoadAll>
    bool tryRead(const LoadAll& loadAll) const noexcept TONEWRIGHT_NONBLOCKING
    {
        const auto before = number.load(std::memory_order_acquire);
        if ((before & 1u) == 0)
        {
            loadAll();
            if (number.load(std::memory_order_acquire) == before)
                return true;
        }
        missed.fetch_add(1, std::memory_order_relaxed);
        return false;
    }

    /// [any+audio] How many reads met a writer.
    std::uint64_t missedCount() const noexcept { return missed.load(std::memory_order_relaxed); }

private:
    Atomic<std::uint32_t> number{0};
    mutable Atomic<std::uint64_t> missed{0};
};

} // namespace tonewright
