#include "generation/offline/Numbers.h"

#include "generation/offline/BandNumbers.h"
#include "generation/offline/Controls.h"
#include "generation/offline/Lists.h"
#include "generation/offline/Meaning.h"
#include "generation/offline/NumberDirection.h"
#include "generation/offline/NumberScope.h"
#include "generation/offline/NumberUnits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace tonewright::offline
{
namespace
{
class NumberReader : private NumberScope
{
public:
    explicit NumberReader(std::span<const Term> allTerms) : NumberScope(allTerms) {}

    NumberReading run()
    {
        for (std::size_t at = 0; at < terms.size(); ++at)
            if (terms[at].number && !reading.isUsed[at])
                readNumber(at);
        readRefusedFilters(*this);
        return std::move(reading);
    }

private:
    void readNumber(std::size_t at)
    {
        const auto unit = unitAfter(at);
        numberAtHand = *terms[at].number;
        if (isStart(at, unit))
            return use(at, unit);
        if (readBand(*this, at, unit))
            return;
        const bool isAmplifiers = (unit.empty() && isAmplifiersMark(at)) ||
                                  ((unit.empty() || unit == "step") && turnsAmplifier(at));
        NumberPlace place{at, at + (unit.empty() ? 1 : 2), isAmplifiers ? std::nullopt : nounFor(at, unit)};
        const auto direction = isTo(at) ? std::nullopt : directionOf(terms, place);
        const bool isTempo = unit == "bpm" || (unit.empty() && (followsNote(at) || followsTempo(at)) &&
                                               *terms[at].number >= 30);
        if (isTempo)
            return readTempo(at, unit, direction);
        if (const auto turn = turnOf(place, unit, direction ? &*direction : nullptr))
            readSetting(place, unit, *turn, direction);
    }

    /// The 5 of "from 5 to 6", which is what there is.
    bool isStart(std::size_t at, const std::string& unit) const
    {
        const auto to = at + (unit.empty() ? 1 : 2);
        return at > 0 && (terms[at - 1].text == "from" || terms[at - 1].text == "von") &&
               to + 1 < terms.size() && terms[to].as(Role::to) != nullptr && terms[to + 1].number &&
               !terms[to].startsClause;
    }

    void readTempo(std::size_t at, const std::string& unit, const std::optional<Direction>& direction)
    {
        use(at, unit);
        const auto turn = direction && direction->comparative != nullptr
                              ? knobOf(*direction->comparative, StageId::tremolo, unit) // "faster", "slower"
                              : std::nullopt;
        const bool isChange = direction || terms[at].hasSign || isAfter(at, Role::by);
        if (!isChange)
        {
            reading.tempo = *terms[at].number;
            return;
        }
        const int sign = turn ? turn->sign : direction ? direction->sign : 1;
        reading.tempoChange = sign * *terms[at].number;
        if (direction)
            reading.isUsed[direction->term] = true;
    }

    /// The knob a number turns, and the way where a word tells it. Without a noun, a comparative or the unit
    /// of a difference tells the knob: "100 ms longer", "3 dB louder", "+3 dB".
    std::optional<KnobTurn> turnOf(const NumberPlace& place, const std::string& unit,
                                   const Direction* direction) const
    {
        const auto* const noun = place.noun ? entryOf(terms[*place.noun]) : nullptr;
        const auto* const comparative = direction != nullptr ? direction->comparative : nullptr;
        const int sign = direction != nullptr ? direction->sign : 1;
        if (comparative != nullptr)
        {
            const auto stage = noun != nullptr ? noun->stage : std::nullopt;
            const auto turn = knobOf(*comparative, stage, unit);
            if (turn && (noun == nullptr || comparative->toneFor(noun->stage.value_or(StageId::output))))
                return fits(unit, infoOf(turn->parameter), true) ? turn : std::nullopt;
            if (turn && place.noun)
                return KnobTurn{*parameterFor(*place.noun, unit), turn->sign};
        }
        if (place.noun)
            return KnobTurn{*parameterFor(*place.noun, unit), sign};
        if (unit.empty() && isAmplifiersMark(place.number))
            return KnobTurn{"amp.gain"_p, 1};
        const bool isDifference = direction != nullptr || terms[place.number].hasSign;
        if (isDifference && turnsAmplifier(place.number))
            return KnobTurn{"amp.gain"_p, sign};
        if (isDifference && unit == "db" && comparative == nullptr)
            return KnobTurn{"output.level"_p, sign};
        return std::nullopt;
    }

    /// "JCM800 on 7", "the amp at 4": where its knobs stand.
    bool isAmplifiersMark(std::size_t at) const
    {
        constexpr double highestMark = 12;
        if (!isTo(at) || terms[at].hasSign || *terms[at].number > highestMark)
            return false;
        for (; at > 0 && isLink(at - 1) && !terms[at].startsClause; --at)
            ;
        if (at == 0 || terms[at].startsClause)
            return false;
        for (auto before = at - 1;
             before > 0 && !terms[before].startsClause && terms[before - 1].as(Role::conjunction) == nullptr;
             --before)
            if (const auto* const noun = entryOf(terms[before - 1]); noun != nullptr && isPlainNoun(*noun))
                return false; // "the bass on the amp to 3"
        const auto* const entry = entryOf(terms[at - 1]);
        const auto* const thing = terms[at - 1].as(Role::thing);
        return (entry != nullptr && isAmplifier(*entry)) || (thing != nullptr && thing->unit == "amp");
    }

    /// "Turn the amp up by 2", "amp down two notches"
    bool turnsAmplifier(std::size_t at) const
    {
        for (bool isTurn = terms[at].hasSign; at > 0 && !terms[at].startsClause; --at)
        {
            const auto& before = terms[at - 1];
            isTurn = isTurn || before.as(Role::up) != nullptr || before.as(Role::down) != nullptr ||
                     before.as(Role::by) != nullptr;
            if (const auto* const thing = before.as(Role::thing); thing != nullptr)
                return thing->unit == "amp" && isTurn;
            if (before.number || entryOf(before) != nullptr || before.as(Role::conjunction) != nullptr)
                return false;
        }
        return false;
    }

    void readSetting(const NumberPlace& place, const std::string& unit, const KnobTurn& turn,
                     const std::optional<Direction>& direction)
    {
        const auto at = place.number;
        const auto& info = infoOf(turn.parameter);
        constexpr double enormous = 1e9; // beyond every range, and still a float
        const double number = std::clamp(*terms[at].number, -enormous, enormous);
        // "-50 dB" is a threshold, "-3 dB" of anything else a difference.
        const bool isLegalNegative = info.maximum <= 0 && number < 0;
        const bool isChange =
            !isTo(at) && (direction || isAfter(at, Role::by) || (terms[at].hasSign && !isLegalNegative));
        ParameterWish wish;
        const double signedNumber = direction ? turn.sign * std::abs(number) : number;
        const auto amount = isChange                     ? differenceIn(signedNumber, unit, info)
                            : isCount(place, unit, turn) ? feedbackFor(number)
                                                         : valueIn(signedNumber, unit, info);
        wish.parameter = turn.parameter;
        wish.value = static_cast<float>(amount.value);
        wish.change = amount.change;
        wish.isAnyStage = place.noun && isAnyStage(*place.noun);
        if (place.noun)
        {
            reading.isNamed[*place.noun] = true;
            wish.reason = terms[*place.noun].text + " ";
        }
        wish.reason += terms[at].text + (unit.empty() ? "" : " " + terms[at + 1].text);
        if (direction)
        {
            wish.reason += " " + terms[direction->term].text;
            reading.isUsed[direction->term] = true;
        }
        use(at, unit);
        reading.settings.push_back(wish);
        if (place.noun && *place.noun < at)
            shareSetting(*place.noun, unit, std::move(wish), signedNumber, isChange);
    }

    /// "Bass, mids and treble to 6": the number is that of all the knobs that "and" joins.
    void shareSetting(std::size_t noun, const std::string& unit, ParameterWish wish, double number,
                      bool isChange)
    {
        const auto nouns = listEndingAt(terms, noun,
                                        [&](std::size_t at)
                                        {
                                            const auto* const entry = entryOf(terms[at]);
                                            return entry != nullptr && entry->control && !reading.isNamed[at];
                                        });
        if (hasOwnWord(nouns.back()))
            return;
        for (const auto at : std::span(nouns).subspan(1))
        {
            const auto knob = parameterFor(at, unit);
            if (!knob)
                return;
            const auto amount =
                isChange ? differenceIn(number, unit, infoOf(*knob)) : valueIn(number, unit, infoOf(*knob));
            wish.parameter = *knob;
            wish.value = static_cast<float>(amount.value);
            wish.change = amount.change;
            wish.isAnyStage = isAnyStage(at);
            reading.isNamed[at] = true;
            reading.settings.push_back(wish);
        }
    }

    /// "More bass and treble at 7", "too much bass ...", "keep the bass ...": the first of the list is told
    /// something else than the number. Verbs ("raise bass and treble to 7") tell the same.
    bool hasOwnWord(std::size_t first) const
    {
        constexpr std::array roles{Role::hold,        Role::complaint, Role::negator,
                                   Role::softNegator, Role::remove,    Role::intensity,
                                   Role::statement,   Role::times,     Role::holdAfter};
        for (auto at = first; at > 0 && !terms[at].startsClause; --at)
        {
            const auto& before = terms[at - 1];
            if (before.as(Role::conjunction) != nullptr || before.as(Role::but) != nullptr ||
                before.as(Role::with) != nullptr)
                return false;
            const auto isStep = [&](Role role)
            { return before.as(role) != nullptr && !before.as(role)->isVerb; };
            if (before.text == "dont" || isStep(Role::more) || isStep(Role::less) ||
                std::any_of(roles.begin(), roles.end(),
                            [&](Role role) { return before.as(role) != nullptr; }))
                return true;
        }
        return false;
    }

    /// "3 repeats" counts them, "feedback at 3" is a knob's mark.
    static bool isCount(const NumberPlace& place, const std::string& unit, const KnobTurn& turn)
    {
        return turn.parameter == "delay.feedback"_p && unit.empty() && place.noun == place.number + 1;
    }

    // --- The noun a number belongs to ---------------------------------------------------------------------
    /// The nearest one free, an own control before a whole effect, what is counted in this unit before what
    /// is not, what stands before the number rather than what stands after it.
    std::optional<std::size_t> nounFor(std::size_t at, const std::string& unit) const
    {
        const auto before = neighbour(at, -1, unit);
        const auto after = neighbour(at, +1, unit);
        if (!before || !after)
            return before ? before : after;
        if (isJoinedBehind(*before, at)) // "more presence and 2 dB less treble"
            return after;
        if (isJoinedBehind(at, *after)) // "bass to 3 and treble to 8"
            return before;
        const bool beforeIsExact = isExact(*before, unit);
        if (const bool afterIsExact = isExact(*after, unit); beforeIsExact != afterIsExact)
            return beforeIsExact ? before : after;
        const auto distanceBefore = at - *before;
        const auto distanceAfter = *after - at - (unit.empty() ? 0 : 1);
        const bool beforeIsControl = entryOf(terms[*before])->control.has_value();
        const bool afterIsControl = entryOf(terms[*after])->control.has_value();
        if (distanceAfter == 1 && afterIsControl && !beforeIsControl)
            return after;
        return distanceAfter < distanceBefore ? after : before;
    }

    bool isJoinedBehind(std::size_t noun, std::size_t number) const
    {
        return std::any_of(terms.begin() + static_cast<std::ptrdiff_t>(noun),
                           terms.begin() + static_cast<std::ptrdiff_t>(number),
                           [](const Term& term) {
                               return term.as(Role::conjunction) != nullptr || term.as(Role::but) != nullptr;
                           });
    }

    bool isExact(std::size_t noun, const std::string& unit) const
    {
        return isUnitOf(unit, infoOf(*parameterFor(noun, unit)));
    }

    std::optional<std::size_t> neighbour(std::size_t at, std::ptrdiff_t step, const std::string& unit) const
    {
        constexpr int farthest = 5;
        auto index = static_cast<std::ptrdiff_t>(at);
        for (int distance = 0; distance < farthest; ++distance)
        {
            index += step;
            if (index < 0 || index >= static_cast<std::ptrdiff_t>(terms.size()))
                return std::nullopt;
            const auto place = static_cast<std::size_t>(index);
            if (step > 0 && terms[place].startsClause)
                return std::nullopt;
            if (isNumbersNoun(terms[place]) && !reading.isNamed[place] && parameterFor(place, unit))
                return place;
            if (step < 0 && terms[place].startsClause)
                return std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<ParameterIndex> parameterFor(std::size_t noun, const std::string& unit) const
    {
        const auto* const entry = entryOf(terms[noun]);
        constexpr double mostPercent = 100;
        const bool isTime = entry->stage == StageId::delay && unit.empty() && numberAtHand > mostPercent;
        if (!entry->control)
            return parameterOf(*entry->stage, isTime ? "ms" : unit); // "delay around 400"
        const auto control = controlOf(terms, noun);
        return fits(unit, infoOf(control), false) ? std::optional(control) : std::nullopt;
    }

    /// "mix" alone may be that of any effect.
    bool isAnyStage(std::size_t noun) const
    {
        return entryOf(terms[noun])->control && !stageSpokenOf(terms, noun);
    }

    double numberAtHand = 0; ///< the one that is read
};
} // namespace

NumberReading readNumbers(std::span<const Term> terms)
{
    return NumberReader(terms).run();
}

} // namespace tonewright::offline
