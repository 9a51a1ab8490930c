#include "dsp/ConvolverKernels.h"

// Those that can be tested where this is developed, and no more than pay: what has SSSE3 has SSE4, and loops
// this short gain nothing from AVX-512.
#include <hwy/detect_targets.h>
#undef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3 | HWY_AVX3_DL)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/ConvolverKernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tonewright::dsp::HWY_NAMESPACE
{
namespace hn = hwy::HWY_NAMESPACE;

// Not noexcept: Highway 1.0.3 cannot export such functions. Nothing here throws.

void multiplyAdd(const float* HWY_RESTRICT aReal, const float* HWY_RESTRICT aImaginary,
                 const float* HWY_RESTRICT bReal, const float* HWY_RESTRICT bImaginary,
                 float* HWY_RESTRICT sumReal, float* HWY_RESTRICT sumImaginary, std::size_t count)
{
    const hn::CappedTag<float, 16> d;
    for (std::size_t bin = 0; bin < count; bin += hn::Lanes(d))
    {
        const auto ar = hn::Load(d, aReal + bin);
        const auto ai = hn::Load(d, aImaginary + bin);
        const auto br = hn::Load(d, bReal + bin);
        const auto bi = hn::Load(d, bImaginary + bin);
        const auto real = hn::MulAdd(ar, br, hn::Load(d, sumReal + bin));
        const auto imaginary = hn::MulAdd(ar, bi, hn::Load(d, sumImaginary + bin));
        hn::Store(hn::NegMulAdd(ai, bi, real), d, sumReal + bin);
        hn::Store(hn::MulAdd(ai, br, imaginary), d, sumImaginary + bin);
    }
}

/// `vectors` whole vectors of outputs at once: the sums stay in registers, and none waits for another.
template <class D, std::size_t vectors>
HWY_INLINE void outputs(D d, const float* HWY_RESTRICT taps, std::size_t tapCount, const float* input,
                        float* HWY_RESTRICT output)
{
    hn::Vec<D> sums[vectors];
    for (auto& sum : sums)
        sum = hn::Zero(d);
    for (std::size_t tap = 0; tap < tapCount; ++tap)
    {
        const auto weight = hn::Set(d, taps[tap]);
        const float* const from = input - tap;
        for (std::size_t index = 0; index < vectors; ++index)
            sums[index] = hn::MulAdd(weight, hn::LoadU(d, from + index * hn::Lanes(d)), sums[index]);
    }
    for (std::size_t index = 0; index < vectors; ++index)
        hn::StoreU(sums[index], d, output + index * hn::Lanes(d));
}

void convolveDirectly(const float* taps, std::size_t tapCount, const float* input, float* output,
                      std::size_t frames)
{
    const hn::CappedTag<float, 8> d;
    const hn::CappedTag<float, 1> one;
    constexpr std::size_t vectors = 4;
    const std::size_t wide = vectors * hn::Lanes(d);
    std::size_t frame = 0;
    for (; frame + wide <= frames; frame += wide)
        outputs<decltype(d), vectors>(d, taps, tapCount, input + frame, output + frame);
    for (; frame + hn::Lanes(d) <= frames; frame += hn::Lanes(d))
        outputs<decltype(d), 1>(d, taps, tapCount, input + frame, output + frame);
    for (; frame < frames; ++frame)
        outputs<decltype(one), 1>(one, taps, tapCount, input + frame, output + frame);
}

const char* instructionSet()
{
    return hwy::TargetName(HWY_TARGET);
}

} // namespace tonewright::dsp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tonewright::dsp
{
HWY_EXPORT(multiplyAdd);
HWY_EXPORT(convolveDirectly);
HWY_EXPORT(instructionSet);

void multiplyAdd(const float* aReal, const float* aImaginary, const float* bReal, const float* bImaginary,
                 float* sumReal, float* sumImaginary, std::size_t count) noexcept
{
    HWY_DYNAMIC_DISPATCH(multiplyAdd)(aReal, aImaginary, bReal, bImaginary, sumReal, sumImaginary, count);
}

void convolveDirectly(const float* taps, std::size_t tapCount, const float* input, float* output,
                      std::size_t frames) noexcept
{
    HWY_DYNAMIC_DISPATCH(convolveDirectly)(taps, tapCount, input, output, frames);
}

std::string_view convolverInstructionSet() noexcept
{
    return HWY_DYNAMIC_DISPATCH(instructionSet)();
}
} // namespace tonewright::dsp
#endif
