#include "generation/offline/KnowledgeReader.h"

#include <algorithm>
#include <array>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t longestCompared = 8; // longer adjectives take "more"

/// Short adjectives of Germanic stock make a verb: "brighten".
bool makesVerb(std::string_view word)
{
    constexpr std::array<std::string_view, 15> words{"bright", "dark",  "deep",  "fat",   "fresh",
                                                     "hard",   "loose", "quick", "rough", "sharp",
                                                     "stiff",  "sweet", "thick", "tight", "wide"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// What one complains of as "overbright". Not every word makes one: "overnight", "overcast", "overlook".
bool makesExcess(std::string_view word)
{
    constexpr std::array<std::string_view, 20> words{
        "bright", "dark",  "warm", "harsh", "sharp", "boomy", "bassy",     "trebly",    "fizzy",  "fuzzy",
        "thick",  "tight", "loud", "muddy", "heavy", "soft",  "saturated", "distorted", "smooth", "scooped"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

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
    if (const auto found = known.find(form); found != known.end() && !found->second.senses.empty())
        return;
    constexpr std::size_t longEnoughToGuess = 6; // "emts" would attract too much
    addSense(form, sense);
    if (form.size() >= longEnoughToGuess)
        addKnown(form, Standing::inflection);
}

void KnowledgeReader::addWordForms()
{
    for (const auto& [word, language, entry] : wordsOfEntries)
    {
        if (language == Language::japanese)
            addJapaneseForms(word, *entry);
        if (word.find(' ') != std::string::npos || word.size() < 3)
            continue;
        if (language == Language::english)
            addEnglishForms(word, *entry);
        else if (language == Language::german)
            addGermanForms(word, *entry);
        else if (language == Language::spanish)
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
    const bool isStyleLike = entry.kind == EntryKind::genre && word.back() == 'y'; // "doomy", "doomier"
    if (entry.kind != EntryKind::descriptor && entry.kind != EntryKind::gain &&
        entry.kind != EntryKind::effect && !isStyleLike)
        return;
    if (makesExcess(word))
    {
        auto tooMuch = plain;
        tooMuch.isExcess = true;
        addForm("over" + word, tooMuch);
    }
    const auto endsWithVowelY =
        word.size() > 1 && std::string_view("aeou").find(word[word.size() - 2]) != std::string_view::npos;
    auto stem = word;
    if (stem.back() == 'y' && !endsWithVowelY)
        stem.back() = 'i';
    else if (stem.back() == 'e')
        stem.pop_back();
    auto comparative = plain;
    comparative.isComparative = true;
    auto verb = comparative;
    verb.isVerb = true;
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
        if (makesVerb(word))
            addForm(base + "en", verb);
    }
    addForm((word.back() == 'y' ? stem : word) + "ness", plain);
    addForm((word.back() == 'y' ? stem : word) + "ly", plain);
}

void KnowledgeReader::addGermanForms(const std::string& word, const Entry& entry)
{
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    plain.language = Language::german;
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
    if (stem.ends_with('e')) // leise, leiser
        stem.pop_back();
    // "heller Klang" and "heller!" look the same; the step reads well as both.
    auto comparative = plain;
    // A participle ("verzerrter Klang") is hardly ever compared.
    comparative.isComparative = !(entry.kind == EntryKind::gain && word.ends_with('t'));
    for (const char* ending : {"er", "ere", "eren", "erer", "eres", "erem"})
        addForm(stem + ending, comparative);
}

/// kurai: kurame (rather dark), kuraku, kurasa.
void KnowledgeReader::addJapaneseForms(const std::string& word, const Entry& entry)
{
    constexpr std::string_view ending = " い"; // characters are words
    if ((entry.kind != EntryKind::descriptor && entry.kind != EntryKind::gain) || !word.ends_with(ending))
        return;
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    plain.language = Language::japanese;
    auto rather = plain;
    rather.factor = 0.8;
    const auto stem = word.substr(0, word.size() - ending.size());
    for (const char* form : {" め", " め に"})
        addForm(stem + form, rather);
    auto tooMuch = plain;
    tooMuch.isExcess = true;
    for (const char* form : {" す ぎ", " す ぎ る", " す ぎ て", " 過 ぎ る", " 過 ぎ"})
        addForm(stem + form, tooMuch);
    addForm(stem + " く", plain);
    addForm(stem + " さ", plain);
}

void KnowledgeReader::addSpanishForms(const std::string& word, const Entry& entry)
{
    Sense plain;
    plain.role = Role::entry;
    plain.entry = &entry;
    plain.language = Language::spanish;
    addForm(word + "s", plain);
    addForm(word + "es", plain);
    if (word.back() != 'o' || entry.kind == EntryKind::effect)
        return;
    const auto stem = word.substr(0, word.size() - 1);
    addForm(stem + "a", plain);
    addForm(stem + "as", plain);
}

} // namespace tonewright::offline
