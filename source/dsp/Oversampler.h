#pragma once

#include "dsp/Lanes.h"
#include "dsp/Stage.h"

#include <array>
#include <cstddef>

namespace tonewright::dsp
{

/// A half-band filter as two chains of first-order allpasses in z^-2 (polyphase IIR): steep for its cost,
/// least delay, exact unity at DC. Elliptic, after Valenzuela & Constantinides, "Digital signal processing
/// schemes for efficient interpolation and decimation" (1983). Runs both chains of both channels side by
/// side, on samples as Lanes.h has them: {left, right, left, right}.
template <std::size_t coefficientCount>
class HalfBand
{
public:
    /// [setup] `transition` is the width of the transition band as a fraction of the higher rate: the pass
    /// band ends at (1/4 - transition/2), the stop band starts at (1/4 + transition/2).
    void prepare(double transition);
    void reset() noexcept;

    /// [audio] `frames` samples become 2 * frames. The buffers must not overlap.
    void upsample(const Lanes* input, Lanes* output, int frames) noexcept;
    /// [audio] 2 * frames samples become `frames`. The buffers may be the same.
    void downsample(const Lanes* input, Lanes* output, int frames) noexcept;

private:
    static constexpr std::size_t evenCount = (coefficientCount + 1) / 2;
    static constexpr std::size_t oddCount = coefficientCount / 2;

    /// Sections in a row; element k of the history holds the previous input of section k, which is the
    /// previous output of section k - 1. Lanes: even chain left and right, odd chain left and right.
    struct Chains
    {
        std::array<Lanes, evenCount> coefficients{};
        std::array<Lanes, evenCount + 1> history{};

        Lanes process(Lanes value) noexcept;
    };

    Chains up;
    Chains down;
};

/// Takes two channels to 1, 2, 4 or 8 times the rate and back, so that a nonlinear part in between folds
/// less. Minimum-phase-like half-bands: no latency is reported; low frequencies come out about 5 samples late
/// at most. Results do not depend on block sizes.
class Oversampler
{
public:
    static constexpr int maximumFactor = 8;
    static constexpr int maximumFrames = 64; ///< base-rate samples a call
    /// Samples as {left, right, left, right}.
    using Buffer = std::array<Lanes, static_cast<std::size_t>(maximumFactor* maximumFrames)>;

    /// [any] The factor that brings `sampleRate` to about `liveRate` (twice that in hq quality): 4 at 48 kHz
    /// by default, 2 at 96 kHz, 1 at 192 kHz; 8 at most.
    static int factorFor(double sampleRate, Quality quality, double liveRate = 176400) noexcept;

    /// [setup] `newFactor` is 1, 2, 4 or 8.
    void prepare(int newFactor);

    /// [audio] Forgets all sound.
    void reset() noexcept;

    /// [audio] One sample of each channel. NaN and values beyond +-100 are brought into that range, so that
    /// no input can poison what follows.
    static Lanes cleaned(float left, float right) noexcept
    {
        return clamped(stereoLanes(left, right), -100, 100); // NaN: 100
    }

    /// [audio] `frames` samples (at most maximumFrames) become frames * factor samples in `output`.
    void upsample(const Lanes* input, Buffer& output, int frames) noexcept;
    /// [audio] The same with input to be cleaned.
    void upsample(const float* left, const float* right, Buffer& output, int frames) noexcept;

    /// [audio] The way back, in place: the first `frames` of `buffer` are the result.
    void downsample(Buffer& buffer, int frames) noexcept;

    int factor() const noexcept { return currentFactor; }

private:
    // The first doubling needs the steepest filter; later ones have an octave or more to fall.
    HalfBand<8> first;
    HalfBand<4> second;
    HalfBand<3> third;
    int currentFactor = 1;
};

} // namespace tonewright::dsp
