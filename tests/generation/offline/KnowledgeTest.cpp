#include "generation/offline/Knowledge.h"

#include "generation/offline/Interpreter.h"
#include "generation/offline/KnowledgeFiles.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/Parser.h"

#include <gtest/gtest.h>

#include <set>

namespace tonewright::offline
{
namespace
{
ToneIntent intentOf(const std::string& prompt)
{
    return interpret(read(prompt, Knowledge::shared()), false, 0);
}

bool saysSomething(const ToneIntent& intent)
{
    return std::any_of(intent.wishes.begin(), intent.wishes.end(),
                       [](const Wish& wish) { return wish.isSaid(); });
}

TEST(Knowledge, FilesHaveNoProblems)
{
    for (const auto& problem : Knowledge::shared().problems())
        ADD_FAILURE() << problem;
}

TEST(Knowledge, BadEntriesAreNamedAndLeftOutWithoutHarm)
{
    const std::array files{EmbeddedFile{"a.json", R"({"kind": "descriptor", "entries": [
            {"words": ["zorky"], "tone": {"brightnes": 1}}, {"words": []}, {"words": ["gleeb"], "tone": {"gain": 7}},
            {"words": ["plonk"], "tone": {"reverbType": "bucket"}}, {"words": ["fine"], "tone": {"gain": 0.5}}]})"},
                           EmbeddedFile{"b.json", "not json"}};
    const Knowledge knowledge(files);
    EXPECT_EQ(knowledge.problems().size(), 5u);
    EXPECT_FALSE(read("fine", knowledge).mentions.empty());
}

TEST(Knowledge, IsLargeEnoughToBeUseful)
{
    std::map<EntryKind, std::size_t> phrases;
    std::size_t references = 0;
    for (const auto& entry : Knowledge::shared().entries())
    {
        phrases[entry.kind] += entry.phrases.size();
        references += entry.kind == EntryKind::song || entry.kind == EntryKind::artist ||
                      entry.kind == EntryKind::genre;
    }
    EXPECT_GE(phrases[EntryKind::descriptor], 500u);
    EXPECT_GE(references, 200u);
}

TEST(Knowledge, EveryPhraseIsFoundWholeInAPrompt)
{
    const auto& knowledge = Knowledge::shared();
    for (const auto& entry : knowledge.entries())
        for (const auto& phrase : entry.phrases)
        {
            const auto tokens = tokensOf(phrase, 64);
            EXPECT_EQ(knowledge.match(tokens, 0).tokens, tokens.size()) << phrase;
        }
}

/// Adjectives that only qualify an effect ("long") are tried with each effect they know.
TEST(Knowledge, EveryEntryChangesTheIntent)
{
    for (const auto& entry : Knowledge::shared().entries())
    {
        if (!entry.tone.empty())
        {
            EXPECT_TRUE(saysSomething(intentOf(entry.phrases.front()))) << entry.name;
        }
        for (const auto& [stage, effects] : entry.forStage)
        {
            const std::string noun = stage == StageId::modulation   ? "phaser"
                                     : stage == StageId::drive      ? "overdrive"
                                     : stage == StageId::compressor ? "compression"
                                                                    : std::string(nameOf(stage));
            const auto with = intentOf(entry.phrases.front() + " " + noun);
            const auto without = intentOf(noun);
            EXPECT_NE(mapNewTone(with, 0).parameters, mapNewTone(without, 0).parameters)
                << entry.name << " " << noun;
        }
        if (entry.control)
        {
            const auto more =
                mapEdit(interpret(read("more " + entry.phrases.front(), Knowledge::shared()), true, 0),
                        []
                        {
                            ParameterSet set;
                            set["delay.enabled"_p] = set["reverb.enabled"_p] = 1;
                            set["modulation.enabled"_p] = set["compressor.enabled"_p] = 1;
                            return set;
                        }());
            ParameterSet start;
            EXPECT_NE(more.parameters, start) << entry.name;
        }
    }
}

TEST(Knowledge, EveryEntryChangesThePreset)
{
    const auto plain = mapNewTone(ToneIntent{}, 0).parameters;
    std::set<std::string> same;
    for (const auto& entry : Knowledge::shared().entries())
        if (!entry.tone.empty() && mapNewTone(intentOf(entry.phrases.front()), 0).parameters == plain)
            same.insert(entry.name);
    // What these ask for is what a plain tone has anyway.
    const std::set<std::string> neutral{"dry",       "uncompressed", "ungated",  "intimate",
                                        "mono",      "attack",       "feedback", "decay",
                                        "pre delay", "fender twin",  "2x12",     "dynamic mic"};
    for (const auto& name : same)
        EXPECT_TRUE(neutral.count(name) != 0) << name << " sounds like nothing said";
}

TEST(Knowledge, NoPhraseMeansTwoEntries)
{
    std::map<std::string, std::string> owners;
    for (const auto& entry : Knowledge::shared().entries())
        for (const auto& phrase : entry.phrases)
        {
            const auto [found, isNew] = owners.emplace(phrase, entry.name);
            EXPECT_TRUE(isNew) << "\"" << phrase << "\" belongs to " << found->second << " and "
                               << entry.name;
        }
}
} // namespace
} // namespace tonewright::offline
