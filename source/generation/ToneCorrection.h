#pragma once

#include "generation/ToneExpectation.h"

#include <string>
#include <vector>

namespace tonewright
{

/// A tone moved towards what was promised.
struct ToneCorrection
{
    ParameterSet parameters;
    std::vector<std::string>
        notes; ///< one phrase a parameter moved: "equaliser high gain from 0.0 dB to 3.0 dB"
};

/// [any] How badly the promises are kept: the sum of what is missing in the qualities' steps, each in the
/// mean over the riffs on which it is judged; 0 when all are kept.
double missing(const ToneExpectation& expectation, const RiffQualities& heard,
               const RiffQualities& reference) noexcept;

/// [any] Whether that is nearer to what was promised than `before`, and on no riff more than a tenth of a
/// step farther.
bool isNearer(const ToneExpectation& expectation, const RiffQualities& heard, const RiffQualities& before,
              const RiffQualities& reference) noexcept;

/// [any] Moves the parameters that carry what is missing where most is missing, once, by what usually gives
/// the difference: the bands of the equaliser, which lies behind the distortion and is switched on flat where
/// it is off; the amplifier's gain; width and level. What is `given` stays. Values are rounded so that the
/// last bits of a measurement cannot give another preset on another machine.
ToneCorrection corrected(const ParameterSet& parameters, const ToneExpectation& expectation,
                         const RiffQualities& heard, const RiffQualities& reference);

/// [any] Whether a correction of that quality may move that parameter.
bool mayCarry(Quality quality, ParameterIndex parameter) noexcept;

} // namespace tonewright
