#pragma once

#include "generation/offline/Spelling.h"
#include "generation/offline/Tokens.h"
#include "generation/offline/ToneIntent.h"
#include "tone/EmbeddedFile.h"
#include "tone/StageId.h"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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
};
using ToneEffects = std::vector<ToneEffect>;

/// A word (with its synonyms and translations), a player, a song, a style, a piece of gear.
struct Entry
{
    std::string name; ///< the first phrase, as written in the file
    EntryKind kind{};
    std::vector<std::string> phrases; ///< folded, all languages
    ToneEffects tone;                 ///< when it is wanted
    ToneEffects more;                 ///< one step of "more"; "less" is the opposite
    ToneEffects complaint;            ///< one step against it: "too muddy", "tame the fizz"
    ToneEffects without;              ///< "no", "without"
    std::vector<std::pair<StageId, ToneEffects>> forStage; ///< "dark reverb", "long delay"
    std::optional<StageId> stage;                          ///< an effect's stage
    std::optional<ParameterIndex> control;                 ///< a control's parameter
    std::string tag;
    bool isUnpleasant = false; ///< nobody says of his tone that it is this without wanting less of it

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
    number,    ///< two, half a: `factor`, where a unit follows or "by", "to" stands before
    unit,
    filler
};

/// One meaning of a phrase.
struct Sense
{
    Role role = Role::filler;
    const Entry* entry = nullptr;
    double factor = 1;          ///< of an intensity
    bool isAmount = false;      ///< an intensity of things ("a touch of"), not of qualities ("slightly")
    bool isComparative = false; ///< "brighter": the entry, one step more
    bool isVerb = false;        ///< a sign of an edit
    bool takesList = false;     ///< a negator of all that "X, Y and Z" names
    std::string unit;           ///< ms, s, hz, khz, db, %, bpm
};

/// The longest phrase found at a place.
struct PhraseMatch
{
    std::size_t tokens = 0;
    std::span<const Sense> senses;
};

/// Everything the offline generator knows, from the files in resources/knowledge. Immutable once built.
class Knowledge
{
public:
    /// [worker] What is compiled in; parsed once, at the first call (about 10 ms).
    static const Knowledge& shared();

    /// [worker] Reads files of the same form. Entries that cannot be read are left out and named in
    /// problems().
    explicit Knowledge(std::span<const EmbeddedFile> files);
    Knowledge(const Knowledge&) = delete;
    Knowledge& operator=(const Knowledge&) = delete;

    const std::deque<Entry>& entries() const noexcept { return allEntries; }
    const std::vector<std::string>& problems() const noexcept { return allProblems; }

    /// [any] The longest known phrase that starts at `position`, not running across a clause's edge.
    PhraseMatch match(std::span<const Token> tokens, std::size_t position) const;

    /// [any] The known word that a misspelt one most likely stands for.
    std::optional<std::string> corrected(std::string_view word) const { return spelling.corrected(word); }

private:
    friend class KnowledgeReader;
    void addSense(const std::string& phrase, Sense sense);
    void addPhraseLength(const std::string& phrase);

    std::deque<Entry> allEntries;
    std::unordered_map<std::string, std::vector<Sense>> phrases;
    std::size_t longestPhrase = 1;
    Spelling spelling;
    std::vector<std::string> allProblems;
};

/// [any] A phrase as the tokens of a prompt would spell it: folded, one space between tokens.
std::string foldedPhrase(std::string_view phrase);

} // namespace tonewright::offline
