#pragma once

#include "realtime/CacheLine.h"
#include "realtime/Threads.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <type_traits>

namespace tonewright
{

/// Hands the latest value of a trivially copyable type from one writer to one reader: a triple buffer.
///
/// Three slots: one belongs to the writer, one to the reader, one lies in the middle. Publishing swaps the
/// writer's slot with the middle one, polling swaps the reader's. Nobody ever touches a slot the other owns,
/// so a value arrives whole or not at all; a value nobody fetched is replaced by a newer one (latest wins),
/// which is what a preset wants.
///
/// Progress: both sides wait-free (one atomic exchange). Allocation: none. Memory order: the exchange
/// releases the slot given away and acquires the slot received. The idle poll is one relaxed load. Several
/// threads that publish must take turns outside (a mutex of theirs; never the audio thread).
///
/// `Atomic` is std::atomic, or a test's stand-in that tries every interleaving.
template <typename T, template <typename> typename Atomic = std::atomic>
class LatestValue
{
    static_assert(std::is_trivially_copyable_v<T>, "LatestValue: T must be trivially copyable");
    static_assert(std::atomic<std::uint8_t>::is_always_lock_free);

public:
    LatestValue() = default;
    explicit LatestValue(const T& initial) { slots.fill({initial}); }
    LatestValue(const LatestValue&) = delete;
    LatestValue& operator=(const LatestValue&) = delete;

    /// [any one thread: the writer] Copies `value` in and makes it the latest.
    void publish(const T& value) noexcept TONEWRIGHT_NONBLOCKING
    {
        slots[writerSlot].value = value;
        const auto given = static_cast<std::uint8_t>(writerSlot | freshBit);
        writerSlot = static_cast<std::uint8_t>(middle.exchange(given, std::memory_order_acq_rel) & slotMask);
    }

    /// [audio or any one thread: the reader] True when a value arrived since the last poll; get() then shows
    /// it.
    bool poll() noexcept TONEWRIGHT_NONBLOCKING
    {
        if ((middle.load(std::memory_order_relaxed) & freshBit) == 0)
            return false;
        readerSlot =
            static_cast<std::uint8_t>(middle.exchange(readerSlot, std::memory_order_acq_rel) & slotMask);
        return true;
    }

    /// [the reader] The value of the last successful poll, or the initial one. Stays valid until the next
    /// poll.
    const T& get() const noexcept TONEWRIGHT_NONBLOCKING { return slots[readerSlot].value; }

private:
    static constexpr std::uint8_t freshBit = 4;
    static constexpr std::uint8_t slotMask = 3;

    struct alignas(cacheLineSize) Slot
    {
        T value{};
    };

    std::array<Slot, 3> slots{};
    alignas(cacheLineSize) std::uint8_t writerSlot = 0;
    alignas(cacheLineSize) std::uint8_t readerSlot = 1;
    alignas(cacheLineSize) Atomic<std::uint8_t> middle{2};
};

} // namespace tonewright
