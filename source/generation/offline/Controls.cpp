#include "generation/offline/Controls.h"

#include "generation/offline/Meaning.h"
#include "generation/offline/NumberDirection.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace tonewright::offline
{
namespace
{
bool isEffect(const Term& term) noexcept
{
    const auto* const entry = entryOf(term);
    return entry != nullptr && isStageNoun(*entry);
}

bool isControl(const Term& term) noexcept
{
    const auto* const entry = entryOf(term);
    return entry != nullptr && entry->control.has_value();
}

std::optional<ParameterIndex> sameKnobOf(StageId stage, ParameterIndex control)
{
    const auto id = infoOf(control).id;
    return findParameter(std::string(nameOf(stage)) + std::string(id.substr(id.find('.'))));
}

std::optional<KnobOfStage> pairOf(std::span<const Term> terms, std::size_t effect, std::size_t control)
{
    const auto named = *entryOf(terms[control])->control;
    const auto knob = sameKnobOf(*entryOf(terms[effect])->stage, named);
    const bool isAmount = named == "output.level"_p;
    if (!knob && !isAmount)
        return std::nullopt;
    return KnobOfStage{effect, control, knob};
}

/// "of the", "on my": what may stand between a knob and its effect.
bool linksBackwards(const Term& term) noexcept
{
    constexpr std::array<std::string_view, 10> words{"of",  "on",  "in",  "del",  "de",
                                                     "von", "vom", "des", "beim", "im"};
    return std::find(words.begin(), words.end(), term.text) != words.end();
}

std::optional<std::size_t> effectAfter(std::span<const Term> terms, std::size_t control)
{
    auto next = control + 1;
    if (next >= terms.size() || terms[next].startsClause || !linksBackwards(terms[next]))
        return std::nullopt;
    for (++next; next < terms.size() && !terms[next].startsClause; ++next)
    {
        if (isEffect(terms[next]))
            return next;
        if (terms[next].as(Role::filler) == nullptr)
            return std::nullopt;
    }
    return std::nullopt;
}
} // namespace

std::optional<KnobOfStage> knobOfStageAt(std::span<const Term> terms, std::size_t at)
{
    if (isControl(terms[at]))
    {
        if (at > 0 && !terms[at].startsClause && isEffect(terms[at - 1]))
            return pairOf(terms, at - 1, at);
        const auto effect = effectAfter(terms, at);
        return effect ? pairOf(terms, *effect, at) : std::nullopt;
    }
    if (!isEffect(terms[at]))
        return std::nullopt;
    if (at + 1 < terms.size() && !terms[at + 1].startsClause && isControl(terms[at + 1]))
        return pairOf(terms, at, at + 1);
    for (auto before = at; before-- > 0 && !terms[before + 1].startsClause;)
        if (isControl(terms[before]))
            return effectAfter(terms, before) == at ? pairOf(terms, at, before) : std::nullopt;
    return std::nullopt;
}

std::optional<StageId> stageSpokenOf(std::span<const Term> terms, std::size_t at)
{
    for (auto before = at; before-- > 0;)
        if (const auto* const entry = entryOf(terms[before]); entry != nullptr && entry->stage)
            return entry->stage;
    for (auto after = at + 1; after < terms.size() && !terms[after].startsClause; ++after)
        if (const auto* const entry = entryOf(terms[after]); entry != nullptr && entry->stage)
            return entry->stage;
    return std::nullopt;
}

ParameterIndex controlOf(std::span<const Term> terms, std::size_t at)
{
    const auto control = *entryOf(terms[at])->control;
    const auto pair = knobOfStageAt(terms, at);
    if (pair && pair->knob)
        return *pair->knob;
    const auto stage = stageSpokenOf(terms, at);
    return stage ? sameKnobOf(*stage, control).value_or(control) : control;
}

} // namespace tonewright::offline
