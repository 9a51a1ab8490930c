#include "generation/offline/Mapper.h"
#include "generation/openai/IntentReader.h"
#include "generation/openai/IntentSchema.h"
#include "generation/openai/ModelSchema.h"
#include "generation/openai/PromptBuilder.h"

#include <gtest/gtest.h>

#include <functional>

namespace tonewright
{
namespace
{
using nlohmann::json;
using offline::Axis;

ModelIntent read(const std::string& text)
{
    return readIntent(json::parse(text));
}

/// Every member unsaid, as a model must write it under the strict schema.
json unsaid()
{
    json intent;
    const auto schema = intentSchema(true);
    for (const auto& [name, property] : schema["properties"].items())
        if (property.contains("enum"))
            intent[name] = "unsaid";
        else if (property.contains("anyOf"))
            intent[name] = nullptr;
        else
            intent[name] = 0;
    return intent;
}

TEST(IntentForm, AnIntentThatLeavesEverythingOpenSaysNothing)
{
    const auto meant = readIntent(unsaid());
    EXPECT_EQ(meant.offered, 0);
    EXPECT_EQ(meant.used, 0);
    for (const auto& wish : meant.intent.wishes)
        EXPECT_FALSE(wish.isSaid());
    for (const char* text : {"{}", "[]", "null", "\"loud\"", "5"})
        EXPECT_EQ(read(text).used, 0) << text;
}

TEST(IntentForm, EveryMemberOfTheSchemaIsToldReadAndHeard)
{
    const auto schema = intentSchema(true);
    const auto guide = intentGuide();
    for (const auto& [name, property] : schema["properties"].items())
    {
        EXPECT_NE(guide.find("  " + name), std::string::npos) << name;
        auto intent = unsaid();
        intent["compression"] = name == "attack" ? 0.5 : 0; // what lets the pick through or not
        const auto without = readIntent(intent);
        if (property.contains("enum"))
            intent[name] = property["enum"].back();
        else if (property.contains("anyOf"))
        {
            json effect = json::object();
            for (const auto& [part, of] : property["anyOf"][0]["properties"].items())
                effect[part] = of.contains("enum") ? json(of["enum"].back()) : json(0.7);
            intent[name] = effect;
        }
        else
            intent[name] = 0.7;
        const auto meant = readIntent(intent);
        EXPECT_EQ(meant.offered, without.offered + 1) << name;
        EXPECT_EQ(meant.used, without.used + 1) << name;
        EXPECT_FALSE(offline::mapNewTone(meant.intent, 0).parameters ==
                     offline::mapNewTone(without.intent, 0).parameters)
            << name << " does something";
    }
}

TEST(IntentForm, LeavesOpenWhatIsNoughtOrUnsaid)
{
    for (const char* text :
         {R"({"delay":{"type":"unsaid","amount":0}})", R"({"wah":{"amount":0}})", R"({"reverb":{}})",
          R"({"reverb":{"type":null,"amount":0,"decay":0}})", R"({"gain":0})"})
        for (const auto& wish : read(text).intent.wishes)
            EXPECT_FALSE(wish.target) << text;
    EXPECT_TRUE(read(R"({"delay":{"amount":0,"time":350}})").intent[Axis::delay].target);
    EXPECT_TRUE(read(R"({"reverb":{"wanted":true}})").intent[Axis::reverb].target);
}

TEST(IntentForm, ReadsWantedUnwantedAndUnsaidInEverySpelling)
{
    struct Case
    {
        const char* text;
        Axis axis;
        double target; ///< -1 for unwanted
    };
    for (const auto& [text, axis, target] : {
             Case{R"({"reverb":{"type":"plate","amount":0.5,"decay":0}})", Axis::reverb, 0.5},
             Case{R"({"reverb":{"type":"Plate","amount":"50 %"}})", Axis::reverb, 0.5},
             Case{R"({"reverb":{"amount":50}})", Axis::reverb, 0.5},
             Case{R"({"reverb":{"amount":5}})", Axis::reverb, 0.5},
             Case{R"({"reverb":0.5})", Axis::reverb, 0.5},
             Case{R"({"Reverb":"0.5"})", Axis::reverb, 0.5},
             Case{R"({"reverb":{"type":"none","amount":0.5,"decay":2}})", Axis::reverb, -1},
             Case{R"({"reverb":"none"})", Axis::reverb, -1},
             Case{R"({"reverb":"unwanted"})", Axis::reverb, -1},
             Case{R"({"reverb":false})", Axis::reverb, -1},
             Case{R"({"reverb":{"wanted":false}})", Axis::reverb, -1},
             Case{R"({"reverb":{"enabled":false,"type":"hall"}})", Axis::reverb, -1},
             Case{R"({"reverb":-1})", Axis::reverb, -1},
             Case{R"({"compression":0.6})", Axis::compression, 0.6},
             Case{R"({"compression":{"value":0.6,"reason":"funk"}})", Axis::compression, 0.6},
             Case{R"({"compression":"60%"})", Axis::compression, 0.6},
             Case{R"({"compression":-1})", Axis::compression, -1},
             Case{R"({"compression":"unwanted"})", Axis::compression, -1},
             Case{R"({"gain":"crunch"})", Axis::gain, 0.5},
             Case{R"({"gain":"High Gain"})", Axis::gain, 0.82},
             Case{R"({"gain":"high_gain"})", Axis::gain, 0.82},
             Case{R"({"gain":"edge"})", Axis::gain, 0.32},
             Case{R"({"gain":0.5})", Axis::gain, 0.5},
             Case{R"({"gain":"5"})", Axis::gain, 0.5},
             Case{R"({"delay":{"type":"tape","time":"0.35 s"}})", Axis::delayTime, 350},
             Case{R"({"delay":{"type":"tape","time":0.35}})", Axis::delayTime, 350},
             Case{R"({"delay":{"type":"tape","time":"350ms"}})", Axis::delayTime, 350},
             Case{R"({"delay":{"type":"tape","time":1e9}})", Axis::delayTime, 2000},
             Case{R"({"reverb":{"type":"hall","decay":3500}})", Axis::reverbDecay, 3.5},
             Case{R"({"amp":"British-Crunch"})", Axis::amp, static_cast<double>(AmpModel::britishCrunch)},
             Case{R"({"amp":"a british crunch amp"})", Axis::amp,
                  static_cast<double>(AmpModel::britishCrunch)},
             Case{R"({"reverb":{"type":"spring reverb"}})", Axis::reverbType,
                  static_cast<double>(ReverbType::spring)},
         })
    {
        const auto meant = read(text);
        EXPECT_EQ(meant.used, 1) << text;
        const auto& wish = meant.intent[axis];
        ASSERT_TRUE(wish.target) << text;
        if (target < 0)
        {
            EXPECT_TRUE(wish.isUnwanted) << text;
            continue;
        }
        EXPECT_NEAR(*wish.target, target, 1e-9) << text;
        EXPECT_FALSE(wish.isUnwanted) << text;
    }
}

TEST(IntentForm, ReadsShadesAsNumbersPartsOfTenAndWords)
{
    struct Case
    {
        const char* value;
        double offset;
    };
    for (const auto& [value, offset] :
         {Case{"0.4", 0.4}, Case{"\"+0.4\"", 0.4}, Case{"-0.4", -0.4}, Case{"4", 0.4}, Case{"40", 0.4},
          Case{"\"40%\"", 0.4}, Case{"1e308", 1}, Case{"\"more\"", 0.4}, Case{"\"dark\"", -0.4},
          Case{"{\"value\":-0.4,\"reason\":\"jazz\"}", -0.4}})
        EXPECT_NEAR(read("{\"brightness\":" + std::string(value) + "}").intent[Axis::brightness].offset,
                    offset, 1e-9)
            << value;
    EXPECT_NEAR(read(R"({"low_mids":0.4})").intent[Axis::lowMids].offset, 0.4, 1e-9);
    EXPECT_LT(read(R"({"moreGain":-0.3})").intent[Axis::gain].offset, -0.1);
}

TEST(IntentForm, ReportsWhatItCannotRead)
{
    for (const char* text :
         {R"({"gain":"banana"})", R"({"brightness":"purple"})", R"({"amp":"Death Star"})", R"({"amp":[]})",
          R"({"reverb":[1,2]})", R"({"compression":{"x":1}})", R"({"brightness":"NaN"})"})
    {
        const auto meant = read(text);
        EXPECT_EQ(meant.used, 0) << text;
        EXPECT_EQ(meant.offered, 1) << text;
        ASSERT_EQ(meant.report.size(), 1u) << text;
        EXPECT_TRUE(meant.report[0].ends_with('.')) << text;
    }
}

/// No grammar in a small local server compiles fast what is large; the limits of OpenAI are far beyond.
TEST(IntentForm, TheWholeSchemaStaysSmall)
{
    EXPECT_LT(intentSchema(true).dump().size(), 3'500u);
    EXPECT_LT(strictModelSchema().dump().size(), 11'000u);
    EXPECT_LT(looseModelSchema().dump().size(), 9'000u);
    std::size_t words = 0;
    const std::function<void(const nlohmann::ordered_json&)> count = [&](const nlohmann::ordered_json& part)
    {
        if (part.is_object() && part.contains("enum"))
            words += part["enum"].size();
        for (const auto& inner : part)
            if (inner.is_structured())
                count(inner);
    };
    count(strictModelSchema());
    EXPECT_LT(words, 250u) << "OpenAI's older limit is 500";
}
} // namespace
} // namespace tonewright
