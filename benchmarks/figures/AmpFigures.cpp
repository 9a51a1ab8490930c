#include "HarmonicAnalysis.h"
#include "cli/Console.h"
#include "dsp/AmpModels.h"
#include "dsp/Stages.h"
#include "figures/Measures.h"

namespace tonewright::figures
{
namespace
{
constexpr std::array gainKnobs{2.0f, 5.0f, 8.0f};
constexpr std::array sweep{0.0f, 5.0f, 10.0f};

std::string knobText(float knob)
{
    return cli::numberText(static_cast<double>(knob), 0);
}

ParameterSet amp(std::size_t model, float gain = 4)
{
    return with({{"amp.model"_p, static_cast<float>(model)}, {"amp.gain"_p, gain}});
}

/// Largest magnitude of all curves.
double heightOf(const std::vector<Curve>& curves)
{
    double height = 0;
    for (const auto& curve : curves)
        for (const auto& point : curve.points)
            height = std::max(height, std::abs(point.second));
    return height;
}

Curve responseAt(std::size_t model, ParameterIndex knob, std::string_view name, std::size_t position)
{
    auto parameters = amp(model);
    parameters[knob] = sweep[position];
    // The desk's preamplifier turns down so far ahead of its curves that the lows' tail would be lost in
    // rounding.
    const double height = dsp::ampModelTable[model].passiveStack ? 1e-3 : 0.1;
    return {std::string(name) + " " + knobText(sweep[position]),
            smallSignalResponse(dsp::makeAmp, parameters, height), colourOf(position)};
}

void drawModel(Album& album, std::size_t model)
{
    const std::string name(ampModels[model]);
    Figure figure(displayName(name), 3, 2);

    std::vector<Curve> loops;
    for (std::size_t k = 0; k < gainKnobs.size(); ++k)
        loops.push_back({"gain " + knobText(gainKnobs[k]),
                         transferLoop(dsp::makeAmp, amp(model, gainKnobs[k]), 220, -12), colourOf(k)});
    const double height = std::ceil(heightOf(loops) * 10) / 10;
    figure.add("Output against input, 220 Hz, -12 dBFS", linearAxis("input", -0.3, 0.3, 0.1),
               linearAxis("output", -height, height, height / 2), loops);

    std::vector<Curve> waves;
    for (std::size_t k = 0; k < gainKnobs.size(); ++k)
        waves.push_back({"gain " + knobText(gainKnobs[k]),
                         harmonics(dsp::makeAmp, amp(model, gainKnobs[k]), 300, -20), colourOf(k)});
    for (auto& wave : waves) // side by side
        for (auto& point : wave.points)
            point.first *= 1 + 0.03 * (static_cast<double>(&wave - waves.data()) - 1);
    figure.addBars("Harmonics of 220 Hz, -20 dBFS", frequencyAxis(150, 10000), decibelAxis(-80, 5, 20),
                   waves);

    struct Knob
    {
        ParameterIndex index;
        std::string_view name;
    };
    for (const auto& knob : {Knob{"amp.bass"_p, "bass"}, Knob{"amp.mid"_p, "mid"},
                             Knob{"amp.treble"_p, "treble"}, Knob{"amp.presence"_p, "presence"}})
    {
        std::vector<Curve> curves;
        for (std::size_t position = 0; position < sweep.size(); ++position)
            curves.push_back(responseAt(model, knob.index, knob.name, position));
        double top = -200;
        for (const auto& curve : curves)
            for (const auto& point : curve.points)
                top = std::max(top, point.second);
        top = std::ceil((top + 3) / 10) * 10;
        figure.add("Small signals: " + std::string(knob.name), frequencyAxis(),
                   decibelAxis(top - 50, top, 10), curves);
    }
    album.keep(figure, "amp-" + name);
}

void drawGainLadder(Album& album)
{
    Figure figure("Distortion over the gain knob: harmonics 2 to 39 of 220 Hz", 3);
    std::vector<Curve> loud;
    std::vector<Curve> quiet;
    std::vector<Curve> between;
    for (std::size_t model = 0; model < ampModels.size(); ++model)
    {
        Curve at20{"", {}, colourOf(model)};
        Curve at40 = at20;
        Curve lost{displayName(ampModels[model]), {}, colourOf(model)};
        for (float gain = 0; gain <= 10; ++gain)
        {
            const double first = test::distortionAt(dsp::makeAmp, amp(model, gain), -20);
            const double second = test::distortionAt(dsp::makeAmp, amp(model, gain), -40);
            at20.points.emplace_back(gain, first);
            at40.points.emplace_back(gain, second);
            lost.points.emplace_back(gain, first - second);
        }
        loud.push_back(at20);
        quiet.push_back(at40);
        between.push_back(lost);
    }
    const auto knob = linearAxis("gain", 0, 10, 2);
    figure.add("at -20 dBFS", knob, decibelAxis(-90, 0, 15), loud);
    figure.add("at -40 dBFS", knob, decibelAxis(-90, 0, 15), quiet);
    figure.add("lost by playing 20 dB softer", knob, decibelAxis(0, 120, 20), between);
    album.keep(figure, "amp-distortion");
}

void drawPower(Album& album)
{
    Figure figure("The power stage", 3);
    std::vector<Curve> sag;
    for (const auto model : {AmpModel::americanClean, AmpModel::americanTweed, AmpModel::modernHighGain})
    {
        auto parameters = amp(static_cast<std::size_t>(model), 8);
        parameters["amp.master"_p] = 10;
        auto note = test::sine(220, 0.5, 0.6, rate);
        note.insert(note.begin(), 4800, 0.0f);
        auto level = levelOverTime(mono(dsp::makeAmp, parameters, note), 1.0 / 110);
        const double end = level[level.size() - 8].second;
        for (auto& point : level)
            point.second -= end;
        sag.push_back({displayName(ampModels[static_cast<std::size_t>(model)]), level,
                       colourOf(static_cast<std::size_t>(model))});
    }
    figure.add("Sag of a loud note, gain 8, master 10", linearAxis("s", 0, 0.6, 0.1),
               decibelAxis(-3, 6, 1, "dB against its end"), sag);
    const auto crunch = static_cast<std::size_t>(AmpModel::britishCrunch);
    std::vector<Curve> low;
    std::vector<Curve> masters;
    for (std::size_t position = 0; position < sweep.size(); ++position)
    {
        low.push_back(responseAt(crunch, "amp.resonance"_p, "resonance", position));
        Curve curve{"master " + knobText(sweep[position]), {}, colourOf(position)};
        for (double level = -60; level <= 0; level += 4)
        {
            auto parameters = amp(static_cast<std::size_t>(AmpModel::britishChime), 4);
            parameters["amp.master"_p] = sweep[position];
            curve.points.emplace_back(
                level, test::decibels(test::harmonicsOf220(dsp::makeAmp, parameters, level).harmonic(1)));
        }
        masters.push_back(curve);
    }
    figure.add("British Crunch, small signals", frequencyAxis(), decibelAxis(-40, 20, 10), low);
    figure.add("British Chime, gain 4", linearAxis("dBFS in, 220 Hz", -60, 0, 10),
               decibelAxis(-80, 10, 10, "dBFS out"), masters);
    album.keep(figure, "amp-power");
}
} // namespace

void drawAmps(Album& album)
{
    for (std::size_t model = 0; model < ampModels.size(); ++model)
        drawModel(album, model);
    drawGainLadder(album);
    drawPower(album);
}

} // namespace tonewright::figures
