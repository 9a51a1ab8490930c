#include "tone/Preset.h"

#include "support/Random.h"
#include "tone/PresetLibrary.h"
#include "tone/Text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tonewright
{
namespace
{

Preset randomPreset(std::mt19937_64& random)
{
    std::uniform_real_distribution<float> position(0, 1);
    Preset preset;
    preset.name = "Random " + std::to_string(random() % 1000);
    preset.prompt = "\"quotes\" and üñí\nnew lines";
    preset.tags = {"a", "b c"};
    preset.source = {"offline", "model", 0.25, true, "No network."};
    for (std::size_t index = 0; index < parameterCount; ++index)
        preset.parameters.values[index] = fromNormalised(parameterTable[index], position(random));
    std::shuffle(preset.parameters.order.begin(), preset.parameters.order.end() - 1, random);
    preset.unknownParameters["future.knob"] = 3.5;
    return preset;
}

Result<Preset> parse(const std::string& text, ValidationReport& report)
{
    return presetFromText(text, report);
}

std::string presetWith(const std::string& parameters)
{
    return R"({"format":"tonewright-preset","version":1,"name":"T","parameters":{)" + parameters + "}}";
}

TEST(Preset, survivesItsFileExactly)
{
    auto random = test::randomGenerator(1);
    for (int round = 0; round < 200; ++round)
    {
        const auto preset = randomPreset(random);
        ValidationReport report;
        const auto read = parse(presetFileText(preset), report);
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, preset);
        EXPECT_EQ(report.size(), 1u) << "only the unknown parameter is worth a word";
        EXPECT_EQ(presetFileText(*read), presetFileText(preset));
    }
}

TEST(Preset, writesNumbersAsPlayersWouldTypeThem)
{
    Preset preset;
    preset.parameters["amp.gain"_p] = 3.2f;
    EXPECT_NE(presetFileText(preset).find("\"amp.gain\": 3.2,"), std::string::npos);
}

TEST(Preset, fillsInWhatIsMissing)
{
    ValidationReport report;
    const auto preset = parse(presetWith(R"("amp.gain": 7)"), report);
    ASSERT_TRUE(preset);
    EXPECT_TRUE(report.empty());
    ParameterSet expected;
    expected["amp.gain"_p] = 7;
    EXPECT_EQ(preset->parameters, expected);
}

TEST(Preset, clampsEveryParameterAndSaysSo)
{
    for (const auto& parameter : parameterTable)
    {
        if (parameter.type != ParameterType::number)
            continue;
        for (const double excess : {1e6, 1e300, -1e6, -1e300})
        {
            ValidationReport report;
            const auto preset = parse(
                presetWith("\"" + std::string(parameter.id) + "\":" + nlohmann::json(excess).dump()), report);
            ASSERT_TRUE(preset);
            EXPECT_EQ(preset->parameters[*findParameter(parameter.id)],
                      excess > 0 ? parameter.maximum : parameter.minimum);
            ASSERT_EQ(report.size(), 1u) << parameter.id;
            EXPECT_NE(report[0].find(parameter.id), std::string::npos);
        }
    }
}

TEST(Preset, keepsAndReportsUnknownParameters)
{
    ValidationReport report;
    const auto preset = parse(presetWith(R"("sitar.drone": true, "amp.gain": 2)"), report);
    ASSERT_TRUE(preset);
    ASSERT_EQ(report.size(), 1u);
    EXPECT_NE(report[0].find("sitar.drone"), std::string::npos);
    EXPECT_NE(presetFileText(*preset).find("\"sitar.drone\": true"), std::string::npos);
}

TEST(Preset, leavesAParameterAloneWhenItsValueIsOfTheWrongKind)
{
    for (const auto* wrong : {R"("amp.gain":"7")", R"("amp.gain":true)", R"("amp.gain":[7])",
                              R"("amp.gain":null)", R"("amp.model":"marshall")", R"("amp.model":3)",
                              R"("delay.enabled":1)", R"("delay.enabled":"yes")"})
    {
        ValidationReport report;
        const auto preset = parse(presetWith(wrong), report);
        ASSERT_TRUE(preset) << wrong;
        EXPECT_EQ(preset->parameters, ParameterSet()) << wrong;
        EXPECT_EQ(report.size(), 1u) << wrong;
    }
}

TEST(Preset, refusesWhatIsNoPresetWithOneSentence)
{
    for (const auto* text :
         {"", "   ", "not json", "[]", "42", "null", "{}", R"({"format":"other"})",
          R"({"format":"tonewright-preset","version":2})", R"({"format":"tonewright-preset",})",
          "{\"format\":\"tonewright-preset\"}garbage", R"({"a":1e999})", "\xff\xfe{}"})
    {
        ValidationReport report;
        const auto preset = parse(text, report);
        ASSERT_FALSE(preset) << text;
        EXPECT_GT(preset.error().message.size(), 20u);
        EXPECT_EQ(preset.error().message.back(), '.');
        EXPECT_EQ(preset.error().message.find('\n'), std::string::npos);
    }
}

TEST(Preset, survivesDeepNestingAndGiantFiles)
{
    ValidationReport report;
    EXPECT_FALSE(parse(std::string(2'000'000, '['), report));
    // Well-formed: parsing succeeds, and only copying or printing the value would overflow the stack.
    const auto deep = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_FALSE(parse(presetWith("\"x.y\":" + deep(1'000'000)), report));
    EXPECT_FALSE(parse(presetWith("\"amp.gain\":" + deep(1'000'000)), report));
    EXPECT_TRUE(parse(presetWith("\"x.y\":" + deep(10)), report));
    EXPECT_FALSE(parse(std::string(5u << 20, ' '), report));
}

TEST(Preset, ignoresAnOrderThatIsNoPermutation)
{
    for (
        const auto* order :
        {R"("gate")", R"([1,2,3,4,5,6,7,8,9,10,11,12])", R"([])", R"(["gate","flux capacitor","output"])",
         R"(["reverb","gate","reverb"])", R"(["output","gate"])",
         R"(["output","gate","compressor","boost","drive","amp","cabinet","equaliser","modulation","tremolo","delay","reverb"])",
         R"(["gate","gate","boost","drive","amp","cabinet","equaliser","modulation","tremolo","delay","reverb","output"])",
         R"(["gate","pitch","wah","compressor","boost","drive","amp","cabinet","equaliser","modulation","tremolo","delay","reverb","output","gate"])"})
    {
        ValidationReport report;
        const auto preset =
            parse(std::string(R"({"format":"tonewright-preset","version":1,"order":)") + order + "}", report);
        ASSERT_TRUE(preset);
        EXPECT_EQ(preset->parameters.order, defaultStageOrder) << order;
        EXPECT_EQ(report.size(), 1u) << order;
    }
}

/// Presets, projects and answers from before a stage existed name all the others: they load without a word.
TEST(Preset, stagesMissingInAnOrderTakeTheirDefaultPlace)
{
    const auto orderOf = [](const std::string& order)
    {
        ValidationReport report;
        const auto preset =
            parse(R"({"format":"tonewright-preset","version":1,"order":)" + order + "}", report);
        EXPECT_TRUE(preset && report.empty()) << order;
        std::string names;
        for (const auto stage : preset->parameters.order)
            names.append(nameOf(stage)).append(" ");
        return names;
    };
    EXPECT_EQ(
        orderOf(
            R"(["gate","compressor","boost","drive","amp","cabinet","equaliser","modulation","tremolo","delay","reverb","output"])"),
        "gate pitch wah compressor boost drive amp cabinet equaliser modulation tremolo delay reverb "
        "output ");
    EXPECT_EQ(
        orderOf(
            R"(["compressor","drive","boost","gate","amp","delay","cabinet","equaliser","modulation","tremolo","reverb","output"])"),
        "pitch wah compressor drive boost gate amp delay cabinet equaliser modulation tremolo reverb "
        "output ");
    EXPECT_EQ(orderOf(R"(["reverb","amp"])"), "gate pitch wah compressor boost drive reverb amp cabinet "
                                              "equaliser modulation tremolo delay output ");
    EXPECT_EQ(orderOf(R"(["wah","pitch","output"])"), "gate wah pitch compressor boost drive amp cabinet "
                                                      "equaliser modulation tremolo delay reverb output ");
}

TEST(ParameterSet, anyPartOfAnyOrderIsCompletedWithoutMovingWhatItNames)
{
    auto random = test::randomGenerator(3);
    for (int round = 0; round < 1000; ++round)
    {
        auto named = std::vector<StageId>(defaultStageOrder.begin(), defaultStageOrder.end() - 1);
        std::shuffle(named.begin(), named.end(), random);
        named.resize(1 + random() % named.size());
        const auto order = completedOrder(named);
        ASSERT_TRUE(order && isLegalOrder(*order));
        auto place = order->begin();
        for (const auto stage : named)
        {
            place = std::find(place, order->end(), stage);
            ASSERT_NE(place, order->end()) << "round " << round;
        }
        named.push_back(StageId::output);
        EXPECT_EQ(completedOrder(named), order);
        named.push_back(named.front());
        EXPECT_FALSE(completedOrder(named));
    }
}

TEST(Preset, boundsForeignTexts)
{
    ValidationReport report;
    const auto preset = presetFromJson({{"format", "tonewright-preset"},
                                        {"name", std::string(1'000'000, 'x')},
                                        {"explanation", "line\nbreak\x01\x1b[31m"},
                                        {"prompt", "a\xC0\xAF"}},
                                       report);
    ASSERT_TRUE(preset);
    EXPECT_EQ(preset->name.size(), maximumNameLength);
    EXPECT_EQ(preset->explanation, "line\nbreak[31m");
    EXPECT_EQ(preset->prompt, "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(ParameterSet, anyBitPatternBecomesLegal)
{
    auto random = test::randomGenerator(2);
    for (int round = 0; round < 1000; ++round)
    {
        ParameterSet set;
        for (auto& value : set.values)
        {
            const auto bits = static_cast<std::uint32_t>(random());
            std::memcpy(&value, &bits, sizeof value);
        }
        for (auto& stage : set.order)
            stage = static_cast<StageId>(random() % 256);
        set.makeLegal();
        EXPECT_TRUE(isLegalOrder(set.order));
        for (std::size_t index = 0; index < parameterCount; ++index)
            EXPECT_EQ(set.values[index], legalValue(parameterTable[index], set.values[index]));
    }
}

TEST(ParameterSet, onlySwitchesChoicesAndOrderDifferDiscretely)
{
    const ParameterSet original;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        ParameterSet changed;
        const auto& parameter = parameterTable[index];
        changed.values[index] =
            parameter.defaultValue == parameter.maximum ? parameter.minimum : parameter.maximum;
        EXPECT_EQ(differDiscretely(original, changed), parameter.type != ParameterType::number)
            << parameter.id;
    }
    ParameterSet reordered;
    std::swap(reordered.order[0], reordered.order[1]);
    EXPECT_TRUE(differDiscretely(original, reordered));
}

TEST(Text, slugsAreNeverPaths)
{
    EXPECT_EQ(slugOf("Velvet Lounge"), "velvet-lounge");
    EXPECT_EQ(slugOf("../../etc/passwd"), "etc-passwd");
    EXPECT_EQ(slugOf("C:\\x"), "c-x");
    EXPECT_EQ(slugOf("con"), "presetcon");
    EXPECT_EQ(slugOf("日本語"), "preset");
    EXPECT_EQ(slugOf(""), "preset");
    EXPECT_EQ(slugOf(std::string("a\0b", 3)), "a-b");
    EXPECT_LE(slugOf(std::string(300, 'a')).size(), 60u);
}

} // namespace
} // namespace tonewright
