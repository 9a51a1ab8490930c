#pragma once

#include "realtime/CacheLine.h"
#include "realtime/Threads.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace tonewright
{

/// A linked list with atomic pointers from many producers to one consumer (the message thread). Not for the
/// audio thread.
///
/// Shape: the nodes are blocks of slots. A push takes a ticket (one fetch_add), which names its slot for
/// good; it walks to the slot's block, appending blocks to the list where they are missing, moves the item
/// in and marks the slot as written. The consumer reads slot after slot. So items come out in the order of
/// the tickets; one whose push returned is seen as soon as all earlier tickets are written.
///
/// Blocks are recycled, and the tickets say when: a drained block, which no path leads to any more, is used
/// again once every ticket that was out at that moment has been consumed. Whoever pushes now took its ticket
/// later and cannot have seen the block. That spares hazard pointers, tags and a lock.
///
/// Progress: push is wait-free while spare blocks last (it appends at most the blocks between the newest one
/// and its ticket's, and every step it loses was done by somebody else for it). tryPop is wait-free, but for
/// giving memory back after a flood. Allocation: none while no more than `poolSize` items wait and at most
/// four producers meet at a block's end; beyond that a push takes a block from the heap, which is given back
/// when the flood is over (overflowCount() says how often). Nothing is ever dropped; where not even a block
/// can be had from the heap, the process ends as with any std::bad_alloc in a noexcept function. Memory
/// order: `written` is released by the producer and acquired by the consumer; the consumer releases and the
/// producers acquire through `tickets`.
///
/// `Atomic` is std::atomic, or a test's stand-in that tries every interleaving.
template <typename T, template <typename> typename Atomic = std::atomic, std::size_t slotsPerBlock = 0>
class ThreadSafeQueue
{
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>,
                  "ThreadSafeQueue: T must be nothrow movable");

public:
    /// [setup] Allocates what `poolSize` waiting items need.
    explicit ThreadSafeQueue(std::size_t poolSize = 64)
        : spareCount(sparesFor(poolSize)), spares(std::make_unique<Atomic<Block*>[]>(spareCount)),
          front(new Block)
    {
        for (std::size_t index = 0; index < spareCount; ++index)
            spares[index].store(new Block, std::memory_order_relaxed);
        hint.store(front, std::memory_order_relaxed);
        oldest.store(front, std::memory_order_release);
    }

    ThreadSafeQueue(const ThreadSafeQueue&) = delete;
    ThreadSafeQueue& operator=(const ThreadSafeQueue&) = delete;

    /// [setup] Destroys what still waits.
    ~ThreadSafeQueue()
    {
        while (Slot* slot = nextWritten())
            release(*slot);
        for (std::size_t index = 0; index < spareCount; ++index)
            delete spares[index].load(std::memory_order_acquire);
        while (drainedFirst != nullptr)
            delete std::exchange(drainedFirst, drainedFirst->nextDrained);
        while (front != nullptr)
            delete std::exchange(front, front->next.load(std::memory_order_acquire));
    }

    /// [any but audio] Appends an item. Wait-free and allocation-free while the pool lasts.
    void push(T item) noexcept
    {
        assertNotAudioThread();
        const auto ticket = tickets.fetch_add(1, std::memory_order_acquire);
        Block& block = blockOf(ticket);
        Slot& slot = block.slots[static_cast<std::size_t>(ticket - block.firstTicket)];
        std::construct_at(slot.item(), std::move(item));
        slot.written.store(true, std::memory_order_release);
    }

    /// [message, or any one consumer] Moves the oldest item out; false when there is none. The item is
    /// destroyed here, not when its slot is used again.
    bool tryPop(T& item) noexcept
    {
        Slot* slot = nextWritten();
        if (slot == nullptr)
            return false;
        item = std::move(*slot->item());
        release(*slot);
        return true;
    }

    /// [any+audio] Items waiting; exact only while nobody moves.
    std::size_t approximateSize() const noexcept
    {
        const auto taken = popped.load(std::memory_order_relaxed);
        const auto given = tickets.load(std::memory_order_relaxed);
        return given > taken ? static_cast<std::size_t>(given - taken) : 0;
    }

    /// [any+audio] How many blocks the heap had to lend since construction.
    std::uint64_t overflowCount() const noexcept { return overflow.load(std::memory_order_relaxed); }

private:
    struct Slot
    {
        Atomic<bool> written{false};
        alignas(T) std::array<std::byte, sizeof(T)> storage;
        T* item() noexcept { return std::launder(reinterpret_cast<T*>(storage.data())); }
    };

    // About 8 KiB a block: long enough that its end is rare, short enough to lie idle.
    static constexpr std::size_t blockSize = slotsPerBlock > 0
                                                 ? slotsPerBlock
                                                 : std::clamp<std::size_t>(8192 / sizeof(Slot), 8, 128);

    struct Block
    {
        std::uint64_t firstTicket = 0; // written before the block is linked
        Atomic<Block*> next{nullptr};
        std::uint64_t ticketsWhenDrained = 0; // the consumer's own
        Block* nextDrained = nullptr;         // the consumer's own
        std::array<Slot, blockSize> slots;
    };

    /// Blocks that `poolSize` items fill, as many again that were drained meanwhile and wait to be used
    /// again, and a few that producers may hold in vain at a block's end.
    static std::size_t sparesFor(std::size_t poolSize)
    {
        constexpr std::size_t heldByProducers = 4;
        return 2 * (poolSize / blockSize + 1) + heldByProducers;
    }

    /// The block of a ticket that has no item yet: it and all blocks before it that can be reached stay
    /// until that item is consumed.
    Block& blockOf(std::uint64_t ticket) noexcept
    {
        Block* const newest = hint.load(std::memory_order_acquire);
        const bool isAhead = newest->firstTicket > ticket; // others were quicker
        Block* block = isAhead ? oldest.load(std::memory_order_acquire) : newest;
        while (ticket - block->firstTicket >= blockSize)
            block = &successorOf(*block);
        if (!isAhead && block != newest)
        {
            Block* expected = newest;
            hint.compare_exchange_strong(expected, block, std::memory_order_release,
                                         std::memory_order_relaxed);
        }
        return *block;
    }

    Block& successorOf(Block& block) noexcept
    {
        Block* successor = block.next.load(std::memory_order_acquire);
        if (successor != nullptr)
            return *successor;
        Block* fresh = takeSpare();
        if (fresh == nullptr)
        {
            fresh = new Block;
            overflow.fetch_add(1, std::memory_order_relaxed);
        }
        fresh->firstTicket = block.firstTicket + blockSize;
        if (block.next.compare_exchange_strong(successor, fresh, std::memory_order_release,
                                               std::memory_order_acquire))
            return *fresh;
        giveSpare(fresh);
        return *successor;
    }

    Block* takeSpare() noexcept
    {
        for (std::size_t index = 0; index < spareCount; ++index)
            if (spares[index].load(std::memory_order_relaxed) != nullptr)
                if (Block* spare = spares[index].exchange(nullptr, std::memory_order_acquire))
                    return spare;
        return nullptr;
    }

    void giveSpare(Block* block) noexcept
    {
        for (std::size_t index = 0; index < spareCount; ++index)
        {
            Block* none = nullptr;
            if (spares[index].load(std::memory_order_relaxed) == nullptr &&
                spares[index].compare_exchange_strong(none, block, std::memory_order_release,
                                                      std::memory_order_relaxed))
                return;
        }
        delete block;
    }

    Slot* nextWritten() noexcept
    {
        if (position == front->firstTicket + blockSize && !advance())
            return nullptr;
        Slot& slot = front->slots[static_cast<std::size_t>(position - front->firstTicket)];
        return slot.written.load(std::memory_order_acquire) ? &slot : nullptr;
    }

    void release(Slot& slot) noexcept
    {
        std::destroy_at(slot.item());
        slot.written.store(false, std::memory_order_relaxed);
        popped.store(++position, std::memory_order_relaxed);
    }

    /// Leaves a drained block for its successor, if there is one yet.
    bool advance() noexcept
    {
        Block* const successor = front->next.load(std::memory_order_acquire);
        if (successor == nullptr)
            return false;
        Block* const drained = std::exchange(front, successor);
        oldest.store(successor, std::memory_order_release);
        Block* expected = drained;
        hint.compare_exchange_strong(expected, successor, std::memory_order_release,
                                     std::memory_order_relaxed);
        // A read-modify-write, so that every later ticket acquires the two stores above.
        drained->ticketsWhenDrained = tickets.fetch_add(0, std::memory_order_release);
        drained->nextDrained = nullptr;
        (drainedFirst == nullptr ? drainedFirst : drainedLast->nextDrained) = drained;
        drainedLast = drained;
        while (drainedFirst != nullptr && drainedFirst->ticketsWhenDrained <= position)
        {
            Block* const reusable = std::exchange(drainedFirst, drainedFirst->nextDrained);
            reusable->next.store(nullptr, std::memory_order_relaxed);
            giveSpare(reusable);
        }
        return true;
    }

    const std::size_t spareCount;
    const std::unique_ptr<Atomic<Block*>[]> spares;
    // The consumer's own, but for `oldest` and `popped`, which others read.
    alignas(cacheLineSize) Block* front;
    std::uint64_t position = 0; // the next ticket to consume
    Block* drainedFirst = nullptr;
    Block* drainedLast = nullptr;
    Atomic<Block*> oldest{nullptr};
    Atomic<std::uint64_t> popped{0};
    // Written by producers; `hint` lies beside `tickets`, whose cache line a push owns anyway.
    alignas(cacheLineSize) Atomic<std::uint64_t> tickets{0};
    Atomic<Block*> hint{nullptr}; // the newest block, or one shortly before it
    alignas(cacheLineSize) Atomic<std::uint64_t> overflow{0};
};

} // namespace tonewright
