#include "generation/offline/Holding.h"

#include "generation/offline/Meaning.h"

#include <algorithm>
#include <array>

namespace tonewright::offline
{
namespace
{
struct Companion
{
    ParameterIndex control;
    ParameterIndex parameter;
};

/// What else turns the quality that a control is named after.
constexpr std::array<Companion, 6> companions{{{"amp.gain"_p, "drive.gain"_p},
                                               {"amp.bass"_p, "equaliser.low_gain"_p},
                                               {"amp.mid"_p, "equaliser.mid_gain"_p},
                                               {"amp.treble"_p, "equaliser.high_gain"_p},
                                               {"amp.presence"_p, "equaliser.high_mid_gain"_p},
                                               {"output.level"_p, "amp.master"_p}}};

class Holder
{
public:
    explicit Holder(const Reading& whatWasRead) : reading(whatWasRead) {}

    std::vector<ParameterIndex> run()
    {
        for (const auto stage : reading.heldStages)
            holdStage(stage);
        for (const auto& mention : reading.mentions)
            if (mention.manner == Manner::held)
                hold(mention);
        return std::move(held);
    }

private:
    void hold(const Mention& mention)
    {
        const auto control = mention.knob ? mention.knob : mention.entry->control;
        if (control)
        {
            add(*control);
            for (const auto& companion : companions)
                if (companion.control == *control)
                    add(companion.parameter);
        }
        else if (isStageNoun(*mention.entry) && !isChanged(*mention.entry->stage))
            holdStage(*mention.entry->stage);
    }

    void holdStage(StageId stage)
    {
        for (std::size_t index = 0; index < parameterCount; ++index)
            if (parameterTable[index].stage() == nameOf(stage))
                add(static_cast<ParameterIndex>(index));
    }

    void add(ParameterIndex parameter)
    {
        if (!isChanged(parameter))
            held.push_back(parameter);
    }

    static bool isChange(const Mention& mention)
    {
        return mention.manner != Manner::held && mention.manner != Manner::topic &&
               mention.manner != Manner::stated;
    }

    bool isChanged(StageId stage) const
    {
        return std::any_of(reading.mentions.begin(), reading.mentions.end(),
                           [stage](const Mention& mention) {
                               return isChange(mention) &&
                                      (mention.boundStage == stage || mention.entry->stage == stage);
                           });
    }

    bool isChanged(ParameterIndex parameter) const
    {
        return std::any_of(reading.settings.begin(), reading.settings.end(),
                           [parameter](const ParameterWish& wish) { return wish.parameter == parameter; }) ||
               std::any_of(reading.mentions.begin(), reading.mentions.end(),
                           [parameter](const Mention& mention)
                           {
                               const auto control = mention.knob ? mention.knob : mention.entry->control;
                               return isChange(mention) && control == parameter;
                           });
    }

    const Reading& reading;
    std::vector<ParameterIndex> held;
};
} // namespace

void holdLast(Sentence& sentence)
{
    if (auto* const last = sentence.lastOfSegment())
    {
        if (last->manner == Manner::wanted || last->manner == Manner::stated)
            last->manner = Manner::held;
        // "the bass and the mids are fine"
        const auto first =
            sentence.reading.mentions.begin() + static_cast<std::ptrdiff_t>(sentence.clauseStart);
        std::for_each(first, sentence.reading.mentions.end(),
                      [](Mention& mention)
                      {
                          if (mention.manner == Manner::wanted && !mention.isInstruction &&
                              !mention.hasDegree && isPlainNoun(*mention.entry))
                              mention.manner = Manner::held;
                      });
        sentence.pending.isStatement = false;
    }
    else if (auto& held = sentence.reading.heldStages;
             sentence.thing && std::find(held.begin(), held.end(), *sentence.thing) == held.end())
        held.push_back(*sentence.thing);
}

void readThing(Sentence& sentence, const Sense& sense)
{
    auto& pending = sentence.pending;
    sentence.thing = stageOfThing(sense);
    const auto& before = sentence.carried;
    if (sentence.isFirstOfSegment() && !pending.saysSomething() && before.isHeld)
        pending.isHeld = pending.takesList = true;
    else if (sentence.isFirstOfSegment() && !pending.saysSomething() && before.direction != 0)
        pending.direction = before.direction; // "turn up the bass and the amp"
    if (!sentence.thing || !pending.isHeld)
        return;
    sentence.reading.heldStages.push_back(*sentence.thing);
    sentence.carried = pending;
    pending = {};
}

std::vector<ParameterIndex> heldBy(const Reading& reading)
{
    return Holder(reading).run();
}

} // namespace tonewright::offline
