#include "tone/ImpulseResponseId.h"

#include "support/Random.h"
#include "tone/Preset.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
TEST(ImpulseResponseId, ReadsItsOwnTextAndNothingElse)
{
    auto random = test::randomGenerator(21);
    for (int round = 0; round < 1000; ++round)
    {
        const ImpulseResponseId id = random() >> (round % 60);
        EXPECT_EQ(impulseResponseId(textOf(id)).value_or(0), id);
    }
    EXPECT_EQ(textOf(0x0123456789abcdef), "0123456789abcdef");
    for (const char* text :
         {"", "0", "0000000000000000", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF",
          "../../etc/passwd", "0123456789abcde/", "0x23456789abcdef", " 123456789abcdef", "0123456789abcd.."})
        EXPECT_FALSE(impulseResponseId(text)) << text;
    EXPECT_FALSE(impulseResponseId(std::string_view("0123456\0009abcdef", 16)));
}

TEST(ImpulseResponseId, TravelsWithAPresetAndOthersStayWithoutOne)
{
    Preset preset;
    EXPECT_EQ(presetFileText(preset).find("impulseResponse"), std::string::npos);
    preset.parameters.impulseResponse = 0xfedcba9876543210;
    preset.impulseResponseName = "4x12 \"greenish\"";
    ValidationReport report;
    const auto read = presetFromText(presetFileText(preset), report);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, preset);
    EXPECT_TRUE(report.empty());
    EXPECT_TRUE(differDiscretely(preset.parameters, ParameterSet{}));
    EXPECT_FALSE(usesImpulseResponse(preset.parameters));
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    EXPECT_TRUE(usesImpulseResponse(preset.parameters));
    preset.parameters["cabinet.enabled"_p] = 0;
    EXPECT_FALSE(usesImpulseResponse(preset.parameters));
}

TEST(ImpulseResponseId, AForeignOneIsLeftOutWithASentence)
{
    const std::string start = R"({"format":"tonewright-preset","version":1,"name":"T","impulseResponse":)";
    for (const char* value : {R"({"hash":"../../../etc/passwd"})", R"({"hash":12})", R"({"name":"x"})",
                              R"({"hash":"0000000000000000","name":"x"})", R"({"hash":null})"})
    {
        ValidationReport report;
        const auto read = presetFromText(start + value + "}", report);
        ASSERT_TRUE(read) << value;
        EXPECT_EQ(read->parameters.impulseResponse, 0u);
        EXPECT_EQ(read->impulseResponseName, "");
        EXPECT_EQ(report.size(), 1u) << value;
    }
    for (const char* value : {"null", "[]", "\"0123456789abcdef\"", "3"})
    {
        ValidationReport report;
        const auto read = presetFromText(start + value + "}", report);
        ASSERT_TRUE(read) << value;
        EXPECT_EQ(read->parameters.impulseResponse, 0u);
    }
}
} // namespace
} // namespace tonewright
