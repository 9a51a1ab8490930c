#pragma once

#include "HarmonicSpectrum.h"
#include "StagePlayer.h"

namespace tonewright::test
{

/// A sine through a stage: `bin` whole cycles in `period` samples, so that the settled output is periodic
/// too.
class HarmonicAnalysis : public HarmonicSpectrum
{
public:
    template <typename MakeStage>
    HarmonicAnalysis(MakeStage&& makeStage, const ParameterSet& parameters, std::size_t bin,
                     double inputDecibels, double rate = 48000, dsp::Quality quality = dsp::Quality::live,
                     std::size_t periodSamples = 65536)
        : HarmonicSpectrum(
              [&](std::vector<float>& signal)
              {
                  const auto stage = makeStage();
                  stage->prepare({rate, 512, quality});
                  Signal unused(512);
                  for (std::size_t done = 0; done < signal.size(); done += 512)
                  {
                      dsp::AudioBlock block;
                      block.channels = {signal.data() + done, unused.data()};
                      block.frames = static_cast<int>(std::min<std::size_t>(512, signal.size() - done));
                      stage->setParameters(parameters, {});
                      stage->process(block);
                  }
              },
              bin, inputDecibels, rate, periodSamples)
    {
    }
};

/// Harmonics of 220 Hz: exactly 22 cycles in a tenth of a second at every rate.
template <typename MakeStage>
HarmonicAnalysis harmonicsOf220(MakeStage&& makeStage, const ParameterSet& parameters, double inputDecibels,
                                double rate = 48000)
{
    return HarmonicAnalysis(makeStage, parameters, 22, inputDecibels, rate, dsp::Quality::live,
                            static_cast<std::size_t>(rate / 10));
}

/// The gain classes' D20 and D40: distortion at -20 and -40 dBFS peak.
template <typename MakeStage>
double distortionAt(MakeStage&& makeStage, const ParameterSet& parameters, double inputDecibels)
{
    return harmonicsOf220(makeStage, parameters, inputDecibels).distortion();
}

} // namespace tonewright::test
