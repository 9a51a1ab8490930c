// What language models and foreign preset files hold, each case by its number in the project's test plan: J
// is JSON, S the schema. Whatever comes in, only a legal tone comes out, or one clear sentence.
#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "generation/OnlineSupport.h"
#include "generation/openai/OnlineFixture.h"
#include "generation/openai/ResponseReader.h"
#include "tone/PresetLibrary.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace tonewright
{
namespace
{
using nlohmann::json;

bool isLegal(const ParameterSet& parameters)
{
    auto legal = parameters;
    legal.makeLegal();
    return legal == parameters;
}

/// The text as an answer and as a preset file, in time; whether the answer set amp.gain, and to what.
std::optional<float> gainIn(const std::string& text)
{
    ParameterSet untouched;
    untouched["amp.gain"_p] = 5;
    const auto begin = std::chrono::steady_clock::now();
    const auto tone = readModelTone(text, {&untouched});
    ValidationReport report;
    const auto preset = presetFromText(text, report);
    EXPECT_LT(test::millisecondsSince(begin), 30'000);
    if (!preset)
    {
        EXPECT_TRUE(preset.error().message.ends_with('.')) << preset.error().message;
    }
    EXPECT_TRUE(!preset || isLegal(preset->parameters));
    if (!tone)
    {
        EXPECT_TRUE(tone.error().message.ends_with('.'));
        return std::nullopt;
    }
    EXPECT_TRUE(isLegal(tone->parameters));
    return tone->parameters["amp.gain"_p];
}

std::string withGain(const std::string& value)
{
    return "{\"format\":\"tonewright-preset\",\"parameters\":{\"amp.gain\":" + value +
           "},\"amp\":{\"bass\":4,\"gain\":" + value + "}}";
}

TEST(HostileAnswer, EveryKindOfBrokenJsonIsRefusedWhole)
{
    for (const char* value :
         {"NaN",       "Infinity", "-Infinity", "+1",          ".5",       "0x10", "1e999",
          "-1e999",    "01",       "1.",        "\"\\ud800\"", "\"\xff\"", "'5'",  "5,,",
          "5 // five", "5 / five", "undefined", "\"a\nb\"",    "--5",      "5e"})
        EXPECT_EQ(gainIn(withGain(value)), std::nullopt) << "J1: " << value;
    for (const std::string text :
         {"", " ", "\xEF\xBB\xBF", "{", "}", "\"", "{\"amp.gain\":5", "[5", "null", "amp.gain = 5"})
        EXPECT_EQ(gainIn(text), std::nullopt) << "J1: " << text;
}

TEST(HostileAnswer, OddButValidJsonIsRead)
{
    const auto ok = withGain("6");
    const auto sixIn = [](const std::string& text, const char* number)
    { EXPECT_EQ(gainIn(text), std::optional(6.0f)) << number << ": " << text.substr(0, 80); };
    sixIn(withGain("6.0e0"), "J1");
    sixIn("\xEF\xBB\xBF" + ok, "J5");
    sixIn("\t\r\n " + ok, "J1");
    sixIn(ok + "garbage", "J1");
    sixIn("{\"amp.gain\":2,\"amp.gain\":6}", "J6: the last of equal names counts");
    sixIn("{\"a\\u0000b\":\"\\u0000\",\"amp.gain\":6}", "J5");
    sixIn("Here you are: " + ok + " Enjoy!", "J4");
    sixIn("```json\n" + ok + "\n```", "J4");
    sixIn("```" + ok + "```", "J4");
    sixIn("<think>{\"amp.gain\": 1}, or {</think>" + ok, "J4");
    sixIn("<think>{\"amp.gain\": 1}</think><think>{\"amp.gain\": 2}</think>" + ok, "J4");
    sixIn(ok + ok, "J4: the first of two objects");
    sixIn("{'single': 'quotes'} " + ok, "J4");
    sixIn("{\"name\":\"{\\\"}\"} " + ok, "J4: braces in strings");
    EXPECT_EQ(gainIn(withGain("12345678901234567890")), std::optional(10.0f))
        << "J1: no wrap to a negative number";
    EXPECT_EQ(gainIn(withGain("1e308")), std::optional(10.0f)) << "S3";
    EXPECT_EQ(gainIn(withGain("-1e308")), std::optional(0.0f)) << "S3";
    EXPECT_EQ(gainIn(withGain("1e-310")), std::optional(0.0f)) << "S3: a denormal of that kind is no gain";
    EXPECT_EQ(gainIn("<think>{\"amp.gain\": 1} or so, but"), std::nullopt) << "J4: a thought is no answer";
}

TEST(HostileAnswer, WhatIsDeepOrHugeIsBounded)
{
    const auto nested = [](std::size_t depth)
    { return "{\"amp.gain\":6,\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
    EXPECT_EQ(gainIn(nested(40)), std::optional(6.0f)) << "J2";
    for (const std::size_t depth : {64u, 10'000u, 100'000u})
        EXPECT_EQ(gainIn(nested(depth)), std::nullopt) << "J2: " << depth;
    EXPECT_EQ(gainIn(std::string(1'000'000, '{')), std::nullopt) << "J2";
    EXPECT_EQ(gainIn(withGain(std::string(100'000, '9'))), std::nullopt) << "J3: a number of 100,000 digits";
    EXPECT_EQ(gainIn(withGain("0." + std::string(100'000, '9'))), std::optional(1.0f)) << "J3";
    EXPECT_EQ(gainIn("{\"amp.gain\":6,\"x\":\"" + std::string(200'000, 'x') + "\"}"), std::optional(6.0f))
        << "J3";
    EXPECT_EQ(gainIn("{\"amp.gain\":6,\"x\":\"" + std::string(1 << 20, 'x') + "\"}"), std::nullopt)
        << "J3: beyond the longest answer";
    std::string many = "{";
    for (int index = 0; index < 100'000; ++index)
        many += "\"" + std::to_string(index) + "\":1,";
    (void)gainIn(many + "\"amp.gain\":6}"); // J3: 100,000 members
}

TEST(HostileAnswer, OtherEncodingsAreRefused)
{
    std::string wide, wideSwapped;
    for (const char c : withGain("6"))
    {
        wide += std::string(1, c) + '\0';
        wideSwapped += '\0' + std::string(1, c);
    }
    EXPECT_EQ(gainIn("\xFF\xFE" + wide), std::nullopt) << "J5: UTF-16, little endian";
    EXPECT_EQ(gainIn("\xFE\xFF" + wideSwapped), std::nullopt) << "J5: UTF-16, big endian";
    EXPECT_EQ(gainIn(std::string("{\"amp.gain\":\0"
                                 "6}",
                                 14)),
              std::nullopt)
        << "J5: NUL";
}

TEST(HostileAnswer, MissingExtraAndNullMembersDoNoHarm)
{
    EXPECT_EQ(gainIn(R"({"amp":{"gain":6}})"), std::optional(6.0f)) << "S1: everything else missing";
    EXPECT_EQ(
        gainIn(
            R"({"amp":{"gain":6,"bass":null,"turbo":11},"reverb":null,"warp":{"x":1},"idea":null,"name":null,"order":null})"),
        std::optional(6.0f))
        << "S1";
    EXPECT_EQ(gainIn(R"({"stages":{},"amp":{"gain":6}})"), std::optional(6.0f)) << "S5: no blocks";
    std::string blocks = "{\"stages\":{";
    for (int index = 0; index < 1000; ++index)
        blocks += "\"amp" + std::to_string(index) + "\":{\"gain\":3},";
    EXPECT_EQ(gainIn(blocks + "\"amp\":{\"gain\":6}}}"), std::optional(6.0f)) << "S5: 1000 blocks";
    EXPECT_EQ(gainIn(R"({"stages":[{"amp":{"gain":3}}],"amp":{"gain":6}})"), std::optional(6.0f))
        << "S2: an array";
    for (const char* order :
         {R"(["amp","amp","amp"])", R"(["output"])", "[1,2,3]", "{}", "\"amp\"", R"([null,"amp",[]])"})
    {
        const auto tone = readModelTone(std::string(R"({"amp":{"gain":6},"order":)") + order + "}");
        ASSERT_TRUE(tone) << "S5: " << order;
        EXPECT_EQ(tone->parameters.order, defaultStageOrder);
    }
}

TEST(HostileAnswer, ValuesOfTheWrongKindOrSpellingAreMadeLegalOrLeftAlone)
{
    for (const auto& parameter : parameterTable)
        for (const char* value : {"\"5\"",
                                  "true",
                                  "false",
                                  "1",
                                  "0",
                                  "-0.0",
                                  "[]",
                                  "{}",
                                  "[5]",
                                  "\"\"",
                                  "\"NaN\"",
                                  "\"-inf\"",
                                  "\"1e999\"",
                                  "\"5 dB\"",
                                  "\" BRITISH crunch \"",
                                  "\"british-crunch\"",
                                  "\"Death Star\"",
                                  "1e308",
                                  "-1e308",
                                  "1e-310",
                                  "18446744073709551615",
                                  "-9223372036854775808",
                                  "\"\\u0000\"",
                                  "\"\xf0\x9f\x8e\xb8\""})
        {
            const auto text = "{\"input.trim\":3,\"" + std::string(parameter.id) + "\":" + value + "}";
            const auto tone = readModelTone(text);
            ASSERT_TRUE(tone || parameter.id == "input.trim") << "S2, S3, S4: " << text;
            EXPECT_TRUE(!tone || isLegal(tone->parameters)) << text;
        }
    const auto modelOf = [](const std::string& name)
    {
        return readModelTone("{\"amp\":{\"gain\":5,\"model\":\"" + name + "\"}}")
            ->parameters.choice<AmpModel>("amp.model"_p);
    };
    for (const char* spelling :
         {"modern_high_gain", "Modern High Gain", "MODERN-HIGH-GAIN", "modern high gain"})
        EXPECT_EQ(modelOf(spelling), AmpModel::modernHighGain) << "S4: " << spelling;
    EXPECT_EQ(modelOf("Death Star"), ParameterSet{}.choice<AmpModel>("amp.model"_p)) << "S4";
    EXPECT_EQ(gainIn(withGain("\"6\"")), std::optional(6.0f)) << "S2: a number as text";
}

// S6
TEST(HostileAnswer, NoToneHurtsEars)
{
    for (const char* value : {"1e308", "-1e308"})
    {
        json answer = {{"stages", json::object()}};
        for (const auto& parameter : parameterTable)
            if (parameter.type == ParameterType::number)
                answer[std::string(parameter.id)] = json::parse(value);
            else if (parameter.type == ParameterType::toggle)
                answer[std::string(parameter.id)] = true;
        const auto tone = readModelTone(answer.dump());
        ASSERT_TRUE(tone);
        const std::vector<std::vector<float>> riff{dsp::synthesiseRiff(dsp::RiffStyle::chords, 1, 48000)};
        dsp::RenderOptions options;
        options.tailSeconds = 1;
        for (const auto& channel : dsp::renderOffline(tone->parameters, riff, options))
            for (const float sample : channel)
                ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) <= 1) << value << ": " << sample;
    }
}

class HostileNameTest : public test::OnlineFixture
{
};

// S7, S8
TEST_F(HostileNameTest, ANameIsNeverAPathAndIsShownAsPlainText)
{
    const PresetLibrary library(environment.folder() / "presets");
    for (const auto& name :
         {std::string("../../x"), std::string("/etc/passwd"), std::string("C:\\x"), std::string("con"),
          std::string("a\0b", 3), std::string(300, 'n'), std::string("\xF0\x9F\x8E\xB8\xE2\x80\xAE txt.exe"),
          std::string("line\nbreak\ttab"), std::string("."), std::string(),
          std::string("<b>bold</b> & %s {} \x1b[31m"), std::string("~/.bashrc"), std::string("a/../b"),
          std::string("  "), std::string("\xff\xfe")})
    {
        auto tone = json::parse(test::goodTone());
        tone["name"] = name;
        server.answer({test::chatAnswer(tone.dump(-1, ' ', false, json::error_handler_t::replace))});
        const auto preset = generate();
        SCOPED_TRACE(name);
        EXPECT_FALSE(preset.name.empty());
        EXPECT_LE(preset.name.size(), maximumNameLength);
        EXPECT_EQ(preset.name.find_first_of(std::string("\n\t\x1b\0", 4)), std::string::npos);
        const auto file = library.save(preset);
        ASSERT_TRUE(file) << file.error().message;
        EXPECT_EQ(file->parent_path(), environment.folder() / "presets");
        EXPECT_TRUE(file->string().ends_with(presetExtension));
        ValidationReport report;
        const auto back = loadPreset(*file, report);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->name, preset.name);
    }
}

// S9
TEST_F(HostileNameTest, FilesAndAddressesFromAServerAreIgnored)
{
    auto tone = json::parse(test::goodTone());
    tone["file"] = "/etc/passwd";
    tone["stages"]["cabinet"] = {
        {"enabled", true}, {"ir", "/etc/passwd"}, {"model", "https://evil.example/ir.wav"}};
    tone["stages"]["amp"]["nam"] = "../../model.nam";
    server.answer({test::chatAnswer(tone.dump())});
    const auto preset = generate();
    EXPECT_FALSE(preset.source.fallback);
    const auto text = presetFileText(preset);
    for (const char* trace : {"passwd", "evil.example", "model.nam"})
        EXPECT_EQ(text.find(trace), std::string::npos) << trace;
    EXPECT_TRUE(preset.unknownParameters.empty());
}
} // namespace
} // namespace tonewright
