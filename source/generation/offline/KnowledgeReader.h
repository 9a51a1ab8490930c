#pragma once

#include "generation/offline/Knowledge.h"
#include "tone/EmbeddedFile.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace tonewright::offline
{

/// Reads files of the form that resources/knowledge/README.md describes, and owns what they say. The build
/// and the tests do; what ships has it compiled in.
class KnowledgeReader
{
public:
    /// [worker] Entries that cannot be read are left out and named in problems().
    explicit KnowledgeReader(std::span<const EmbeddedFile> files);
    KnowledgeReader(const KnowledgeReader&) = delete;
    KnowledgeReader& operator=(const KnowledgeReader&) = delete;

    /// [any] Good as long as the reader is there.
    Knowledge knowledge() const noexcept;

    /// [any] One sentence each: file, entry and what is wrong with it.
    const std::vector<std::string>& problems() const noexcept { return allProblems; }

    /// [any] The ways to say each entry, as the prompt's words are folded; in the order of the entries.
    const std::vector<std::vector<std::string>>& phrases() const noexcept { return phrasesOfEntries; }

private:
    struct Known
    {
        std::vector<Sense> senses;
        Standing standing = Standing::none;
        bool isCommon = false;
    };
    struct WordOfEntry
    {
        std::string word;
        Language language;
        const Entry* entry;
    };

    nlohmann::json parse(std::string_view bytes);
    void read(const nlohmann::json& content);
    void readRole(const nlohmann::json& json);
    void readEntry(const nlohmann::json& json, EntryKind kind);
    std::vector<std::string> readPhrases(const nlohmann::json& json, const Entry& entry);
    ToneEffects readTone(const nlohmann::json& json, std::string_view owner);
    std::optional<StageId> readStage(const std::string& name, std::string_view owner);
    void nameUnknownMembers(const nlohmann::json& json, std::span<const std::string_view> members);

    void addSense(const std::string& phrase, const Sense& sense);
    void addCommon(const std::string& word) { known[word].isCommon = true; }
    void addKnown(const std::string& word, Standing standing = Standing::whole);
    void guardParts(const std::string& phrase);

    /// Adds the inflections of what was read ("brighter"; "warmth" stays a word of its own), wherever the
    /// form is not a phrase yet.
    void addWordForms();
    void addForm(const std::string& form, const Sense& sense);
    void addEnglishForms(const std::string& word, const Entry& entry);
    void addGermanForms(const std::string& word, const Entry& entry);
    void addJapaneseForms(const std::string& word, const Entry& entry);
    void addSpanishForms(const std::string& word, const Entry& entry);

    void makeTables();
    std::string_view kept(std::string name) { return texts.emplace_back(std::move(name)); }
    ToneEffects kept(std::vector<ToneEffect> tone) { return tones.emplace_back(std::move(tone)); }
    void problem(const std::string& what) { allProblems.push_back(fileName + ": " + what); }

    // What entries and senses look at: never moves.
    std::deque<std::string> texts;
    std::deque<std::vector<ToneEffect>> tones;
    std::deque<std::vector<StageTone>> stageTones;

    std::vector<Entry> entries;
    std::vector<std::vector<std::string>> phrasesOfEntries;
    std::map<std::string, Known> known;
    std::vector<WordOfEntry> wordsOfEntries;
    std::string fileName;
    std::vector<std::string> allProblems;

    // What knowledge() looks at besides the entries.
    std::string lexiconText;
    std::vector<Word> words;
    std::vector<std::uint32_t> slots;
    std::vector<Sense> senses;
    std::size_t longestPhrase = 1;
};

} // namespace tonewright::offline
