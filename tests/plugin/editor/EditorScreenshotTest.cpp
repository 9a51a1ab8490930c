#include "EditorFixture.h"

#include <array>
#include <cstdlib>
#include <set>

namespace tonewright::test
{
namespace
{
/// Renders the editor as it is; where TONEWRIGHT_SCREENSHOTS names a folder, keeps it there as <name>.png.
juce::Image picture(juce::Component& view, const juce::String& name, float scale)
{
    const auto image = view.createComponentSnapshot(view.getLocalBounds(), true, scale);
    if (const char* folder = std::getenv("TONEWRIGHT_SCREENSHOTS"))
    {
        const auto file = juce::File(folder).getChildFile(name + ".png");
        file.deleteFile();
        juce::FileOutputStream stream(file);
        EXPECT_TRUE(stream.openedOk() && juce::PNGImageFormat().writeImageToStream(image, stream));
    }
    return image;
}

/// How many colours a picture has on a coarse raster: a blank or broken one has next to none.
std::size_t colourCount(const juce::Image& image)
{
    std::set<juce::uint32> colours;
    for (int y = 0; y < image.getHeight(); y += 3)
        for (int x = 0; x < image.getWidth(); x += 3)
            colours.insert(image.getPixelAt(x, y).getARGB());
    return colours.size();
}

Preset factoryPreset(std::string_view name)
{
    const auto found = PresetLibrary("/nonexistent").find(name);
    return found ? *found : factoryPresets().front();
}

void feed(plugin::LevelMeter& meter, float left, float right)
{
    meter.add(0, &left, 1);
    meter.add(1, &right, 1);
}

class EditorScreenshot : public EditorFixture
{
protected:
    EditorScreenshot()
    {
        auto preset = factoryPresets().front();
        preset.prompt = "warm jazz clean with a touch of plate";
        showPreset(preset);
        session.present.text = "Ready.";
        session.undoSteps = 2;
        session.announceStatus();
        feed(processor.inputMeter(), 0.22f, 0.2f);
        feed(processor.outputMeter(), 0.4f, 0.55f);
        view->tick(0.03);
    }

    void take(const juce::String& name, float scale = 1)
    {
        const auto image = picture(*view, name, scale);
        EXPECT_EQ(image.getWidth(), juce::roundToInt(static_cast<float>(view->getWidth()) * scale));
        EXPECT_GT(colourCount(image), 100u) << name;
    }
};
} // namespace

TEST_F(EditorScreenshot, showsAPresetAtEveryScale)
{
    take("preset-1x", 1);
    take("preset-2x", 2);
    take("preset-3x", 3);
}

TEST_F(EditorScreenshot, showsEveryStageSwitchedOn)
{
    auto preset = session.preset;
    for (std::size_t line = 0; line < parameterCount; ++line)
        if (parameterTable[line].type == ParameterType::toggle)
            preset.parameters.values[line] = 1;
    preset.parameters["equaliser.low_gain"_p] = 4;
    preset.parameters["equaliser.mid_gain"_p] = -6;
    preset.parameters["equaliser.high_mid_gain"_p] = 3;
    showPreset(preset);
    take("all-on-1x");
    take("all-on-2x", 2);
}

TEST_F(EditorScreenshot, showsTheSmallestAndLargeSizes)
{
    view->setSize(plugin::theme::minimumWidth, plugin::theme::minimumHeight);
    take("smallest");
    const std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditor());
    editor->setSize(1920, 1080);
    EXPECT_GT(colourCount(picture(*editor, "large", 1)), 100u);
    editor->setSize(plugin::theme::maximumWidth, plugin::theme::maximumHeight);
    EXPECT_GT(colourCount(picture(*editor, "largest", 1)), 100u);
}

TEST_F(EditorScreenshot, showsGenerationAndItsEndings)
{
    session.present = {true, "Asking the language model", "", 0.4, false};
    session.announceStatus();
    take("generating");
    session.present = {true, "Listening to the words", "", -1, false};
    session.announceStatus();
    take("generating-unknown");
    session.present = {false, "The server refused the key (401); check it in the settings.", "HTTP 401", -1,
                       true};
    session.announceStatus();
    take("error");
    auto preset = session.preset;
    preset.source = {"offline", "", 0.72, true,
                     "The server did not answer within 20 s; check its address in the settings."};
    showPreset(preset);
    session.present = {false, "Applied \"Velvet Lounge\" (offline answer).", "", -1, false};
    session.announceStatus();
    take("fallback");
}

TEST_F(EditorScreenshot, showsTheCards)
{
    view->browserCard().open();
    take("browser");
    view->browserCard().close();
    session.origin = "environment";
    view->settingsCard().open();
    take("settings");
    view->settingsCard().close();
    view->saveCard().open();
    take("save");
}

TEST_F(EditorScreenshot, showsTheAlternatives)
{
    auto answer = session.preset;
    answer.source = {"offline", "", 0.86, false, ""};
    answer.explanation = "Warm: a Jazz Clean amplifier with its treble turned down, and a plate reverb.";
    session.offered.answers = {answer};
    showPreset(answer);
    for (const auto* difference :
         {"brighter, leaner in the lows; 1.8 audible steps away",
          "darker, with more gain, with more space, Spring reverb instead of Plate; 2.1 audible steps away",
          "with more middle, more even, drier, Tweed amplifier instead of Jazz Clean; 1.3 audible steps "
          "away"})
    {
        answer.name = std::array{"Brass Lounge", "Velvet Cellar",
                                 "Amber Room"}[static_cast<std::size_t>(answer.source.variation)];
        ++answer.source.variation;
        answer.source.difference = difference;
        session.offered.answers.push_back(answer);
        if (answer.source.variation == 2)
        {
            session.announceStatus();
            view->alternativesCard().open();
            take("alternatives-under-way");
        }
    }
    session.offered.isUnderWay = false;
    session.announceStatus();
    take("alternatives", 2);
    view->alternativesCard().close();
    take("alternatives-button");
    view->setSize(plugin::theme::minimumWidth, plugin::theme::minimumHeight);
    view->alternativesCard().open();
    take("alternatives-smallest");
}

TEST_F(EditorScreenshot, showsTheTunerAndTheCalibration)
{
    view->tunerCard().open();
    take("tuner-empty");
    const auto show = [&](double frequency)
    {
        const plugin::TunerReading reading{true, dsp::nearestNote(frequency, 440), frequency};
        for (int frame = 0; frame < 30; ++frame)
            view->tunerCard().dial().show(reading, 1.0 / 30);
    };
    show(81.9);
    take("tuner-flat", 2);
    show(185.02);
    take("tuner-in-tune");
    view->tunerCard().close();
    view->calibrationCard().open();
    for (int frame = 0; frame < 100; ++frame)
    {
        feed(processor.inputMeter(), 0.1f, 0.1f);
        view->tick(1.0 / 30);
    }
    take("calibration");
}

TEST_F(EditorScreenshot, showsTheDiagnostics)
{
    processor.prepareToPlay(48'000, 128);
    juce::AudioBuffer<float> audio(2, 128);
    juce::MidiBuffer midi;
    for (int block = 0; block < 1234; ++block)
        processor.processBlock(audio, midi);
    session.present = {false, "The server refused the key (401); check it in the settings.",
                       "HTTP 401 Unauthorized: invalid_api_key, request id req_7f3a", -1, true};
    session.announceStatus();
    take("details-button");
    view->diagnosticsCard().open();
    take("diagnostics-1x");
    take("diagnostics-2x", 2);
    view->setSize(plugin::theme::minimumWidth, plugin::theme::minimumHeight);
    take("diagnostics-smallest");
}

TEST_F(EditorScreenshot, keepsItsShapeWhateverTheTextsSay)
{
    auto preset = factoryPreset("doom");
    std::string text;
    while (text.size() < 300)
        text += "very long words \n\t\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae reversed \xf0\x9f\x8e\xb8 "
                "<b>&amp;</b> ";
    preset.name = text;
    preset.prompt = text;
    preset.explanation = text + text + text;
    preset.tags = {text, "doom"};
    preset.source = {"openai", text, 0.5, true, text};
    showPreset(preset);
    session.present = {false, text, text, -1, true};
    session.announceStatus();
    take("hostile-texts");
}

} // namespace tonewright::test
