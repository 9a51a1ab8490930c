#include "generation/SettingsWriter.h"

#include "generation/FileLock.h"
#include "generation/GenerationSettings.h"
#include "generation/KeyStore.h"
#include "generation/OnlineSupport.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <thread>

namespace tonewright
{
namespace
{
using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::string originOf(int number)
{
    return "https://host" + std::to_string(number) + ".example:443";
}

SettingsWriter::Change keeping(const std::string& origin)
{
    return [origin](const Cancellation& cancellation)
    { return KeyStore::keep(origin, "a-key", cancellation); };
}

/// A process that holds the key file's lock and was stopped, as by Ctrl+Z.
class StoppedHolder
{
public:
    explicit StoppedHolder(const std::filesystem::path& folder) : process(::fork())
    {
        if (process == 0)
        {
            const auto lock = FileLock::acquire(folder / "credentials.lock");
            ::raise(SIGSTOP);
            ::_exit(lock ? 0 : 1);
        }
        int status = 0;
        EXPECT_EQ(::waitpid(process, &status, WUNTRACED), process);
        EXPECT_TRUE(WIFSTOPPED(status));
    }
    ~StoppedHolder() { end(); }
    StoppedHolder(const StoppedHolder&) = delete;
    StoppedHolder& operator=(const StoppedHolder&) = delete;

    void end()
    {
        if (process <= 0)
            return;
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
        process = 0;
    }

private:
    pid_t process;
};

class SettingsWriterTest : public testing::Test
{
protected:
    test::IsolatedEnvironment environment;

    static bool endsWithin(SettingsWriter& writer, std::chrono::seconds time)
    {
        const auto end = steady_clock::now() + time;
        while (writer.isUnderWay() && steady_clock::now() < end)
        {
            writer.dispatch();
            std::this_thread::sleep_for(1ms);
        }
        return !writer.isUnderWay();
    }
};

TEST_F(SettingsWriterTest, MakesChangesInTheirOrderAndTellsHowTheyWent)
{
    SettingsWriter writer;
    EXPECT_FALSE(writer.isUnderWay());
    std::string told;
    const auto note = [&told](const char* word)
    { return [&told, word](const Result<Done>& result) { told += result ? word : "failed "; }; };
    writer.write(keeping(originOf(1)), note("kept "));
    writer.write(
        [](const Cancellation&) {
            return saveGenerationSettings({Engine::offline, "no address", ""});
        },
        note("saved "));
    writer.write([](const Cancellation&) -> Result<Done> { throw 1; }, note("thrown "));
    writer.write([](const Cancellation& cancellation) { return KeyStore::forget(originOf(1), cancellation); },
                 note("forgotten "));
    EXPECT_TRUE(endsWithin(writer, 20s));
    EXPECT_EQ(told, "kept failed failed forgotten ");
    EXPECT_EQ(*KeyStore::find(originOf(1)), std::nullopt);
}

TEST_F(SettingsWriterTest, AStoppedProcessHoldsUpNeitherTheCallerNorTheEndAndAKeyWaitsForIt)
{
    StoppedHolder holder(environment.folder());
    std::optional<SettingsWriter> writer(std::in_place);
    auto begin = steady_clock::now();
    writer->write(keeping(originOf(1)), {});
    std::this_thread::sleep_for(20ms);
    writer.reset();
    EXPECT_LT(steady_clock::now() - begin, 5s) << "250 ms where nothing else runs";
    EXPECT_EQ(*KeyStore::find(originOf(1)), std::nullopt);

    writer.emplace();
    bool isKept = false;
    begin = steady_clock::now();
    writer->write(keeping(originOf(2)), [&](const Result<Done>& result) { isKept = bool(result); });
    EXPECT_LT(steady_clock::now() - begin, 1s) << "microseconds where nothing else runs";
    std::this_thread::sleep_for(50ms);
    writer->dispatch();
    EXPECT_TRUE(writer->isUnderWay());
    holder.end();
    EXPECT_TRUE(endsWithin(*writer, 20s));
    EXPECT_TRUE(isKept);
    EXPECT_EQ(*KeyStore::find(originOf(2)), "a-key");
}

TEST_F(SettingsWriterTest, WhatIsQueuedIsWrittenBeforeTheEnd)
{
    {
        SettingsWriter writer(20s);
        for (int number = 0; number < 8; ++number)
            writer.write(keeping(originOf(number)), {});
    }
    for (int number = 0; number < 8; ++number)
        EXPECT_EQ(*KeyStore::find(originOf(number)), "a-key");
}
} // namespace
} // namespace tonewright
