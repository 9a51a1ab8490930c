#pragma once

#include "generation/offline/Lexicon.h"
#include "generation/offline/Tokens.h"
#include "generation/offline/ToneIntent.h"
#include "tone/StageId.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tonewright::offline
{

/// What an entry of resources/knowledge is about.
enum class EntryKind : std::uint8_t
{
    descriptor, ///< warm, tight, glassy
    gain,       ///< clean, crunch, high gain
    effect,     ///< reverb, spring reverb, dotted eighth
    control,    ///< bass, gain, feedback: what has a knob
    gear,       ///< amplifiers, pedals, pickups
    genre,
    era,
    artist,
    song
};

/// One line of a "tone": "brightness": -0.4 (tilt), "gain": 0.5 (target), "gain+": 0.1 (offset).
struct ToneEffect
{
    Axis axis{};
    double value = 0;
    bool isOffset = false;
    bool isUnwanted = false;

    bool operator==(const ToneEffect&) const = default;
};
using ToneEffects = std::span<const ToneEffect>;
using StageTone = std::pair<StageId, ToneEffects>;

/// A word (with its synonyms and translations), a player, a song, a style, a piece of gear.
struct Entry
{
    std::string_view name; ///< the first phrase, as written in the file
    EntryKind kind{};
    ToneEffects tone;                      ///< when it is wanted
    ToneEffects more;                      ///< one step of "more"; "less" is the opposite
    ToneEffects complaint;                 ///< one step against it: "too muddy", "tame the fizz"
    ToneEffects without;                   ///< "no", "without"
    std::span<const StageTone> forStage;   ///< "dark reverb", "long delay"
    std::optional<StageId> stage;          ///< an effect's stage
    std::optional<ParameterIndex> control; ///< a control's parameter
    std::string_view tag;
    bool isUnpleasant = false; ///< nobody says of his tone that it is this without wanting less of it
    bool isOnlyAlone = false;  ///< "a gentle tone", while "gentle reverb" says how much

    const ToneEffects* toneFor(StageId boundStage) const;
};

/// What a phrase does in a sentence.
enum class Role : std::uint8_t
{
    entry,
    intensity,      ///< slightly, very, a touch of
    more,           ///< more, raise, add: prefix
    less,           ///< less, reduce: prefix
    negator,        ///< no, without
    softNegator,    ///< not too
    negatedAfter,   ///< "-free", "nashi": the word before is unwanted
    complaint,      ///< too, tame, fix
    complaintAfter, ///< the same after the word ("sugiru")
    add,            ///< add, use: changes what is there
    make,           ///< make it, same but: changes what is there
    remove,         ///< remove, kill: an effect goes, a quality is complained about
    up,
    down,
    on,
    off,
    to,    ///< at, to, equals: a number follows
    about, ///< around, of: a number follows that is as good as exact
    by,    ///< a number follows that is a difference
    swap,  ///< replace X with Y
    swapTo,
    insteadOf,
    but,         ///< ends every scope
    conjunction, ///< carries a scope on when a plain noun follows
    with,
    either,    ///< or, nor: carries a negation on whatever follows
    request,   ///< give me, I want a: asks for a new tone
    undo,      ///< undo that, go back
    again,     ///< once more, do that again
    restore,   ///< bring back: an effect comes on with the settings it had
    statement, ///< it sounds: what follows is heard, and if unpleasant, complained about
    copula,    ///< is, are, sounds: what stands before is the subject of what follows
    measure,   ///< loud, weak, prominent: `factor` above 0 is much of the subject, below 0 little
    enough,    ///< after "not X": more of X
    hold,      ///< keep, leave, do not touch: what follows stays as it is
    holdAfter, ///< "is fine", "alone", "as it is": what stands before stays as it is
    except,    ///< all but, apart from: what follows is treated the other way round
    exceptAfter,
    thing,   ///< the amp, the cabinet: a stage that is no effect, named by `unit`
    times,   ///< half the, twice as: `factor` of what is there
    place,   ///< before (`factor` below 0), after: where in the chain a stage is to stand
    another, ///< different, another: any other kind of the stage that follows
    order,   ///< "the order of": two stages follow that change sides
    number,  ///< two, half a: `factor`, where a unit follows or "by", "to" stands before
    unit,
    filler
};

/// The language a phrase was listed in.
enum class Language : std::uint8_t
{
    english,
    spanish,
    german,
    japanese
};

/// One meaning of a phrase.
struct Sense
{
    Role role = Role::filler;
    const Entry* entry = nullptr;
    double factor = 1;          ///< of an intensity
    bool isAmount = false;      ///< an intensity of things ("a touch of"), not of qualities ("slightly")
    bool isAtMost = false;      ///< "not much", "wenig": adds nothing where there is no more than that
    bool isComparative = false; ///< "brighter": the entry, one step more
    bool isExcess = false;      ///< "暗すぎる", "overbright": too much of the entry
    bool isVerb = false;        ///< a sign of an edit
    bool takesList = false;     ///< a negator of all that "X, Y and Z" names
    std::string_view unit;      ///< ms, s, hz, khz, db, %, bpm
    Language language = Language::english;

    bool operator==(const Sense&) const = default;
};

/// The longest phrase found at a place.
struct PhraseMatch
{
    std::size_t tokens = 0;
    std::span<const Sense> senses;
};

/// Everything the offline generator knows. Only looks: what resources/knowledge says is read when the program
/// is built and compiled in (KnowledgeWriter.h), so that nothing is loaded and nothing allocated. Its arrays
/// otherwise belong to a KnowledgeReader.
class Knowledge
{
public:
    /// [any] What is compiled in.
    static const Knowledge& shared() noexcept;

    constexpr Knowledge(std::span<const Entry> entriesToKnow, std::span<const Sense> sensesOfWords,
                        Lexicon wordsToKnow, std::size_t tokensOfLongest)
        : allEntries(entriesToKnow), allSenses(sensesOfWords), allWords(wordsToKnow),
          longestPhrase(tokensOfLongest)
    {
    }

    std::span<const Entry> entries() const noexcept { return allEntries; }
    std::span<const Sense> senses() const noexcept { return allSenses; }
    const Lexicon& lexicon() const noexcept { return allWords; }

    /// [any] The most words that one of the phrases has.
    std::size_t longest() const noexcept { return longestPhrase; }

    /// [any] What a word or phrase means; empty where it means nothing.
    std::span<const Sense> sensesOf(std::string_view phrase) const noexcept;

    /// [any] The longest known phrase that starts at `position`, not running across a clause's edge.
    PhraseMatch match(std::span<const Token> tokens, std::size_t position) const;

    /// [any] The known word that a misspelt one most likely stands for.
    std::optional<std::string> corrected(std::string_view word) const;

private:
    std::span<const Entry> allEntries;
    std::span<const Sense> allSenses;
    Lexicon allWords;
    std::size_t longestPhrase;
};

/// [any] A phrase as the tokens of a prompt would spell it: folded, one space between tokens.
std::string foldedPhrase(std::string_view phrase);

} // namespace tonewright::offline
