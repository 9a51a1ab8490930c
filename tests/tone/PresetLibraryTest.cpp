#include "tone/PresetLibrary.h"

#include "support/TemporaryFolder.h"
#include "tone/EmbeddedFile.h"
#include "tone/Files.h"
#include "tone/Text.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;

TEST(FactoryPresets, areAtLeastSixteenAndEveryFileIsFaultless)
{
    EXPECT_GE(factoryPresets().size(), 16u);
    EXPECT_EQ(factoryPresets().size(), factoryPresetFiles().size());
    std::set<std::string> names;
    for (const auto& file : factoryPresetFiles())
    {
        ValidationReport report;
        const auto preset = presetFromText(file.bytes, report);
        ASSERT_TRUE(preset) << file.name;
        EXPECT_TRUE(report.empty()) << file.name << ": " << report.front();
        EXPECT_TRUE(names.insert(slugOf(preset->name)).second) << preset->name << " is there twice";
        EXPECT_EQ(file.name, slugOf(preset->name) + ".tone.json");
        EXPECT_FALSE(preset->prompt.empty()) << file.name;
        EXPECT_GT(preset->explanation.size(), 30u) << file.name;
        EXPECT_GE(preset->tags.size(), 2u) << file.name;
        EXPECT_EQ(preset->source.engine, "factory") << file.name;
    }
}

TEST(FactoryPresets, useEveryAmplifierCabinetDriveModulationDelayAndReverb)
{
    const auto used = [](ParameterIndex toggle, ParameterIndex choice)
    {
        std::set<float> values;
        for (const auto& preset : factoryPresets())
            if (preset.parameters.isOn(toggle))
                values.insert(preset.parameters[choice]);
        return values.size();
    };
    EXPECT_EQ(used("amp.enabled"_p, "amp.model"_p), ampModels.size());
    EXPECT_EQ(used("cabinet.enabled"_p, "cabinet.model"_p), builtInCabinetCount);
    EXPECT_EQ(used("drive.enabled"_p, "drive.type"_p), driveTypes.size());
    EXPECT_EQ(used("modulation.enabled"_p, "modulation.type"_p), modulationTypes.size());
    EXPECT_EQ(used("delay.enabled"_p, "delay.type"_p), delayTypes.size());
    EXPECT_EQ(used("reverb.enabled"_p, "reverb.type"_p), reverbTypes.size());
}

TEST(PresetLibrary, savesFindsListsAndSearches)
{
    const test::TemporaryFolder folder;
    const PresetLibrary library(folder.path() / "presets");
    const auto factoryCount = library.list().size();
    Preset preset;
    preset.name = "My Purple Fuzz";
    preset.tags = {"fuzz"};
    const auto saved = library.save(preset);
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_EQ(saved->filename(), "my-purple-fuzz.tone.json");
    EXPECT_EQ(library.list().size(), factoryCount + 1);
    ASSERT_TRUE(library.find("my purple fuzz").has_value());
    EXPECT_EQ(library.find("my purple fuzz")->name, "My Purple Fuzz");
    EXPECT_EQ(library.search("PURPLE fuzz").size(), 1u);
    EXPECT_EQ(library.search("purple banjo").size(), 0u);
    EXPECT_FALSE(library.find("no such preset").has_value());
}

TEST(PresetLibrary, importKeepsWhatIsThereAndReportsRepairs)
{
    const test::TemporaryFolder folder;
    const PresetLibrary library(folder.path() / "presets");
    const auto file = folder.path() / "x.tone.json";
    std::ofstream(file)
        << R"({"format":"tonewright-preset","version":1,"name":"Loud","parameters":{"amp.gain":99}})";
    for (const auto* expected : {"Loud", "Loud 2", "Loud 3"})
    {
        ValidationReport report;
        const auto imported = library.import(file, report);
        ASSERT_TRUE(imported);
        EXPECT_EQ(imported->name, expected);
        EXPECT_EQ(report.size(), 1u);
        EXPECT_EQ(imported->parameters["amp.gain"_p], 10.0f);
    }
}

TEST(PresetLibrary, leavesOutWhatIsNoPreset)
{
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "broken.tone.json") << "{";
    std::ofstream(folder.path() / "other.txt") << "text";
    fs::create_directory(folder.path() / "folder.tone.json");
    const PresetLibrary library(folder.path());
    EXPECT_EQ(library.list().size(), factoryPresets().size());
}

TEST(PresetLibrary, saysInOneSentenceWhyItCannotSave)
{
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "x";
    const PresetLibrary library(folder.path() / "file" / "presets");
    const auto saved = library.save(Preset{});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().message.back(), '.');
}

TEST(Files, appearWholeOrNotAtAll)
{
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "f";
    ASSERT_TRUE(writeFileAtomically(file, "first"));
    ASSERT_TRUE(writeFileAtomically(file, "second", {.permissions = 0600}));
    EXPECT_EQ(*readFile(file, 100), "second");
    struct ::stat status = {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_FALSE(writeFileAtomically(folder.path() / "missing" / "f", "x"));
    EXPECT_FALSE(writeFileAtomically(folder.path(), "x")) << "a folder is not overwritten";
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1)
        << "no temporary file stays";
}

TEST(Files, refuseWhatIsNoFileOrTooLarge)
{
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder.path() / "f", std::string(1000, 'x')));
    EXPECT_TRUE(readFile(folder.path() / "f", 1000));
    EXPECT_FALSE(readFile(folder.path() / "f", 999));
    EXPECT_FALSE(readFile(folder.path(), 999));
    EXPECT_FALSE(readFile(folder.path() / "none", 999));
    ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    EXPECT_FALSE(readFile(folder.path() / "pipe", 999)) << "a pipe would wait for ever";
    EXPECT_FALSE(writeFileAtomically(folder.path() / "pipe", "x")) << "a rename would replace the pipe";
    EXPECT_TRUE(fs::is_fifo(folder.path() / "pipe"));
}

} // namespace
} // namespace tonewright
