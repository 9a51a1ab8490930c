#include "generation/ThrownException.h"

#include "generation/ManagerFixture.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace tonewright
{
// Not in an unnamed namespace: the exported name is what the trace shall show.
[[gnu::noinline]] void throwsFromAPlaceOfItsOwn(bool really)
{
    if (really)
        throw std::runtime_error("the words");
}

namespace
{
std::string described(const std::function<void()>& thrower)
{
    try
    {
        thrower();
    }
    catch (...)
    {
        return describeCurrentException();
    }
    return {};
}

TEST(ThrownException, NamesTypeWordsAndThePlaceOfTheThrow)
{
    const auto text = described([] { throwsFromAPlaceOfItsOwn(true); });
    EXPECT_TRUE(text.starts_with("std::runtime_error: the words; thrown at ")) << text;
    // The innermost frame is the throw's: a function or an address in this program, never in the C++ library.
    const auto place = text.substr(text.find("thrown at "));
    EXPECT_NE(place.find("generation_tests+0x"), std::string::npos) << text;
    EXPECT_NE(place.find(" < "), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(ThrownException, SaysSoWhenTheThrowWasNotSeen)
{
    const std::vector<int> empty;
    const auto text = described([&] { (void)empty.at(std::size_t(1)); });
    EXPECT_TRUE(text.starts_with("std::out_of_range: ")) << text;
    EXPECT_NE(text.find("thrown inside a library, caught at "), std::string::npos) << text;
}

TEST(ThrownException, KnowsWhatIsNoStandardException)
{
    EXPECT_TRUE(described([] { throw 42; }).starts_with("int; thrown at ")) << described([] { throw 42; });
}

class ThrownExceptionLogTest : public test::ManagerFixture
{
};

TEST_F(ThrownExceptionLogTest, AWorkersExceptionLeavesItsPlaceInTheLogAndNoKey) // M9, K2
{
    offline = scripted([](const auto&, const auto&) -> test::Answer
                       { throw std::runtime_error("inner words with sk-abcdefghijklmnop"); });
    start();
    const auto id = submit("x");
    failure(id);
    manager.reset();
    const auto log = environment.allFileText();
    const auto line = log.find("error [tw-generate-1] request " + std::to_string(id) +
                               ": exception std::runtime_error: inner words with [key]; thrown at ");
    EXPECT_TRUE(line != std::string::npos ||
                log.find("error [tw-generate-2] request " + std::to_string(id) +
                         ": exception std::runtime_error: inner words with [key]; thrown at ") !=
                    std::string::npos)
        << log;
}
} // namespace
} // namespace tonewright
