#include "generation/offline/Knowledge.h"

#include "generation/offline/Interpreter.h"
#include "generation/offline/KnowledgeReader.h"
#include "generation/offline/KnowledgeWriter.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/Parser.h"
#include "tone/Files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
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

/// resources/knowledge, read as the build reads it.
const KnowledgeReader& filesAsRead()
{
    static const auto reader = []
    {
        std::vector<std::filesystem::path> paths;
        for (const auto& file :
             std::filesystem::directory_iterator(TONEWRIGHT_SOURCE_DIR "/resources/knowledge"))
            if (file.path().extension() == ".json")
                paths.push_back(file.path());
        std::sort(paths.begin(), paths.end());
        std::vector<std::string> names;
        std::vector<std::string> bytes;
        for (const auto& path : paths)
        {
            names.push_back(path.filename());
            bytes.push_back(*readFile(path, 1'000'000));
        }
        std::vector<EmbeddedFile> files;
        for (std::size_t i = 0; i < paths.size(); ++i)
            files.push_back({names[i], bytes[i]});
        return std::make_unique<KnowledgeReader>(files);
    }();
    return *reader;
}

const std::vector<std::string>& phrasesOf(const Entry& entry)
{
    const auto place = &entry - Knowledge::shared().entries().data();
    return filesAsRead().phrases()[static_cast<std::size_t>(place)];
}

TEST(Knowledge, FilesHaveNoProblems)
{
    for (const auto& problem : filesAsRead().problems())
        ADD_FAILURE() << problem;
}

bool isSame(ToneEffects a, ToneEffects b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

TEST(Knowledge, WhatIsCompiledInIsWhatTheFilesSay)
{
    const auto read = filesAsRead().knowledge();
    const auto& compiled = Knowledge::shared();
    ASSERT_EQ(compiled.entries().size(), read.entries().size());
    ASSERT_EQ(compiled.senses().size(), read.senses().size());
    for (std::size_t i = 0; i < read.entries().size(); ++i)
    {
        const auto& a = compiled.entries()[i];
        const auto& b = read.entries()[i];
        const auto& stagesOfA = a.forStage;
        const auto& stagesOfB = b.forStage;
        EXPECT_EQ(a.name, b.name);
        EXPECT_TRUE(a.kind == b.kind && a.stage == b.stage && a.control == b.control && a.tag == b.tag &&
                    a.isUnpleasant == b.isUnpleasant)
            << b.name;
        EXPECT_TRUE(isSame(a.tone, b.tone) && isSame(a.more, b.more) && isSame(a.complaint, b.complaint) &&
                    isSame(a.without, b.without))
            << b.name;
        EXPECT_TRUE(std::equal(stagesOfA.begin(), stagesOfA.end(), stagesOfB.begin(), stagesOfB.end(),
                               [](const StageTone& one, const StageTone& other)
                               { return one.first == other.first && isSame(one.second, other.second); }))
            << b.name;
    }
    for (std::size_t i = 0; i < read.senses().size(); ++i)
    {
        auto a = compiled.senses()[i];
        auto b = read.senses()[i];
        const auto placeOf = [](const Sense& sense, const Knowledge& owner)
        { return sense.entry != nullptr ? sense.entry - owner.entries().data() : -1; };
        EXPECT_EQ(placeOf(a, compiled), placeOf(b, read));
        a.entry = b.entry = nullptr;
        EXPECT_EQ(a, b) << i;
    }
    const auto& words = compiled.lexicon().words;
    const auto& wordsOfFiles = read.lexicon().words;
    EXPECT_TRUE(std::equal(words.begin(), words.end(), wordsOfFiles.begin(), wordsOfFiles.end()));
    EXPECT_EQ(compiled.lexicon().text, read.lexicon().text);
    EXPECT_EQ(compiled.longest(), read.longest());
    for (const auto& word : words)
        EXPECT_EQ(compiled.lexicon().find(compiled.lexicon().textOf(word)), &word);
}

TEST(Knowledge, TakesLittleMemory)
{
    const auto& knowledge = Knowledge::shared();
    const auto& lexicon = knowledge.lexicon();
    std::size_t bytes = lexicon.text.size() + lexicon.words.size_bytes() + lexicon.slots.size_bytes() +
                        knowledge.entries().size_bytes() + knowledge.senses().size_bytes();
    for (const auto& entry : knowledge.entries())
    {
        for (const auto effects : {entry.tone, entry.more, entry.complaint, entry.without})
            bytes += effects.size_bytes();
        for (const auto& [stage, effects] : entry.forStage)
            bytes += sizeof(StageTone) + effects.size_bytes();
    }
    RecordProperty("bytes", static_cast<int>(bytes));
    EXPECT_LT(bytes, 10'000'000u);
}

TEST(Knowledge, BadEntriesAreNamedAndLeftOutWithoutHarm)
{
    const std::array files{
        EmbeddedFile{"a.json", R"({"kind": "descriptor", "entries": [
            {"words": ["zorky"], "tone": {"brightnes": 1}}, {"words": []}, {"words": ["gleeb"], "tone": {"gain": 7}},
            {"words": ["plonk"], "tone": {"reverbType": "bucket"}}, {"words": ["fine"], "tone": {"gain": 0.5}}]})"},
        EmbeddedFile{"b.json", "{\n  not json"}, EmbeddedFile{"c.json", "[]"},
        EmbeddedFile{"d.json", R"({"kind": "gear", "entries": [{"words": ["blip"], "tonne": {}}, 7,
            {"words": [1], "tone": {}}, {"words": ["---"]}, {"words": ["zap"], "stage": "microwave"},
            {"words": ["zip"], "control": "amp.sparkle"}, {"words": ["zup"], "kind": "weather"}], "colour": 1})"},
        EmbeddedFile{"e.json", R"({"roles": [{"role": "king", "words": ["rex"]}]})"}};
    const KnowledgeReader reader(files);
    const std::vector<std::string> expected{"b.json: is not JSON: parse error at line 2",
                                            "c.json: is not a JSON object",
                                            "a.json: \"zorky\" names the unknown axis \"brightnes\"",
                                            "a.json: an entry has no words",
                                            "a.json: \"gleeb\" sets \"gain\" outside its range",
                                            "a.json: \"plonk\" ",
                                            "d.json: unknown member \"colour\"",
                                            "d.json: unknown member \"tonne\"",
                                            "d.json: cannot read 7",
                                            "d.json: cannot read {",
                                            "d.json: a phrase has no letters",
                                            "d.json: \"zap\" names the unknown stage",
                                            "d.json: \"zip\" names the unknown parameter",
                                            "d.json: unknown kind \"weather\"",
                                            "e.json: unknown role \"king\""};
    ASSERT_EQ(reader.problems().size(), expected.size()) << ::testing::PrintToString(reader.problems());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(reader.problems()[i].substr(0, expected[i].size()), expected[i]);
    EXPECT_FALSE(read("fine", reader.knowledge()).mentions.empty());
    EXPECT_TRUE(read("rex", reader.knowledge()).mentions.empty());
}

TEST(Knowledge, IsWrittenAsSourceToTheLastBit)
{
    const std::array files{EmbeddedFile{"a.json", R"({"kind": "descriptor", "entries": [
        {"words": ["\"od\\d\""], "tone": {"brightness": 0.1}, "for": {"reverb": {"reverbTone": -0.30000000000000004}}}]})"}};
    const KnowledgeReader reader(files);
    const auto source = sourceOf(reader.knowledge());
    EXPECT_NE(source.find(R"({"\"od\\d\"", )"), std::string::npos) << source;
    EXPECT_NE(source.find(", 0.1, true, false}"), std::string::npos) << source;
    EXPECT_NE(source.find(", -0.30000000000000004, true, false}"), std::string::npos) << source;
}

TEST(Knowledge, IsLargeEnoughToBeUseful)
{
    std::map<EntryKind, std::size_t> phrases;
    std::size_t references = 0;
    for (const auto& entry : Knowledge::shared().entries())
    {
        phrases[entry.kind] += phrasesOf(entry).size();
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
        for (const auto& phrase : phrasesOf(entry))
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
            EXPECT_TRUE(saysSomething(intentOf(phrasesOf(entry).front()))) << entry.name;
        }
        for (const auto& [stage, effects] : entry.forStage)
        {
            const std::string noun = stage == StageId::modulation   ? "phaser"
                                     : stage == StageId::drive      ? "overdrive"
                                     : stage == StageId::compressor ? "compression"
                                                                    : std::string(nameOf(stage));
            const auto with = intentOf(phrasesOf(entry).front() + " " + noun);
            const auto without = intentOf(noun);
            EXPECT_NE(mapNewTone(with, 0).parameters, mapNewTone(without, 0).parameters)
                << entry.name << " " << noun;
        }
        if (entry.control)
        {
            const auto more =
                mapEdit(interpret(read("more " + phrasesOf(entry).front(), Knowledge::shared()), true, 0),
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
        if (!entry.tone.empty() && mapNewTone(intentOf(phrasesOf(entry).front()), 0).parameters == plain)
            same.emplace(entry.name);
    // What these ask for is what a plain tone has anyway.
    const std::set<std::string> neutral{"dry",    "uncompressed", "ungated",    "intimate",    "mono",
                                        "attack", "feedback",     "decay",      "pre delay",   "fender twin",
                                        "2x12",   "dynamic mic",  "no effects", "just the amp"};
    for (const auto& name : same)
        EXPECT_TRUE(neutral.count(name) != 0) << name << " sounds like nothing said";
}

TEST(Knowledge, NoPhraseMeansTwoEntriesInOneLanguage)
{
    for (const auto& entry : Knowledge::shared().entries())
        for (const auto& phrase : phrasesOf(entry))
        {
            std::map<Language, const Entry*> owners;
            for (const auto& sense : Knowledge::shared().sensesOf(phrase))
                if (sense.role == Role::entry)
                {
                    const auto [found, isNew] = owners.emplace(sense.language, sense.entry);
                    EXPECT_TRUE(isNew || found->second == sense.entry)
                        << "\"" << phrase << "\" belongs to " << found->second->name << " and "
                        << sense.entry->name;
                }
        }
}
} // namespace
} // namespace tonewright::offline
