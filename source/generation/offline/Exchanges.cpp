#include "generation/offline/Exchanges.h"

#include "generation/offline/Meaning.h"
#include "tone/ParameterTable.h"

#include <algorithm>
#include <optional>
#include <string>

namespace tonewright::offline
{
namespace
{
std::optional<ParameterIndex> choiceOf(StageId stage)
{
    const std::string name(nameOf(stage));
    const auto model = findParameter(name + ".model");
    return model ? model : findParameter(name + ".type");
}

/// "A different chorus" has chosen already what it is.
bool choosesItself(const Entry& entry)
{
    return std::any_of(entry.tone.begin(), entry.tone.end(),
                       [](const ToneEffect& effect) { return infoOf(effect.axis).kind == AxisKind::choice; });
}

std::optional<ParameterIndex> choiceNamedBy(const Term& term)
{
    if (const auto* const thing = term.as(Role::thing))
        return isMicrophone(term) ? std::optional("cabinet.mic"_p)
                                  : choiceOf(stageOfThing(*thing).value_or(StageId::output));
    const auto* const noun = term.as(Role::entry);
    if (noun == nullptr || !isStageNoun(*noun->entry) || choosesItself(*noun->entry))
        return std::nullopt;
    return choiceOf(*noun->entry->stage);
}

/// Whether nothing but fillers is left of the clause: "change the reverb please", but not "change the delay
/// time".
bool endsAt(std::span<const Term> terms, std::size_t at)
{
    for (; at < terms.size() && !terms[at].startsClause; ++at)
        if (terms[at].as(Role::filler) == nullptr || terms[at].as(Role::swapTo) != nullptr ||
            terms[at].as(Role::on) != nullptr)
            return false;
    return true;
}
} // namespace

bool namesReplacement(std::span<const Term> terms, std::size_t at)
{
    for (++at; at < terms.size() && !terms[at].startsClause; ++at)
    {
        if (terms[at].as(Role::swapTo) != nullptr)
            return true;
        if (terms[at].as(Role::on) != nullptr || terms[at].as(Role::off) != nullptr ||
            terms[at].as(Role::up) != nullptr || terms[at].as(Role::down) != nullptr)
            return false;
    }
    return true; // "statt der Plate Spring"
}

std::vector<ParameterIndex> readExchanges(std::span<const Term> terms, std::vector<bool>& isNamed)
{
    std::vector<ParameterIndex> choices;
    for (std::size_t at = 0; at < terms.size(); ++at)
    {
        const bool isAmongSeveral = at > 0 && terms[at - 1].text == "the"; // "the different reverb types"
        const bool isAnother = terms[at].as(Role::another) != nullptr && !isAmongSeveral;
        const bool isChanged = terms[at].as(Role::swap) != nullptr;
        const bool isObject =
            at > 1 && terms[at - 1].text == "を" && choiceNamedBy(terms[at - 2]); // "マイクを別のマイクに"
        const auto start = isObject && !terms[at].startsClause && !terms[at - 1].startsClause ? at - 2 : at;
        if (!(isAnother || isChanged) || !isAskedFor(terms, start))
            continue;
        auto next = at + 1;
        while (isChanged && next < terms.size() && !terms[next].startsClause &&
               terms[next].as(Role::filler) != nullptr && !choiceNamedBy(terms[next]))
            ++next;
        const auto choice =
            next < terms.size() && !terms[next].startsClause ? choiceNamedBy(terms[next]) : std::nullopt;
        if (!choice || (isChanged && !endsAt(terms, next + 1)))
            continue;
        choices.push_back(*choice);
        isNamed[next] = true;
        isNamed[start] = isNamed[start] || start < at;
    }
    return choices;
}

} // namespace tonewright::offline
