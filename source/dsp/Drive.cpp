#include "dsp/Decibels.h"
#include "dsp/DriveCircuits.h"
#include "dsp/Pedal.h"
#include "dsp/Stages.h"

#include <algorithm>

namespace tonewright::dsp
{
namespace
{
Pedal::Circuits oneOfEachType()
{
    Pedal::Circuits circuits;
    for (std::size_t index = 0; index < driveTypes.size(); ++index)
        circuits.push_back(makeDriveCircuit(static_cast<DriveType>(index)));
    return circuits;
}

class Drive final : public Pedal
{
public:
    Drive() : Pedal(oneOfEachType()) {}

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        choose(static_cast<std::size_t>(parameters.choice<DriveType>("drive.type"_p)));
        turn(parameters["drive.gain"_p] / 10, parameters["drive.tone"_p] / 10, parameters["drive.level"_p]);
    }

private:
    /// Unity at 5, 15 dB more at 10, silence at 0.
    float outputGainFor(float levelKnob) const noexcept override
    {
        const float decibels = levelKnob >= 5 ? 3 * (levelKnob - 5) : 5 * (levelKnob - 5);
        return gainFromDecibels(decibels) * std::min(levelKnob, 1.0f);
    }
};
} // namespace

std::unique_ptr<Stage> makeDrive()
{
    return std::make_unique<Drive>();
}

} // namespace tonewright::dsp
