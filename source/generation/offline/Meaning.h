#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace tonewright::offline
{

/// What words before a noun say about it; forgotten when the noun has come.
struct Pending
{
    double degree = 1;
    bool hasDegree = false;
    bool degreeIsAmount = false;
    bool isAtMost = false;
    int direction = 0; ///< +1 more, -1 less
    bool isNegated = false;
    bool isSoftlyNegated = false;
    bool isComplaint = false;
    bool isRemoved = false;
    bool isAdded = false;
    bool isReplaced = false;
    bool isRestored = false;
    bool isHeld = false;
    bool isLeft = false;         ///< held by "leave", "don't touch": what is excepted may change
    bool isCompared = false;     ///< "than": what follows is a measure for something else
    std::optional<double> times; ///< "half the"
    bool isStatement = false;    ///< "it sounds ..."
    bool takesList = false;      ///< the negation holds for all of "X, Y and Z"
    std::string words;

    /// [any] Whether anything was said that a noun must answer to.
    bool saysSomething() const noexcept;

    /// [any] "Not too", "nothing is too".
    bool isNotTooMuch() const noexcept { return isSoftlyNegated || (isNegated && isComplaint); }

    /// [any] Whether all that was said is how much: "a bit", "very".
    bool saysOnlyHowMuch() const noexcept;

    /// [any] Takes "very" or "a touch of" in; several multiply.
    void intensify(const Sense& sense) noexcept;
};

/// [any] Whether the clause that begins at `at` goes on with the list that `before` negates: "no X, Y or Z",
/// "without X, Y and Z".
bool continuesList(std::span<const Term> terms, std::size_t at, const Pending& before);

/// [any] An effect or a control: what amounts, verbs and carried-on negations apply to.
bool isPlainNoun(const Entry& entry) noexcept;

/// [any] "Mic", "Mikrofon": to be kept one thing with the cabinet, to be exchanged or moved another.
bool isMicrophone(const Term& term) noexcept;

/// [any] The stage of a thing that is no effect: "the amp", "the mic".
std::optional<StageId> stageOfThing(const Sense& thing) noexcept;

/// [any] Whether what stands at `at` is plainly asked for: nothing before it in its clause but fillers, verbs
/// that bring things, and requests; no negation, judgement, comparison or amount.
bool isAskedFor(std::span<const Term> terms, std::size_t at);

/// [any] "Effects", "pedals": all of them at once.
bool isAllEffects(const Entry& entry) noexcept;

/// [any] An entry that wants none of them: "no effects", "just the amp".
bool refusesAllEffects(const Entry& entry) noexcept;

/// [any] A player, a song, a style or a decade.
bool isReference(const Entry& entry) noexcept;

/// [any] "Plexi", "AC30".
bool isAmplifier(const Entry& entry) noexcept;

/// [any] A noun that stands for a stage: "reverb", "tube screamer".
bool isStageNoun(const Entry& entry) noexcept;

/// [any] "Brighter" and "harsh": adjectives that move the same.
bool areColoursOfOneRange(const Entry& a, const Entry& b) noexcept;

/// [any] What one hears apart from the guitar: too much of it is cured by less of it.
bool isAddition(std::optional<StageId> stage) noexcept;

/// [any] The stage that adjectives of an effect ("long", "dark") find in a noun: "reverb", "reverb tail".
std::optional<StageId> stageNamedBy(const Entry& entry) noexcept;

/// [any] The effect whose quality the entry at `at` is: in "dark reverb" and "very long, dark reverb" the
/// adjectives belong to the effect.
std::optional<std::size_t> boundNoun(std::span<const Term> terms, std::size_t at);

/// [any] The entry the next term of this clause stands for, glue words left out; null where something else
/// follows.
const Entry* entryAfter(std::span<const Term> terms, std::size_t at) noexcept;

/// [any] How much a word of measure before a noun is: "low reverb".
Sense amountOf(const Sense& measure);

/// [any] Which of its meanings a term has here: "heavy" before an effect is an amount, else a quality;
/// "boost" before a noun is a verb, else a pedal; "for" answers an open "swap". `hasAmount`: an amount was
/// just said, so a noun is due.
const Sense& meaningAt(std::span<const Term> terms, std::size_t at, bool isReplacing, bool hasAmount);

} // namespace tonewright::offline
