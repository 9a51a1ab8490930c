#include "SessionFixture.h"
#include "tone/PresetLibrary.h"

#include <filesystem>
#include <fstream>

namespace tonewright::plugin
{
namespace
{
class SessionTrim : public SessionFixture
{
};

TEST_F(SessionTrim, KeepsACalibratedTrimWhenPresetsChange)
{
    auto calibrated = session().currentPreset();
    calibrated.parameters["input.trim"_p] = 5.5f;
    session().applyPreset(calibrated);
    for (const auto& entry : session().presets())
    {
        session().loadPreset(entry);
        EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], 5.5f) << entry.name;
        EXPECT_FALSE(session().isEdited());
    }
    auto own = factoryPresets().front();
    own.parameters["input.trim"_p] = -3;
    session().applyPreset(own);
    session().savePreset("With a trim of its own");
    session().applyPreset(calibrated);
    session().loadPresetFile(session().presets().back().file.string());
    EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], -3.0f);
    session().undo();
    EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], 5.5f);
}

TEST_F(SessionTrim, CalibratingChangesTheTrimAloneAndUndoTakesBackTheTrimAlone)
{
    constexpr auto trim = "input.trim"_p;
    session().applyPreset(factoryPresets()[1]);
    session().setInputTrim(4);
    EXPECT_FALSE(session().isEdited()) << "a trim is no edit of the tone";
    processor->parameter("amp.gain"_p).setValueNotifyingHost(0.25f);
    ASSERT_TRUE(session().isEdited());
    const auto edited = session().currentPreset();
    session().setInputTrim(7);
    EXPECT_TRUE(session().isEdited()) << "the knob is still moved";
    auto expected = edited;
    expected.parameters[trim] = 7;
    EXPECT_EQ(session().currentPreset(), expected);
    EXPECT_FLOAT_EQ(processor->parameter(trim).convertFrom0to1(processor->parameter(trim).getValue()), 7);

    session().undo();
    EXPECT_EQ(session().currentPreset(), edited);
    EXPECT_TRUE(session().isEdited());
    session().redo();
    EXPECT_EQ(session().currentPreset(), expected);

    session().setInputTrim(1e9f);
    EXPECT_EQ(session().currentPreset().parameters[trim], infoOf(trim).maximum);
}

TEST_F(SessionTrim, APresetThatSaysZeroMeansZeroAndOneThatSaysNothingLeavesThePlayersTrim)
{
    const auto load = [&](const std::string& parameters)
    {
        const auto file = folder.path() / "given.tone.json";
        std::ofstream(file)
            << R"({"format": "tonewright-preset", "version": 1, "name": "Given", "parameters": {)"
            << parameters << "}}";
        session().setInputTrim(5.5f);
        session().loadPresetFile(file.string());
        EXPECT_FALSE(session().status().isError) << session().status().text;
        return session().currentPreset().parameters["input.trim"_p];
    };
    EXPECT_EQ(load(R"("amp.gain": 3)"), 5.5f);
    EXPECT_EQ(load(R"("input.trim": 0)"), 0.0f);
    EXPECT_EQ(load(R"("input.trim": -2)"), -2.0f);
    EXPECT_EQ(load(R"("input.trim": "loud")"), 5.5f);

    ValidationReport report;
    session().setInputTrim(5.5f);
    std::ofstream(folder.path() / "zero.json") << R"({"format": "tonewright-preset", "version": 1,
                                                      "name": "Zero", "parameters": {"input.trim": 0}})";
    ASSERT_TRUE(PresetLibrary().import(folder.path() / "zero.json", report));
    session().loadPreset(session().presets().back());
    EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], 0.0f) << "an import keeps what it says";
    std::filesystem::remove(session().presets().back().file);

    // What the player saves without having set a trim says nothing of it either.
    session().setInputTrim(0);
    session().applyPreset(factoryPresets().front());
    session().savePreset("Mine");
    session().setInputTrim(3);
    session().loadPresetFile(session().presets().back().file.string());
    EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], 3.0f);

    session().generate("set the input trim to 0 dB");
    ASSERT_TRUE(generationEnds());
    EXPECT_EQ(session().currentPreset().parameters["input.trim"_p], 0.0f) << session().status().text;
}

} // namespace
} // namespace tonewright::plugin
