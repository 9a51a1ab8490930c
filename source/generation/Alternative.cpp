#include "generation/Alternative.h"

#include "generation/AuditionEar.h"
#include "generation/ChainSummary.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/Variation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
constexpr std::string_view whyNoAlternative = "every way to answer differently is one of the other answers";

/// A direction in which two tones can be told apart.
struct Contrast
{
    double ToneFeatures::*feature;
    double step; ///< that is plainly heard
    std::string_view more;
    std::string_view less;
};
constexpr std::array<Contrast, 6> contrasts{
    {{&ToneFeatures::brightness, 1, "brighter", "darker"},
     {&ToneFeatures::lows, 3, "fuller in the lows", "leaner in the lows"},
     {&ToneFeatures::scoop, 4, "with more middle", "more scooped"},
     {&ToneFeatures::distortion, 0.15, "with more gain", "cleaner"},
     {&ToneFeatures::dynamics, 3, "more dynamic", "more even"},
     {&ToneFeatures::width, 0.25, "wider", "narrower"}}};

/// What a tone is made of, where a word says the difference.
struct Part
{
    ParameterIndex enabled;
    ParameterIndex type;
    std::string_view noun;
};
constexpr std::array<Part, 8> parts{{{"amp.enabled"_p, "amp.model"_p, "amplifier"},
                                     {"cabinet.enabled"_p, "cabinet.model"_p, "cabinet"},
                                     {"drive.enabled"_p, "drive.type"_p, "pedal"},
                                     {"compressor.enabled"_p, "compressor.type"_p, "compression"},
                                     {"modulation.enabled"_p, "modulation.type"_p, ""},
                                     {"tremolo.enabled"_p, "tremolo.type"_p, "tremolo"},
                                     {"delay.enabled"_p, "delay.type"_p, "delay"},
                                     {"reverb.enabled"_p, "reverb.type"_p, "reverb"}}};

std::string nameOf(const ParameterSet& tone, const Part& part)
{
    const auto type = textOf(infoOf(part.type), tone[part.type]);
    return part.noun.empty() ? type : type + " " + std::string(part.noun);
}

/// "Spring reverb instead of Plate reverb", "with Tape delay", "without Phaser"; nothing where both are
/// alike.
std::string exchanged(const ParameterSet& first, const ParameterSet& tone, const Part& part)
{
    const bool was = first.isOn(part.enabled), is = tone.isOn(part.enabled);
    if (is != was)
        return is ? "with " + nameOf(tone, part) : "without " + nameOf(first, part);
    if (!is || first[part.type] == tone[part.type])
        return {};
    return nameOf(tone, part) + " instead of " + textOf(infoOf(part.type), first[part.type]);
}

/// More or less of an effect that both have.
std::string space(const ParameterSet& first, const ParameterSet& tone)
{
    constexpr float audible = 4; // per cent of the mix
    const auto mixOf = [](const ParameterSet& set)
    {
        return (set.isOn("reverb.enabled"_p) ? set["reverb.mix"_p] : 0.0f) +
               (set.isOn("delay.enabled"_p) ? set["delay.mix"_p] : 0.0f);
    };
    const float change = mixOf(tone) - mixOf(first);
    if (std::abs(change) < audible)
        return {};
    return change > 0 ? "with more space" : "drier";
}

std::string distanceText(double steps)
{
    const auto tenths = static_cast<int>(std::lround(steps * 10));
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " audible steps away";
}

std::string differenceOf(const ParameterSet& first, const ToneFeatures& firstHeard, const ParameterSet& tone,
                         const ToneFeatures& heard)
{
    constexpr double worthAWord = 0.4; // of a step
    constexpr std::size_t mostWords = 3;
    constexpr std::size_t mostParts = 2;
    std::vector<std::pair<double, std::string>> words;
    for (const auto& contrast : contrasts)
    {
        const double steps = (heard.*contrast.feature - firstHeard.*contrast.feature) / contrast.step;
        if (std::abs(steps) >= worthAWord)
            words.emplace_back(std::abs(steps), steps > 0 ? contrast.more : contrast.less);
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> said;
    for (const auto& [steps, word] : words)
        if (said.size() < mostWords)
            said.push_back(word);
    if (auto more = space(first, tone); !more.empty())
        said.push_back(std::move(more));
    std::size_t partsSaid = 0;
    for (const auto& part : parts)
        if (auto text = exchanged(first, tone, part); !text.empty() && partsSaid++ < mostParts)
            said.push_back(std::move(text));
    if (said.empty())
        return "nearly the same as the first answer";
    std::string line;
    for (const auto& word : said)
        line += (line.empty() ? "" : ", ") + word;
    return line + "; " + distanceText(distance(firstHeard, heard));
}

/// The tone, moved in a variation's direction; further with each round.
ParameterSet movedAway(const ParameterSet& tone, int variation, int round, const ToneExpectation& expectation)
{
    offline::ToneIntent direction;
    for (const auto axis : {offline::Axis::reverb, offline::Axis::delay, offline::Axis::modulation})
        if (tone.isOn(*findParameter(std::string(tonewright::nameOf(*offline::stageOf(axis))) + ".enabled")))
            direction[axis].target = 0; // says that it is on: only what is on gets more or less
    offline::vary(direction, variation);
    direction[offline::Axis::top].offset = direction[offline::Axis::brightness].offset;
    for (auto& wish : direction.wishes)
    {
        wish.target.reset();
        wish.offset *= round;
    }
    // The tone stack alone reaches its end soon, and distortion hides it: the equaliser lies behind both.
    auto start = tone;
    if (!start.isOn("equaliser.enabled"_p))
    {
        start["equaliser.enabled"_p] = 1;
        for (const auto band : {"equaliser.low_gain"_p, "equaliser.low_mid_gain"_p, "equaliser.mid_gain"_p,
                                "equaliser.high_mid_gain"_p, "equaliser.high_gain"_p})
            start[band] = 0;
    }
    auto moved = offline::mapEdit(direction, start).parameters;
    for (const auto given : expectation.given)
        moved[given] = tone[given];
    return moved;
}

/// The distance from the nearest of the other answers.
double nearest(const ToneFeatures& heard, const std::vector<ToneFeatures>& others)
{
    double least = std::numeric_limits<double>::infinity();
    for (const auto& other : others)
        least = std::min(least, distance(heard, other));
    return least;
}

bool looksTheSame(const ParameterSet& one, const ParameterSet& other)
{
    return one.order == other.order && visibleDifferences(one, other).empty();
}

/// A change that goes `share` as far: what the first answer moved on its way from the present tone, and
/// nothing else.
ParameterSet goneAsFar(double share, const ParameterSet& present, const ParameterSet& first,
                       const ToneExpectation& expectation)
{
    const auto& given = expectation.given;
    auto tone = first;
    for (std::size_t line = 0; line < parameterCount; ++line)
    {
        const auto& info = parameterTable[line];
        const auto index = static_cast<ParameterIndex>(line);
        if (info.type != ParameterType::number || present[index] == first[index] ||
            std::find(given.begin(), given.end(), index) != given.end())
            continue;
        const float from = toNormalised(info, present[index]);
        const float way = toNormalised(info, first[index]) - from;
        const float to = std::clamp(from + static_cast<float>(share) * way, 0.0f, 1.0f);
        tone[index] = legalValue(info, fromNormalised(info, to));
    }
    return tone;
}

/// How far a tone went on the first answer's way from the present one, in its steps: 1 as far.
double progressOf(const ParameterSet& tone, const ParameterSet& present, const ParameterSet& first)
{
    double along = 0;
    double whole = 0;
    for (std::size_t line = 0; line < parameterCount; ++line)
    {
        const auto& info = parameterTable[line];
        const auto placeIn = [&info, line](const ParameterSet& set)
        { return static_cast<double>(toNormalised(info, set.values[line])); };
        const double way = placeIn(first) - placeIn(present);
        along += (placeIn(tone) - placeIn(present)) * way;
        whole += way * way;
    }
    return whole > 0 ? along / whole : 1;
}

/// An alternative to a change goes further, less far or another way: whatever the words did not name stays as
/// it was. False where there is none that differs from the present tone and all other answers.
bool changeOtherwise(Preset& preset, const ParameterSet& asGiven, const GenerationRequest& request,
                     const ToneExpectation& expectation,
                     const std::function<AuditionReport(Preset&)>& audition, const Cancellation& cancellation)
{
    constexpr std::array shares{1.6, 0.5, 2.2, 0.75, 1.3, 0.3};
    const auto& present = request.current->parameters;
    const auto& first = request.others.front().parameters;
    const auto isNew = [&](const ParameterSet& tone)
    {
        return !looksTheSame(tone, present) &&
               std::none_of(request.others.begin(), request.others.end(),
                            [&tone](const Preset& other) { return looksTheSame(tone, other.parameters); });
    };
    const auto answered = preset.parameters;
    // Going less far, it may have been helped along by the audition with what the first answer leaves alone.
    for (std::size_t line = 0; line < parameterCount; ++line)
        if (const auto index = static_cast<ParameterIndex>(line);
            first[index] == present[index] && index != "output.level"_p)
            preset.parameters[index] = asGiven[index];
    // What sounded before comes back as it was.
    const bool isRestored =
        std::any_of(request.history.begin(), request.history.end(),
                    [&first](const Preset& before) { return before.parameters == first; });
    for (std::size_t turn = 0; !isNew(preset.parameters); ++turn)
    {
        if (isRestored || turn == shares.size() || looksTheSame(first, present))
            return false;
        auto candidate = preset;
        candidate.parameters = goneAsFar(shares[turn], present, first, expectation);
        const bool isSound = audition(candidate).isSound;
        if (cancellation.isCancelled())
            return true;
        if (isSound && isNew(candidate.parameters))
            preset.parameters = candidate.parameters;
    }
    if (preset.parameters != answered)
        preset.explanation += " To differ: " + changeSummary(answered, preset.parameters);
    constexpr double margin = 0.02;
    const double progress = progressOf(preset.parameters, present, first);
    preset.source.difference = (progress > 1 + margin   ? "further: "
                                : progress < 1 - margin ? "less far: "
                                                        : "another way: ") +
                               contrastSummary(first, preset.parameters);
    return true;
}

/// Moves a new tone away from the other answers, and says how it differs from the first. False where it is
/// one of them still.
bool moveAway(Preset& preset, const GenerationRequest& request, const ToneExpectation& expectation,
              const std::function<AuditionReport(Preset&)>& audition, const Cancellation& cancellation)
{
    constexpr int mostRounds = 3;
    AuditionEar ear;
    std::vector<ToneFeatures> places;
    for (const auto& other : request.others)
    {
        const auto place = ear.describe(other.parameters, cancellation);
        if (!place)
            return true;
        places.push_back(*place);
    }
    auto heard = ear.describe(preset.parameters, cancellation);
    if (!heard)
        return true;
    const auto answered = preset.parameters;
    for (int round = 1; round <= mostRounds && nearest(*heard, places) < leastAlternativeDistance; ++round)
    {
        auto candidate = preset;
        candidate.parameters = movedAway(answered, request.variation, round, expectation);
        const bool isSound = audition(candidate).isSound;
        const auto heardNow = ear.describe(candidate.parameters, cancellation);
        if (!heardNow)
            return true;
        if (isSound && nearest(*heardNow, places) > nearest(*heard, places))
        {
            preset.parameters = candidate.parameters;
            heard = heardNow;
        }
    }
    if (std::any_of(request.others.begin(), request.others.end(),
                    [&preset](const Preset& other)
                    { return looksTheSame(other.parameters, preset.parameters); }))
        return false;
    preset.source.difference =
        differenceOf(request.others.front().parameters, places.front(), preset.parameters, *heard);
    if (preset.parameters != answered)
        preset.explanation += " To differ: " + changeSummary(answered, preset.parameters);
    return true;
}
} // namespace

bool setApart(Preset& preset, const ParameterSet& asGiven, const GenerationRequest& request,
              const ToneExpectation& expectation, const std::function<AuditionReport(Preset&)>& audition,
              const Cancellation& cancellation)
{
    if (request.others.empty())
        return true;
    const bool changesPresent = expectation.isEdit && request.current;
    if (!(changesPresent ? changeOtherwise(preset, asGiven, request, expectation, audition, cancellation)
                         : moveAway(preset, request, expectation, audition, cancellation)))
        return false;
    if (!preset.source.difference.empty())
        preset.explanation = "Alternative " + std::to_string(request.variation) + ": " +
                             preset.source.difference + ". " + preset.explanation;
    return true;
}

GenerationError noAlternative()
{
    return {GenerationErrorKind::refusal,
            "These words leave no further alternative; please say it in other words to hear others.",
            std::string(whyNoAlternative)};
}

bool isNoAlternative(const GenerationError& error)
{
    return error.kind == GenerationErrorKind::refusal && error.detail == whyNoAlternative;
}

} // namespace tonewright
