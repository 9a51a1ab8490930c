#include "generation/offline/StageMapping.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
struct EqualiserBand
{
    ParameterIndex frequency;
    ParameterIndex gain;
    double usualFrequency; ///< Hz; as far as it may be moved for a frequency nobody else takes
    bool isShelf;
};

constexpr std::array<EqualiserBand, 5> bands{{
    {"equaliser.low_frequency"_p, "equaliser.low_gain"_p, 100, true},
    {"equaliser.low_mid_frequency"_p, "equaliser.low_mid_gain"_p, 300, false},
    {"equaliser.mid_frequency"_p, "equaliser.mid_gain"_p, 800, false},
    {"equaliser.high_mid_frequency"_p, "equaliser.high_mid_gain"_p, 2500, false},
    {"equaliser.high_frequency"_p, "equaliser.high_gain"_p, 6000, true},
}};

void switchOnFlat(Board& board)
{
    if (board.isOn("equaliser.enabled"_p))
        return;
    for (const auto& band : bands)
        board.set(band.gain, 0);
    board.switchOn("equaliser.enabled"_p, true);
}

/// How badly a band suits a frequency: the way it must go in octaves; more where it works already (moving it
/// would undo that), except where it works at this very place; never out of its range.
double misfit(const Board& board, const EqualiserBand& band, double frequency)
{
    constexpr double samePlace = 0.34; // octaves
    constexpr double unreachable = 1000;
    constexpr double workingElsewhere = 100;
    const auto& info = tonewright::infoOf(band.frequency);
    const bool isReachable =
        frequency >= static_cast<double>(info.minimum) && frequency <= static_cast<double>(info.maximum);
    // A shelf is right only where nothing lies beyond it.
    const bool isShelfMisplaced =
        band.isShelf && (band.usualFrequency < 1000 ? frequency > 120 : frequency < 7000);
    if (!isReachable || isShelfMisplaced)
        return unreachable;
    const auto now = static_cast<double>(board[band.frequency]);
    const bool isWorking = board[band.gain] != 0;
    if (isWorking && std::abs(std::log2(frequency / now)) < samePlace)
        return 0;
    return std::abs(std::log2(frequency / band.usualFrequency)) + (isWorking ? workingElsewhere : 0);
}

void filter(Board& board, const BandWish& wish)
{
    constexpr double steep = 1.0; // without a bump at the corner
    const bool isLow = wish.shelf < 0;
    const auto gain = isLow ? "equaliser.low_gain"_p : "equaliser.high_gain"_p;
    if (wish.decibels > 0)
    {
        const auto now = static_cast<double>(board[gain]);
        if (board.isOn("equaliser.enabled"_p) && now < 0)
            board.set(gain, std::min(0.0, now + wish.decibels));
        return;
    }
    switchOnFlat(board);
    board.set(isLow ? "equaliser.low_frequency"_p : "equaliser.high_frequency"_p,
              std::clamp(wish.frequency, 30.0, 16000.0));
    board.set(isLow ? "equaliser.low_q"_p : "equaliser.high_q"_p, steep);
    board.set(gain, std::min(static_cast<double>(board[gain]), wish.decibels));
}
} // namespace

void equalise(Board& board, ParameterIndex band, double decibels)
{
    if (decibels == 0)
        return;
    switchOnFlat(board);
    board.shift(band, decibels);
}

void equaliseAt(Board& board, const BandWish& wish)
{
    if (wish.isFilter)
        return filter(board, wish);
    const auto legal = std::clamp(wish.frequency, 30.0, 16000.0);
    switchOnFlat(board);
    if (wish.shelf != 0)
    {
        constexpr double steep = 1.0; // without a bump at the corner
        board.set(wish.shelf < 0 ? "equaliser.low_frequency"_p : "equaliser.high_frequency"_p, legal);
        board.set(wish.shelf < 0 ? "equaliser.low_q"_p : "equaliser.high_q"_p, steep);
        board.shift(wish.shelf < 0 ? "equaliser.low_gain"_p : "equaliser.high_gain"_p, wish.decibels);
        return;
    }
    const auto* const best = std::min_element(bands.begin(), bands.end(),
                                              [&](const EqualiserBand& a, const EqualiserBand& b)
                                              { return misfit(board, a, legal) < misfit(board, b, legal); });
    board.set(best->frequency, legal);
    board.shift(best->gain, wish.decibels);
}

} // namespace tonewright::offline
