#include "generation/offline/Contributions.h"

#include "generation/offline/Factors.h"
#include "generation/offline/Meaning.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tonewright::offline
{
namespace
{
Rank rankOf(const Entry& entry)
{
    switch (entry.kind)
    {
    case EntryKind::song:
        return Rank::song;
    case EntryKind::artist:
        return Rank::artist;
    case EntryKind::genre:
    case EntryKind::era:
        return Rank::genre;
    case EntryKind::gain:
    case EntryKind::effect:
    case EntryKind::control:
    case EntryKind::gear:
        return Rank::spoken;
    case EntryKind::descriptor:
        break;
    }
    return Rank::descriptor;
}

/// "slightly distorted" lies nearer the edge of breakup than "distorted", "very clean" farther from it.
double intensifiedGain(double gain, double degree)
{
    constexpr double pivot = 0.35;
    return std::clamp(pivot + (gain - pivot) * degree, 0.0, 1.0);
}

class Contributor
{
public:
    Contributor(const Reading& whatWasRead, bool edits) : reading(whatWasRead), isEdit(edits) {}

    std::vector<Contribution> run()
    {
        for (const auto& mention : reading.mentions)
            if (!mention.knob)
                add(mention);
        sparePlayers();
        return std::move(contributions);
    }

private:
    /// "Brian May, 80s" is Brian May: what a decade liked to switch on says nothing of a player or song named
    /// beside it.
    void sparePlayers()
    {
        const auto isPlayer = [](const Contribution& said)
        { return said.rank == Rank::artist || said.rank == Rank::song; };
        if (std::none_of(contributions.begin(), contributions.end(), isPlayer))
            return;
        std::erase_if(
            contributions, [](const Contribution& said)
            { return said.isOfEra && (stageOf(said.axis) || infoOf(said.axis).kind == AxisKind::choice); });
    }

    void add(const Mention& mention)
    {
        const auto& entry = *mention.entry;
        // "too bright for jazz" changes the brightness, not the style.
        if (isEdit && isReference(entry) && mention.manner == Manner::wanted)
            return;
        const auto* const bound = mention.boundStage ? entry.toneFor(*mention.boundStage) : nullptr;
        const auto manner = mannerHere(mention);
        switch (manner)
        {
        case Manner::wanted:
            return addTone(mention, bound != nullptr ? *bound : entry.tone, mention.degree, bound != nullptr);
        case Manner::settingOnly:
            return addTone(mention, entry.stage ? entry.tone : ToneEffects{}, 1, false);
        case Manner::more:
        case Manner::less:
            return addSteps(mention, manner == Manner::more, bound);
        case Manner::complaint:
            if (bound != nullptr)
                return addOffsets(mention, *bound, -boundStep * mention.degree);
            return addOffsets(mention, entry.complaint, mention.degree);
        case Manner::unwanted:
            return addNegation(mention, bound != nullptr ? *bound : entry.without, bound != nullptr);
        case Manner::softlyUnwanted:
            if (entry.kind == EntryKind::gain && !isEdit)
                return addTone(mention, entry.tone, softGain, false); // "not too distorted, not too clean"
            if (isEdit && bound == nullptr)                           // no side effects
                return addOffsets(mention, entry.more, -softStep * mention.degree);
            return addOffsets(mention, bound != nullptr ? *bound : entry.tone, -softNegation);
        case Manner::replaced:
            return addReplaced(mention);
        case Manner::stated:
        case Manner::topic:
        case Manner::held:
        case Manner::fine:
        case Manner::denied:
            return;
        }
    }

    static bool asksForGain(const Entry& entry)
    {
        return std::any_of(entry.tone.begin(), entry.tone.end(),
                           [](const ToneEffect& effect) { return effect.axis == Axis::gain; });
    }

    /// Statements are about the tone at hand; where there is none, they describe the one that is asked for.
    Manner mannerHere(const Mention& mention) const
    {
        const auto& entry = *mention.entry;
        const bool isMeasure = entry.control == "amp.gain"_p || entry.control == "output.level"_p;
        switch (mention.manner)
        {
        case Manner::stated:
            return !isEdit ? Manner::wanted : entry.isUnpleasant ? Manner::complaint : Manner::stated;
        case Manner::topic:
            return !isEdit && isStageNoun(entry) ? Manner::wanted : Manner::topic;
        case Manner::less: // "with very little gain" names a class of it
            return !isEdit && mention.isScarce && asksForGain(entry) ? Manner::wanted : Manner::less;
        case Manner::more: // "turned up AC30"
            return !isEdit && isAmplifier(entry) ? Manner::wanted : Manner::more;
        case Manner::fine:
            return isEdit ? Manner::fine : Manner::softlyUnwanted;
        case Manner::denied:
            return !isEdit ? Manner::unwanted : entry.isUnpleasant ? Manner::fine : Manner::more;
        case Manner::held:
            return !isEdit && !isMeasure ? Manner::wanted : Manner::held;
        default:
            return mention.manner;
        }
    }

    void addTone(const Mention& mention, const ToneEffects& tone, double degree, bool isBound)
    {
        const auto& entry = *mention.entry;
        const bool scales = !isReference(entry) && entry.kind != EntryKind::gear;
        for (const auto& effect : tone)
        {
            auto said = contribution(mention, effect);
            const auto kind = infoOf(effect.axis).kind;
            if (isEdit && !isBound && !mention.isWhole && isSideEffect(entry, effect))
                continue;
            if (effect.axis == Axis::width && effect.value <= infoOf(Axis::width).minimum)
                said.isOffset = false;
            else if (kind == AxisKind::tilt || effect.isOffset)
                said.value *= degree * (isEdit && !isBound ? editShare : 1.0);
            else if (effect.axis == Axis::gain)
                said.value = mention.isScarce ? effect.value * degree : intensifiedGain(effect.value, degree);
            else if (kind == AxisKind::amount && scales)
                said.value *= degree;
            const bool isNamedOnly =
                stageOf(effect.axis).has_value() && !mention.hasDegree && isPlainEffect(entry);
            said.isMentionOnly =
                kind != AxisKind::choice && (isNamedOnly || mention.manner == Manner::settingOnly);
            said.rank = isBound ? Rank::spoken : said.rank;
            contributions.push_back(said);
        }
    }

    static bool isOfStage(Axis axis, StageId stage) { return infoOf(axis).name.starts_with(nameOf(stage)); }

    /// What goes with a word in a whole tone but is not asked for by it in a finished one: the hump of mids
    /// that a pedal brings itself, the compression of glassy tones.
    static bool isSideEffect(const Entry& entry, const ToneEffect& effect)
    {
        if (isStageNoun(entry))
            return (infoOf(effect.axis).kind == AxisKind::tilt || effect.axis == Axis::gain) &&
                   !isOfStage(effect.axis, *entry.stage);
        const bool isOfOutput = effect.axis == Axis::doubler || effect.axis == Axis::width;
        return entry.kind == EntryKind::descriptor && !entry.more.empty() && !isOfOutput &&
               std::none_of(entry.more.begin(), entry.more.end(),
                            [&effect](const ToneEffect& step)
                            {
                                const auto stage = stageOf(step.axis);
                                return step.axis == effect.axis || (stage && isOfStage(effect.axis, *stage));
                            });
    }

    static bool isPlainEffect(const Entry& entry)
    {
        return entry.kind == EntryKind::effect || (entry.kind == EntryKind::gear && entry.stage.has_value());
    }

    void addSteps(const Mention& mention, bool isMore, const ToneEffects* bound)
    {
        if (isEdit && factorOf(mention))
            return; // the knob itself is multiplied
        const double degree = mention.isScarce ? scarcity * (1 - mention.degree) : mention.degree;
        const double direction = (isMore ? 1.0 : -1.0) * degree;
        if (bound != nullptr && mention.times)
            return addOctaves(mention, *bound, std::log2(*mention.times));
        if (bound != nullptr)
            return addOffsets(mention, stepsBesides(reading, mention, *bound), direction * boundStep);
        addOffsets(mention, mention.entry->more, direction);
        if (isMore)
            addChoices(mention);
    }

    /// "twice as long": once as much again, and nothing besides.
    void addOctaves(const Mention& mention, const ToneEffects& bound, double octaves)
    {
        for (const auto& effect : bound)
            if (infoOf(effect.axis).kind == AxisKind::quantity)
            {
                auto said = contribution(mention, effect);
                said.value = std::copysign(octaves, octaves * effect.value);
                said.isOffset = true;
                contributions.push_back(said);
                return;
            }
        addOffsets(mention, bound, octaves * boundStep);
    }

    void addOffsets(const Mention& mention, const ToneEffects& steps, double factor)
    {
        for (const auto& step : steps)
        {
            const auto kind = infoOf(step.axis).kind;
            if (kind == AxisKind::choice || step.isUnwanted)
                continue;
            auto said = contribution(mention, step);
            // An adjective of a whole amount ("not too distorted") speaks of a step, not of the amount.
            const bool isTarget = kind != AxisKind::tilt && !step.isOffset;
            said.value = isTarget ? targetStep * (step.value > infoOf(step.axis).usual ? 1 : -1) * factor
                                  : step.value * factor;
            said.isOffset = true;
            contributions.push_back(said);
        }
    }

    void addChoices(const Mention& mention)
    {
        for (const auto& effect : mention.entry->tone)
            if (infoOf(effect.axis).kind == AxisKind::choice && isPlainEffect(*mention.entry))
            {
                auto said = contribution(mention, effect);
                said.isMentionOnly = true; // "more hall" is more of the reverb at hand
                contributions.push_back(said);
            }
    }

    void addNegation(const Mention& mention, const ToneEffects& effects, bool isBound)
    {
        if (isReference(*mention.entry))
            return addOffsets(mention, mention.entry->more, -1);
        if (isBound)
            return addOffsets(mention, effects, -boundStep);
        for (const auto& effect : effects)
        {
            auto said = contribution(mention, effect);
            said.rank = Rank::negation;
            said.added = stepOf(mention.entry->complaint, effect.axis); // "no hum": a gate that shuts earlier
            if (effect.isUnwanted && isWantedElsewhere(mention, effect.axis))
                continue;
            if (isEdit && said.isOffset && isGuard(mention))
                said.value *= guardShare;
            spareWishes(mention, said);
            contributions.push_back(said);
        }
    }

    /// "Darker but not muddy": what is not to come of the change is no change of its own. "More reverb, no
    /// mud" are two.
    bool isGuard(const Mention& negated) const
    {
        return negated.entry->isUnpleasant && !negated.boundStage &&
               std::any_of(reading.mentions.begin(), reading.mentions.end(),
                           [&negated](const Mention& other)
                           {
                               return other.manner == Manner::more && !other.boundStage &&
                                      areColoursOfOneRange(*other.entry, *negated.entry);
                           });
    }

    /// "Fat but not boomy" stays fat and "surf, not washy" keeps its reverb: what an adjective's "not" takes
    /// away is at most a part of what another word asks for. A style's own colour is no such wish: "metal
    /// without scooped mids".
    void spareWishes(const Mention& negated, Contribution& said) const
    {
        if (negated.entry->kind != EntryKind::descriptor)
            return;
        constexpr double mostTaken = 0.4;
        double wished = 0;
        for (const auto& other : reading.mentions)
            if ((other.manner == Manner::wanted || other.manner == Manner::more) && !other.boundStage)
                for (const auto& effect :
                     other.manner == Manner::more ? other.entry->more : other.entry->tone)
                    if (effect.axis == said.axis && !effect.isUnwanted &&
                        (stageOf(said.axis) || !isReference(*other.entry)) &&
                        std::abs(effect.value) > std::abs(wished))
                        wished = effect.value;
        if (wished == 0)
            return;
        if (said.isUnwanted)
        {
            said.isUnwanted = false;
            said.isOffset = true;
            said.value = -mostTaken * wished;
        }
        else if (said.isOffset && said.value * wished < 0)
            said.value =
                std::copysign(std::min(std::abs(said.value), mostTaken * std::abs(wished)), said.value);
    }

    /// "no plate, spring instead": the plate goes, the reverb stays.
    bool isWantedElsewhere(const Mention& negated, Axis axis) const
    {
        return std::any_of(reading.mentions.begin(), reading.mentions.end(),
                           [&](const Mention& other)
                           {
                               const auto& tone = other.entry->tone;
                               return other.entry != negated.entry && other.manner == Manner::wanted &&
                                      isPlainEffect(*other.entry) &&
                                      (hasType(*negated.entry) || negated.manner == Manner::replaced) &&
                                      std::any_of(tone.begin(), tone.end(),
                                                  [axis](const ToneEffect& effect)
                                                  { return effect.axis == axis && !effect.isUnwanted; });
                           });
    }

    static bool hasType(const Entry& entry)
    {
        return std::any_of(entry.tone.begin(), entry.tone.end(),
                           [](const ToneEffect& effect)
                           { return infoOf(effect.axis).kind == AxisKind::choice; });
    }

    /// What is swapped for something of the same stage needs no going; of another stage, it goes.
    void addReplaced(const Mention& mention)
    {
        for (const auto& effect : mention.entry->without)
            if (effect.isUnwanted && !isWantedElsewhere(mention, effect.axis))
            {
                auto said = contribution(mention, effect);
                said.rank = Rank::negation;
                contributions.push_back(said);
            }
    }

    /// How far one step of these goes on an axis.
    static double stepOf(const ToneEffects& steps, Axis axis)
    {
        const auto step =
            std::find_if(steps.begin(), steps.end(),
                         [axis](const ToneEffect& effect) { return effect.axis == axis && effect.isOffset; });
        return step == steps.end() ? 0 : step->value;
    }

    static Contribution contribution(const Mention& mention, const ToneEffect& effect)
    {
        Contribution said;
        said.axis = effect.axis;
        said.value = effect.value;
        said.isOffset = effect.isOffset;
        said.isUnwanted = effect.isUnwanted;
        said.rank = rankOf(*mention.entry);
        said.reason = mention.words;
        if (mention.isAdded && mention.hasDegree)
            said.added = stepOf(mention.entry->more, effect.axis) * mention.degree;
        said.isRestored = mention.isRestored;
        said.isAtMost = mention.isAtMost && stageOf(effect.axis).has_value();
        said.isOfEra = mention.entry->kind == EntryKind::era;
        said.isGeneral = isAllEffects(*mention.entry) || refusesAllEffects(*mention.entry);
        return said;
    }

    static constexpr double scarcity = 2;        // "hardly any bass" against "less bass"
    static constexpr double boundStep = 0.6;     // "longer" against "long"
    static constexpr double softNegation = 0.35; // "not too bright" against "bright", turned round
    static constexpr double softStep = 0.7;      // the same against one step of "more"
    static constexpr double softGain = 0.45;     // "not too distorted" is distorted by less than half
    static constexpr double targetStep = 0.15;
    static constexpr double guardShare = 0.35;
    static constexpr double editShare = 0.7; // an adjective on a finished tone against one on a blank page

    const Reading& reading;
    bool isEdit;
    std::vector<Contribution> contributions;
};
} // namespace

std::vector<Contribution> contributionsOf(const Reading& reading, bool isEdit)
{
    return Contributor(reading, isEdit).run();
}

} // namespace tonewright::offline
