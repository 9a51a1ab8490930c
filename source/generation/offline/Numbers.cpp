#include "generation/offline/Numbers.h"

#include "generation/offline/Controls.h"
#include "generation/offline/NumberDirection.h"
#include "generation/offline/NumberUnits.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace tonewright::offline
{
namespace
{
class NumberReader
{
public:
    explicit NumberReader(std::span<const Term> allTerms) : terms(allTerms)
    {
        reading.isUsed.resize(terms.size());
        reading.isNamed.resize(terms.size());
    }

    NumberReading run()
    {
        for (std::size_t at = 0; at < terms.size(); ++at)
            if (terms[at].number && !reading.isUsed[at])
                readNumber(at);
        return std::move(reading);
    }

private:
    void readNumber(std::size_t at)
    {
        const auto unit = unitAfter(at);
        if (readBand(at, unit))
            return;
        NumberPlace place{at, at + (unit.empty() ? 1 : 2), nounFor(at, unit)};
        const auto direction = isTo(at) ? std::nullopt : directionOf(terms, place);
        const bool isTempo = unit == "bpm" || (unit.empty() && followsNote(at) && *terms[at].number >= 30);
        if (isTempo)
            return readTempo(at, unit, direction);
        if (const auto turn = turnOf(place, unit, direction ? &*direction : nullptr))
            readSetting(place, unit, *turn, direction);
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
        const bool isDifference = direction != nullptr || terms[place.number].hasSign;
        if (isDifference && unit == "db" && comparative == nullptr)
            return KnobTurn{"output.level"_p, sign};
        return std::nullopt;
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
        const auto amount =
            isChange ? differenceIn(signedNumber, unit, info) : valueIn(signedNumber, unit, info);
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
        reading.settings.push_back(std::move(wish));
    }

    // --- A band of the equaliser --------------------------------------------------------------------------
    /// "cut 3 dB at 2k", "+2 dB at 800 Hz", "less 400 Hz". Below 30 Hz it is a rate.
    bool readBand(std::size_t at, const std::string& unit)
    {
        const auto frequency = isFrequency(at, unit) ? std::optional(at) : nearNumber(at, unit == "db", true);
        if (!frequency)
            return false;
        const auto decibels = frequency == at ? nearNumber(at, true, false) : std::optional<std::size_t>(at);
        const auto first = std::min(*frequency, decibels.value_or(*frequency));
        const auto last = std::max(*frequency, decibels.value_or(*frequency));
        const auto direction = bandDirection(first, last + 2);
        const bool hasSign = decibels && terms[*decibels].hasSign;
        if (!decibels && !direction)
            return false;
        constexpr double usualStep = 3;
        const double amount = decibels ? *terms[*decibels].number : usualStep;
        BandWish band;
        band.frequency = *terms[*frequency].number * (unitAfter(*frequency) == "khz" ? 1000 : 1);
        band.decibels = hasSign || !direction ? amount : signOfBand(*direction) * std::abs(amount);
        band.reason = terms[*frequency].text + " " + terms[*frequency + 1].text;
        use(*frequency, "hz");
        if (decibels)
            use(*decibels, "db");
        if (direction)
            reading.isUsed[*direction] = true;
        reading.bands.push_back(std::move(band));
        return true;
    }

    bool isFrequency(std::size_t at, const std::string& unit) const
    {
        constexpr double lowestHeard = 30;
        return unit == "khz" || (unit == "hz" && *terms[at].number >= lowestHeard);
    }

    /// The number of the other kind in the same clause with no noun between.
    std::optional<std::size_t> nearNumber(std::size_t at, bool isSought, bool isFrequencySought) const
    {
        constexpr std::size_t farthest = 6;
        if (!isSought)
            return std::nullopt;
        const auto matches = [&](std::size_t place)
        {
            return terms[place].number && !reading.isUsed[place] &&
                   (isFrequencySought ? isFrequency(place, unitAfter(place)) : unitAfter(place) == "db");
        };
        const auto isBarrier = [&](std::size_t place)
        { return isNumbersNoun(terms[place]) && signOf(terms[place]) == 0; };
        for (auto next = at + 1; next < std::min(terms.size(), at + farthest); ++next)
        {
            if (terms[next].startsClause || isBarrier(next))
                break;
            if (matches(next))
                return next;
        }
        for (auto before = at; before-- > 0 && at - before < farthest && !terms[before + 1].startsClause;)
        {
            if (isBarrier(before))
                break;
            if (matches(before))
                return before;
        }
        return std::nullopt;
    }

    /// "cut", "boost", "too much" before, between or right after the numbers.
    std::optional<std::size_t> bandDirection(std::size_t first, std::size_t end) const
    {
        constexpr std::size_t reach = 4;
        auto start = first;
        while (start > 0 && first - start < reach && !terms[start].startsClause)
            --start;
        if (start < first && terms[start + 1].startsClause)
            ++start;
        for (auto at = start; at < std::min(terms.size(), end + 1); ++at)
            if (signOfBand(at) != 0 && (at < end || !terms[at].startsClause))
                return at;
        return std::nullopt;
    }

    int signOfBand(std::size_t at) const
    {
        const auto& term = terms[at];
        const bool isUnwanted = term.as(Role::complaint) != nullptr || term.as(Role::negator) != nullptr;
        return isUnwanted ? -1 : signOf(term);
    }

    // --- Units and the words before a number --------------------------------------------------------------
    std::string unitAfter(std::size_t at) const
    {
        if (at + 1 >= terms.size())
            return {};
        const auto& next = terms[at + 1];
        if (next.number && next.joint == ':')
            return ":";
        if (const auto* const unit = next.as(Role::unit); unit != nullptr && !next.startsClause)
            return unit->unit;
        return {};
    }

    void use(std::size_t at, const std::string& unit)
    {
        reading.isUsed[at] = true;
        const bool outOfTen =
            at + 1 < terms.size() && terms[at + 1].number == 10.0 && terms[at + 1].joint == '/';
        if (!unit.empty() || outOfTen)
            reading.isUsed[at + 1] = true;
        for (auto before = at; before > 0 && isLink(before - 1) && !terms[before].startsClause; --before)
            reading.isUsed[before - 1] = true;
    }

    bool isLink(std::size_t at) const
    {
        const auto& term = terms[at];
        return term.as(Role::to) != nullptr || term.as(Role::by) != nullptr ||
               term.as(Role::about) != nullptr;
    }

    bool isAfter(std::size_t at, Role role) const
    {
        for (; at > 0 && isLink(at - 1) && !terms[at].startsClause; --at)
            if (terms[at - 1].as(role) != nullptr)
                return true;
        return false;
    }

    /// "at 3", "to around 7": a value and no difference.
    bool isTo(std::size_t at) const { return isAfter(at, Role::to) && !isAfter(at, Role::by); }

    /// "dotted eighth at 120": the number after a note length is a tempo.
    bool followsNote(std::size_t at) const
    {
        for (auto before = at; before-- > 0;)
        {
            const auto* const entry = entryOf(terms[before]);
            if (entry == nullptr)
                continue;
            return std::any_of(entry->tone.begin(), entry->tone.end(),
                               [](const ToneEffect& effect) { return effect.axis == Axis::delayNote; });
        }
        return false;
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
        if (!entry->control)
            return parameterOf(*entry->stage, unit);
        const auto control = controlOf(terms, noun);
        return fits(unit, infoOf(control), false) ? std::optional(control) : std::nullopt;
    }

    /// "mix" alone may be that of any effect.
    bool isAnyStage(std::size_t noun) const
    {
        return entryOf(terms[noun])->control && !stageSpokenOf(terms, noun);
    }

    std::span<const Term> terms;
    NumberReading reading;
};
} // namespace

NumberReading readNumbers(std::span<const Term> terms)
{
    return NumberReader(terms).run();
}

} // namespace tonewright::offline
