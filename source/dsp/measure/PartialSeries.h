#pragma once

#include <optional>
#include <span>

namespace tonewright::dsp
{

/// [worker] The frequency in Hz of the first partial of the string that sounds in `samples`, whose pitch is
/// known roughly (`guess`, within 2 %). Nothing where the partials are not those of one string, or too faint
/// to be sure within a cent. Only the last partialSeriesSeconds(guess) of `samples` are looked at.
std::optional<double> firstPartial(std::span<const float> samples, double sampleRate, double guess);

/// [any] How much sound firstPartial() needs.
double partialSeriesSeconds(double frequency);

} // namespace tonewright::dsp
