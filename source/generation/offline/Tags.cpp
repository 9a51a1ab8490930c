#include "generation/offline/Tags.h"

#include "generation/offline/AmpProfile.h"
#include "generation/offline/Knowledge.h"

#include <algorithm>
#include <array>

namespace tonewright::offline
{
namespace
{
struct StageTag
{
    ParameterIndex enabled;
    std::string_view tag;
};
constexpr std::array stageTags{StageTag{"modulation.enabled"_p, "modulation"},
                               StageTag{"tremolo.enabled"_p, "tremolo"}, StageTag{"delay.enabled"_p, "delay"},
                               StageTag{"reverb.enabled"_p, "reverb"}};

constexpr std::array<std::string_view, 4> gainTags{"clean", "edge", "crunch", "high gain"};

std::string_view gainTagOf(const ParameterSet& parameters)
{
    const double gain = gainClassOf(parameters);
    return gain < 0.27 ? gainTags[0] : gain < 0.42 ? gainTags[1] : gain < 0.68 ? gainTags[2] : gainTags[3];
}

void add(std::vector<std::string>& tags, std::string_view tag)
{
    if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end())
        tags.emplace_back(tag);
}

struct ChoiceAxis
{
    Axis axis;
    ParameterIndex parameter;
};
constexpr std::array choiceAxes{ChoiceAxis{Axis::pitchType, "pitch.type"_p},
                                ChoiceAxis{Axis::wahType, "wah.type"_p},
                                ChoiceAxis{Axis::compressorType, "compressor.type"_p},
                                ChoiceAxis{Axis::boostType, "boost.type"_p},
                                ChoiceAxis{Axis::driveType, "drive.type"_p},
                                ChoiceAxis{Axis::modulationType, "modulation.type"_p},
                                ChoiceAxis{Axis::tremoloType, "tremolo.type"_p},
                                ChoiceAxis{Axis::delayType, "delay.type"_p},
                                ChoiceAxis{Axis::delayNote, "delay.sync"_p},
                                ChoiceAxis{Axis::reverbType, "reverb.type"_p}};

bool isOn(const ParameterSet& parameters, StageId stage)
{
    const auto enabled = findParameter(std::string(nameOf(stage)) + ".enabled");
    return enabled && parameters.isOn(*enabled);
}

/// Whether a tone is otherwise than an effect's entry says.
bool contradicts(const Entry& entry, const ParameterSet& parameters)
{
    if (entry.stage && !isOn(parameters, *entry.stage))
        return true;
    return std::any_of(entry.tone.begin(), entry.tone.end(),
                       [&](const ToneEffect& effect)
                       {
                           if (const auto stage = stageOf(effect.axis); stage && effect.isUnwanted)
                               return isOn(parameters, *stage);
                           const auto* const choice =
                               std::find_if(choiceAxes.begin(), choiceAxes.end(),
                                            [&](const ChoiceAxis& line) { return line.axis == effect.axis; });
                           return choice != choiceAxes.end() &&
                                  static_cast<double>(parameters[choice->parameter]) != effect.value;
                       });
}

/// A tag that named an effect as it was and no longer is. Styles and players keep theirs.
bool isOutdated(const std::string& tag, const ParameterSet& before, const ParameterSet& after)
{
    bool held = false;
    bool holds = false;
    for (const auto& entry : Knowledge::shared().entries())
    {
        const bool isOfEffects =
            entry.kind == EntryKind::effect || (entry.kind == EntryKind::gear && entry.stage.has_value());
        if (!isOfEffects || entry.tag != tag)
            continue;
        held = held || !contradicts(entry, before);
        holds = holds || !contradicts(entry, after);
    }
    return held && !holds;
}
} // namespace

double gainClassOf(const ParameterSet& parameters)
{
    const double amp = gainClassAt(parameters.choice<AmpModel>("amp.model"_p),
                                   static_cast<double>(parameters["amp.gain"_p]));
    if (!parameters.isOn("drive.enabled"_p))
        return amp;
    const auto type = parameters.choice<DriveType>("drive.type"_p);
    const bool isHeavy =
        type == DriveType::fuzz || type == DriveType::octaveFuzz || type == DriveType::distortion;
    return std::max(amp, isHeavy ? 0.75 : 0.5);
}

std::vector<std::string> tagsOf(const ToneIntent& intent, const ParameterSet& parameters)
{
    std::vector<std::string> tags{std::string(gainTagOf(parameters))};
    for (const auto& tag : intent.tags)
        add(tags, tag);
    for (const auto& stage : stageTags)
        if (parameters.isOn(stage.enabled))
            add(tags, stage.tag);
    return tags;
}

std::vector<std::string> editedTags(std::vector<std::string> tags, const ToneIntent& intent,
                                    const ParameterSet& before, const ParameterSet& after)
{
    const auto gainBefore = gainTagOf(before);
    const auto gainAfter = gainTagOf(after);
    std::erase_if(tags,
                  [&](const std::string& tag)
                  {
                      if (gainBefore != gainAfter && tag == gainBefore)
                          return true;
                      const auto* const stage =
                          std::find_if(stageTags.begin(), stageTags.end(),
                                       [&tag](const StageTag& line) { return line.tag == tag; });
                      const bool wentOff = stage != stageTags.end() && before.isOn(stage->enabled) &&
                                           !after.isOn(stage->enabled);
                      return wentOff || isOutdated(tag, before, after);
                  });
    if (gainBefore != gainAfter && std::find(tags.begin(), tags.end(), gainAfter) == tags.end())
        tags.insert(tags.begin(), std::string(gainAfter));
    for (const auto& tag : intent.tags)
        add(tags, tag);
    for (const auto& stage : stageTags)
        if (after.isOn(stage.enabled) && !before.isOn(stage.enabled))
            add(tags, stage.tag);
    return tags;
}

} // namespace tonewright::offline
