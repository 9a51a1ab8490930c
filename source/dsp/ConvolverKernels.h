#pragma once

#include <cstddef>
#include <string_view>

namespace tonewright::dsp
{

// The inner loops of convolution, compiled for several instruction sets, of which the best one this processor
// has runs (Highway's dynamic dispatch: one indirect call). Results of different sets differ by rounding
// only.

/// [any+audio] sum += a * b for `count` complex numbers with real and imaginary parts apart. `count` is a
/// multiple of 16, the arrays lie on 64-byte borders (AlignedVector) and do not overlap.
void multiplyAdd(const float* aReal, const float* aImaginary, const float* bReal, const float* bImaginary,
                 float* sumReal, float* sumImaginary, std::size_t count) noexcept;

/// [any+audio] output[n] = sum of taps[k] * input[n - k] for `frames` neighbouring outputs; `input` must
/// reach back `tapCount` - 1 samples. Each output is added up in the same order whatever `frames` is.
void convolveDirectly(const float* taps, std::size_t tapCount, const float* input, float* output,
                      std::size_t frames) noexcept;

/// [any] The instruction set they run on here, in Highway's words ("AVX2").
std::string_view convolverInstructionSet() noexcept;

} // namespace tonewright::dsp
