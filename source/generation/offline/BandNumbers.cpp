#include "generation/offline/BandNumbers.h"

#include "generation/offline/Filters.h"
#include "generation/offline/NumberDirection.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

namespace tonewright::offline
{
namespace
{
constexpr double filterGone = 100; // dB, more than any filter takes away

class BandReader
{
public:
    explicit BandReader(NumberScope& whatIsRead)
        : scope(whatIsRead), terms(whatIsRead.terms), reading(whatIsRead.reading)
    {
    }

    /// "cut 3 dB at 2k", "+2 dB at 800 Hz", "less 400 Hz". Below 30 Hz it is a rate.
    bool read(std::size_t at, const std::string& unit)
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
        const auto unitOfIt = scope.unitAfter(*frequency);
        BandWish band;
        const auto filter = filterBefore(*frequency);
        band.shelf = filter ? filterSide(terms[*filter]) : sideBefore(*frequency);
        const double step = filter ? filterStep : band.shelf != 0 ? shelfStep : usualBandStep;
        const double amount = decibels ? *terms[*decibels].number
                                       : amountShared(last).value_or(step * howMuch(first, last + 2));
        if (filter)
            reading.isNamed[*filter] = true;
        band.frequency = *terms[*frequency].number * (unitOfIt == "khz" ? 1000 : 1);
        const int sign = direction && signOfBand(*direction) > 0 ? 1 : -1; // a fault is cut
        band.decibels = filter                  ? filtered(*filter, *frequency, last, amount)
                        : hasSign || !direction ? amount
                                                : sign * std::abs(amount);
        band.isFilter = filter.has_value();
        band.reason = terms[*frequency].text + (unitOfIt.empty() ? "" : " " + terms[*frequency + 1].text);
        nameQualities(first);
        scope.use(*frequency, unitOfIt);
        if (decibels)
            scope.use(*decibels, scope.unitAfter(*decibels));
        if (direction)
            reading.isUsed[*direction] = true;
        reading.bands.push_back(std::move(band));
        return true;
    }

private:
    static constexpr double usualBandStep = 3; // dB
    static constexpr double shelfStep = 9;     // "everything below 80 Hz"
    static constexpr double filterStep = 12;   // "high pass at 80 Hz"
    static constexpr std::size_t bandReach = 4;
    static constexpr std::size_t listReach = 32; ///< terms; without an end, long lists would cost its square

    bool isFrequency(std::size_t at, const std::string& unit) const
    {
        constexpr double lowestHeard = 30;
        return unit == "khz" || (unit == "hz" && *terms[at].number >= lowestHeard) ||
               (unit.empty() && isBareFrequency(at));
    }

    /// "Cut 250", "some of the harshness out around 3000": a number too large for any knob, right after a
    /// word that turns it or places it, where nothing else is spoken of that has a number.
    bool isBareFrequency(std::size_t at) const
    {
        constexpr double least = 60;
        constexpr double most = 16000;
        const double number = *terms[at].number;
        const bool countsThings = at + 1 < terms.size() && !terms[at + 1].startsClause &&
                                  terms[at + 1].isUnknown(); // "60 cycle hum", "100 watts"
        if (countsThings || terms[at].hasSign || number < least || number > most || scope.followsTempo(at) ||
            scope.followsNote(at) || !(isTurnedBefore(at) || isObject(at) || goesOn(at)))
            return false;
        const auto start = clauseStart(at);
        auto clauseEnd = at + 1;
        while (clauseEnd < terms.size() && !terms[clauseEnd].startsClause)
            ++clauseEnd;
        return std::none_of(terms.begin() + static_cast<std::ptrdiff_t>(start),
                            terms.begin() + static_cast<std::ptrdiff_t>(clauseEnd), isForeign) &&
               (bandDirection(at, std::min(clauseEnd, at + bandReach + 2)).has_value() ||
                hasSignedAmount(at));
    }

    /// "-3 at 400"
    bool hasSignedAmount(std::size_t at) const
    {
        return at > 1 && !terms[at].startsClause && !terms[at - 1].startsClause &&
               terms[at - 1].as(Role::to) != nullptr && terms[at - 2].number && terms[at - 2].hasSign;
    }

    /// "800 up by 2", "cut 400 by 3 and 800 by 2"
    bool goesOn(std::size_t at) const
    {
        const bool isTurnedAfter =
            at + 1 < terms.size() && !terms[at + 1].startsClause &&
            (terms[at + 1].as(Role::up) != nullptr || terms[at + 1].as(Role::down) != nullptr);
        return isTurnedAfter ||
               (at > 0 && terms[at - 1].as(Role::conjunction) != nullptr && directionShared(at));
    }

    // --- Filters ------------------------------------------------------------------------------------------
    std::optional<std::size_t> filterBefore(std::size_t frequency) const
    {
        for (auto at = frequency; at-- > 0 && frequency - at <= bandReach && !terms[at + 1].startsClause;)
            if (filterSide(terms[at]) != 0)
                return at;
        return std::nullopt;
    }

    /// "The low cut at 80 is too much" opens it, "no low cut at 80" wholly; "reduce the low cut to 80" sets
    /// it.
    double filtered(std::size_t filter, std::size_t frequency, std::size_t last, double amount) const
    {
        const auto behind = saidBehindFilter(terms, last + (scope.unitAfter(last).empty() ? 1 : 2));
        auto before = saidBeforeFilter(terms, filter);
        const bool isMoved = frequency > 0 && terms[frequency - 1].as(Role::to) != nullptr &&
                             terms[frequency - 1].text != "at";
        if (before == FilterWish::less && isMoved)
            before.reset();
        if (before == FilterWish::none || behind == FilterWish::none)
            return filterGone;
        const bool isLess = before == FilterWish::less || behind == FilterWish::less;
        return isLess ? std::abs(amount) / 2 : -std::abs(amount);
    }

    /// "Everything below 80 Hz", "above 6k"; what is named there ("the fizz above 5k") is cut by itself.
    int sideBefore(std::size_t frequency) const
    {
        if (frequency == 0 || terms[frequency].startsClause)
            return 0;
        for (auto at = frequency; at-- > 0 && !terms[at + 1].startsClause;)
            if (isColour(terms[at]) && signOf(terms[at]) == 0)
                return 0;
        const auto& word = terms[frequency - 1].text;
        return word == "below" || word == "under" ? -1 : word == "above" || word == "over" ? 1 : 0;
    }

    /// "Cut 250", "around 250"
    bool isTurnedBefore(std::size_t at) const
    {
        if (at == 0 || terms[at].startsClause)
            return false;
        const bool isAmount = at > 1 && !terms[at - 1].startsClause && // "cut some 300"
                              terms[at - 1].as(Role::intensity) != nullptr;
        const auto& before = terms[isAmount ? at - 2 : at - 1];
        return before.as(Role::more) != nullptr || before.as(Role::less) != nullptr ||
               before.as(Role::remove) != nullptr || isPlace(before) || filterSide(before) != 0;
    }

    /// "250を下げて"
    bool isObject(std::size_t at) const
    {
        constexpr std::string_view particle = "\xE3\x82\x92"; // wo
        return at + 1 < terms.size() && terms[at + 1].text == particle;
    }

    static bool isPlace(const Term& term)
    {
        return term.as(Role::about) != nullptr || term.text.starts_with("at") || term.text == "bei" ||
               term.text == "en";
    }

    /// What a number would rather belong to than to the equaliser.
    static bool isForeign(const Term& term)
    {
        if (filterSide(term) != 0)
            return false;
        return (isNumbersNoun(term) && signOf(term) == 0 && !isColour(term)) ||
               (entryOf(term) != nullptr && entryOf(term)->kind != EntryKind::control &&
                entryOf(term)->kind != EntryKind::descriptor && signOf(term) == 0);
    }

    /// "Mids", "harshness": what an equaliser turns.
    static bool isColour(const Term& term)
    {
        const auto* const entry = entryOf(term);
        if (entry == nullptr || entry->stage || isLevel(*entry))
            return false;
        const auto& steps = entry->complaint.empty() ? entry->more : entry->complaint;
        return !steps.empty() &&
               std::all_of(steps.begin(), steps.end(),
                           [](const ToneEffect& effect)
                           { return tonewright::offline::infoOf(effect.axis).kind == AxisKind::tilt; });
    }

    static bool isLevel(const Entry& entry)
    {
        return entry.control == "output.level"_p || entry.control == "amp.master"_p;
    }

    std::size_t clauseStart(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause)
            --at;
        return at;
    }

    /// What is heard at a frequency is cut or boosted there and nowhere else.
    void nameQualities(std::size_t first)
    {
        for (auto at = first; at > 0 && first - at < bandReach && !terms[at].startsClause; --at)
            if (isColour(terms[at - 1]) && signOf(terms[at - 1]) == 0)
                reading.isNamed[at - 1] = true;
        const auto after = first + (scope.unitAfter(first).empty() ? 1 : 2); // "less 2k harshness"
        if (after < terms.size() && !terms[after].startsClause && isColour(terms[after]) &&
            signOf(terms[after]) == 0 && entryOf(terms[after])->isUnpleasant)
            reading.isNamed[after] = true;
    }

    /// "A bit", "a lot" of what would be 1.
    double howMuch(std::size_t first, std::size_t end) const
    {
        double amount = 1;
        const auto start = first - std::min(first - clauseStart(first), bandReach);
        for (auto at = start; at < std::min(terms.size(), end + 1); ++at)
            if (const auto* const sense = terms[at].as(Role::intensity);
                sense != nullptr && !(at >= end && terms[at].startsClause))
                amount *= sense->factor;
        return std::clamp(amount, 0.4, 2.0);
    }

    /// The number of the other kind in the same clause with no noun between.
    std::optional<std::size_t> nearNumber(std::size_t at, bool isSought, bool isFrequencySought) const
    {
        constexpr std::size_t farthest = 6;
        if (!isSought)
            return std::nullopt;
        const auto matches = [&](std::size_t place)
        {
            if (!terms[place].number || reading.isUsed[place])
                return false;
            const auto unit = scope.unitAfter(place);
            return isFrequencySought
                       ? isFrequency(place, unit)
                       : unit == "db" || (unit.empty() && (scope.isAfter(place, Role::by) || // "by 4"
                                                           (place + 2 == at && hasSignedAmount(at))));
        };
        const auto isBarrier = [&](std::size_t place)
        { return isNumbersNoun(terms[place]) && signOf(terms[place]) == 0 && !isColour(terms[place]); };
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
        auto start = first;
        while (start > 0 && first - start < bandReach && !terms[start].startsClause)
            --start;
        if (start < first && terms[start + 1].startsClause)
            ++start;
        if (const auto own = directionRightAfter(first))
            return own;
        for (auto at = first; at-- > start;) // the nearest not used: "cut 400 and boost 3k"
            if (signOfBand(at) != 0 && !reading.isUsed[at])
                return at;
        for (auto at = first; at < std::min(terms.size(), end + 1); ++at)
            if (signOfBand(at) != 0 && !reading.isUsed[at] && (at < end || !terms[at].startsClause))
                return at;
        for (auto at = first; at-- > start;) // "boost 200 Hz and 3 kHz"
            if (signOfBand(at) != 0)
                return at;
        if (const auto shared = directionShared(first))
            return shared;
        return faultBefore(start, first);
    }

    /// "5k down by 3"
    std::optional<std::size_t> directionRightAfter(std::size_t number) const
    {
        const auto at = number + (scope.unitAfter(number).empty() ? 1 : 2);
        const bool isTurned = at < terms.size() && !terms[at].startsClause && !reading.isUsed[at] &&
                              (terms[at].as(Role::up) != nullptr || terms[at].as(Role::down) != nullptr);
        return terms[number].number && isTurned ? std::optional(at) : std::nullopt;
    }

    /// Whether a list of numbers can go on over it: "400 Hz by 3, and".
    bool isOfList(const Term& term) const
    {
        const auto* const entry = entryOf(term);
        const bool isRegion =
            entry != nullptr && entry->control && isColour(term); // "and the highs above 6k"
        return term.number || isRegion || term.text == "the" || term.as(Role::unit) != nullptr ||
               term.as(Role::by) != nullptr || term.as(Role::about) != nullptr ||
               term.as(Role::to) != nullptr || term.as(Role::conjunction) != nullptr;
    }

    /// "Cut 400 by 3 and 3k by 2": the verb of the first holds for all.
    std::optional<std::size_t> directionShared(std::size_t first) const
    {
        for (auto at = first; at-- > 0 && first - at <= listReach;)
        {
            if (signOfBand(at) != 0)
                return reading.isUsed[at] ? std::optional(at) : std::nullopt;
            if (!isOfList(terms[at]))
                return std::nullopt;
        }
        return std::nullopt;
    }

    /// "Boost 3k and 5k by 2": the amount of the last holds for all.
    std::optional<double> amountShared(std::size_t last) const
    {
        for (auto at = last + 1; at < std::min(terms.size(), last + listReach) && isOfList(terms[at]); ++at)
            if (terms[at].number && (scope.isAfter(at, Role::by) || scope.unitAfter(at) == "db"))
                return std::abs(*terms[at].number);
        return std::nullopt;
    }

    /// "It's harsh around 3k", "there is mud at 250".
    std::optional<std::size_t> faultBefore(std::size_t start, std::size_t first) const
    {
        bool isStatement = false;
        for (auto at = start; at < first; ++at)
        {
            const auto* const entry = entryOf(terms[at]);
            isStatement = isStatement || terms[at].as(Role::statement) != nullptr ||
                          terms[at].as(Role::copula) != nullptr;
            if (isStatement && entry != nullptr && entry->isUnpleasant && isColour(terms[at]))
                return at;
        }
        return std::nullopt;
    }

    int signOfBand(std::size_t at) const
    {
        const auto& term = terms[at];
        const bool isUnwanted = term.as(Role::complaint) != nullptr || term.as(Role::negator) != nullptr;
        return isUnwanted || filterSide(term) != 0 ? -1 : signOf(term);
    }

    NumberScope& scope;
    std::span<const Term> terms;
    NumberReading& reading;
};
} // namespace

void readRefusedFilters(NumberScope& scope)
{
    const auto terms = scope.terms;
    auto& reading = scope.reading;
    for (std::size_t at = 0; at < terms.size(); ++at)
    {
        if (filterSide(terms[at]) == 0 || reading.isNamed[at] || reading.isUsed[at])
            continue;
        const bool isRefusedBefore = saidBeforeFilter(terms, at) == FilterWish::none;
        if (!isRefusedBefore && saidBehindFilter(terms, at + 1) != FilterWish::none)
            continue;
        (isRefusedBefore ? reading.isNamed : reading.isUsed)[at] = true; // "no low cut or delay" goes on
        BandWish band;
        band.shelf = filterSide(terms[at]);
        band.decibels = filterGone;
        band.isFilter = true;
        band.reason = "no " + terms[at].text;
        reading.bands.push_back(std::move(band));
    }
}

bool readBand(NumberScope& scope, std::size_t at, const std::string& unit)
{
    return BandReader(scope).read(at, unit);
}

} // namespace tonewright::offline
