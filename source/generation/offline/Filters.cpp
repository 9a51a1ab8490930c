#include "generation/offline/Filters.h"

#include "generation/offline/Lists.h"
#include "generation/offline/NumberDirection.h"

namespace tonewright::offline
{
namespace
{
constexpr std::size_t reach = 5; // terms

bool isBarrier(const Term& term)
{
    return term.as(Role::conjunction) != nullptr || term.as(Role::but) != nullptr ||
           term.as(Role::with) != nullptr || term.as(Role::entry) != nullptr || term.number;
}
} // namespace

int filterSide(const Term& term)
{
    const auto* const entry = entryOf(term);
    if (entry == nullptr || entry->kind != EntryKind::effect || entry->stage || entry->tone.size() != 1 ||
        entry->tone.front().value >= 0)
        return 0;
    const auto axis = entry->tone.front().axis;
    return axis == Axis::lows ? -1 : axis == Axis::top ? 1 : 0;
}

std::optional<FilterWish> saidBeforeFilter(std::span<const Term> terms, std::size_t filter)
{
    for (auto at = filter; at > 0 && filter - at < reach && !terms[at].startsClause; --at)
    {
        const auto& before = terms[at - 1];
        const bool isDoubt = before.text == "not" && at > 1 && terms[at - 2].text == "why";
        if (isBarrier(before) || isDoubt)
            return std::nullopt;
        if (before.as(Role::remove) != nullptr || before.as(Role::negator) != nullptr)
            return FilterWish::none;
        const auto* const less = before.as(Role::less);
        const bool isFewer = less != nullptr && (!less->isVerb || isArticle(terms[at]) ||
                                                 before.text.ends_with(" the")); // "reduce the low cut"
        if (isFewer || (before.as(Role::complaint) != nullptr && before.text != "so"))
            return FilterWish::less;
    }
    return std::nullopt;
}

std::optional<FilterWish> saidBehindFilter(std::span<const Term> terms, std::size_t end)
{
    for (auto at = end; at < terms.size() && at - end < reach && !terms[at].startsClause; ++at)
    {
        const auto& term = terms[at];
        const bool isAlso = term.text == "too" && (at + 1 == terms.size() || terms[at + 1].startsClause);
        if (isBarrier(term) || isAlso || term.text == "so")
            return std::nullopt;
        if (term.as(Role::off) != nullptr || term.as(Role::negatedAfter) != nullptr)
            return FilterWish::none;
        if (term.as(Role::complaint) != nullptr || term.as(Role::complaintAfter) != nullptr ||
            term.as(Role::down) != nullptr)
            return FilterWish::less;
    }
    return std::nullopt;
}

} // namespace tonewright::offline
