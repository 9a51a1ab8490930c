#include "generation/offline/Meaning.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
bool followsArticle(std::span<const Term> terms, std::size_t at)
{
    if (at == 0 || terms[at].startsClause)
        return false;
    const auto& before = terms[at - 1].text;
    return before == "a" || before == "with" || before == "no";
}
} // namespace

bool Pending::saysSomething() const noexcept
{
    return hasDegree || direction != 0 || isNegated || isSoftlyNegated || isComplaint || isRemoved ||
           isAdded || isReplaced || isRestored;
}

void Pending::intensify(const Sense& sense) noexcept
{
    degree *= sense.factor;
    hasDegree = true;
    degreeIsAmount = degreeIsAmount || sense.isAmount;
}

bool continuesList(std::span<const Term> terms, std::size_t at, const Pending& before)
{
    if (!before.isNegated && !before.isSoftlyNegated)
        return false;
    for (bool hasItem = false; at < terms.size(); ++at)
    {
        const bool isLastItemNext = terms[at].as(Role::either) != nullptr ||
                                    (before.takesList && terms[at].as(Role::conjunction) != nullptr);
        if (isLastItemNext)
            return hasItem || terms[at].startsClause;
        if (terms[at].as(Role::entry) != nullptr)
            hasItem = true;
        else if (terms[at].as(Role::filler) == nullptr)
            return false;
    }
    return before.takesList;
}

bool isPlainNoun(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::effect || entry.kind == EntryKind::control;
}

bool isReference(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::genre || entry.kind == EntryKind::artist ||
           entry.kind == EntryKind::song || entry.kind == EntryKind::era;
}

bool isStageNoun(const Entry& entry) noexcept
{
    return entry.stage.has_value() && (entry.kind == EntryKind::effect || entry.kind == EntryKind::gear);
}

std::optional<StageId> stageNamedBy(const Entry& entry) noexcept
{
    if (isStageNoun(entry))
        return entry.stage;
    return entry.control ? stageNamed(tonewright::infoOf(*entry.control).stage()) : std::nullopt;
}

std::optional<std::size_t> boundNoun(std::span<const Term> terms, std::size_t at)
{
    const auto& entry = *terms[at].as(Role::entry)->entry;
    if (entry.forStage.empty())
        return std::nullopt;
    for (auto next = at + 1; next < terms.size(); ++next)
    {
        const auto* const following = terms[next].as(Role::entry);
        if (following == nullptr && terms[next].as(Role::intensity) == nullptr)
            return std::nullopt;
        if (following == nullptr)
            continue;
        if (const auto stage = stageNamedBy(*following->entry))
            return entry.toneFor(*stage) != nullptr ? std::optional(next) : std::nullopt;
        if (following->entry->forStage.empty() || terms[next].startsClause)
            return std::nullopt;
    }
    return std::nullopt;
}

const Entry* entryAfter(std::span<const Term> terms, std::size_t at) noexcept
{
    for (auto next = at + 1; next < terms.size() && !terms[next].startsClause; ++next)
    {
        if (const auto* const sense = terms[next].as(Role::entry))
            return sense->entry;
        if (terms[next].as(Role::filler) == nullptr)
            return nullptr;
    }
    return nullptr;
}

const Sense& meaningAt(std::span<const Term> terms, std::size_t at, bool isReplacing, bool hasAmount)
{
    static const Sense nothing; // a filler
    const auto& term = terms[at];
    const auto* const entry = term.as(Role::entry);
    const auto other =
        std::find_if(term.senses.begin(), term.senses.end(),
                     [isReplacing](const Sense& sense)
                     { return sense.role != Role::entry && (sense.role == Role::swapTo) == isReplacing; });
    const bool hasOther = other != term.senses.end();
    if (entry == nullptr)
        return hasOther ? *other : nothing;
    if (!hasOther || isReplacing)
        return *entry;
    const auto* const next = entryAfter(terms, at);
    if (other->role == Role::intensity)
        return next != nullptr && isPlainNoun(*next) ? *other : *entry;
    return next != nullptr && !hasAmount && !followsArticle(terms, at) ? *other : *entry;
}

} // namespace tonewright::offline
