#include "generation/offline/Interpreter.h"

#include "generation/offline/Meaning.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
/// What describes a whole tone: a player, a style, an amplifier, a quality.
bool describesTone(const Mention& mention)
{
    const bool isEffect = mention.entry->kind == EntryKind::effect ||
                          mention.entry->kind == EntryKind::control ||
                          (mention.entry->kind == EntryKind::gear && mention.entry->stage.has_value());
    return mention.manner == Manner::wanted && !mention.isInstruction && !mention.boundStage && !isEffect;
}

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

class Interpreter
{
public:
    Interpreter(const Reading& whatWasRead, bool edits) : reading(whatWasRead), isEdit(edits) {}

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
        switch (mention.manner)
        {
        case Manner::wanted:
            return addTone(mention, bound != nullptr ? *bound : entry.tone, mention.degree, bound != nullptr);
        case Manner::settingOnly:
            return addTone(mention, entry.stage ? entry.tone : ToneEffects{}, 1, false);
        case Manner::more:
        case Manner::less:
            return addSteps(mention, bound);
        case Manner::complaint:
            if (bound != nullptr)
                return addOffsets(mention, *bound, -boundStep * mention.degree);
            return addOffsets(mention, entry.complaint, mention.degree);
        case Manner::unwanted:
            return addNegation(mention, bound != nullptr ? *bound : entry.without, bound != nullptr);
        case Manner::softlyUnwanted:
            if (entry.kind == EntryKind::gain && !isEdit)
                return addTone(mention, entry.tone, softGain, false); // "not too distorted, not too clean"
            return addOffsets(mention, bound != nullptr ? *bound : entry.tone, -softNegation);
        case Manner::replaced:
            return addReplaced(mention);
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
            if (kind == AxisKind::tilt || effect.isOffset)
                said.value *= degree * (isEdit && !isBound ? editShare : 1.0);
            else if (effect.axis == Axis::gain)
                said.value = intensifiedGain(effect.value, degree);
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

    static bool isPlainEffect(const Entry& entry)
    {
        return entry.kind == EntryKind::effect || (entry.kind == EntryKind::gear && entry.stage.has_value());
    }

    void addSteps(const Mention& mention, const ToneEffects* bound)
    {
        const double direction = (mention.manner == Manner::more ? 1.0 : -1.0) * mention.degree;
        if (bound != nullptr)
            return addOffsets(mention, *bound, direction * boundStep);
        addOffsets(mention, mention.entry->more, direction);
        if (mention.manner == Manner::more)
            addChoices(mention);
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
            if (effect.isUnwanted && isWantedElsewhere(mention, effect.axis))
                continue;
            spareWishes(mention, said);
            contributions.push_back(said);
        }
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
            if (other.manner == Manner::wanted && !other.boundStage)
                for (const auto& effect : other.entry->tone)
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

    static Contribution contribution(const Mention& mention, const ToneEffect& effect)
    {
        Contribution said;
        said.axis = effect.axis;
        said.value = effect.value;
        said.isOffset = effect.isOffset;
        said.isUnwanted = effect.isUnwanted;
        said.rank = rankOf(*mention.entry);
        said.reason = mention.words;
        said.isRestored = mention.isRestored;
        said.isOfEra = mention.entry->kind == EntryKind::era;
        return said;
    }

    static constexpr double boundStep = 0.6;     // "longer" against "long"
    static constexpr double softNegation = 0.35; // "not too bright" against "bright", turned round
    static constexpr double softGain = 0.45;     // "not too distorted" is distorted by less than half
    static constexpr double targetStep = 0.15;
    static constexpr double editShare = 0.7; // an adjective on a finished tone against one on a blank page

    const Reading& reading;
    bool isEdit;
    std::vector<Contribution> contributions;
};

void addTags(const Reading& reading, ToneIntent& intent)
{
    for (const auto& mention : reading.mentions)
    {
        const auto& tag = mention.entry->tag;
        const bool isNew = std::find(intent.tags.begin(), intent.tags.end(), tag) == intent.tags.end();
        if (!tag.empty() && isNew && (mention.manner == Manner::wanted || mention.manner == Manner::more))
            intent.tags.push_back(tag);
    }
}

/// "A slower tremolo speed", "less chorus mix": steps of a knob that no axis stands for.
void turnKnobs(const Reading& reading, ToneIntent& intent)
{
    constexpr double step = 0.12; // of the knob's travel
    for (const auto& mention : reading.mentions)
    {
        const bool isLess = mention.manner == Manner::less || mention.manner == Manner::complaint;
        const bool isNone = mention.manner == Manner::unwanted;
        if (!mention.knob || !(isLess || isNone || mention.manner == Manner::more))
            continue;
        ParameterWish wish;
        wish.parameter = *mention.knob;
        wish.change = Change::turn;
        wish.value = static_cast<float>(isNone   ? -1
                                        : isLess ? -step * mention.degree
                                                 : step * mention.degree);
        wish.reason = mention.words;
        intent.parameters.push_back(std::move(wish));
    }
}

/// "20 bpm faster" than the tempo known, or than the usual one.
void changeTempo(double change, ToneIntent& intent)
{
    if (change == 0)
        return;
    const auto& info = infoOf(Axis::tempo);
    auto& wish = intent[Axis::tempo];
    const double before = wish.target.value_or(info.usual);
    wish.offset = std::log2(std::clamp(before + change, info.minimum, info.maximum) / before);
    wish.reason = "tempo";
}

/// "dry with huge reverb": an effect that one word wants and another does not.
void noteContradictedEffects(const std::vector<Contribution>& contributions, ToneIntent& intent)
{
    for (const auto& refused : contributions)
        for (const auto& wished : contributions)
        {
            const bool bothMeant = refused.isUnwanted && !wished.isUnwanted && wished.axis == refused.axis &&
                                   !wished.isOffset && wished.rank == Rank::spoken &&
                                   (refused.rank == Rank::negation || refused.rank == Rank::descriptor ||
                                    refused.rank == Rank::spoken);
            if (!bothMeant || intent.conflicts.size() >= 3)
                continue;
            const auto outcome = intent[refused.axis].isUnwanted ? refused.reason : wished.reason;
            auto text = "\"" + refused.reason + "\" and \"" + wished.reason +
                        "\" contradict each other, so \"" + outcome + "\" counts";
            if (std::find(intent.conflicts.begin(), intent.conflicts.end(), text) == intent.conflicts.end())
                intent.conflicts.push_back(std::move(text));
        }
}
} // namespace

bool changesCurrent(const Reading& reading)
{
    const auto refersToTone = [](const Mention& mention)
    { return isReference(*mention.entry) && mention.manner == Manner::wanted; };
    const bool namesReference = std::any_of(reading.mentions.begin(), reading.mentions.end(), refersToTone);
    const bool describes = std::any_of(reading.mentions.begin(), reading.mentions.end(), describesTone);
    const bool saysAnything = !reading.mentions.empty() || !reading.settings.empty() ||
                              !reading.bands.empty() || reading.tempoChange != 0;
    if (!saysAnything)
        return true; // nothing understood: better nothing happens to the tone at hand
    // "Give me a clean with more reverb" is a tone of its own, "give me more reverb" none.
    if (reading.asksForNew && !reading.startsWithEdit)
        return false;
    if (namesReference)
        return reading.startsWithEdit && reading.mentions.front().manner == Manner::complaint;
    if (reading.startsWithEdit)
        return true;
    // "spring reverb" alone adds one; "warm clean, less gain" is a tone of its own.
    return !describes;
}

ToneIntent interpret(const Reading& reading, bool isEdit, double tempo)
{
    ToneIntent intent;
    intent.isEdit = isEdit;
    intent.wasCut = reading.wasCut;
    intent.notUnderstood = reading.notUnderstood;
    intent.corrections = reading.corrections;
    intent.understood = reading.contentWords == 0 ? 0.0
                                                  : static_cast<double>(reading.understoodWords) /
                                                        static_cast<double>(reading.contentWords);
    auto contributions = Interpreter(reading, isEdit).run();
    combine(contributions, intent);
    noteContradictedEffects(contributions, intent);
    intent.asksForUndo = reading.asksForUndo;
    intent.again = reading.again;
    intent.parameters = reading.settings;
    intent.bands = reading.bands;
    turnKnobs(reading, intent);
    auto& tempoWish = intent[Axis::tempo];
    if (reading.tempo)
        tempoWish = {std::clamp(*reading.tempo, infoOf(Axis::tempo).minimum, infoOf(Axis::tempo).maximum),
                     0,
                     false,
                     false,
                     Rank::spoken,
                     "tempo"};
    else if (tempo > 0)
        tempoWish = {std::clamp(tempo, infoOf(Axis::tempo).minimum, infoOf(Axis::tempo).maximum),
                     0,
                     false,
                     false,
                     Rank::negation,
                     ""};
    changeTempo(reading.tempoChange, intent);
    addTags(reading, intent);
    return intent;
}

} // namespace tonewright::offline
