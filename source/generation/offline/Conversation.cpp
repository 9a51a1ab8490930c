#include "generation/offline/Conversation.h"

#include "generation/offline/Parser.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
bool wasUndone(const Preset& preset)
{
    return read(preset.prompt, Knowledge::shared()).asksForUndo;
}

/// What "more of it" turns where a stage has just been switched on.
struct Amount
{
    ParameterIndex toggle;
    ParameterIndex amount;
};
constexpr std::array<Amount, 9> amounts{{{"delay.enabled"_p, "delay.mix"_p},
                                         {"reverb.enabled"_p, "reverb.mix"_p},
                                         {"modulation.enabled"_p, "modulation.depth"_p},
                                         {"tremolo.enabled"_p, "tremolo.depth"_p},
                                         {"drive.enabled"_p, "drive.gain"_p},
                                         {"boost.enabled"_p, "boost.level"_p},
                                         {"compressor.enabled"_p, "compressor.ratio"_p},
                                         {"pitch.enabled"_p, "pitch.mix"_p},
                                         {"wah.enabled"_p, "wah.q"_p}}};

/// They do nothing while the equaliser is off, whatever they say.
constexpr std::array bandGains{"equaliser.low_gain"_p, "equaliser.low_mid_gain"_p, "equaliser.mid_gain"_p,
                               "equaliser.high_mid_gain"_p, "equaliser.high_gain"_p};

bool isBandGain(std::size_t index)
{
    return std::find(bandGains.begin(), bandGains.end(), static_cast<ParameterIndex>(index)) !=
           bandGains.end();
}

/// "You went too far".
bool wasTakenBack(const Preset& preset)
{
    const auto reading = read(preset.prompt, Knowledge::shared());
    return reading.again < 0 && !reading.asksForUndo;
}

/// Where the last change came from: to take back more of what was partly taken back leads on to the same
/// tone.
const Preset& originOf(const GenerationRequest& request, double share)
{
    const auto& past = request.history;
    auto place = past.size() - 1;
    for (const auto* now = &*request.current; share < 0 && place > 0 && wasTakenBack(*now); --place)
        now = &past[place];
    return past[place];
}

void turn(ParameterSet& parameters, std::size_t index, float travel)
{
    const auto& info = parameterTable[index];
    auto& value = parameters.values[index];
    value = fromNormalised(info, std::clamp(toNormalised(info, value) + travel, 0.0f, 1.0f));
    constexpr float step = 100; // hundredths, so that no processor's last bit shows
    value = legalValue(info, std::round(value * step) / step);
}
} // namespace

std::optional<Preset> undone(const GenerationRequest& request)
{
    const auto& past = request.history;
    if (past.empty())
        return std::nullopt;
    if (!request.current || !wasUndone(*request.current))
        return past.back();
    // The current tone is one of the past: the next "undo" goes on from there.
    for (auto place = past.size(); place-- > 1;)
        if (past[place].parameters == request.current->parameters && !wasUndone(past[place]))
            return past[place - 1];
    return std::nullopt;
}

std::optional<ParameterSet> movedOn(const GenerationRequest& request, double share)
{
    if (request.history.empty() || !request.current)
        return std::nullopt;
    auto before = originOf(request, share).parameters;
    auto moved = request.current->parameters;
    const auto now = moved;
    if (now.isOn("equaliser.enabled"_p) && !before.isOn("equaliser.enabled"_p))
        for (const auto gain : bandGains)
            before[gain] = 0;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        const auto enabled = findParameter(std::string(info.stage()) + ".enabled");
        const bool isNew = enabled && now.isOn(*enabled) && !before.isOn(*enabled) && !isBandGain(index);
        if (info.type == ParameterType::number && !isNew && now.values[index] != before.values[index])
            turn(moved, index,
                 static_cast<float>(share) *
                     (toNormalised(info, now.values[index]) - toNormalised(info, before.values[index])));
    }
    constexpr float step = 0.15f; // of the knob's travel
    for (const auto& [toggle, amount] : amounts)
        if (now.isOn(toggle) && !before.isOn(toggle))
            turn(moved, static_cast<std::size_t>(amount), step * static_cast<float>(share));
    return moved;
}

} // namespace tonewright::offline
