#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Tries every interleaving of a few threads' atomic operations, on the real code: lock-free classes take
/// their atomic as a template parameter, and interleaving::Atomic stops before each operation so that a
/// scheduler can choose who goes on. Schedules that differ only in the order of independent operations are
/// tried once (sleep sets: Godefroid, Partial-Order Methods for the Verification of Concurrent Systems,
/// 1996).
///
/// Loads see the newest value (sequential consistency). Of memory orders it checks those that an item's
/// hand-over depends on: vector clocks follow release and acquire, and a Tracked item that two threads touch
/// without an order between them is reported in every interleaving and not just in those that happened. What
/// a load of an older value would do is not tried.
namespace tonewright::interleaving
{

/// What the threads of one run do, and what must hold after them. The functions hold what they work on.
struct Scenario
{
    std::vector<std::function<void()>> threads; ///< 1 to 4
    std::function<void()> afterwards;           ///< runs when all threads have ended; may be empty
};

struct Outcome
{
    std::uint64_t schedules = 0;
    bool isExhausted = false; ///< every interleaving was tried
    std::string failure;      ///< of the first schedule that failed, with its steps; empty: none did
};

/// [any one thread at a time] Runs what `make` makes under every interleaving, until one fails or `most` were
/// tried. `make` is called for each and must always make the same.
Outcome exploreEvery(const std::function<Scenario()>& make, std::uint64_t most = 20'000'000);

/// Inside a scenario: reports a failure where `holds` is false.
void require(bool holds, const char* what);

/// Inside a scenario's thread: a place where others may go on, between reads or writes of what is no Tracked.
void step();

namespace detail
{
inline constexpr std::size_t mostThreads = 5; // with the one that sets up and cleans up

struct Clock
{
    std::array<std::uint32_t, mostThreads> times{};
    void join(const Clock& other);
    bool covers(const Clock& other) const;
};

void beforeAccess(const void* address, bool isWrite);
Clock& ownClock();
void tick();
void readTracked(const void* address);
void writeTracked(const void* address);

inline bool acquires(std::memory_order order)
{
    return order == std::memory_order_acquire || order == std::memory_order_acq_rel ||
           order == std::memory_order_seq_cst;
}
inline bool releases(std::memory_order order)
{
    return order == std::memory_order_release || order == std::memory_order_acq_rel ||
           order == std::memory_order_seq_cst;
}
} // namespace detail

/// Stands in for std::atomic.
template <typename T>
class Atomic
{
public:
    Atomic() = default;
    Atomic(T initial) : value(initial) {} // NOLINT(google-explicit-constructor): as std::atomic
    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;

    T load(std::memory_order order) const
    {
        detail::beforeAccess(this, false);
        if (detail::acquires(order))
            detail::ownClock().join(released);
        return value;
    }

    void store(T wanted, std::memory_order order)
    {
        detail::beforeAccess(this, true);
        released = detail::releases(order) ? detail::ownClock() : detail::Clock{};
        detail::tick();
        value = wanted;
    }

    T exchange(T wanted, std::memory_order order)
    {
        return modify(order, [wanted](T) { return wanted; });
    }

    T fetch_add(T amount, std::memory_order order)
    {
        return modify(order, [amount](T present) { return static_cast<T>(present + amount); });
    }

    bool compare_exchange_strong(T& expected, T wanted, std::memory_order success, std::memory_order failure)
    {
        detail::beforeAccess(this, true);
        if (value == expected)
        {
            apply(success, wanted);
            return true;
        }
        if (detail::acquires(failure))
            detail::ownClock().join(released);
        expected = value;
        return false;
    }

private:
    template <typename Change>
    T modify(std::memory_order order, const Change& change)
    {
        detail::beforeAccess(this, true);
        const T previous = value;
        apply(order, change(previous));
        return previous;
    }

    /// A read-modify-write continues the release sequence it found.
    void apply(std::memory_order order, T wanted)
    {
        if (detail::acquires(order))
            detail::ownClock().join(released);
        if (detail::releases(order))
            released.join(detail::ownClock());
        detail::tick();
        value = wanted;
    }

    T value{};
    detail::Clock released;
};

/// An item whose every copy is watched for races.
class Tracked
{
public:
    Tracked() noexcept : number(0) { detail::writeTracked(this); }
    explicit Tracked(int value) noexcept : number(value) { detail::writeTracked(this); }
    Tracked(Tracked&& other) noexcept : number(other.get()) { detail::writeTracked(this); }
    Tracked& operator=(Tracked&& other) noexcept
    {
        const int taken = other.get();
        detail::writeTracked(this);
        number = taken;
        return *this;
    }
    int get() const noexcept
    {
        detail::readTracked(this);
        return number;
    }

private:
    int number;
};

} // namespace tonewright::interleaving
