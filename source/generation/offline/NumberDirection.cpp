#include "generation/offline/NumberDirection.h"

namespace tonewright::offline
{
namespace
{
const Sense* comparativeOf(const Term& term) noexcept
{
    const auto* const sense = term.as(Role::entry);
    return sense != nullptr && sense->isComparative ? sense : nullptr;
}

bool isGlue(const Term& term) noexcept
{
    return term.as(Role::filler) != nullptr || term.as(Role::to) != nullptr || term.as(Role::by) != nullptr ||
           term.as(Role::about) != nullptr || term.as(Role::make) != nullptr ||
           (term.as(Role::intensity) != nullptr && term.as(Role::entry) == nullptr);
}

/// A word that turns things rather than comparing them: only such reach over the noun ("turn down the bass 3
/// dB"; "more delay 400 ms" is no difference).
bool turns(const Term& term) noexcept
{
    for (const auto& sense : term.senses)
        if (sense.role == Role::up || sense.role == Role::down || sense.role == Role::remove || sense.isVerb)
            return true;
    return false;
}

class Search
{
public:
    Search(std::span<const Term> allTerms, const NumberPlace& where) : terms(allTerms), place(where) {}

    std::optional<Direction> run() const
    {
        if (auto found = afterwards())
            return found;
        return before();
    }

private:
    /// "3 dB less bass", "50 ms shorter", "2 up". In "350 ms less reverb" the word belongs to what follows.
    std::optional<Direction> afterwards() const
    {
        for (auto at = place.end; at < terms.size() && !terms[at].startsClause; ++at)
        {
            const auto found = directionAt(at);
            if (found)
                return belongsToNextNoun(at) ? std::nullopt : found;
            if (at != place.noun && !isGlue(terms[at]))
                return std::nullopt;
        }
        return std::nullopt;
    }

    bool belongsToNextNoun(std::size_t at) const
    {
        for (auto next = at + 1; next < terms.size() && !terms[next].startsClause; ++next)
        {
            if (isNumbersNoun(terms[next]))
                return next != place.noun;
            if (!isGlue(terms[next]))
                return false;
        }
        return false;
    }

    /// "turn down the bass by 2", "gain up 2", "shorter reverb by 1 s".
    std::optional<Direction> before() const
    {
        bool isJoined = false;
        bool hasCrossed = false;
        bool isDifference = false;
        for (auto at = place.number; at-- > 0 && !terms[at + 1].startsClause;)
        {
            const auto& term = terms[at];
            isDifference = isDifference || term.as(Role::by) != nullptr;
            const bool isOwnNoun = at == place.noun;
            if (const auto found = directionAt(at); found && !isOwnNoun)
                return !hasCrossed || isDifference || (turns(term) && found->comparative == nullptr)
                           ? found
                           : std::nullopt;
            const bool isConjunction = term.as(Role::conjunction) != nullptr;
            const bool isNoun = isNumbersNoun(term);
            if (!isConjunction && !isOwnNoun && !(isNoun && isJoined) && !isGlue(term))
                return std::nullopt;
            hasCrossed = hasCrossed || isNoun;
            isJoined = isConjunction;
        }
        return std::nullopt;
    }

    std::optional<Direction> directionAt(std::size_t at) const
    {
        if (const int sign = signOf(terms[at]); sign != 0)
            return Direction{at, sign, nullptr};
        if (const auto* const sense = comparativeOf(terms[at]))
            return Direction{at, 1, sense->entry};
        return std::nullopt;
    }

    std::span<const Term> terms;
    const NumberPlace& place;
};
} // namespace

const Entry* entryOf(const Term& term) noexcept
{
    const auto* const sense = term.as(Role::entry);
    return sense != nullptr ? sense->entry : nullptr;
}

bool isNumbersNoun(const Term& term) noexcept
{
    const auto* const entry = entryOf(term);
    return entry != nullptr && (entry->control || entry->stage);
}

int signOf(const Term& term) noexcept
{
    for (const auto& sense : term.senses)
        switch (sense.role)
        {
        case Role::more:
        case Role::up:
        case Role::add:
            return 1;
        case Role::less:
        case Role::down:
        case Role::remove:
        case Role::off:
            return -1;
        default:
            break;
        }
    return 0;
}

std::optional<Direction> directionOf(std::span<const Term> terms, const NumberPlace& place)
{
    return Search(terms, place).run();
}

} // namespace tonewright::offline
