#pragma once

#include "dsp/RealFft.h"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// Where a sound repeats itself.
struct Periodicity
{
    double lag = 0;     ///< samples
    double clarity = 0; ///< 0 to 1: 1 is an exact repetition
};

/// The normalised square difference function of P. McLeod and G. Wyvill ("A Smarter Way to Find Pitch", ICMC
/// 2005) and its key maxima. [worker]
class NormalisedDifference
{
public:
    /// Windows of `length` samples, lags from `shortestLag` to `longestLag`.
    NormalisedDifference(std::size_t length, std::size_t shortestLag, std::size_t longestLag);

    std::size_t length() const noexcept { return windowLength; }

    /// The first lag at which `window` (of length() samples, without DC) repeats itself nearly as well as at
    /// its best one. Clarity 0 where there is none.
    Periodicity find(std::span<const float> window);

private:
    void compute(std::span<const float> window);

    std::size_t windowLength;
    std::size_t shortest;
    std::size_t longest;
    RealFft transform;
    AlignedVector<float> samples;
    AlignedVector<std::complex<float>> bins;
    std::vector<double> values; ///< one a lag, from 0
};

} // namespace tonewright::dsp
