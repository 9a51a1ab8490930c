#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tonewright::dsp
{

/// Four floats that go through the same arithmetic at once. +, -, *, /, comparisons and ?: work on each; one
/// can be read as lanes[n]. A vector type of the compiler: every processor Tonewright is built for has
/// registers of this width (SSE2 on x86-64, NEON on arm64), so that nothing has to be chosen at run time, and
/// each lane computes exactly what a float would. Filters and curves are templates that take a float or
/// Lanes.
///
/// What distorts runs both channels side by side, as {left, right, left, right}: a recursive filter waits for
/// its own last result, so that two or four cost no more time than one. The second pair is for what comes in
/// twos: the paths of a half-band filter, the tubes of a push-pull stage.
using Lanes = float __attribute__((vector_size(16)));

/// What a comparison of Lanes gives: all bits of a lane, or none.
using LaneMask = int __attribute__((vector_size(16)));

/// Two doubles, for what needs their precision: {left, right}.
using DoubleLanes = double __attribute__((vector_size(16)));

// All [any+audio].

inline Lanes broadcast(float value) noexcept
{
    return Lanes{value, value, value, value};
}

/// {left, right, left, right}
inline Lanes stereoLanes(float left, float right) noexcept
{
    return Lanes{left, right, left, right};
}

/// The pairs exchanged.
inline Lanes swapPairs(Lanes x) noexcept
{
    return Lanes{x[2], x[3], x[0], x[1]};
}

/// The first pair twice, the second pair twice, and the first pairs of two.
inline Lanes firstPair(Lanes x) noexcept
{
    return Lanes{x[0], x[1], x[0], x[1]};
}
inline Lanes secondPair(Lanes x) noexcept
{
    return Lanes{x[2], x[3], x[2], x[3]};
}
inline Lanes pairsOf(Lanes first, Lanes second) noexcept
{
    return Lanes{first[0], first[1], second[0], second[1]};
}

inline float sumOf(Lanes x) noexcept
{
    const Lanes pairs = x + swapPairs(x);
    return pairs[0] + pairs[1];
}

/// The sum of each.
inline Lanes sumsOf(Lanes a, Lanes b, Lanes c, Lanes d) noexcept
{
    const Lanes ab = Lanes{a[0], b[0], a[1], b[1]} + Lanes{a[2], b[2], a[3], b[3]};
    const Lanes cd = Lanes{c[0], d[0], c[1], d[1]} + Lanes{c[2], d[2], c[3], d[3]};
    return Lanes{ab[0], ab[1], cd[0], cd[1]} + Lanes{ab[2], ab[3], cd[2], cd[3]};
}

/// The same value in every lane, whatever the Value of a template.
template <typename Value>
Value everyLane(float value) noexcept
{
    return Value{} + value;
}

/// Whether a comparison is true of any lane.
inline bool anyLane(bool comparison) noexcept
{
    return comparison;
}
inline bool anyLane(LaneMask comparison) noexcept
{
#ifdef __SSE2__
    return _mm_movemask_epi8(reinterpret_cast<__m128i>(comparison)) != 0;
#else
    return (comparison[0] | comparison[1] | comparison[2] | comparison[3]) != 0;
#endif
}

inline float squareRoot(float x) noexcept
{
    return std::sqrt(x);
}
inline Lanes squareRoot(Lanes x) noexcept
{
    return Lanes{std::sqrt(x[0]), std::sqrt(x[1]), std::sqrt(x[2]), std::sqrt(x[3])};
}

// The second where they do not compare, on every processor.
inline float greater(float a, float b) noexcept
{
    return a > b ? a : b;
}
inline float lesser(float a, float b) noexcept
{
    return a < b ? a : b;
}
#ifdef __SSE2__ // compilers do not find these in a ?: with a constant
inline Lanes greater(Lanes a, Lanes b) noexcept
{
    return _mm_max_ps(a, b);
}
inline Lanes lesser(Lanes a, Lanes b) noexcept
{
    return _mm_min_ps(a, b);
}
#else
inline Lanes greater(Lanes a, Lanes b) noexcept
{
    return a > b ? a : b;
}
inline Lanes lesser(Lanes a, Lanes b) noexcept
{
    return a < b ? a : b;
}
#endif

template <typename Value>
Value clamped(Value x, float least, float most) noexcept
{
    return greater(lesser(x, everyLane<Value>(most)), everyLane<Value>(least));
}

template <typename Value>
Value absolute(Value x) noexcept
{
    return greater(x, -x);
}

} // namespace tonewright::dsp
