#include "support/Interleavings.h"

#include <ucontext.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>

namespace tonewright::interleaving
{
namespace
{
using detail::Clock;
using detail::mostThreads;

struct Access
{
    const void* address = nullptr; // null: may touch anything
    bool isWrite = false;

    bool dependsOn(const Access& other) const
    {
        if (address == nullptr || other.address == nullptr)
            return true;
        return address == other.address && (isWrite || other.isWrite);
    }
};

/// A thread of a scenario, on a stack of its own.
struct Fiber
{
    ucontext_t context{};
    std::function<void()> body;
    Access pending;
    bool hasEnded = false;
    std::vector<char> stack = std::vector<char>(64 * 1024);

    void putOnItsStack();
};

/// Where a schedule could have gone another way.
struct Node
{
    std::vector<std::size_t> enabled;
    std::array<Access, mostThreads> pending{};
    std::array<bool, mostThreads> isAsleep{}; // tried here, or in an equivalent schedule before
    std::size_t chosen = 0;

    bool chooseNext()
    {
        for (const auto candidate : enabled)
            if (!isAsleep[candidate])
            {
                chosen = candidate;
                return true;
            }
        return false;
    }
};

struct History
{
    Clock writes;
    Clock reads;
};

class Explorer
{
public:
    bool runOnce(const std::function<Scenario()>& make);
    bool backtrack();
    std::string describeSchedule() const;

    void beforeAccess(const Access& access)
    {
        if (running == nullptr)
            return;
        running->pending = access;
        ::swapcontext(&running->context, &scheduler);
    }
    void touch(const void* address, bool isWrite);
    void fail(const std::string& what)
    {
        if (failure.empty())
            failure = what;
    }
    void runBody() noexcept;

    std::size_t self = 0; // 0: nobody's thread
    std::array<Clock, mostThreads> clocks{};
    std::string failure;

private:
    void start(Scenario& scenario);
    void resume(std::size_t index);
    std::vector<std::size_t> unfinished() const;
    std::size_t decide(std::size_t depth, const std::vector<std::size_t>& enabled);

    std::vector<Node> path;
    bool isRedundant = false; // equivalent to a schedule tried before: just bring it to its end
    std::vector<std::size_t> schedule;
    std::deque<Fiber> fibers = std::deque<Fiber>(mostThreads);
    std::size_t fiberCount = 0;
    Fiber* running = nullptr;
    ucontext_t scheduler{};
    std::map<const void*, History> histories;
};

Explorer* explorer = nullptr;

void fiberEntry()
{
    explorer->runBody();
}

void Fiber::putOnItsStack()
{
    ::getcontext(&context);
    context.uc_stack.ss_sp = stack.data();
    context.uc_stack.ss_size = stack.size();
    context.uc_link = nullptr;
    ::makecontext(&context, fiberEntry, 0);
}

void Explorer::runBody() noexcept
{
    running->body();
    running->hasEnded = true;
    ::swapcontext(&running->context, &scheduler);
}

void Explorer::start(Scenario& scenario)
{
    fiberCount = scenario.threads.size();
    for (std::size_t index = 0; index < fiberCount; ++index)
    {
        auto& fiber = fibers[index];
        fiber.body = std::move(scenario.threads[index]);
        fiber.hasEnded = false;
        fiber.putOnItsStack();
        clocks[index + 1].join(clocks[0]);
        ++clocks[index + 1].times[index + 1];
        resume(index); // up to its first access
    }
}

void Explorer::resume(std::size_t index)
{
    running = &fibers[index];
    self = index + 1;
    ::swapcontext(&scheduler, &running->context);
    running = nullptr;
    self = 0;
}

std::vector<std::size_t> Explorer::unfinished() const
{
    std::vector<std::size_t> result;
    for (std::size_t index = 0; index < fiberCount; ++index)
        if (!fibers[index].hasEnded)
            result.push_back(index);
    return result;
}

std::size_t Explorer::decide(std::size_t depth, const std::vector<std::size_t>& enabled)
{
    if (isRedundant)
        return enabled.front();
    const bool isNew = depth == path.size();
    if (isNew)
    {
        Node node;
        node.enabled = enabled;
        if (depth > 0)
        {
            const auto& parent = path.back();
            for (std::size_t other = 0; other < mostThreads; ++other)
                node.isAsleep[other] = parent.isAsleep[other] && other != parent.chosen &&
                                       !parent.pending[other].dependsOn(parent.pending[parent.chosen]);
        }
        if (!node.chooseNext())
        {
            isRedundant = true;
            return enabled.front();
        }
        path.push_back(std::move(node));
    }
    // Addresses may differ from run to run, so they are taken down anew.
    for (const auto index : enabled)
        path[depth].pending[index] = fibers[index].pending;
    return path[depth].chosen;
}

bool Explorer::runOnce(const std::function<Scenario()>& make)
{
    clocks = {};
    histories.clear();
    schedule.clear();
    isRedundant = false;
    auto scenario = make();
    start(scenario);
    for (std::size_t depth = 0;; ++depth)
    {
        const auto enabled = unfinished();
        if (enabled.empty())
            break;
        const auto next = decide(depth, enabled);
        schedule.push_back(next);
        resume(next);
    }
    for (const auto& clock : clocks)
        clocks[0].join(clock);
    for (std::size_t index = 0; index < fiberCount; ++index)
        fibers[index].body = nullptr;
    if (scenario.afterwards)
        scenario.afterwards();
    return failure.empty();
}

bool Explorer::backtrack()
{
    while (!path.empty())
    {
        auto& node = path.back();
        node.isAsleep[node.chosen] = true;
        if (node.chooseNext())
            return true;
        path.pop_back();
    }
    return false;
}

std::string Explorer::describeSchedule() const
{
    std::string text = " (threads in the order of their steps:";
    for (const auto index : schedule)
        text += " " + std::to_string(index);
    return text + ")";
}

void Explorer::touch(const void* address, bool isWrite)
{
    auto& history = histories[address];
    const auto& now = clocks[self];
    if (!now.covers(history.writes) || (isWrite && !now.covers(history.reads)))
        fail("two threads touch an item with no order between them");
    auto& mark = isWrite ? history.writes : history.reads;
    mark.times[self] = std::max(mark.times[self], now.times[self]);
}
} // namespace

void detail::Clock::join(const Clock& other)
{
    for (std::size_t index = 0; index < mostThreads; ++index)
        times[index] = std::max(times[index], other.times[index]);
}

bool detail::Clock::covers(const Clock& other) const
{
    for (std::size_t index = 0; index < mostThreads; ++index)
        if (times[index] < other.times[index])
            return false;
    return true;
}

void detail::beforeAccess(const void* address, bool isWrite)
{
    explorer->beforeAccess({address, isWrite});
}

detail::Clock& detail::ownClock()
{
    return explorer->clocks[explorer->self];
}

/// After a release: what this thread does from here on is not covered by it.
void detail::tick()
{
    ++explorer->clocks[explorer->self].times[explorer->self];
}

void detail::readTracked(const void* address)
{
    explorer->touch(address, false);
}

void detail::writeTracked(const void* address)
{
    explorer->touch(address, true);
}

void require(bool holds, const char* what)
{
    if (!holds)
        explorer->fail(what);
}

void step()
{
    explorer->beforeAccess({});
}

Outcome exploreEvery(const std::function<Scenario()>& make, std::uint64_t most)
{
    const auto owner = std::make_unique<Explorer>();
    explorer = owner.get();
    Outcome outcome;
    do
    {
        ++outcome.schedules;
        if (!owner->runOnce(make))
        {
            outcome.failure = owner->failure + owner->describeSchedule();
            break;
        }
        outcome.isExhausted = !owner->backtrack();
    } while (!outcome.isExhausted && outcome.schedules < most);
    explorer = nullptr;
    return outcome;
}

} // namespace tonewright::interleaving
