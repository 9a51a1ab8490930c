#pragma once

#include "realtime/CacheLine.h"
#include "realtime/Threads.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace tonewright
{

/// A bounded ring between exactly one producer thread and one consumer thread; either may be the audio
/// thread.
///
/// Progress: tryPush and tryPop are wait-free (a fixed number of steps). Allocation: none, ever; the slots
/// live inside. When full, tryPush leaves its argument alone, counts the loss and returns false; nothing is
/// overwritten. Memory order: a slot is written before `tail` is released and read after `tail` is acquired,
/// and the same for `head` on the way back, so no fence is needed and ThreadSanitizer can follow. Each side
/// keeps the last index it saw of the other and looks again only when that one says full or empty: one shared
/// cache line moves per wrap, not per item.
///
/// `Atomic` is std::atomic, or a test's stand-in that tries every interleaving.
template <typename T, std::size_t capacity, template <typename> typename Atomic = std::atomic>
class RealtimeQueue
{
    static_assert(capacity >= 2 && (capacity & (capacity - 1)) == 0,
                  "RealtimeQueue: the capacity must be a power of two");
    static_assert(std::is_nothrow_move_assignable_v<T> && std::is_nothrow_default_constructible_v<T>,
                  "RealtimeQueue: T must be nothrow default constructible and nothrow move assignable");
    static_assert(
        std::is_trivially_destructible_v<T>,
        "RealtimeQueue: T must be trivially destructible, so that no destructor runs on the audio thread");

public:
    RealtimeQueue() = default;
    RealtimeQueue(const RealtimeQueue&) = delete;
    RealtimeQueue& operator=(const RealtimeQueue&) = delete;

    /// [audio or any one thread: the producer] Copies or moves `item` straight into its slot. False when
    /// full: the item is then untouched and counted in droppedCount().
    template <typename U>
    requires std::is_nothrow_assignable_v<T&, U&&>
    bool tryPush(U&& item) noexcept TONEWRIGHT_NONBLOCKING
    {
        const auto position = tail.load(std::memory_order_relaxed);
        if (position - headSeenByProducer == capacity)
        {
            headSeenByProducer = head.load(std::memory_order_acquire);
            if (position - headSeenByProducer == capacity)
            {
                dropped.store(dropped.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
                return false;
            }
        }
        slots[position & (capacity - 1)] = std::forward<U>(item);
        tail.store(position + 1, std::memory_order_release);
        return true;
    }

    /// [audio or any one thread: the consumer] False when empty; `item` is then untouched.
    bool tryPop(T& item) noexcept TONEWRIGHT_NONBLOCKING
    {
        const auto position = head.load(std::memory_order_relaxed);
        if (position == tailSeenByConsumer)
        {
            tailSeenByConsumer = tail.load(std::memory_order_acquire);
            if (position == tailSeenByConsumer)
                return false;
        }
        item = std::move(slots[position & (capacity - 1)]);
        head.store(position + 1, std::memory_order_release);
        return true;
    }

    /// [any+audio] Items that found the ring full since construction.
    std::uint64_t droppedCount() const noexcept { return dropped.load(std::memory_order_relaxed); }

    /// [any+audio] Items inside; exact only while neither side moves.
    std::size_t approximateSize() const noexcept
    {
        const auto first = head.load(std::memory_order_acquire);
        return static_cast<std::size_t>(tail.load(std::memory_order_acquire) - first);
    }

private:
    alignas(cacheLineSize) Atomic<std::uint64_t> head{0}; // written by the consumer
    std::uint64_t tailSeenByConsumer = 0;
    alignas(cacheLineSize) Atomic<std::uint64_t> tail{0}; // written by the producer
    std::uint64_t headSeenByProducer = 0;
    Atomic<std::uint64_t> dropped{0};
    alignas(cacheLineSize) std::array<T, capacity> slots{};
};

} // namespace tonewright
