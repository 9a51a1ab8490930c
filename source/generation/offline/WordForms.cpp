#include "generation/offline/KnowledgeReader.h"

namespace tonewright::offline
{
namespace
{
constexpr std::size_t longestCompared = 8; // longer adjectives take "more"

bool isVowel(char c)
{
    return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

/// Consonant, vowel, consonant: the last one doubles ("fat", "fatter").
bool endsLikeFat(const std::string& word)
{
    const auto size = word.size();
    return size >= 3 && !isVowel(word[size - 1]) && isVowel(word[size - 2]) && !isVowel(word[size - 3]);
}
} // namespace

void KnowledgeReader::addForm(const std::string& form, const Sense& sense)
{
    if (knowledge.phrases.count(form) != 0)
        return;
    constexpr std::size_t longEnoughToGuess = 6; // "emts" would attract too much
    knowledge.addSense(form, sense);
    if (form.size() >= longEnoughToGuess)
        knowledge.spelling.addKnown(form, Spelling::Standing::inflection);
}

void KnowledgeReader::addWordForms()
{
    for (const auto& [word, language, entry] : words)
    {
        if (word.find(' ') != std::string::npos || word.size() < 3)
            continue;
        if (language == "words")
            addEnglishForms(word, *entry);
        else if (language == "de")
            addGermanForms(word, *entry);
        else if (language == "es")
            addSpanishForms(word, *entry);
    }
}

void KnowledgeReader::addEnglishForms(const std::string& word, const Entry& entry)
{
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    const bool isNoun = (entry.kind == EntryKind::effect && entry.stage) ||
                        entry.kind == EntryKind::control || entry.kind == EntryKind::gear;
    if (isNoun)
    {
        addForm(word + (std::string_view("sxh").find(word.back()) != std::string_view::npos ? "es" : "s"),
                plain);
        return;
    }
    if (entry.kind != EntryKind::descriptor && entry.kind != EntryKind::gain &&
        entry.kind != EntryKind::effect)
        return;
    const auto endsWithVowelY =
        word.size() > 1 && std::string_view("aeou").find(word[word.size() - 2]) != std::string_view::npos;
    auto stem = word;
    if (stem.back() == 'y' && !endsWithVowelY)
        stem.back() = 'i';
    else if (stem.back() == 'e')
        stem.pop_back();
    auto comparative = plain;
    comparative.isComparative = true;
    auto superlative = plain;
    superlative.factor = 1.5;
    auto weaker = plain;
    weaker.factor = 0.6;
    std::vector<std::string> bases{stem};
    if (endsLikeFat(word))
        bases.push_back(word + word.back());
    for (const auto& base : bases)
    {
        if (word.size() > longestCompared)
            break;
        addForm(base + "er", comparative);
        addForm(base + "est", superlative);
        addForm(base + "ish", weaker);
    }
    addForm((word.back() == 'y' ? stem : word) + "ness", plain);
    addForm((word.back() == 'y' ? stem : word) + "ly", plain);
}

void KnowledgeReader::addGermanForms(const std::string& word, const Entry& entry)
{
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    if (entry.kind != EntryKind::descriptor && entry.kind != EntryKind::gain)
        return;
    auto stem = word;
    if (stem.ends_with("el")) // dunkel, dunkler
        stem.erase(stem.size() - 2, 1);
    for (const char* ending : {"e", "es", "en", "em"})
    {
        addForm(word + ending, plain);
        addForm(stem + ending, plain);
    }
    // "heller Klang" and "heller!" look the same; the step reads well as both.
    auto comparative = plain;
    comparative.isComparative = true;
    addForm(stem + "er", comparative);
    addForm(stem + "ere", comparative);
    addForm(stem + "eren", comparative);
}

void KnowledgeReader::addSpanishForms(const std::string& word, const Entry& entry)
{
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    addForm(word + "s", plain);
    addForm(word + "es", plain);
    if (word.back() != 'o' || entry.kind == EntryKind::effect)
        return;
    const auto stem = word.substr(0, word.size() - 1);
    addForm(stem + "a", plain);
    addForm(stem + "as", plain);
}

} // namespace tonewright::offline
