#include "generation/offline/ToneIntent.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
constexpr AxisInfo tilt(std::string_view name)
{
    return {name, AxisKind::tilt, -1, 1, 0, {}};
}
constexpr AxisInfo amount(std::string_view name, double usual = 0.4)
{
    return {name, AxisKind::amount, 0, 1, usual, {}};
}
constexpr AxisInfo quantity(std::string_view name, double minimum, double maximum, double usual)
{
    return {name, AxisKind::quantity, minimum, maximum, usual, {}};
}
constexpr AxisInfo choice(std::string_view name, std::span<const std::string_view> choices)
{
    return {name, AxisKind::choice, 0, static_cast<double>(choices.size() - 1), 0, choices};
}

constexpr std::array<AxisInfo, axisCount> axisTable{
    amount("gain", 0.15),
    tilt("brightness"),
    tilt("lows"),
    tilt("lowMids"),
    tilt("mids"),
    tilt("presence"),
    tilt("top"),
    tilt("tightness"),
    tilt("attack"),
    tilt("level"),
    tilt("width"),
    amount("compression"),
    amount("gate"),
    amount("pitch"),
    amount("wah"),
    amount("boost"),
    amount("drive"),
    amount("modulation"),
    amount("tremolo"),
    amount("delay"),
    amount("reverb"),
    amount("doubler", 0),
    amount("wahPosition", 0.4),
    quantity("reverbDecay", 0.1, 20, 1.8),
    quantity("reverbPredelay", 1, 250, 15),
    tilt("reverbTone"),
    quantity("delayTime", 20, 2000, 380),
    amount("delayRepeats", 0.32),
    tilt("delayTone"),
    quantity("modulationRate", 0.05, 10, 0.8),
    amount("modulationDepth", 0.5),
    quantity("tremoloRate", 0.5, 15, 5),
    amount("tremoloDepth", 0.55),
    quantity("tempo", 20, 400, 120),
    quantity("distance", 1, 100, 5),
    choice("amp", ampModels),
    choice("cabinet", std::span(cabinetModels).first(builtInCabinetCount)), // words name no file
    choice("microphone", microphones),
    choice("pitchType", pitchTypes),
    choice("pitchInterval", pitchIntervals),
    choice("wahType", wahTypes),
    choice("compressorType", compressorTypes),
    choice("boostType", boostTypes),
    choice("driveType", driveTypes),
    choice("modulationType", modulationTypes),
    choice("tremoloType", tremoloTypes),
    choice("delayType", delayTypes),
    choice("delayNote", delaySyncs),
    choice("tremoloNote", delaySyncs),
    choice("reverbType", reverbTypes),
};

struct StageAxis
{
    StageId stage;
    Axis axis;
};
constexpr std::array<StageAxis, 10> stageAxes{{{StageId::compressor, Axis::compression},
                                               {StageId::gate, Axis::gate},
                                               {StageId::pitch, Axis::pitch},
                                               {StageId::wah, Axis::wah},
                                               {StageId::boost, Axis::boost},
                                               {StageId::drive, Axis::drive},
                                               {StageId::modulation, Axis::modulation},
                                               {StageId::tremolo, Axis::tremolo},
                                               {StageId::delay, Axis::delay},
                                               {StageId::reverb, Axis::reverb}}};

void addReason(std::string& reasons, const std::string& reason)
{
    if (reason.empty() || reasons.find(reason) != std::string::npos)
        return;
    if (!reasons.empty())
        reasons += " + ";
    reasons += reason;
}

std::string against(const std::string& a, const std::string& b, std::string_view outcome)
{
    return "\"" + a + "\" and \"" + b + "\" pull against each other, so " + std::string(outcome);
}

/// Distance at which two equal voices are a contradiction and no longer shades of one wish.
double conflictDistance(const AxisInfo& info)
{
    return info.kind == AxisKind::quantity ? 1.0 : 0.3;
}

double meetInTheMiddle(const AxisInfo& info, double a, double weightOfA, double b)
{
    if (info.kind == AxisKind::quantity)
        return std::exp((std::log(a) * weightOfA + std::log(b)) / (weightOfA + 1));
    return (a * weightOfA + b) / (weightOfA + 1);
}

double distance(const AxisInfo& info, double a, double b)
{
    return info.kind == AxisKind::quantity ? std::abs(std::log2(a / b)) : std::abs(a - b);
}

/// How far a mere adjective pulls what a style or a player says ("heavy jazz").
constexpr double adjectivePull = 0.3;

class TargetVote
{
public:
    TargetVote(Axis votedAxis, ToneIntent& target) : axis(votedAxis), info(infoOf(votedAxis)), intent(target)
    {
    }

    void add(const Contribution& said)
    {
        auto& wish = intent[axis];
        if (!wish.target || said.rank > wish.rank)
            replace(wish, said);
        else if (said.rank == wish.rank)
            join(wish, said);
        else if (said.rank == Rank::descriptor && axis == Axis::gain && wish.rank < Rank::negation)
            wish.target = *wish.target + adjectivePull * (said.value - *wish.target);
    }

private:
    void replace(Wish& wish, const Contribution& said)
    {
        const auto before = wish;
        wish.target = said.value;
        wish.isUnwanted = said.isUnwanted;
        wish.isRestored = said.isRestored;
        wish.isAtMost = said.isAtMost;
        wish.added = said.added;
        wish.isMentionOnly = said.isMentionOnly;
        wish.rank = said.rank;
        wish.reason = said.reason;
        voices = 1;
        if (before.target && before.rank == Rank::descriptor && axis == Axis::gain &&
            said.rank < Rank::negation)
            wish.target = said.value + adjectivePull * (*before.target - said.value);
    }

    void join(Wish& wish, const Contribution& said)
    {
        if (info.kind == AxisKind::choice)
        {
            if (*wish.target != said.value && said.rank == Rank::spoken)
                intent.conflicts.push_back(against(wish.reason, said.reason, "the first one counts"));
            return;
        }
        if (wish.isUnwanted != said.isUnwanted) // "dry with huge reverb": what is asked for counts
        {
            if (wish.isUnwanted)
                replace(wish, said);
            return;
        }
        const bool bothNamed = wish.isMentionOnly && said.isMentionOnly;
        if (!bothNamed && said.isMentionOnly)
            return; // the amount was already given in words
        if (!bothNamed && wish.isMentionOnly)
            return replace(wish, said);
        if (distance(info, *wish.target, said.value) > conflictDistance(info) && said.rank >= Rank::artist)
            intent.conflicts.push_back(against(wish.reason, said.reason, "it lies between them"));
        wish.target = meetInTheMiddle(info, *wish.target, voices, said.value);
        addReason(wish.reason, said.reason);
        voices += 1;
    }

    Axis axis;
    const AxisInfo& info;
    ToneIntent& intent;
    double voices = 0;
};

/// Adjectives saturate: the second "warm" adds less than the first.
double saturated(double sum)
{
    return std::clamp(sum, -1.6, 1.6) - 0.13 * std::pow(std::clamp(sum, -1.6, 1.6), 3);
}

void combineTilt(Axis axis, const std::vector<Contribution>& contributions, ToneIntent& intent)
{
    constexpr double audible = 0.15;
    double sum = 0;
    const Contribution* up = nullptr;
    const Contribution* down = nullptr;
    auto& wish = intent[axis];
    for (const auto& said : contributions)
    {
        if (said.axis != axis)
            continue;
        addReason(wish.reason, said.reason);
        if (!said.isOffset) // "mono" is a place, not a step
        {
            wish.target = said.value;
            wish.rank = said.rank;
            continue;
        }
        sum += said.value;
        const bool isAnAdjective = said.rank == Rank::descriptor || said.rank == Rank::spoken;
        if (isAnAdjective && said.value > audible && (up == nullptr || said.value > up->value))
            up = &said;
        if (isAnAdjective && said.value < -audible && (down == nullptr || said.value < down->value))
            down = &said;
    }
    if (sum != 0)
        wish.offset = saturated(sum);
    const bool isMainAxis = axis == Axis::brightness || axis == Axis::lows || axis == Axis::mids;
    if (isMainAxis && up != nullptr && down != nullptr && up->reason != down->reason)
        intent.conflicts.push_back(against(up->reason, down->reason, "both move it part of the way"));
}
} // namespace

const AxisInfo& infoOf(Axis axis) noexcept
{
    return axisTable[static_cast<std::size_t>(axis)];
}

std::optional<Axis> findAxis(std::string_view name) noexcept
{
    for (std::size_t index = 0; index < axisCount; ++index)
        if (axisTable[index].name == name)
            return static_cast<Axis>(index);
    return std::nullopt;
}

std::optional<StageId> stageOf(Axis axis) noexcept
{
    for (const auto& pair : stageAxes)
        if (pair.axis == axis)
            return pair.stage;
    return std::nullopt;
}

std::optional<Axis> amountAxisOf(StageId stage) noexcept
{
    for (const auto& pair : stageAxes)
        if (pair.stage == stage)
            return pair.axis;
    return std::nullopt;
}

double ToneIntent::valueOr(Axis axis, double base) const noexcept
{
    const auto& info = infoOf(axis);
    const auto& wish = (*this)[axis];
    const double start = wish.target.value_or(base);
    const double value =
        info.kind == AxisKind::quantity ? start * std::exp2(wish.offset) : start + wish.offset;
    return std::clamp(value, info.minimum, info.maximum);
}

void combine(const std::vector<Contribution>& contributions, ToneIntent& intent)
{
    for (std::size_t index = 0; index < axisCount; ++index)
    {
        const auto axis = static_cast<Axis>(index);
        if (infoOf(axis).kind == AxisKind::tilt)
        {
            combineTilt(axis, contributions, intent);
            continue;
        }
        // "A touch more breakup when I dig in": the step that is asked for counts, not how a whole tone of
        // that quality would be.
        const bool isStep = intent.isEdit && std::any_of(contributions.begin(), contributions.end(),
                                                         [axis](const Contribution& said)
                                                         { return said.axis == axis && said.isOffset; });
        TargetVote vote(axis, intent);
        for (const auto& said : contributions)
            if (said.axis == axis && !said.isOffset && !(isStep && said.rank == Rank::descriptor))
                vote.add(said);
        for (const auto& said : contributions)
            if (said.axis == axis && said.isOffset)
            {
                intent[axis].offset += said.value;
                addReason(intent[axis].reason, said.reason);
            }
    }
}

} // namespace tonewright::offline
