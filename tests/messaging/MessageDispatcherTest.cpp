#include "messaging/MessageDispatcher.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

namespace tonewright
{
namespace
{
/// Writes down what it is handed.
class Recorder final : public MessageHandler
{
public:
    void handle(const StatusUpdate& message) override { note("status", message.id); }
    void handle(const PresetGenerationStarted& message) override { note("started", message.id); }
    void handle(const PresetGenerated& message) override { note("generated", message.id); }
    void handle(const PresetGenerationFailed& message) override { note("failed", message.id); }
    void handle(const ParameterChanged& message) override { note("parameter", message.id); }

    std::vector<std::pair<std::string, RequestId>> seen;

private:
    void note(const char* kind, RequestId id) { seen.emplace_back(kind, id); }
};

class MessageDispatcherTest : public testing::Test
{
protected:
    ThreadSafeQueue<Message> queue;
    Recorder recorder;
    MessageDispatcher dispatcher{queue, recorder};
};

TEST_F(MessageDispatcherTest, HandsEveryKindToItsOwnFunctionInOrder)
{
    queue.push(PresetGenerationStarted{1, {}});
    queue.push(StatusUpdate{1, {}, "working", 0.5});
    queue.push(PresetGenerated{1, {}, Preset{}, {}});
    queue.push(PresetGenerationFailed{2, {}, {}});
    queue.push(ParameterChanged{0, {}, "amp.gain"_p, 3});
    EXPECT_EQ(dispatcher.dispatch(), 5u);
    const std::vector<std::pair<std::string, RequestId>> expected{
        {"started", 1}, {"status", 1}, {"generated", 1}, {"failed", 2}, {"parameter", 0}};
    EXPECT_EQ(recorder.seen, expected);
    EXPECT_EQ(dispatcher.dispatch(), 0u);
}

TEST_F(MessageDispatcherTest, HandlesAtMostABatchSoThatAFloodCannotFreezeTheScreen) // Q10
{
    const std::size_t flood = 39 * MessageDispatcher::batchSize + 7; // about 10,000
    for (std::size_t index = 0; index < flood; ++index)
        queue.push(StatusUpdate{index + 1, {}, {}, -1});
    for (int tick = 0; tick < 39; ++tick)
        EXPECT_EQ(dispatcher.dispatch(), MessageDispatcher::batchSize);
    EXPECT_EQ(dispatcher.dispatch(), 7u);
    ASSERT_EQ(recorder.seen.size(), flood);
    for (std::size_t index = 0; index < flood; ++index)
        EXPECT_EQ(recorder.seen[index].second, index + 1);
}

TEST_F(MessageDispatcherTest, LosesAndDoublesNothingWhileWorkersPush)
{
    constexpr RequestId workerCount = 4, messagesEach = 2000;
    std::vector<std::thread> workers;
    for (RequestId worker = 0; worker < workerCount; ++worker)
        workers.emplace_back(
            [this, worker]
            {
                for (RequestId index = 0; index < messagesEach; ++index)
                    queue.push(StatusUpdate{worker * messagesEach + index + 1, {}, {}, -1});
            });
    while (recorder.seen.size() < workerCount * messagesEach)
        if (dispatcher.dispatch() == 0)
            std::this_thread::yield();
    for (auto& worker : workers)
        worker.join();
    EXPECT_EQ(dispatcher.dispatch(), 0u);
    std::set<RequestId> ids;
    std::vector<RequestId> last(workerCount, 0);
    for (const auto& [kind, id] : recorder.seen)
    {
        EXPECT_TRUE(ids.insert(id).second);
        auto& previous = last[(id - 1) / messagesEach];
        EXPECT_LT(previous, id) << "a worker's messages must stay in its order";
        previous = id;
    }
}
} // namespace
} // namespace tonewright
