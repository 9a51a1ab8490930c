#include "generation/offline/Numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace tonewright::offline
{
namespace
{
struct StageUnit
{
    StageId stage;
    std::string_view unit;
    std::string_view parameter;
};

/// What a number means that follows an effect's name with no control named.
constexpr std::array<StageUnit, 24> stageUnits{{
    {StageId::delay, "ms", "delay.time"},
    {StageId::delay, "s", "delay.time"},
    {StageId::delay, "%", "delay.mix"},
    {StageId::delay, "", "delay.mix"},
    {StageId::reverb, "s", "reverb.decay"},
    {StageId::reverb, "ms", "reverb.predelay"},
    {StageId::reverb, "%", "reverb.mix"},
    {StageId::reverb, "", "reverb.mix"},
    {StageId::modulation, "hz", "modulation.rate"},
    {StageId::modulation, "%", "modulation.mix"},
    {StageId::modulation, "", "modulation.depth"},
    {StageId::tremolo, "hz", "tremolo.rate"},
    {StageId::tremolo, "%", "tremolo.depth"},
    {StageId::tremolo, "", "tremolo.depth"},
    {StageId::compressor, "db", "compressor.threshold"},
    {StageId::compressor, ":", "compressor.ratio"},
    {StageId::compressor, "%", "compressor.mix"},
    {StageId::compressor, "ms", "compressor.attack"},
    {StageId::gate, "db", "gate.threshold"},
    {StageId::gate, "ms", "gate.release"},
    {StageId::boost, "db", "boost.level"},
    {StageId::drive, "", "drive.gain"},
    {StageId::drive, "%", "drive.gain"},
    {StageId::drive, "db", "drive.level"},
}};

const Entry* entryOf(const Term& term)
{
    const auto* const sense = term.as(Role::entry);
    return sense != nullptr ? sense->entry : nullptr;
}

bool isNoun(const Term& term)
{
    const auto* const entry = entryOf(term);
    return entry != nullptr && (entry->control || entry->stage);
}

/// The control in the stage spoken of, where that stage has one of the same name: "mix" of the delay.
ParameterIndex controlIn(std::optional<StageId> stage, ParameterIndex control)
{
    const auto id = infoOf(control).id;
    if (stage)
        if (const auto own =
                findParameter(std::string(nameOf(*stage)) + std::string(id.substr(id.find('.')))))
            return *own;
    return control;
}

/// A number in the parameter's own unit: "0.35 s" for milliseconds, "70 %" or "7" on the other kind of knob.
double converted(double value, std::string_view unit, const ParameterInfo& info)
{
    const bool isKnob = info.unit.empty() && info.maximum == 10.0f;
    if (unit == "s" && info.unit == "ms")
        return value * 1000;
    if (unit == "ms" && info.unit == "s")
        return value / 1000;
    if (unit == "khz")
        return value * 1000;
    if (unit == "%" && isKnob)
        return value / 10;
    if (unit.empty() && info.unit == "%" && std::abs(value) <= 10)
        return value * 10;
    if (unit.empty() && info.unit == "ms" && info.id == "delay.time" && value > 0 && value < 3)
        return value * 1000;
    return value;
}

/// Whether a number with this unit can be a value of the parameter.
bool fits(std::string_view unit, const ParameterInfo& info)
{
    if (unit.empty())
        return true;
    if (unit == "ms" || unit == "s")
        return info.unit == "ms" || info.unit == "s";
    if (unit == "hz" || unit == "khz")
        return info.unit == "Hz";
    if (unit == "db")
        return info.unit == "dB";
    if (unit == "%")
        return info.unit == "%" || (info.unit.empty() && info.maximum == 10.0f);
    if (unit == ":")
        return info.id == "compressor.ratio";
    return unit == info.unit;
}

class NumberReader
{
public:
    NumberReader(std::span<const Term> allTerms, std::optional<StageId> contextStage)
        : terms(allTerms), context(contextStage)
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
        const bool isTempo = unit == "bpm" || (unit.empty() && followsNote(at) && *terms[at].number >= 30);
        if (isTempo)
        {
            reading.tempo = *terms[at].number;
            use(at, unit);
            return;
        }
        const auto noun = nounFor(at, unit);
        if (!noun)
            return;
        const auto parameter = parameterFor(*noun, unit);
        if (!parameter)
            return;
        use(at, unit);
        reading.isNamed[*noun] = true;
        Setting setting;
        setting.parameter = *parameter;
        setting.value = converted(*terms[at].number, unit, infoOf(*parameter));
        // "-50 dB" is a threshold, "+3 dB" of anything or "by 2" is a change.
        setting.isChange = (terms[at].hasSign && infoOf(*parameter).minimum >= 0) || isAfter(at, Role::by) ||
                           (terms[at].hasSign && *terms[at].number > 0);
        if (isAfter(at, Role::by) && lowers(at))
            setting.value = -setting.value;
        setting.words = terms[*noun].text + " " + terms[at].text + (unit.empty() ? "" : " " + unit);
        reading.settings.push_back(std::move(setting));
    }

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
        if (isAfter(at, Role::to) || isAfter(at, Role::by))
            reading.isUsed[at - 1] = true;
    }

    bool isAfter(std::size_t at, Role role) const { return at > 0 && terms[at - 1].as(role) != nullptr; }

    bool lowers(std::size_t at) const
    {
        return std::any_of(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(at),
                           [](const Term& term)
                           { return term.as(Role::less) != nullptr || term.as(Role::down) != nullptr; });
    }

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

    /// The noun a number belongs to: the nearest one free, an own control before a whole effect, what stands
    /// before the number rather than what stands after it.
    std::optional<std::size_t> nounFor(std::size_t at, const std::string& unit) const
    {
        const auto before = neighbour(at, -1, unit);
        const auto after = neighbour(at, +1, unit);
        if (!before || !after)
            return before ? before : after;
        const auto distanceBefore = at - *before;
        const auto distanceAfter = *after - at - (unit.empty() ? 0 : 1);
        const bool beforeIsControl = entryOf(terms[*before])->control.has_value();
        const bool afterIsControl = entryOf(terms[*after])->control.has_value();
        if (distanceAfter == 1 && afterIsControl && !beforeIsControl)
            return after;
        return distanceAfter < distanceBefore ? after : before;
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
            if (isNoun(terms[place]) && !reading.isNamed[place] && parameterFor(place, unit))
                return place;
            if (step < 0 && terms[place].startsClause)
                return std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<ParameterIndex> parameterFor(std::size_t noun, const std::string& unit) const
    {
        const auto* const entry = entryOf(terms[noun]);
        if (entry->control)
        {
            const auto control = controlIn(stageBefore(noun), *entry->control);
            return fits(unit, infoOf(control)) ? std::optional(control) : std::nullopt;
        }
        for (const auto& line : stageUnits)
            if (line.stage == *entry->stage && line.unit == unit)
                return findParameter(line.parameter);
        return std::nullopt;
    }

    std::optional<StageId> stageBefore(std::size_t noun) const
    {
        for (auto before = noun; before-- > 0;)
            if (const auto* const entry = entryOf(terms[before]); entry != nullptr && entry->stage)
                return entry->stage;
        for (auto after = noun + 1; after < terms.size() && !terms[after].startsClause; ++after)
            if (const auto* const entry = entryOf(terms[after]); entry != nullptr && entry->stage)
                return entry->stage;
        return context;
    }

    std::span<const Term> terms;
    std::optional<StageId> context;
    NumberReading reading;
};
} // namespace

NumberReading readNumbers(std::span<const Term> terms, std::optional<StageId> context)
{
    return NumberReader(terms, context).run();
}

} // namespace tonewright::offline
