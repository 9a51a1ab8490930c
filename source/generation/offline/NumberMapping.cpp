#include "generation/offline/NumberMapping.h"

#include "generation/offline/Board.h"
#include "generation/offline/StageMapping.h"

#include <array>
#include <optional>
#include <string>

namespace tonewright::offline
{
namespace
{
std::optional<ParameterIndex> switchOf(ParameterIndex parameter)
{
    return findParameter(std::string(tonewright::infoOf(parameter).stage()) + ".enabled");
}

/// "Set the mix to 30 %" means the effect that is on.
ParameterIndex whereItIsOn(const ParameterWish& wish, const Board& board)
{
    constexpr std::array<std::string_view, 6> stages{"reverb",  "delay",      "modulation",
                                                     "tremolo", "compressor", "gate"};
    const auto own = switchOf(wish.parameter);
    if (!wish.isAnyStage || !own || board.isOn(*own))
        return wish.parameter;
    const auto id = tonewright::infoOf(wish.parameter).id;
    for (const auto stage : stages)
    {
        const auto same = findParameter(std::string(stage) + std::string(id.substr(id.find('.'))));
        if (same && board.isOn(*switchOf(*same)))
            return *same;
    }
    return wish.parameter;
}

double askedOf(const ParameterWish& wish, const ParameterInfo& info, double before)
{
    const auto value = static_cast<double>(wish.value);
    switch (wish.change)
    {
    case Change::to:
        return value;
    case Change::by:
        return before + value;
    case Change::times:
        return before * value;
    case Change::turn:
        break;
    }
    const float place = toNormalised(info, static_cast<float>(before)) + wish.value;
    return static_cast<double>(fromNormalised(info, place));
}

void apply(const ParameterWish& wish, Board& board, std::vector<std::string>& notes)
{
    const auto parameter = whereItIsOn(wish, board);
    const auto& info = tonewright::infoOf(parameter);
    const auto enabled = switchOf(parameter);
    const bool isOn = !enabled || board.isOn(*enabled);
    // Less of what is off stays nothing.
    const bool isLess = (wish.change == Change::times && wish.value < 1) ||
                        (wish.change != Change::to && wish.change != Change::times && wish.value < 0);
    if (!isOn && (isLess || wish.change == Change::times)) // of nothing
        return;
    const double asked = askedOf(wish, info, static_cast<double>(board[parameter]));
    board.set(parameter, asked);
    if (asked > static_cast<double>(info.maximum) || asked < static_cast<double>(info.minimum))
        notes.push_back(std::string(info.name) + " goes only from " + textOf(info, info.minimum) + " to " +
                        textOf(info, info.maximum));
    if (enabled)
        board.switchOn(*enabled, true);
    // A time in milliseconds is meant as such, whatever the host's tempo.
    if (parameter == "delay.time"_p)
        board.choose("delay.sync"_p, DelaySync::off);
}
} // namespace

void applyNumbers(const ToneIntent& intent, MappedTone& tone)
{
    Board board(tone.parameters, intent);
    for (const auto& wish : intent.parameters)
        apply(wish, board, tone.notes);
    for (const auto& band : intent.bands)
        equaliseAt(board, band);
    tone.parameters = board.parameters();
}

} // namespace tonewright::offline
