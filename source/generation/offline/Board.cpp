#include "generation/offline/Board.h"

#include <cmath>

namespace tonewright::offline
{
namespace
{
/// The step a hand would dial: a tenth of a knob or dB, a whole per cent or millisecond.
double stepOf(const ParameterInfo& info)
{
    if (info.type != ParameterType::number)
        return 1;
    if (info.unit == "%" || info.unit == "ms")
        return info.minimum < 1 && info.taper == Taper::logarithmic ? 0.1 : 1;
    if (info.unit == "Hz")
        return info.maximum <= 20 ? 0.01 : 1;
    return 0.1;
}
} // namespace

void Board::set(ParameterIndex index, double value)
{
    const auto& info = tonewright::infoOf(index);
    const double step = stepOf(info);
    values[index] = legalValue(info, static_cast<float>(std::round(value / step) * step));
}

void Board::shift(ParameterIndex index, double difference)
{
    if (difference != 0)
        set(index, static_cast<double>(values[index]) + difference);
}

void Board::follow(ParameterIndex index, Axis axis, double base, double scale, bool isFresh, double usual)
{
    const auto& wish = intent[axis];
    if (isFresh)
        return set(index, base + scale * intent.valueOr(axis, usual));
    const double target = base + scale * wish.target.value_or(0);
    const double beyond = (static_cast<double>(values[index]) - target) * scale;
    const bool isEnough = wish.isAtMost && beyond <= 0;
    if (wish.target && wish.added > 0 && beyond >= 0)
        shift(index, scale * wish.added);
    else if (wish.target && !wish.isMentionOnly && !isEnough)
        set(index, target);
    shift(index, scale * wish.offset);
}

void Board::followQuantity(ParameterIndex index, Axis axis, bool isFresh, double usual)
{
    const auto& wish = intent[axis];
    if (isFresh)
        return set(index, intent.valueOr(axis, usual));
    if (wish.isSaid())
        set(index, wish.target.value_or(static_cast<double>(values[index])) * std::exp2(wish.offset));
}

} // namespace tonewright::offline
