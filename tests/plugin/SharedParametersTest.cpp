#include "plugin/SharedParameters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <thread>

namespace tonewright::plugin
{
namespace
{
std::chrono::milliseconds stressTime()
{
    const char* seconds = std::getenv("TONEWRIGHT_STRESS_SECONDS");
    return seconds != nullptr ? std::chrono::milliseconds(1000 * std::atoi(seconds))
                              : std::chrono::milliseconds(1500);
}

/// A set in which no value equals that of the other, and neither does the order.
ParameterSet allAtTheEnd(bool upper)
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        set.values[index] = upper ? parameterTable[index].maximum : parameterTable[index].minimum;
    if (upper)
        std::reverse(set.order.begin(), set.order.end() - 1);
    return set;
}

TEST(SharedParameters, StartAsTheTableSays)
{
    const SharedParameters shared;
    ParameterSet set = allAtTheEnd(true);
    ASSERT_TRUE(shared.tryRead(set));
    EXPECT_EQ(set, ParameterSet{});
}

TEST(SharedParameters, GiveBackExactlyWhatWasSet)
{
    SharedParameters shared;
    ParameterSet wanted = allAtTheEnd(true);
    wanted["delay.time"_p] = 123.456789f;
    shared.setAll(wanted);
    ParameterSet set;
    ASSERT_TRUE(shared.tryRead(set));
    EXPECT_EQ(set, wanted);
    EXPECT_EQ(shared.readAll(), wanted);
}

TEST(SharedParameters, TakeNothingIllegal)
{
    SharedParameters shared;
    const auto gain = "amp.gain"_p;
    shared.setOne(gain, 1e9f);
    EXPECT_EQ(shared.getOne(gain), infoOf(gain).maximum);
    shared.setOne(gain, std::numeric_limits<float>::quiet_NaN());
    EXPECT_EQ(shared.getOne(gain), infoOf(gain).defaultValue);

    ParameterSet wild;
    wild.values.fill(std::numeric_limits<float>::infinity());
    wild.order.fill(StageId::amp);
    shared.setAll(wild);
    EXPECT_EQ(shared.readAll(), ParameterSet{});
}

TEST(SharedParameters, NeverShowTheReaderHalfAPreset)
{
    const auto first = allAtTheEnd(false);
    const auto second = allAtTheEnd(true);
    SharedParameters shared;
    shared.setAll(first);
    std::atomic<bool> isDone{false};
    std::thread writer(
        [&]
        {
            for (bool upper = true; !isDone.load(std::memory_order_relaxed); upper = !upper)
                shared.setAll(upper ? second : first);
        });

    std::uint64_t whole = 0;
    std::uint64_t torn = 0;
    std::uint64_t tornWithoutEpoch = 0;
    ParameterSet seen = first;
    const auto deadline = std::chrono::steady_clock::now() + stressTime();
    while (std::chrono::steady_clock::now() < deadline)
        for (int round = 0; round < 1000; ++round)
        {
            if (shared.tryRead(seen))
                ++whole;
            if (!(seen == first) && !(seen == second))
                ++torn;
            const auto careless = shared.readAll();
            if (!(careless == first) && !(careless == second))
                ++tornWithoutEpoch;
        }
    isDone.store(true);
    writer.join();
    EXPECT_EQ(torn, 0u);
    // The last write is seen once the writer rests.
    ASSERT_TRUE(shared.tryRead(seen));
    EXPECT_EQ(seen, shared.readAll());
    std::cout << whole << " whole reads, " << shared.keptCount() << " kept the set before; without the epoch "
              << tornWithoutEpoch << " would have been torn\n";
}

} // namespace
} // namespace tonewright::plugin
