#include "assets/AssetLoader.h"

#include "ImpulseFiles.h"
#include "realtime/AssetHolder.h"
#include "support/RealtimeGuard.h"
#include "support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <optional>
#include <thread>

namespace tonewright
{
namespace
{
using namespace std::chrono_literals;
using test::click;
using test::writeSound;

class AssetLoaderTest : public testing::Test
{
protected:
    test::TemporaryFolder temporary;
    const ImpulseResponseLibrary library{temporary.path() / "kept"};

    /// An impulse response in the library, `number` of them different.
    ImportedImpulse stored(int number)
    {
        auto imported = unstored(number);
        EXPECT_TRUE(library.store(imported));
        return imported;
    }

    ImportedImpulse unstored(int number)
    {
        const auto file = temporary.path() / "made.wav";
        writeSound(file, 48'000, {click(1000 + 50 * number, 0.5f)});
        const auto imported = readImpulseResponse(file);
        EXPECT_TRUE(imported);
        return *imported;
    }
};

TEST_F(AssetLoaderTest, LendsWhatIsWantedAtTheRateAndAnotherWhenTheRateChanges)
{
    AssetLoader loader(library);
    const auto imported = stored(1);
    loader.want(imported.id);
    EXPECT_TRUE(loader.setSampleRate(48'000, 20s));
    auto* const first = loader.impulses().take();
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->value.id, imported.id);
    EXPECT_EQ(first->value.sampleRate, 48'000);
    EXPECT_NE(first->value.players[0], nullptr);
    EXPECT_NE(first->value.players[1], nullptr);
    EXPECT_TRUE(loader.setSampleRate(96'000, 20s));
    auto* const second = loader.impulses().take();
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->value.sampleRate, 96'000);
    loader.want(0);
    EXPECT_TRUE(loader.waitUntilReady(20s));
    auto* const none = loader.impulses().take();
    ASSERT_NE(none, nullptr) << "so that the others can be given back";
    EXPECT_EQ(none->value.players[0], nullptr);
    for (auto* asset : {first, second, none})
        loader.impulses().giveBack(asset);
}

TEST_F(AssetLoaderTest, LendsAnEmptyAssetForWhatIsMissingAndTheSoundOnceItCame)
{
    AssetLoader loader(library);
    std::atomic<int> calls{0};
    loader.setListener([&calls] { ++calls; });
    const auto imported = unstored(2);
    loader.want(imported.id);
    EXPECT_TRUE(loader.setSampleRate(48'000, 20s));
    auto* const missing = loader.impulses().take();
    ASSERT_NE(missing, nullptr);
    EXPECT_EQ(missing->value.id, imported.id);
    EXPECT_EQ(missing->value.players[0], nullptr);
    auto news = loader.takeNews();
    ASSERT_EQ(news.size(), 1u);
    EXPECT_EQ(std::get<ImpulseMissing>(news[0]).id, imported.id);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(loader.packedBytes(imported.id), "");

    loader.offer(imported.id, "no sound at all");
    EXPECT_TRUE(loader.waitUntilReady(20s));
    EXPECT_EQ(loader.impulses().take(), nullptr);
    loader.offer(imported.id, packed(imported.impulse));
    EXPECT_TRUE(loader.waitUntilReady(20s));
    auto* const found = loader.impulses().take();
    ASSERT_NE(found, nullptr);
    EXPECT_NE(found->value.players[0], nullptr);
    EXPECT_TRUE(library.load(imported.id)) << "what a project brought is kept";
    EXPECT_EQ(unpacked(loader.packedBytes(imported.id), imported.id)->channels, imported.impulse.channels);
    for (auto* asset : {missing, found})
        loader.impulses().giveBack(asset);
}

TEST_F(AssetLoaderTest, WhatAProjectBringsSoundsWhereNothingCanBeWritten)
{
    std::ofstream(temporary.path() / "kept") << "in the way";
    AssetLoader loader(library);
    const auto imported = unstored(3);
    loader.offer(imported.id, packed(imported.impulse));
    loader.want(imported.id);
    EXPECT_TRUE(loader.setSampleRate(48'000, 20s));
    auto* const asset = loader.impulses().take();
    ASSERT_NE(asset, nullptr);
    EXPECT_NE(asset->value.players[0], nullptr);
    loader.impulses().giveBack(asset);
}

TEST_F(AssetLoaderTest, WhereNothingCanBeWrittenTheLatestOffersAndTheWantedOneStay)
{
    std::ofstream(temporary.path() / "kept") << "in the way";
    AssetLoader loader(library);
    std::vector<ImportedImpulse> brought;
    for (int number = 0; number < 20; ++number)
        brought.push_back(unstored(number));
    loader.want(brought.front().id);
    for (const auto& each : brought)
        loader.offer(each.id, packed(each.impulse));
    EXPECT_TRUE(loader.setSampleRate(48'000, 20s));
    const auto isHeld = [&](std::size_t index) { return !loader.packedBytes(brought[index].id).empty(); };
    EXPECT_TRUE(isHeld(0)) << "it is wanted";
    for (std::size_t index = 1; index < brought.size(); ++index)
        EXPECT_EQ(isHeld(index), index >= 5) << index;

    loader.want(brought.back().id);
    EXPECT_TRUE(loader.waitUntilReady(20s));
    EXPECT_TRUE(loader.takeNews().empty());
    loader.want(brought[1].id);
    EXPECT_TRUE(loader.waitUntilReady(20s));
    const auto news = loader.takeNews();
    ASSERT_EQ(news.size(), 1u);
    EXPECT_EQ(std::get<ImpulseMissing>(news[0]).id, brought[1].id);
}

TEST_F(AssetLoaderTest, ImportsFilesAndSaysWhyNot)
{
    AssetLoader loader(library);
    writeSound(temporary.path() / "good one.wav", 44'100, {click(900, 0.3f)});
    std::ofstream(temporary.path() / "bad.wav") << "no";
    loader.importFile(temporary.path() / "good one.wav");
    loader.importFile(temporary.path() / "bad.wav");
    EXPECT_TRUE(loader.waitUntilReady(20s));
    const auto news = loader.takeNews();
    ASSERT_EQ(news.size(), 2u);
    const auto& good = std::get<ImpulseImported>(news[0]);
    EXPECT_EQ(good.name, "good one");
    EXPECT_TRUE(library.load(good.id));
    EXPECT_NE(std::get<ImpulseRefused>(news[1]).message.find("bad.wav"), std::string::npos);
    EXPECT_TRUE(loader.takeNews().empty());
}

TEST_F(AssetLoaderTest, StartsNoThreadBeforeItIsNeededAndEndsAtOnce)
{
    {
        AssetLoader idle(library);
        idle.want(0);
        EXPECT_TRUE(idle.setSampleRate(48'000, 0ms)) << "there is nothing to wait for";
        EXPECT_EQ(idle.impulses().take(), nullptr);
    }
    const auto imported = stored(4);
    for (int round = 0; round < 20; ++round)
    {
        std::optional<AssetLoader> loader(std::in_place, library);
        loader->want(imported.id);
        static_cast<void>(loader->setSampleRate(48'000 + round, 0ms));
        const auto start = std::chrono::steady_clock::now();
        loader.reset();
        EXPECT_LT(std::chrono::steady_clock::now() - start,
                  2s); // the promise is 250 ms; a loaded machine is no failure
    }
}

/// The audio thread's role: it may not allocate, free or lock while impulse responses come and go.
TEST_F(AssetLoaderTest, TheAudioThreadSwapsImpulseResponsesWithoutAnythingForbidden)
{
    if (!test::RealtimeGuard::isAvailable())
        GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
    std::vector<ImpulseResponseId> ids;
    for (int number = 5; number < 9; ++number)
        ids.push_back(stored(number).id);
    AssetLoader loader(library);
    std::atomic<bool> isDone{false};
    std::atomic<std::size_t> swaps{0};
    std::string violations;
    std::thread audio(
        [&]
        {
            const ScopedThreadRole role(ThreadRole::audio);
            AssetHolder<dsp::ImpulseAsset, 4> holder(loader.impulses());
            const dsp::ImpulseAsset* playing = nullptr;
            std::array<float, 64> left{};
            std::array<float, 64> right{};
            while (!isDone)
            {
                left[0] = 1;
                {
                    test::RealtimeGuard guard;
                    auto* const newest = holder.update([&](const auto& asset) { return &asset == playing; });
                    if (newest != nullptr && newest != playing)
                    {
                        playing = newest;
                        if (newest->players[0] != nullptr)
                            newest->players[0]->reset();
                        swaps.fetch_add(1, std::memory_order_relaxed);
                    }
                    if (newest != nullptr && newest->players[0] != nullptr)
                    {
                        dsp::AudioBlock block{{left.data(), right.data()}, 1, 64};
                        newest->players[0]->process(block);
                    }
                    if (const auto report = guard.report(); report.total() > 0 && violations.empty())
                        violations = report.text();
                }
                std::this_thread::sleep_for(100us);
            }
            holder.clear();
        });
    static_cast<void>(loader.setSampleRate(48'000, 20s));
    for (int round = 0; round < 60; ++round)
    {
        loader.want(round % 10 == 9 ? 0 : ids[static_cast<std::size_t>(round) % ids.size()]);
        EXPECT_TRUE(loader.waitUntilReady(20s));
        std::this_thread::sleep_for(1ms);
    }
    isDone = true;
    audio.join();
    EXPECT_EQ(violations, "");
    EXPECT_GT(swaps.load(), 10u);
}
} // namespace
} // namespace tonewright
