#pragma once

#include "StagePlayer.h"
#include "figures/Plot.h"

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace tonewright::figures
{

inline constexpr double rate = 48000;

using MakeStage = std::unique_ptr<dsp::Stage> (*)();
using Points = std::vector<std::pair<double, double>>;
using test::Signal;

/// One parameter by its id.
using Setting = std::pair<ParameterIndex, float>;
ParameterSet with(std::initializer_list<Setting> settings);

/// The stage's output, left and right.
std::array<Signal, 2> stereo(MakeStage make, const ParameterSet& parameters, const Signal& input);
Signal mono(MakeStage make, const ParameterSet& parameters, const Signal& input);

/// Magnitude in dB of an impulse response over frequency, smoothed over a twelfth of an octave.
Points response(const Signal& impulse, double lowest = 30, double highest = 18000);

/// The same of a stage for an impulse of `height` after `settle` seconds of silence, followed for `window`
/// seconds.
Points smallSignalResponse(MakeStage make, const ParameterSet& parameters, double height = 1e-3,
                           double settle = 0, double window = 0.1);

/// Output against input over one period of a sine, its fundamental turned back into step with the input's:
/// the transfer curve, opened into a loop by whatever filters are inside.
Points transferLoop(MakeStage make, const ParameterSet& parameters, double frequency, double decibels);

/// dB of the harmonics of a sine against the fundamental, over frequency.
Points harmonics(MakeStage make, const ParameterSet& parameters, std::size_t bin, double decibels,
                 dsp::Quality quality = dsp::Quality::live);

/// Level in dB over seconds: RMS of `window` seconds, every half window.
Points levelOverTime(const Signal& signal, double window = 0.005);

/// Energy still to come, dB, over seconds (Schroeder's backward integration), of an octave round `frequency`.
Points decayOf(const Signal& impulse, double frequency);

/// Draws nothing and complains on standard error where a figure cannot be written.
class Album
{
public:
    explicit Album(std::string folder) : path(std::move(folder)) {}
    void keep(const Figure& figure, const std::string& name);
    bool isComplete() const { return complete; }

private:
    std::string path;
    bool complete = true;
};

void drawAmps(Album& album);
void drawPedals(Album& album);
void drawMovement(Album& album);
void drawSpaces(Album& album);

} // namespace tonewright::figures
