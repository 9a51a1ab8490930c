// The loader's destructor promises 250 ms whatever the disk does. Each call that reaches a disk takes 200 ms
// here, and the tests allow 2 s: a loaded machine is no failure, and what they forbid takes longer.

#include "ImpulseFiles.h"
#include "SlowFiles.h"
#include "assets/AssetLoader.h"
#include "assets/AudioFile.h"
#include "support/TemporaryFolder.h"
#include "tone/Files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <optional>
#include <thread>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::SlowFiles;

class AssetLoaderEnd : public testing::Test
{
protected:
    test::TemporaryFolder temporary;
    const fs::path kept = temporary.path() / "kept";
    const fs::path brought = temporary.path() / "brought";
    const ImpulseResponseLibrary library{kept};
    std::optional<AssetLoader> loader{std::in_place, library};

    AssetLoaderEnd() { fs::create_directories(brought); }

    /// The longest impulse response there can be, of 1.1 MB.
    ImportedImpulse longest() const
    {
        const auto file = brought / "longest.wav";
        test::writeSound(file, 192'000, {test::click(192'000, 0.5f), test::click(150'000, 0.4f)});
        const auto imported = readImpulseResponse(file);
        EXPECT_TRUE(imported);
        return *imported;
    }

    static bool comesTrue(const std::function<bool()>& condition)
    {
        const auto end = steady_clock::now() + 20s;
        while (!condition() && steady_clock::now() < end)
            std::this_thread::sleep_for(1ms);
        return condition();
    }

    void expectEndAtOnce()
    {
        const auto begin = steady_clock::now();
        loader.reset();
        EXPECT_LT(steady_clock::now() - begin, 2s);
    }

    std::size_t filesKept() const
    {
        return fs::exists(kept) ? static_cast<std::size_t>(std::distance(fs::directory_iterator(kept), {}))
                                : 0;
    }
};

TEST_F(AssetLoaderEnd, DoesNotWaitForASlowFile)
{
    test::writeSound(brought / "slow.wav", 192'000, {std::vector<float>(9 * 192'000, 0.5f)});
    const SlowFiles slow(brought, 200ms);
    loader->importFile(brought / "slow.wav");
    ASSERT_TRUE(comesTrue([] { return SlowFiles::reads() >= 2; }));
    expectEndAtOnce();
}

TEST_F(AssetLoaderEnd, DoesNotWaitForASlowLibrary)
{
    const auto imported = longest();
    ASSERT_TRUE(library.store(imported));
    const SlowFiles slow(kept, 200ms);
    loader->want(imported.id);
    static_cast<void>(loader->setSampleRate(48'000, 0ms));
    ASSERT_TRUE(comesTrue([] { return SlowFiles::reads() >= 2; }));
    expectEndAtOnce();
}

TEST_F(AssetLoaderEnd, DoesNotWaitForAStalledStoreAndLeavesNoHalfFile)
{
    const auto imported = longest();
    const auto bytes = packed(imported.impulse);
    const SlowFiles slow(kept, 200ms);
    loader->offer(imported.id, bytes);
    ASSERT_TRUE(comesTrue([] { return SlowFiles::writes() >= 2; }));
    expectEndAtOnce();
    EXPECT_EQ(filesKept(), 0u);
}

TEST_F(AssetLoaderEnd, CopiesAreNeverFlushedBecauseTheyAreCheckedWhenTheyAreRead)
{
    const auto imported = longest();
    const SlowFiles slow(kept, 1ms);
    ASSERT_TRUE(library.store(imported));
    EXPECT_GT(SlowFiles::writes(), 0);
    EXPECT_EQ(SlowFiles::flushes(), 0);
    // What a power cut may leave: it is noticed, and replaced by the next import.
    const auto file = fs::directory_iterator(kept)->path();
    fs::resize_file(file, fs::file_size(file) / 2);
    EXPECT_FALSE(library.load(imported.id));
    ASSERT_TRUE(library.store(imported));
    EXPECT_TRUE(library.load(imported.id));
    ASSERT_TRUE(writeFileAtomically(kept / "settings", "all else is"));
    EXPECT_GT(SlowFiles::flushes(), 0);
}

/// Opening a pipe waits for its other end, and wakes it.
TEST_F(AssetLoaderEnd, APipeIsNeverOpened)
{
    const auto pipe = brought / "pipe.wav";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread otherEnd([&] { std::ofstream(pipe, std::ios::binary) << "RIFF"; });
    EXPECT_FALSE(readImpulseResponse(pipe));
    EXPECT_FALSE(readRecording(pipe));
    EXPECT_FALSE(readFile(pipe, 100));
    std::ifstream reader(pipe, std::ios::binary);
    std::string text;
    reader >> text;
    EXPECT_EQ(text, "RIFF") << "nobody has taken the other end's words";
    otherEnd.join();
}
} // namespace
} // namespace tonewright
