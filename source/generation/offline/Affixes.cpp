#include "generation/offline/Affixes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t shortestBase = 3;
constexpr std::array<std::string_view, 4> suffixes{"less", "free", "los", "frei"};
constexpr std::array<std::string_view, 3> prefixes{"non", "un", "de"};
constexpr std::string_view before = "non";   // the words of grammar.json that stand for them
constexpr std::string_view undoing = "less"; // "unmuddy it", "de-mud the lows"
constexpr std::string_view after = "free";

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Only what a tone can have or be: nobody is "beatlesless".
bool isNegatable(const PhraseMatch& match)
{
    return std::any_of(match.senses.begin(), match.senses.end(),
                       [](const Sense& sense)
                       {
                           if (sense.role != Role::entry)
                               return false;
                           const auto kind = sense.entry->kind;
                           return kind == EntryKind::descriptor || kind == EntryKind::gain ||
                                  kind == EntryKind::effect || kind == EntryKind::control;
                       });
}

bool isKnown(const std::vector<Token>& tokens, std::size_t at, const Knowledge& knowledge)
{
    return knowledge.match(tokens, at).tokens > 0;
}

bool isNoun(const PhraseMatch& match)
{
    return std::any_of(match.senses.begin(), match.senses.end(),
                       [](const Sense& sense)
                       {
                           return sense.role == Role::entry && (sense.entry->kind == EntryKind::effect ||
                                                                sense.entry->kind == EntryKind::control);
                       });
}

/// "Overbright".
bool isTooMuch(std::string_view word, const Knowledge& knowledge)
{
    const auto senses = knowledge.sensesOf(word);
    return std::any_of(senses.begin(), senses.end(), [](const Sense& sense) { return sense.isExcess; });
}

bool isAdjective(const PhraseMatch& match)
{
    return std::any_of(match.senses.begin(), match.senses.end(),
                       [](const Sense& sense)
                       {
                           return sense.role == Role::intensity ||
                                  (sense.role == Role::entry && sense.entry->kind == EntryKind::descriptor);
                       });
}

/// "The reverb's too long" is no reverb that owns something, "the delay's long repeats" is a delay that does.
bool isVerb(const std::vector<Token>& tokens, std::size_t at, const Knowledge& knowledge)
{
    auto next = at + 1;
    if (next >= tokens.size() || tokens[next].startsClause || !isNoun(knowledge.match(tokens, at)))
        return false;
    for (; next < tokens.size() && !tokens[next].startsClause;)
    {
        const auto match = knowledge.match(tokens, next);
        if (isNoun(match))
            return false;
        if (!isAdjective(match))
            return true;
        next += match.tokens;
    }
    return true;
}

/// Whether something is to be done to what follows: "it", "the low end".
bool hasObject(const std::vector<Token>& tokens, std::size_t at)
{
    constexpr std::array<std::string_view, 6> objects{"it", "this", "that", "the", "my", "things"};
    return at + 1 < tokens.size() && !tokens[at + 1].startsClause && isOneOf(tokens[at + 1].text, objects);
}

/// "Sooo", "brighterrr", "waaay": the word that it is with fewer of the letters; empty where it is none.
std::string shortened(const std::string& word, const Knowledge& knowledge)
{
    for (const std::size_t most : {std::size_t{2}, std::size_t{1}})
    {
        std::string shorter;
        std::size_t run = 0;
        bool isLonger = false;
        for (const char c : word)
        {
            run = !shorter.empty() && shorter.back() == c ? run + 1 : 1;
            isLonger = isLonger || run > 2;
            if (run <= most)
                shorter += c;
        }
        if (!isLonger)
            return {};
        const auto* const known = knowledge.lexicon().find(shorter);
        if (!knowledge.sensesOf(shorter).empty() || (known != nullptr && known->isCommon))
            return shorter;
    }
    return {};
}

/// "Voxy", "Marshallish", "Hendrixesque": like the amplifier or the player.
std::string likened(std::string_view word, const Knowledge& knowledge)
{
    constexpr std::array<std::string_view, 5> endings{"esque", "ish", "ian", "like", "y"};
    if (const auto* const known = knowledge.lexicon().find(word); known != nullptr && known->isCommon)
        return {};
    for (const auto ending : endings)
        if (word.ends_with(ending) && word.size() >= ending.size() + shortestBase)
        {
            const std::string base(word.substr(0, word.size() - ending.size()));
            for (const auto& sense : knowledge.sensesOf(base))
                if (sense.role == Role::entry && (sense.entry->kind == EntryKind::gear ||
                                                  (ending != "y" && (sense.entry->kind == EntryKind::artist ||
                                                                     sense.entry->kind == EntryKind::genre))))
                    return base;
        }
    return {};
}

struct Halves
{
    std::string first;
    std::string second;
};

std::optional<Halves> halvesOf(const Token& token, const Knowledge& knowledge)
{
    const std::string_view word = token.text;
    const auto negates = [&](std::string_view base)
    {
        auto part = token;
        part.text = base;
        return base.size() >= shortestBase && isNegatable(knowledge.match(std::span(&part, 1), 0));
    };
    for (const auto suffix : suffixes)
        if (word.ends_with(suffix))
            if (const auto base = word.substr(0, word.size() - suffix.size()); negates(base))
                return Halves{std::string(base), std::string(after)};
    for (const auto prefix : prefixes)
        if (word.starts_with(prefix) && negates(word.substr(prefix.size())))
            return Halves{std::string(before), std::string(word.substr(prefix.size()))};
    return std::nullopt;
}
/// "Metalsound", "Jazzton", "Cleanklang": what sounds and that it does.
std::optional<Halves> compoundOf(const Token& token, const Knowledge& knowledge)
{
    constexpr std::array<std::string_view, 6> heads{"ton", "sound", "klang", "tone", "gitarre", "gitarren"};
    const std::string_view word = token.text;
    for (const auto head : heads)
        if (word.size() >= head.size() + shortestBase && word.ends_with(head))
        {
            auto base = token;
            base.text = word.substr(0, word.size() - head.size());
            const auto match = knowledge.match(std::span(&base, 1), 0);
            if (std::any_of(match.senses.begin(), match.senses.end(),
                            [](const Sense& sense) { return sense.role == Role::entry; }))
                return Halves{base.text, "sound"};
        }
    return std::nullopt;
}

/// "Un-muddy" negates. "De-tuned" is a word of its own, and so is "de-essed", though nobody knows it: what is
/// not understood passes no negation on to what follows.
void readPrefix(std::vector<Token>& tokens, std::size_t at, const Knowledge& knowledge)
{
    auto& token = tokens[at];
    const auto& next = tokens[at + 1];
    const auto match = knowledge.match(tokens, at + 1);
    const auto joined = token.text + next.text;
    const auto isFiller = [](const Sense& sense) { return sense.role == Role::filler; };
    const bool isWord = !knowledge.sensesOf(joined).empty();
    if (isNegatable(match) && !isWord)
        token.text = token.text != before && hasObject(tokens, at + 1) ? undoing : before;
    else if (isWord || (!next.number && std::all_of(match.senses.begin(), match.senses.end(), isFiller)))
    {
        token.text = joined;
        token.isOwner = next.isOwner;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
}
} // namespace

void splitAffixes(std::vector<Token>& tokens, const Knowledge& knowledge)
{
    for (std::size_t at = 0; at < tokens.size(); ++at)
    {
        auto& token = tokens[at];
        if (token.number || token.isIdeographic)
            continue;
        if (auto shorter = shortened(token.text, knowledge);
            !shorter.empty() && !isKnown(tokens, at, knowledge))
            token.text = std::move(shorter);
        const bool isJoined = at + 1 < tokens.size() && tokens[at + 1].joint == '-';
        if (isJoined && token.text == "over" && knowledge.match(tokens, at).tokens < 2 &&
            isTooMuch(token.text + tokens[at + 1].text, knowledge))
            token.text = "too"; // "over-bright"
        if (isJoined && isOneOf(token.text, prefixes))
            readPrefix(tokens, at, knowledge);
        else if (at > 0 && token.joint == '-' && isOneOf(token.text, suffixes))
            token.text = after;
        if (token.isOwner && isVerb(tokens, at, knowledge))
        {
            auto verb = token;
            verb.text = "is";
            verb.isOwner = verb.startsClause = false;
            verb.joint = ' ';
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(verb));
            ++at;
            continue;
        }
        if (isKnown(tokens, at, knowledge))
            continue;
        auto halves = halvesOf(token, knowledge);
        if (!halves)
            halves = compoundOf(token, knowledge);
        if (auto like = halves ? std::string() : likened(token.text, knowledge); !like.empty())
            token.text = std::move(like);
        if (halves)
        {
            const bool isUndone = halves->first == before && hasObject(tokens, at);
            auto second = token;
            token.text = isUndone ? std::string(undoing) : std::move(halves->first);
            second.text = std::move(halves->second);
            second.startsClause = false;
            second.joint = '-';
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(second));
            ++at;
        }
    }
}

} // namespace tonewright::offline
