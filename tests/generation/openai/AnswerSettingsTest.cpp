#include "generation/openai/AnswerSettings.h"

#include "generation/openai/ResponseReader.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tonewright
{
namespace
{
using nlohmann::json;

ParameterSet toneOf(const std::string& text)
{
    auto tone = readModelTone(text);
    if (!tone)
        throw std::runtime_error(tone.error().message);
    return tone->parameters;
}

TEST(AnswerSettings, ReadsValuesHoweverModelsWriteThem)
{
    struct Case
    {
        const char* text;
        ParameterIndex parameter;
        float value;
    };
    for (const auto& [text, parameter, value] : {
             Case{R"({"delay":{"time":"350 ms"}})", "delay.time"_p, 350},
             Case{R"({"delay":{"time":"0.35s"}})", "delay.time"_p, 350},
             Case{R"({"delay":{"time":0.35}})", "delay.time"_p, 350},
             Case{R"({"delay":{"time":"350"}})", "delay.time"_p, 350},
             Case{R"({"reverb":{"decay":"1800 ms"}})", "reverb.decay"_p, 1.8f},
             Case{R"({"reverb":{"decay":1800}})", "reverb.decay"_p, 1.8f},
             Case{R"({"equaliser":{"high_frequency":"6 kHz"}})", "equaliser.high_frequency"_p, 6000},
             Case{R"({"equaliser":{"high_frequency":6}})", "equaliser.high_frequency"_p, 6000},
             Case{R"({"equaliser":{"low_gain":"+3 dB"}})", "equaliser.low_gain"_p, 3},
             Case{R"({"equaliser":{"low_gain":"-3dB"}})", "equaliser.low_gain"_p, -3},
             Case{R"({"modulation":{"rate":0.02}})", "modulation.rate"_p, 0.05f},
             Case{R"({"amp":{"gain":"65 %"}})", "amp.gain"_p, 6.5f},
             Case{R"({"amp":{"gain":"6.5"}})", "amp.gain"_p, 6.5f},
             Case{R"({"amp":{"model":"BRITISH_CHIME"}})", "amp.model"_p, 2},
             Case{R"({"amp":{"model":"british chime style"}})", "amp.model"_p, 2},
             Case{R"({"amp":{"enabled":"False"}})", "amp.enabled"_p, 0},
             // As parts of one, of ten, or of a hundred.
             Case{R"({"reverb":{"mix":0.3}})", "reverb.mix"_p, 30},
             Case{R"({"reverb":{"mix":"0.3"}})", "reverb.mix"_p, 30},
             Case{R"({"reverb":{"mix":"30%"}})", "reverb.mix"_p, 30},
             Case{R"({"reverb":{"mix":0.5},"delay":{"mix":25}})", "reverb.mix"_p, 0.5f},
             Case{R"({"reverb":{"mix":1}})", "reverb.mix"_p, 1},
             Case{R"({"reverb":{"mix":1.0},"delay":{"mix":0.25}})", "reverb.mix"_p, 100},
             Case{R"({"amp":{"gain":65,"bass":50,"mid":70}})", "amp.gain"_p, 6.5f},
             Case{R"({"amp":{"gain":0.65,"bass":0.5,"mid":0.7}})", "amp.gain"_p, 6.5f},
             Case{R"({"amp":{"gain":0.65,"bass":5,"mid":7}})", "amp.gain"_p, 0.65f},
             Case{R"({"amp":{"gain":99}})", "amp.gain"_p, 10},
             // Wherever they put them.
             Case{R"({"parameters":[{"id":"amp.gain","value":6.5}]})", "amp.gain"_p, 6.5f},
             Case{R"({"stages":[{"stage":"amp","gain":6.5},{"stage":"reverb","mix":30}]})", "reverb.mix"_p,
                  30},
             Case{R"({"chain":[{"type":"amp","parameters":{"gain":6.5}}]})", "amp.gain"_p, 6.5f},
             Case{R"({"preset":{"parameters":{"amp":{"gain":6.5}}}})", "amp.gain"_p, 6.5f},
             Case{R"({"stages":[{"amp":{"gain":6.5}}]})", "amp.gain"_p, 6.5f},
         })
        EXPECT_FLOAT_EQ(toneOf(text)[parameter], value) << text;
}

TEST(AnswerSettings, LooksNotIntoTheIntent)
{
    const auto settings =
        settingsIn(json::parse(R"({"intent":{"reverb":{"type":"hall","mix":90}},"amp":{"gain":3}})"));
    EXPECT_EQ(settings.values.size(), 2u) << settings.values.dump();
    EXPECT_EQ(settings.used, 1);
    EXPECT_TRUE(settings.report.empty());
}

TEST(AnswerSettings, CommentsAndCommasAtTheEndAreForgiven)
{
    for (const char* text :
         {R"({"amp":{"gain":6.5,},})", "{\"amp\":{\"gain\":6.5 // hot\n}}",
          "{\"amp\":{/* the , one */\"gain\":6.5, }}", R"({"name":"a,}","amp":{"gain":6.5,}})",
          "```json\n{\n  \"amp\": {\n    \"gain\": 6.5,\n  },\n}\n```"})
        EXPECT_FLOAT_EQ(toneOf(text)["amp.gain"_p], 6.5f) << text;
}
} // namespace
} // namespace tonewright
