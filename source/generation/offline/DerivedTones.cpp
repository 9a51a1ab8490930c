#include "generation/offline/DerivedTones.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
using Effects = std::vector<ToneEffect>;

/// How far one step of "more", one complaint and one "no" move what an adjective asks for. The steps are
/// sized so that a plain "a bit" is heard (about 1 dB) and three steps reach the adjective itself.
constexpr double stepOfTilt = 0.55;
constexpr double stepOfComplaint = 0.8;
constexpr double shareOfNegation = 0.5;
constexpr double stepOfAmount = 0.2;
constexpr double stepOfGain = 0.14;
constexpr double edgeOfBreakup = 0.35;

/// The side effects of an adjective stay out of its steps: "brighter" must not thin out the bass.
constexpr double shareOfMain = 0.5;

bool isTilt(const ToneEffect& effect)
{
    return infoOf(effect.axis).kind == AxisKind::tilt;
}

/// What an adjective is about: the most it asks of the colour and the most it asks of an effect.
struct Weights
{
    double colour = 0;
    double effect = 0;

    explicit Weights(ToneEffects tone)
    {
        for (const auto& asked : tone)
            if (isTilt(asked))
                colour = std::max(colour, std::abs(asked.value));
            else if (stageOf(asked.axis))
                effect = std::max(effect, asked.isUnwanted ? infoOf(asked.axis).usual : asked.value);
    }

    /// The effects of a colour are how such tones are usually made ("glassy": a little compression).
    bool isColour() const { return colour > 0 && colour >= effect; }

    double most() const { return std::max(colour, effect); }
};

/// Whether a step of the adjective moves this. Who wants more sparkle has asked for no other gain and no
/// compressor; an adjective about distortion that has a colour besides says itself what more of it is.
bool hasStep(const ToneEffect& effect, const Weights& weights)
{
    if (isTilt(effect))
        return std::abs(effect.value) >= shareOfMain * weights.most();
    if (effect.axis == Axis::gain)
        return weights.most() == 0;
    const bool isMain = effect.isUnwanted || effect.isOffset || effect.value >= shareOfMain * weights.effect;
    return !weights.isColour() && isMain;
}

Effects stepsTowards(ToneEffects tone, EntryKind kindOfEntry, double tiltShare)
{
    const Weights weights(tone);
    Effects steps;
    for (const auto& effect : tone)
    {
        const auto kind = infoOf(effect.axis).kind;
        const bool canStep = kind == AxisKind::tilt || kind == AxisKind::amount || effect.isOffset;
        const bool isColoured = !isTilt(effect) || std::abs(effect.value) >= shareOfMain * weights.colour;
        if (!canStep || !(kindOfEntry == EntryKind::descriptor ? hasStep(effect, weights) : isColoured))
            continue;
        auto step = effect;
        step.isOffset = true;
        step.isUnwanted = false;
        if (isTilt(effect) || effect.isOffset)
            step.value *= tiltShare;
        else if (effect.axis == Axis::gain)
            step.value = effect.value > edgeOfBreakup ? stepOfGain : -stepOfGain;
        else
            step.value = effect.isUnwanted ? -stepOfAmount : stepOfAmount;
        steps.push_back(step);
    }
    return steps;
}

Effects negated(Effects steps)
{
    for (auto& step : steps)
        step.value = -step.value;
    return steps;
}
} // namespace

std::vector<ToneEffect> moreOf(ToneEffects tone, EntryKind kindOfEntry)
{
    return stepsTowards(tone, kindOfEntry, stepOfTilt);
}

std::vector<ToneEffect> complaintAbout(ToneEffects tone, EntryKind kindOfEntry)
{
    return negated(stepsTowards(tone, kindOfEntry, stepOfComplaint));
}

/// "No X": qualities turn half around, effects go, distortion goes (or comes, for "not clean"). Without a
/// pedal the amplifier keeps its gain, and "not aggressive" only takes some of it away.
std::vector<ToneEffect> withoutTone(ToneEffects tone, EntryKind kindOfEntry)
{
    constexpr double cleanGain = 0.1;
    constexpr double notCleanGain = 0.45;
    constexpr double lessGain = -0.2;
    const Weights weights(tone);
    const bool isAdjective = kindOfEntry == EntryKind::descriptor;
    const bool isColour = isAdjective && weights.isColour();
    Effects result;
    for (auto effect : tone)
    {
        if (isAdjective && isTilt(effect) && std::abs(effect.value) < shareOfMain * weights.colour)
            continue;
        if (isTilt(effect) || effect.isOffset)
            effect.value *= -shareOfNegation;
        else if (effect.axis == Axis::gain && kindOfEntry != EntryKind::gain)
        {
            if (kindOfEntry != EntryKind::descriptor || effect.value <= edgeOfBreakup)
                continue;
            effect.value = lessGain;
            effect.isOffset = true;
        }
        else if (effect.axis == Axis::gain)
            effect.value = effect.value > edgeOfBreakup ? cleanGain : notCleanGain;
        else if (stageOf(effect.axis) && !isColour && !effect.isUnwanted)
            effect = {effect.axis, 0, false, true};
        else
            continue;
        result.push_back(effect);
    }
    return result;
}

} // namespace tonewright::offline
