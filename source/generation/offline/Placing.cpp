#include "generation/offline/Placing.h"

#include "generation/offline/Meaning.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tonewright::offline
{
namespace
{
std::optional<StageId> stageOfTerm(const Term& term)
{
    if (const auto* const thing = term.as(Role::thing))
        return isMicrophone(term) ? std::nullopt : stageNamed(thing->unit);
    const auto* const noun = term.as(Role::entry);
    if (noun == nullptr)
        return std::nullopt;
    if (isAmplifier(*noun->entry))
        return StageId::amp;
    if (const auto named = stageNamed(term.text)) // "drive" is a knob as well
        return named;
    if (term.text == "distortion")
        return StageId::drive;
    return isStageNoun(*noun->entry) ? noun->entry->stage : std::nullopt;
}

/// "... to make it dirtier", "... for a lofi sound".
bool isPurpose(const Term& term)
{
    return term.text == "to" || term.text == "for" || term.text == "so" || term.text == "so that";
}

class PlacementReader
{
public:
    PlacementReader(std::span<const Term> allTerms, std::vector<bool>& named)
        : terms(allTerms), isNamed(named)
    {
    }

    std::vector<Placement> run()
    {
        for (std::size_t at = 0; at < terms.size(); ++at)
            if (const auto* const side = terms[at].as(Role::place))
                readSide(at, side->factor < 0 ? Side::before : Side::after);
            else if (terms[at].as(Role::order) != nullptr || terms[at].as(Role::swap) != nullptr)
                readExchange(at);
        return std::move(placements);
    }

private:
    /// "The delay before the amp", "delay and reverb before the amp".
    void readSide(std::size_t at, Side side)
    {
        const auto anchor = stageAfter(at);
        if (!anchor || !endsAfter(*anchor))
            return;
        std::vector<std::size_t> moved; // the last one first
        for (auto noun = stageBefore(at); noun; noun = memberBefore(*noun))
            moved.push_back(*noun);
        if (moved.empty() || !isAskedFor(terms, moved.back()))
            return;
        if (side == Side::before)
            std::reverse(moved.begin(), moved.end());
        for (const auto noun : moved)
            add(noun, *anchor, side);
    }

    /// "Swap the order of the delay and the reverb", "swap delay and reverb".
    void readExchange(std::size_t at)
    {
        const auto first = stageAfter(at);
        const auto second = first ? stageAfter(*first) : std::nullopt;
        if (second && hasConjunction(*first, *second) && endsAfter(*second) && isAskedFor(terms, at))
            add(*first, *second, Side::other);
    }

    void add(std::size_t moved, std::size_t anchor, Side side)
    {
        const auto stage = *stageOfTerm(terms[moved]);
        const auto other = *stageOfTerm(terms[anchor]);
        if (stage == other || stage == StageId::output || other == StageId::output)
            return;
        std::erase_if(placements,
                      [&](const Placement& earlier) // the last word on two stages counts
                      {
                          return (earlier.stage == stage && earlier.anchor == other) ||
                                 (earlier.stage == other && earlier.anchor == stage);
                      });
        placements.push_back({stage, other, side});
        for (const auto noun : {moved, anchor})
            if (const auto* const sense = terms[noun].as(Role::entry);
                sense != nullptr && !isAmplifier(*sense->entry))
                isNamed[noun] = true;
    }

    std::optional<std::size_t> stageBefore(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause)
        {
            if (stageOfTerm(terms[--at]))
                return at;
            if (terms[at].as(Role::filler) == nullptr)
                break;
        }
        return std::nullopt;
    }

    /// The delay of "delay and reverb".
    std::optional<std::size_t> memberBefore(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause)
        {
            --at;
            if (terms[at].as(Role::conjunction) != nullptr)
                return stageBefore(at);
            if (terms[at].as(Role::filler) == nullptr)
                break;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> stageAfter(std::size_t at) const
    {
        for (++at; at < terms.size() && !terms[at].startsClause; ++at)
        {
            if (stageOfTerm(terms[at]))
                return at;
            if (terms[at].as(Role::filler) == nullptr && terms[at].as(Role::conjunction) == nullptr)
                break;
        }
        return std::nullopt;
    }

    bool hasConjunction(std::size_t first, std::size_t second) const
    {
        return std::any_of(terms.begin() + static_cast<std::ptrdiff_t>(first),
                           terms.begin() + static_cast<std::ptrdiff_t>(second),
                           [](const Term& term) { return term.as(Role::conjunction) != nullptr; });
    }

    /// "... before the amp, please", but not "before the chorus kicks in".
    bool endsAfter(std::size_t anchor) const
    {
        for (auto at = anchor + 1; at < terms.size() && !terms[at].startsClause; ++at)
        {
            if (terms[at].as(Role::conjunction) != nullptr || terms[at].as(Role::with) != nullptr ||
                terms[at].as(Role::but) != nullptr || isPurpose(terms[at]))
                return true;
            if (terms[at].as(Role::filler) == nullptr || terms[at].as(Role::copula) != nullptr)
                return false;
        }
        return true;
    }

    std::span<const Term> terms;
    std::vector<bool>& isNamed;
    std::vector<Placement> placements;
};
} // namespace

std::vector<Placement> readPlacements(std::span<const Term> terms, std::vector<bool>& isNamed)
{
    return PlacementReader(terms, isNamed).run();
}

} // namespace tonewright::offline
