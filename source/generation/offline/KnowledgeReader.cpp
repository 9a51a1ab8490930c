#include "generation/offline/KnowledgeReader.h"

#include "generation/offline/DerivedTones.h"
#include "generation/offline/Spelling.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace tonewright::offline
{
namespace
{
using nlohmann::json;

constexpr std::array<std::string_view, 4> languages{"words", "es", "de", "ja"};

Language languageNamed(std::string_view member)
{
    return static_cast<Language>(std::find(languages.begin(), languages.end(), member) - languages.begin());
}

constexpr std::array<std::string_view, 4> fileMembers{"kind", "entries", "roles", "common"};
constexpr std::array<std::string_view, 11> roleMembers{"role", "factor", "amount", "most", "verb", "list",
                                                       "unit", "words",  "es",     "de",   "ja"};
constexpr std::array<std::string_view, 17> entryMembers{
    "kind", "words", "es",      "de",  "ja",         "tone",  "more",        "complaint", "without",
    "for",  "stage", "control", "tag", "unpleasant", "alone", "comparative", "evidence"};
constexpr std::size_t usualSynonyms = 3; // an adjective's first words are those that players use
constexpr std::size_t longestQuote = 60; // bytes of an entry, to find it by

template <typename Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, const std::string& name)
{
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

constexpr std::array<std::string_view, 9> kindNames{"descriptor", "gain", "effect", "control", "gear",
                                                    "genre",      "era",  "artist", "song"};
constexpr std::array<std::string_view, 45> roleNames{"entry",
                                                     "intensity",
                                                     "more",
                                                     "less",
                                                     "negator",
                                                     "soft_negator",
                                                     "negated_after",
                                                     "complaint",
                                                     "complaint_after",
                                                     "add",
                                                     "make",
                                                     "remove",
                                                     "up",
                                                     "down",
                                                     "on",
                                                     "off",
                                                     "to",
                                                     "about",
                                                     "by",
                                                     "swap",
                                                     "swap_to",
                                                     "instead_of",
                                                     "but",
                                                     "conjunction",
                                                     "with",
                                                     "either",
                                                     "request",
                                                     "undo",
                                                     "again",
                                                     "restore",
                                                     "statement",
                                                     "copula",
                                                     "measure",
                                                     "enough",
                                                     "hold",
                                                     "hold_after",
                                                     "except",
                                                     "except_after",
                                                     "thing",
                                                     "times",
                                                     "place",
                                                     "another",
                                                     "order",
                                                     "number",
                                                     "unit"};

/// A member, or an empty list or object where there is none; nothing is copied.
const json& memberOf(const json& source, std::string_view key)
{
    static const json none;
    const auto found = source.find(key);
    return found != source.end() ? *found : none;
}
} // namespace

KnowledgeReader::KnowledgeReader(std::span<const EmbeddedFile> files)
{
    std::vector<json> contents;
    std::size_t count = 0;
    for (const auto& file : files)
    {
        fileName = file.name;
        contents.push_back(parse(file.bytes));
        count += memberOf(contents.back(), "entries").size();
    }
    entries.reserve(count); // senses point at them
    for (std::size_t file = 0; file < files.size(); ++file)
    {
        fileName = files[file].name;
        read(contents[file]);
    }
    addWordForms();
    makeTables();
}

json KnowledgeReader::parse(std::string_view bytes)
{
    try
    {
        if (auto content = json::parse(bytes); content.is_object())
            return content;
        problem("is not a JSON object");
    }
    catch (const json::parse_error& error)
    {
        const std::string_view text(
            error.what()); // "[json.exception...] parse error at line 3, column 7: ..."
        problem("is not JSON: " + std::string(text.substr(text.find(']') + 2)));
    }
    return json::object();
}

void KnowledgeReader::read(const json& content)
{
    nameUnknownMembers(content, fileMembers);
    const auto each = [&](std::string_view list, auto&& readOne)
    {
        for (const auto& element : memberOf(content, list))
            try
            {
                readOne(element);
            }
            catch (const json::exception&) // a list where a word is due
            {
                problem("cannot read " + element.dump());
            }
    };
    each("roles", [this](const json& role) { readRole(role); });
    each("common", [this](const json& word) { addCommon(foldedPhrase(word.get<std::string>())); });
    each("entries",
         [&](const json& entry)
         {
             const auto kindName = entry.value("kind", content.value("kind", std::string()));
             if (const auto kind = named<EntryKind>(kindNames, kindName))
                 readEntry(entry, *kind);
             else
                 problem("unknown kind \"" + kindName + "\"");
         });
}

void KnowledgeReader::nameUnknownMembers(const json& source, std::span<const std::string_view> members)
{
    for (const auto& [name, value] : source.items())
        if (std::find(members.begin(), members.end(), name) == members.end())
            problem("unknown member \"" + name + "\" in " + source.dump().substr(0, longestQuote));
}

void KnowledgeReader::readRole(const json& source)
{
    nameUnknownMembers(source, roleMembers);
    Sense sense;
    const auto roleName = source.value("role", std::string());
    if (roleName != "filler")
    {
        const auto role = named<Role>(roleNames, roleName);
        if (!role)
            return problem("unknown role \"" + roleName + "\"");
        sense.role = *role;
    }
    sense.factor = source.value("factor", 1.0);
    sense.isAmount = source.value("amount", false);
    sense.isAtMost = source.value("most", false);
    sense.isVerb = source.value("verb", false);
    sense.takesList = source.value("list", false);
    sense.unit = kept(source.value("unit", std::string()));
    for (const auto language : languages)
        for (const auto& phrase : memberOf(source, language))
        {
            const auto folded = foldedPhrase(phrase.get<std::string>());
            sense.language = languageNamed(language);
            addSense(folded, sense);
            // What only glues sentences together must not be guessed from a misspelling, and the "trace" of
            // "no trace of" is none.
            if (sense.role == Role::filler || sense.role == Role::number)
                addCommon(folded);
            else if (folded.find(' ') == std::string::npos)
                addKnown(folded);
            else
                guardParts(folded);
        }
}

void KnowledgeReader::guardParts(const std::string& phrase)
{
    std::istringstream parts(phrase);
    for (std::string part; parts >> part;)
        addCommon(part);
}

void KnowledgeReader::readEntry(const json& source, EntryKind kind)
{
    nameUnknownMembers(source, entryMembers);
    Entry entry;
    entry.kind = kind;
    for (const auto language : languages)
        if (const auto& list = memberOf(source, language); entry.name.empty() && !list.empty())
            entry.name = kept(list.front().get<std::string>());
    if (entry.name.empty())
        return problem("an entry has no words");
    const auto quoted = "\"" + std::string(entry.name) + "\"";
    const auto toneOf = [&](std::string_view key) { return readTone(memberOf(source, key), entry.name); };
    const auto toneOr = [&](std::string_view key, auto&& otherwise)
    { return source.contains(key) ? toneOf(key) : kept(otherwise()); };
    entry.tone = toneOf("tone");
    entry.more = toneOr("more", [&] { return moreOf(entry.tone, kind); });
    entry.complaint = toneOr("complaint", [&] { return complaintAbout(entry.tone, kind); });
    entry.without = toneOr("without", [&] { return withoutTone(entry.tone, kind); });
    auto& forStage = stageTones.emplace_back();
    for (const auto& [stageName, tone] : memberOf(source, "for").items())
        if (const auto stage = readStage(stageName, entry.name))
            forStage.emplace_back(*stage, readTone(tone, entry.name));
    entry.forStage = forStage;
    if (const auto stageName = source.value("stage", std::string()); !stageName.empty())
        entry.stage = readStage(stageName, entry.name);
    if (const auto id = source.value("control", std::string()); !id.empty())
        if (entry.control = findParameter(id); !entry.control)
            problem(quoted + " names the unknown parameter \"" + id + "\"");
    entry.tag = kept(source.value("tag", std::string()));
    entry.isUnpleasant = source.value("unpleasant", false);
    entry.isOnlyAlone = source.value("alone", false);

    Sense sense;
    sense.role = Role::entry;
    sense.entry = &entries.emplace_back(entry);
    auto& phrases = phrasesOfEntries.emplace_back();
    for (const auto language : languages)
        for (std::size_t place = 0; const auto& phrase : memberOf(source, language))
        {
            const bool isRare = kind == EntryKind::descriptor && place++ >= usualSynonyms;
            const auto folded = foldedPhrase(phrase.get<std::string>());
            if (std::find(phrases.begin(), phrases.end(), folded) != phrases.end())
                continue;
            phrases.push_back(folded);
            sense.language = languageNamed(language);
            wordsOfEntries.push_back({folded, sense.language, sense.entry});
            addSense(folded, sense);
            const bool isWhole = folded.find(' ') == std::string::npos;
            std::istringstream parts(folded);
            for (std::string part; parts >> part;)
                addKnown(part, isRare ? Standing::rare : isWhole ? Standing::whole : Standing::part);
        }
    sense.isComparative = true;
    sense.language = Language::english;
    for (const auto& phrase : memberOf(source, "comparative"))
        addSense(foldedPhrase(phrase.get<std::string>()), sense);
}

std::optional<StageId> KnowledgeReader::readStage(const std::string& name, std::string_view owner)
{
    const auto stage = stageNamed(name);
    if (!stage)
        problem("\"" + std::string(owner) + "\" names the unknown stage \"" + name + "\"");
    return stage;
}

ToneEffects KnowledgeReader::readTone(const json& source, std::string_view owner)
{
    const auto wrong = [&](const std::string& what) { problem("\"" + std::string(owner) + "\" " + what); };
    std::vector<ToneEffect> tone;
    for (const auto& [key, value] : source.items())
    {
        const bool isOffset = key.ends_with('+');
        const auto axis = findAxis(isOffset ? std::string_view(key).substr(0, key.size() - 1) : key);
        if (!axis)
        {
            wrong("names the unknown axis \"" + key + "\"");
            continue;
        }
        const auto& info = infoOf(*axis);
        ToneEffect effect{*axis, 0, isOffset || info.kind == AxisKind::tilt, false};
        const auto* const choice =
            value.is_string() ? std::find(info.choices.data(), info.choices.data() + info.choices.size(),
                                          value.get_ref<const std::string&>())
                              : nullptr;
        if (value.is_number() && info.kind != AxisKind::choice)
            effect.value = value.get<double>();
        else if (value.is_boolean() && !value.get<bool>() && stageOf(*axis))
            effect.isUnwanted = true;
        else if (choice != nullptr && choice != info.choices.data() + info.choices.size())
            effect.value = static_cast<double>(choice - info.choices.data());
        else
        {
            wrong("gives \"" + key + "\" a value it cannot have: " + value.dump());
            continue;
        }
        const bool isOutside =
            !effect.isOffset && (effect.value < info.minimum || effect.value > info.maximum);
        if (isOutside && !effect.isUnwanted)
            wrong("sets \"" + key + "\" outside its range");
        tone.push_back(effect);
    }
    return kept(std::move(tone));
}

void KnowledgeReader::addSense(const std::string& phrase, const Sense& sense)
{
    constexpr std::size_t longest = 255; // bytes: Word::length
    if (phrase.empty() || phrase.size() > longest)
        return problem("a phrase has no letters or more than 255 bytes: \"" + phrase + "\"");
    known[phrase].senses.push_back(sense);
}

void KnowledgeReader::addKnown(const std::string& word, Standing standing)
{
    if (!mayBeGuessed(word))
        return;
    auto& best = known[word].standing;
    best = std::min(best, standing);
}

/// Lists of senses are shared: most phrases of an entry mean just the entry.
void KnowledgeReader::makeTables()
{
    for (const auto& [word, meaning] : known)
    {
        const auto& list = meaning.senses;
        auto place = std::search(senses.begin(), senses.end(), list.begin(), list.end());
        if (place == senses.end())
            place = senses.insert(senses.end(), list.begin(), list.end());
        words.push_back({static_cast<std::uint32_t>(lexiconText.size()), lettersIn(word),
                         static_cast<std::uint32_t>(place - senses.begin()),
                         static_cast<std::uint8_t>(list.size()), static_cast<std::uint8_t>(word.size()),
                         meaning.standing, meaning.isCommon});
        lexiconText += word;
        const auto spaces = std::count(word.begin(), word.end(), ' ');
        longestPhrase = std::max(longestPhrase, 1 + static_cast<std::size_t>(spaces));
    }
    slots = slotsFor(words, lexiconText);
}

Knowledge KnowledgeReader::knowledge() const noexcept
{
    return {entries, senses, {lexiconText, words, slots}, longestPhrase};
}

} // namespace tonewright::offline
