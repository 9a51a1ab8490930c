#pragma once

#include "generation/offline/Knowledge.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tonewright::offline
{

/// Fills a Knowledge from its files. resources/knowledge/README.md describes their form.
class KnowledgeReader
{
public:
    explicit KnowledgeReader(Knowledge& filled) : knowledge(filled) {}

    /// [worker] One file: {"roles": [...]}, {"common": [...]} or {"kind": ..., "entries": [...]}.
    void read(const EmbeddedFile& file);

    /// [worker] Adds the inflections of what was read ("brighter", "warmth" stays a word of its own),
    /// wherever the form is not a phrase yet.
    void addWordForms();

private:
    void readRole(const nlohmann::json& json);
    void guardParts(const std::string& phrase);
    void readEntry(const nlohmann::json& json, EntryKind kind);
    ToneEffects readTone(const nlohmann::json& json, const std::string& owner);
    void addForm(const std::string& form, const Sense& sense);
    void addEnglishForms(const std::string& word, const Entry& entry);
    void addGermanForms(const std::string& word, const Entry& entry);
    void addSpanishForms(const std::string& word, const Entry& entry);
    void problem(const std::string& text) { knowledge.allProblems.push_back(fileName + ": " + text); }

    struct WordOfEntry
    {
        std::string word;
        std::string language;
        const Entry* entry;
    };
    Knowledge& knowledge;
    std::string fileName;
    std::vector<WordOfEntry> words;
};

} // namespace tonewright::offline
