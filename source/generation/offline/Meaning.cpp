#include "generation/offline/Meaning.h"

#include "generation/offline/Verbs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tonewright::offline
{
namespace
{
constexpr std::string_view microphone = "microphone"; // the unit of such a thing

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
           isAdded || isReplaced || isRestored || isHeld || isCompared;
}

bool Pending::saysOnlyHowMuch() const noexcept
{
    Pending rest = *this;
    rest.hasDegree = false;
    return hasDegree && !rest.saysSomething();
}

void Pending::intensify(const Sense& sense) noexcept
{
    degree *= sense.factor;
    hasDegree = true;
    degreeIsAmount = degreeIsAmount || sense.isAmount;
    isAtMost = isAtMost || sense.isAtMost;
}

bool continuesList(std::span<const Term> terms, std::size_t at, const Pending& before)
{
    if (!before.isNegated && !before.isSoftlyNegated && !before.isHeld)
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
    return before.takesList && !before.isHeld; // "keep the delay, spring reverb" adds the spring
}

bool isPlainNoun(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::effect || entry.kind == EntryKind::control;
}

bool isMicrophone(const Term& term) noexcept
{
    const auto* const thing = term.as(Role::thing);
    return thing != nullptr && thing->unit == microphone;
}

std::optional<StageId> stageOfThing(const Sense& thing) noexcept
{
    return thing.unit == microphone ? StageId::cabinet : stageNamed(thing.unit);
}

bool isAskedFor(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array harmless{Role::filler, Role::add, Role::make, Role::request, Role::swap};
    constexpr std::array harmful{Role::copula, Role::statement, Role::negator};
    constexpr std::array<std::string_view, 7> refusing{"dont",  "like", "never", "nothing",
                                                       "didnt", "wont", "cant"};
    const auto isOf = [](const Term& term, std::span<const Role> roles)
    { return std::any_of(roles.begin(), roles.end(), [&](Role role) { return term.as(role) != nullptr; }); };
    for (; at > 0 && !terms[at].startsClause; --at)
    {
        const auto& before = terms[at - 1];
        if (before.as(Role::with) != nullptr || before.as(Role::but) != nullptr ||
            before.as(Role::conjunction) != nullptr || before.text.ends_with(" with")) // "but with
            return true;                                                               // another segment
        if (isOf(before, harmful) || !isOf(before, harmless) ||
            std::find(refusing.begin(), refusing.end(), before.text) != refusing.end())
            return false;
    }
    return true;
}

bool isAllEffects(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::effect && !entry.stage && entry.tone.empty() && !entry.without.empty();
}

bool refusesAllEffects(const Entry& entry) noexcept
{
    constexpr std::ptrdiff_t mostOfOneWord = 3; // "dry" refuses two
    return std::count_if(entry.tone.begin(), entry.tone.end(),
                         [](const ToneEffect& effect) { return effect.isUnwanted; }) > mostOfOneWord;
}

bool isReference(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::genre || entry.kind == EntryKind::artist ||
           entry.kind == EntryKind::song || entry.kind == EntryKind::era;
}

bool isAmplifier(const Entry& entry) noexcept
{
    return entry.kind == EntryKind::gear &&
           std::any_of(entry.tone.begin(), entry.tone.end(),
                       [](const ToneEffect& effect) { return effect.axis == Axis::amp; });
}

bool isStageNoun(const Entry& entry) noexcept
{
    return entry.stage.has_value() && (entry.kind == EntryKind::effect || entry.kind == EntryKind::gear);
}

bool areColoursOfOneRange(const Entry& a, const Entry& b) noexcept
{
    return a.kind == EntryKind::descriptor && b.kind == EntryKind::descriptor &&
           std::any_of(a.tone.begin(), a.tone.end(),
                       [&b](const ToneEffect& effect)
                       {
                           return std::any_of(b.tone.begin(), b.tone.end(),
                                              [&effect](const ToneEffect& other)
                                              { return other.axis == effect.axis; });
                       });
}

bool isAddition(std::optional<StageId> stage) noexcept
{
    if (!stage)
        return false;
    switch (*stage)
    {
    case StageId::pitch:
    case StageId::wah:
    case StageId::modulation:
    case StageId::tremolo:
    case StageId::delay:
    case StageId::reverb:
        return true;
    default:
        return false;
    }
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
    if (const auto object = objectOf(terms, at))
    {
        const auto stage = stageNamedBy(*terms[*object].as(Role::entry)->entry);
        return stage && entry.toneFor(*stage) != nullptr ? object : std::nullopt;
    }
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

Sense amountOf(const Sense& measure)
{
    Sense amount;
    amount.factor = measure.factor > 0 ? 1.4 : 0.5;
    amount.isAmount = true;
    amount.isAtMost = measure.factor < 0;
    return amount;
}

const Sense& meaningAt(std::span<const Term> terms, std::size_t at, bool isReplacing, bool hasAmount)
{
    static const Sense nothing; // a filler
    const auto& term = terms[at];
    const auto* const entry = term.as(Role::entry);
    const auto other =
        std::find_if(term.senses.begin(), term.senses.end(),
                     [isReplacing, entry](const Sense& sense)
                     {
                         const bool isOwn = sense.role == Role::entry;
                         const bool onlyJudges =
                             sense.role == Role::copula || (entry != nullptr && sense.role == Role::measure);
                         return !isOwn && !onlyJudges && (sense.role == Role::swapTo) == isReplacing;
                     });
    const bool hasOther = other != term.senses.end();
    if (entry == nullptr)
        return hasOther ? *other : nothing;
    if (!hasOther || isReplacing)
        return *entry;
    const auto* const next = entryAfter(terms, at);
    if (other->role == Role::intensity)
        return next != nullptr && isPlainNoun(*next) ? *other : *entry;
    const bool isQualifier = next != nullptr && isAmplifier(*next); // "cranked plexi"
    return next != nullptr && !hasAmount && !isQualifier && !followsArticle(terms, at) ? *other : *entry;
}

} // namespace tonewright::offline
