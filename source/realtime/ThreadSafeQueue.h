#pragma once

#include "realtime/CacheLine.h"
#include "realtime/Threads.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace tonewright
{

/// A linked list with atomic pointers from many producers to one consumer (the message thread). Not for the
/// audio thread.
///
/// Shape: producers put nodes on a stack by compare-and-swap; the consumer takes the whole stack with one
/// exchange and turns it round, so each producer's items come out in the order it pushed them and an item
/// whose push returned is visible at once. Nodes come from a pool that is allocated by the constructor and
/// recycled; its free list is an index with a tag in one 64-bit word, which rules out the ABA fault of a bare
/// pointer.
///
/// Progress: push is lock-free (it repeats only when another producer succeeded); tryPop is wait-free while
/// items wait and lock-free when it recycles. Allocation: none while no more than `poolSize` items wait;
/// beyond that a push takes a node from the heap, which the consumer frees (overflowCount() says how often).
/// Nothing is ever dropped. Memory order: push releases the node, the consumer's exchange acquires it.
template <typename T>
class ThreadSafeQueue
{
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>,
                  "ThreadSafeQueue: T must be nothrow movable");

public:
    /// [setup] Allocates `poolSize` nodes (1 to 2^31).
    explicit ThreadSafeQueue(std::size_t poolSize = 1024)
        : pool(std::make_unique<Node[]>(poolSize)), poolCount(poolSize)
    {
        for (std::size_t index = 0; index < poolCount; ++index)
            pool[index].nextFree.store(static_cast<std::uint32_t>(index + 1 < poolCount ? index + 2 : 0),
                                       std::memory_order_relaxed);
        freeList.store(poolCount > 0 ? 1 : 0, std::memory_order_relaxed);
    }

    ThreadSafeQueue(const ThreadSafeQueue&) = delete;
    ThreadSafeQueue& operator=(const ThreadSafeQueue&) = delete;

    /// [setup] Destroys what still waits.
    ~ThreadSafeQueue()
    {
        while (Node* node = takeNext())
            recycle(node);
    }

    /// [any] Appends an item. Lock-free; allocation-free while the pool lasts.
    void push(T item)
    {
        assertNotAudioThread();
        Node* node = takeFree();
        if (node == nullptr)
        {
            node = new Node;
            overflow.fetch_add(1, std::memory_order_relaxed);
        }
        node->item.emplace(std::move(item));
        pushed.fetch_add(1, std::memory_order_relaxed);
        Node* top = incoming.load(std::memory_order_relaxed);
        do
            node->next = top;
        while (
            !incoming.compare_exchange_weak(top, node, std::memory_order_release, std::memory_order_relaxed));
    }

    /// [message, or any one consumer] Moves the oldest item out; false when there is none. The item is
    /// destroyed here, not when its node is used again.
    bool tryPop(T& item)
    {
        Node* node = takeNext();
        if (node == nullptr)
            return false;
        item = std::move(*node->item);
        recycle(node);
        popped.store(popped.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        return true;
    }

    /// [any+audio] Items waiting; exact only while nobody moves.
    std::size_t approximateSize() const noexcept
    {
        const auto taken = popped.load(std::memory_order_relaxed);
        const auto given = pushed.load(std::memory_order_relaxed);
        return given > taken ? static_cast<std::size_t>(given - taken) : 0;
    }

    /// [any+audio] How many pushes found the pool empty.
    std::uint64_t overflowCount() const noexcept { return overflow.load(std::memory_order_relaxed); }

private:
    struct alignas(cacheLineSize) Node
    {
        std::optional<T> item;
        Node* next = nullptr; // owned by whoever holds the node
        // 1-based index of the next free node. Atomic: the loser of a race for the free list may still read
        // it.
        std::atomic<std::uint32_t> nextFree{0};
    };

    static constexpr std::uint64_t indexMask = 0xffffffffu;
    static constexpr std::uint64_t tagStep = indexMask + 1;

    Node* takeNext()
    {
        if (ordered == nullptr)
        {
            Node* newestFirst = incoming.exchange(nullptr, std::memory_order_acquire);
            while (newestFirst != nullptr)
            {
                Node* older = newestFirst->next;
                newestFirst->next = ordered;
                ordered = newestFirst;
                newestFirst = older;
            }
        }
        Node* node = ordered;
        if (node != nullptr)
            ordered = node->next;
        return node;
    }

    Node* takeFree() noexcept
    {
        auto head = freeList.load(std::memory_order_acquire);
        while ((head & indexMask) != 0)
        {
            Node& node = pool[(head & indexMask) - 1];
            const std::uint64_t next = node.nextFree.load(std::memory_order_relaxed);
            const std::uint64_t newHead = ((head & ~indexMask) + tagStep) | next;
            if (freeList.compare_exchange_weak(head, newHead, std::memory_order_acquire,
                                               std::memory_order_acquire))
                return &node;
        }
        return nullptr;
    }

    /// Empties a node and keeps it until a batch is worth one visit to the free list, which all producers
    /// contend for.
    void recycle(Node* node)
    {
        node->item.reset();
        const bool fromPool = node >= pool.get() && node < pool.get() + poolCount;
        if (!fromPool)
            delete node;
        else
        {
            const auto index = static_cast<std::uint32_t>(node - pool.get()) + 1;
            if (emptied == 0)
                lastEmptied = node;
            node->nextFree.store(emptied, std::memory_order_relaxed);
            emptied = index;
            ++emptiedCount;
        }
        if (ordered == nullptr || emptiedCount == recycleBatch)
            giveBackEmptied();
    }

    void giveBackEmptied() noexcept
    {
        if (emptied == 0)
            return;
        auto head = freeList.load(std::memory_order_relaxed);
        std::uint64_t newHead = 0;
        do
        {
            lastEmptied->nextFree.store(static_cast<std::uint32_t>(head & indexMask),
                                        std::memory_order_relaxed);
            newHead = ((head & ~indexMask) + tagStep) | emptied;
        } while (!freeList.compare_exchange_weak(head, newHead, std::memory_order_release,
                                                 std::memory_order_relaxed));
        emptied = 0;
        emptiedCount = 0;
    }

    static constexpr int recycleBatch = 32;

    std::unique_ptr<Node[]> pool;
    std::size_t poolCount;
    // The consumer's own: items in order of arrival, and nodes on their way back to the free list (1-based
    // index, or 0).
    alignas(cacheLineSize) Node* ordered = nullptr;
    std::uint32_t emptied = 0;
    int emptiedCount = 0;
    Node* lastEmptied = nullptr;
    std::atomic<std::uint64_t> popped{0};
    // Written by every producer; `pushed` lies beside `incoming`, whose cache line a push owns anyway.
    alignas(cacheLineSize) std::atomic<Node*> incoming{nullptr};
    std::atomic<std::uint64_t> pushed{0};
    std::atomic<std::uint64_t> overflow{0};
    alignas(cacheLineSize) std::atomic<std::uint64_t> freeList{0};
};

} // namespace tonewright
