#include "generation/Log.h"

#include "generation/OnlineSupport.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace tonewright
{
namespace
{
TEST(Log, WritesLinesWithTheRequestAndWithoutKeysOrLineBreaks)
{
    const test::IsolatedEnvironment environment;
    Log::acquire()->write(LogLevel::warning, 42, "first\nline with sk-abcdefghijkl\x1b[31m");
    const auto text = environment.allFileText();
    EXPECT_NE(text.find("request 42: first line with [key]"), std::string::npos) << text;
    EXPECT_NE(text.find("warning"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
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
