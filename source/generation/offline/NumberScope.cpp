#include "generation/offline/NumberScope.h"

#include "generation/offline/NumberDirection.h"

#include <algorithm>

namespace tonewright::offline
{

std::string NumberScope::unitAfter(std::size_t at) const
{
    if (at + 1 >= terms.size())
        return {};
    const auto& next = terms[at + 1];
    if (next.number && next.joint == ':')
        return ":";
    if (const auto* const unit = next.as(Role::unit); unit != nullptr && !next.startsClause)
        return std::string(unit->unit);
    return {};
}

void NumberScope::use(std::size_t at, const std::string& unit)
{
    reading.isUsed[at] = true;
    const bool outOfTen = at + 1 < terms.size() && terms[at + 1].number == 10.0 && terms[at + 1].joint == '/';
    if (!unit.empty() || outOfTen)
        reading.isUsed[at + 1] = true;
    for (auto before = at; before > 0 && isLink(before - 1) && !terms[before].startsClause; --before)
        reading.isUsed[before - 1] = true;
}

bool NumberScope::isLink(std::size_t at) const
{
    const auto& term = terms[at];
    return term.as(Role::to) != nullptr || term.as(Role::by) != nullptr || term.as(Role::about) != nullptr;
}

bool NumberScope::isAfter(std::size_t at, Role role) const
{
    for (; at > 0 && isLink(at - 1) && !terms[at].startsClause; --at)
        if (terms[at - 1].as(role) != nullptr)
            return true;
    return false;
}

bool NumberScope::followsTempo(std::size_t at) const
{
    const auto isGlue = [](const Term& term) { return term.text == "を" || term.text == "は"; };
    for (; at > 0 && (isLink(at - 1) || isGlue(terms[at - 1])) && !terms[at].startsClause; --at)
        ;
    return at > 0 && (terms[at - 1].text == "tempo" || terms[at - 1].text == "テンポ") &&
           !terms[at].startsClause;
}

bool NumberScope::followsNote(std::size_t at) const
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

} // namespace tonewright::offline
