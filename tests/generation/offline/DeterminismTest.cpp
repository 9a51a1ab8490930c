#include "generation/offline/MixedPrompts.h"
#include "generation/offline/OfflineGenerator.h"
#include "realtime/ScopedFlushDenormals.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <locale>
#include <string>
#include <thread>
#include <vector>

namespace tonewright::test
{
namespace
{
constexpr std::size_t promptCount = 400;

std::vector<GenerationRequest> mixedRequests()
{
    MixedPrompts prompts(7);
    std::vector<GenerationRequest> requests(promptCount);
    for (std::size_t i = 0; i < requests.size(); ++i)
    {
        const auto prompt = prompts.next();
        requests[i].prompt = prompt.text;
        requests[i].variation = static_cast<int>(i % 3);
        if (prompt.hasCurrent)
            requests[i].current = factoryPresets()[i % factoryPresets().size()];
    }
    return requests;
}

std::vector<std::string> answersTo(const std::vector<GenerationRequest>& requests)
{
    OfflineGenerator generator;
    std::vector<std::string> answers;
    for (const auto& request : requests)
        answers.push_back(toJson(*generator.generate(request, Cancellation(), {})).dump());
    return answers;
}

struct DecimalCommas : std::numpunct<char>
{
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};
} // namespace

TEST(OfflineDeterminism, AnswersDependOnNothingButTheRequest)
{
    auto requests = mixedRequests();
    const auto expected = answersTo(requests);
    std::reverse(requests.begin(), requests.end());
    auto backwards = answersTo(requests);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(backwards, expected) << "an answer leaves something behind";
}

TEST(OfflineDeterminism, ThreadsGiveTheSameAnswersAtOnce)
{
    const auto requests = mixedRequests();
    const auto expected = answersTo(requests);
    std::array<std::vector<std::string>, 4> answers;
    std::vector<std::thread> threads;
    for (auto& ofThread : answers)
        threads.emplace_back([&] { ofThread = answersTo(requests); });
    for (auto& thread : threads)
        thread.join();
    for (const auto& ofThread : answers)
        EXPECT_EQ(ofThread, expected);
}

/// Hosts set both for their own purposes.
TEST(OfflineDeterminism, LocaleAndDenormalsOfTheHostChangeNothing)
{
    const auto requests = mixedRequests();
    const auto expected = answersTo(requests);
    const auto before = std::locale::global(std::locale(std::locale(), new DecimalCommas));
    const auto elsewhere = answersTo(requests);
    std::locale::global(before);
    EXPECT_EQ(elsewhere, expected) << "a locale with decimal commas";
    const ScopedFlushDenormals flush;
    EXPECT_EQ(answersTo(requests), expected) << "denormals flushed to zero";
}
} // namespace tonewright::test
