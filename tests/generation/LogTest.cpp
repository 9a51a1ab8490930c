#include "generation/Log.h"

#include "generation/LogDigest.h"
#include "generation/OnlineSupport.h"
#include "realtime/WorkerThread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace tonewright
{
namespace
{
std::string textOf(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

TEST(Log, WritesTimeLevelThreadAndRequestWithoutKeysOrLineBreaks) // K2
{
    const test::IsolatedEnvironment environment;
    std::thread(
        []
        {
            const ScopedWorkerThread named("tw-test-7");
            Log::acquire()->write(LogLevel::warning, 42, "first\nline with sk-abcdefghijkl\x1b[31m");
        })
        .join();
    const auto text = textOf(Log::file());
    EXPECT_THAT(text,
                testing::MatchesRegex(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}[+-][0-9]{2}:[0-9]{2} "
                    "warning \\[tw-test-7\\] request 42: first line with \\[key\\].*\n"));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Log, EveryLineIsInTheFileOrCountedAsLost)
{
    const test::IsolatedEnvironment environment;
    const auto before = Log::counts();
    constexpr std::uint64_t lineCount = 8'000; // fits one file, but not the queue
    {
        const auto log = Log::acquire();
        for (std::uint64_t index = 0; index < lineCount; ++index)
            log->write(LogLevel::info, 1, "line");
    }
    const auto after = Log::counts();
    const auto text = textOf(Log::file());
    const auto kept = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    EXPECT_EQ(after.written - before.written, lineCount);
    EXPECT_EQ(kept + after.lost - before.lost, lineCount);
    EXPECT_GT(kept, 0u);
}

TEST(Log, KeepsThreeFilesOfOneMebibyte)
{
    const test::IsolatedEnvironment environment;
    constexpr std::uint64_t lineCount = 12'000;
    const std::string line(1000, 'x');
    {
        const auto log = Log::acquire();
        for (std::uint64_t index = 0; index < lineCount; ++index)
            log->write(LogLevel::info, 1, line);
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(Log::file().parent_path()))
    {
        ++files;
        EXPECT_LE(entry.file_size(), 1u << 20);
    }
    EXPECT_EQ(files, 3u);
}

TEST(Log, IsDigestedForPeopleWhoLookForAFault)
{
    const test::IsolatedEnvironment environment;
    EXPECT_FALSE(digestLog().exists);
    {
        const auto log = Log::acquire();
        log->write(LogLevel::info, 0, "an error is only named here");
        log->write(LogLevel::error, 3, "the first problem");
        log->write(LogLevel::warning, 4, "the last problem");
        log->write(LogLevel::info, 5, "fine");
    }
    const auto digest = digestLog();
    EXPECT_TRUE(digest.exists);
    EXPECT_EQ(digest.file, Log::file());
    EXPECT_EQ(digest.lines, 4u);
    EXPECT_EQ(digest.errors, 1u);
    EXPECT_EQ(digest.warnings, 1u);
    EXPECT_TRUE(digest.lastProblem.ends_with("request 4: the last problem")) << digest.lastProblem;
}

TEST(Log, IsOneForAllWhoHoldIt)
{
    const test::IsolatedEnvironment environment;
    EXPECT_EQ(Log::present(), nullptr);
    const auto first = Log::acquire();
    EXPECT_EQ(first, Log::acquire());
    EXPECT_EQ(first, Log::present());
}

TEST(Log, SaysNothingWhereItCannotWrite)
{
    const test::IsolatedEnvironment environment;
    std::ofstream(environment.folder() / "state") << "a file where the folder should be";
    const auto log = Log::acquire();
    EXPECT_NO_THROW(log->write(LogLevel::error, 1, "lost"));
    EXPECT_EQ(environment.allFileText(), "a file where the folder should be");
}

TEST(Log, TakesLinesFromManyThreads)
{
    const test::IsolatedEnvironment environment;
    {
        const auto log = Log::acquire();
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back(
                [&]
                {
                    for (int line = 0; line < 100; ++line)
                        log->write(LogLevel::info, 1, "line");
                });
        for (auto& thread : threads)
            thread.join();
    }
    const auto text = environment.allFileText();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 400);
}
} // namespace
} // namespace tonewright
