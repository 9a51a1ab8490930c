#pragma once

#include "HarmonicAnalysis.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace tonewright::test
{

/// The project's gates for what folds, of a sine of -6 dBFS. Several frequencies in each region, since a
/// single one can flatter an oversampler.
template <typename MakeStage>
void expectLittleAliasing(MakeStage&& makeStage, const ParameterSet& parameters, const std::string& name)
{
    struct Region
    {
        std::array<std::size_t, 3> bins;
        double live; // dB
        double hq;
    };
    for (const auto& [bins, live, hq] : {Region{{751, 853, 953}, -60, -80},     // 1.1 to 1.4 kHz
                                         Region{{2797, 2857, 3067}, -50, -65}}) // 4.1 to 4.5 kHz
        for (const std::size_t bin : bins)
        {
            const auto aliasing = [&](dsp::Quality quality)
            { return HarmonicAnalysis(makeStage, parameters, bin, -6, 48000, quality, 32768).aliasing(); };
            EXPECT_LT(aliasing(dsp::Quality::live), live) << name << " live, bin " << bin;
            EXPECT_LT(aliasing(dsp::Quality::hq), hq) << name << " hq, bin " << bin;
        }
}

} // namespace tonewright::test
