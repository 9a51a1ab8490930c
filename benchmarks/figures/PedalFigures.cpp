#include "HarmonicAnalysis.h"
#include "cli/Console.h"
#include "dsp/Stages.h"
#include "figures/Measures.h"

namespace tonewright::figures
{
namespace
{
constexpr std::array knobs{2.0f, 5.0f, 8.0f};
constexpr std::array sweep{0.0f, 5.0f, 10.0f};

std::string labelled(const std::string& name, float value)
{
    return name + " " + cli::numberText(static_cast<double>(value), 0);
}

ParameterSet drive(std::size_t type, float gain = 5, float tone = 5)
{
    return with({{"drive.type"_p, static_cast<float>(type)}, {"drive.gain"_p, gain}, {"drive.tone"_p, tone}});
}

void drawDrives(Album& album)
{
    for (std::size_t type = 0; type < driveTypes.size(); ++type)
    {
        const std::string name(driveTypes[type]);
        Figure figure(displayName(name), 3);
        std::vector<Curve> loops;
        std::vector<Curve> tones;
        for (std::size_t k = 0; k < knobs.size(); ++k)
        {
            loops.push_back({labelled("gain", knobs[k]),
                             transferLoop(dsp::makeDrive, drive(type, knobs[k], 10), 400, -12), colourOf(k)});
            // The octave fuzz lets nothing small through: its tone shows on a hard pick.
            const bool gated = static_cast<DriveType>(type) == DriveType::octaveFuzz;
            tones.push_back(
                {labelled("tone", sweep[k]),
                 smallSignalResponse(dsp::makeDrive, drive(type, 2, sweep[k]), gated ? 0.3 : 1e-6),
                 colourOf(k)});
        }
        figure.add("Output against input, 400 Hz, -12 dBFS", linearAxis("input", -0.3, 0.3, 0.1),
                   linearAxis("output", -0.6, 0.6, 0.2), loops);
        double top = -200;
        for (const auto& curve : tones)
            for (const auto& point : curve.points)
                top = std::max(top, point.second);
        top = std::ceil((top + 6) / 10) * 10;
        figure.add("Small signals, gain 2", frequencyAxis(), decibelAxis(top - 50, top, 10), tones);
        figure.addBars("Harmonics of 659 Hz, -14 dBFS", frequencyAxis(300, 20000), decibelAxis(-60, 20, 20),
                       {{"", harmonics(dsp::makeDrive, drive(type), 900, -14), colourOf(0)}});
        album.keep(figure, "drive-" + name);
    }
}

void drawBoosts(Album& album)
{
    Figure figure("Boost, level 12 dB", 3);
    for (std::size_t type = 0; type < boostTypes.size(); ++type)
    {
        std::vector<Curve> curves;
        for (std::size_t k = 0; k < sweep.size(); ++k)
            curves.push_back(
                {labelled("tone", sweep[k]),
                 smallSignalResponse(dsp::makeBoost, with({{"boost.type"_p, static_cast<float>(type)},
                                                           {"boost.level"_p, 12},
                                                           {"boost.tone"_p, sweep[k]}})),
                 colourOf(k)});
        figure.add(displayName(boostTypes[type]), frequencyAxis(), decibelAxis(-20, 30, 10), curves);
    }
    album.keep(figure, "boost");
}

/// Level of a 440 Hz tone that jumps from -40 to -10 dBFS for `seconds`, against the input's, dB.
Points gainOfBurst(MakeStage make, const ParameterSet& parameters, double seconds)
{
    auto tone = test::sine(440, std::pow(10, -10 / 20.0), 2, rate);
    const auto start = static_cast<std::size_t>(0.2 * rate);
    const auto end = start + static_cast<std::size_t>(seconds * rate);
    for (std::size_t n = 0; n < tone.size(); ++n)
        if (n < start || n >= end)
            tone[n] *= 0.0316f;
    auto after = levelOverTime(mono(make, parameters, tone), 1.0 / 110);
    const auto before = levelOverTime(tone, 1.0 / 110);
    for (std::size_t k = 0; k < after.size(); ++k)
        after[k].second -= before[k].second;
    return after;
}

void drawCompressor(Album& album)
{
    Figure figure("Compressor", 3);
    std::vector<Curve> curves;
    for (std::size_t type = 0; type < compressorTypes.size(); ++type)
        for (std::size_t k = 0; k < 3; ++k)
        {
            const std::array ratios{2.0f, 4.0f, 10.0f};
            const auto parameters = with({{"compressor.type"_p, static_cast<float>(type)},
                                          {"compressor.ratio"_p, ratios[k]},
                                          {"compressor.makeup"_p, 0}});
            Curve curve{labelled(std::string(compressorTypes[type]) + " ratio", ratios[k]),
                        {},
                        colourOf(k),
                        type == 1};
            for (double level = -60; level <= 0; level += 2)
            {
                // Long enough for the optical one's memory.
                const auto tone = test::sine(440, std::pow(10, level / 20), 3, rate);
                const auto output = mono(dsp::makeCompressor, parameters, tone);
                curve.points.emplace_back(
                    level, test::decibels(test::partial(output, 440, rate, output.size() - 24000)));
            }
            curves.push_back(curve);
        }
    figure.add("Levels, threshold -24 dB", linearAxis("dBFS in", -60, 0, 10),
               decibelAxis(-60, 0, 10, "dBFS out"), curves);
    for (const double seconds : {0.05, 1.0})
    {
        std::vector<Curve> gains;
        for (std::size_t type = 0; type < compressorTypes.size(); ++type)
            gains.push_back({std::string(compressorTypes[type]),
                             gainOfBurst(dsp::makeCompressor,
                                         with({{"compressor.type"_p, static_cast<float>(type)},
                                               {"compressor.ratio"_p, 4},
                                               {"compressor.makeup"_p, 0}}),
                                         seconds),
                             colourOf(2 * type)});
        figure.add("Gain for a burst of " + cli::numberText(seconds, 2) + " s", linearAxis("s", 0, 2, 0.5),
                   decibelAxis(-14, 2, 2, "dB"), gains);
    }
    album.keep(figure, "compressor");
}

void drawGate(Album& album)
{
    Figure figure("Gate, threshold -50 dB", 2);
    auto note = test::sine(220, 1, 4, rate);
    for (std::size_t n = 0; n < note.size(); ++n)
        note[n] *= static_cast<float>(std::pow(10, (-20 - 10 * static_cast<double>(n) / rate) / 20));
    Curve input{"note", levelOverTime(note, 1.0 / 110), colourOf(1), true};
    std::vector<Curve> levels{input};
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array releases{20.0f, 80.0f, 400.0f};
        const auto output =
            mono(dsp::makeGate, with({{"gate.threshold"_p, -50}, {"gate.release"_p, releases[k]}}), note);
        levels.push_back(
            {labelled("release", releases[k]) + " ms", levelOverTime(output, 1.0 / 110), colourOf(2 * k)});
    }
    figure.add("A note fading by 10 dB a second", linearAxis("s", 0, 4, 1), decibelAxis(-120, 0, 20, "dBFS"),
               levels);
    // Up and down again: the hysteresis.
    Points up;
    Points down;
    for (const bool rising : {true, false})
        for (double level = -62; level <= -40; level += 1)
        {
            auto tone = test::sine(220, std::pow(10, level / 20), 1.5, rate);
            for (std::size_t n = 0; n < 24000; ++n)
                tone[n] = rising ? 0 : tone[n] * static_cast<float>(std::pow(10, (-20 - level) / 20));
            const auto output = mono(dsp::makeGate, with({{"gate.threshold"_p, -50}}), tone);
            (rising ? up : down)
                .emplace_back(level, test::decibels(test::partial(output, 220, rate, 48000)) - level);
        }
    figure.add("Gain for a steady tone", linearAxis("dBFS in", -62, -40, 4), decibelAxis(-90, 10, 10),
               {{"after silence", up, colourOf(0)}, {"after something louder", down, colourOf(2)}});
    album.keep(figure, "gate");
}

void drawEqualiser(Album& album)
{
    Figure figure("Equaliser", 2);
    struct Band
    {
        ParameterIndex gain;
        std::string_view name;
    };
    constexpr std::array bands{
        Band{"equaliser.low_gain"_p, "low"}, Band{"equaliser.low_mid_gain"_p, "low-mid"},
        Band{"equaliser.mid_gain"_p, "mid"}, Band{"equaliser.high_mid_gain"_p, "high-mid"},
        Band{"equaliser.high_gain"_p, "high"}};
    std::vector<Curve> curves;
    for (std::size_t band = 0; band < bands.size(); ++band)
        for (const float gain : {-12.0f, 6.0f, 12.0f})
            curves.push_back({gain == 12 ? std::string(bands[band].name) : "",
                              smallSignalResponse(dsp::makeEqualiser, with({{bands[band].gain, gain}})),
                              colourOf(band), gain != 12});
    figure.add("Each band at -12, 6 and 12 dB", frequencyAxis(), decibelAxis(-45, 15, 15), curves);
    std::vector<Curve> widths;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array widthsOfBell{0.5f, 1.5f, 6.0f};
        widths.push_back(
            {"Q " + cli::numberText(static_cast<double>(widthsOfBell[k]), 1),
             smallSignalResponse(dsp::makeEqualiser, with({{"equaliser.mid_gain"_p, 12},
                                                           {"equaliser.mid_q"_p, widthsOfBell[k]}})),
             colourOf(k)});
    }
    figure.add("The mid bell at 12 dB", frequencyAxis(), decibelAxis(-15, 15, 5), widths);
    album.keep(figure, "equaliser");
}

void drawAliasing(Album& album)
{
    Figure figure("A sine at full gain: what is no harmonic has folded", 2);
    for (const auto quality : {dsp::Quality::live, dsp::Quality::hq})
    {
        // Nothing but harmonics would show were every bin not drawn.
        constexpr std::size_t period = 65536;
        const test::HarmonicAnalysis analysis(
            dsp::makeAmp,
            with({{"amp.model"_p, static_cast<float>(AmpModel::modernHighGain)}, {"amp.gain"_p, 10}}), 1699,
            -6, rate, quality, period);
        Curve signal{"harmonics", {}, colourOf(0)};
        Curve folded{"folded", {}, colourOf(2)};
        for (std::size_t bin = 30; bin < period * 20 / 48; ++bin)
        {
            const double level = test::decibels(analysis.amplitude(bin) / analysis.harmonic(1));
            auto& curve = bin % 1699 == 0 ? signal : folded;
            if (level > -140)
                curve.points.emplace_back(static_cast<double>(bin) * rate / period, level);
        }
        figure.addBars(std::string("Modern High Gain, 1244 Hz, ") +
                           (quality == dsp::Quality::hq ? "hq" : "live"),
                       linearAxis("Hz", 0, 20000, 5000), decibelAxis(-140, 0, 20), {signal, folded});
    }
    album.keep(figure, "aliasing");
}
} // namespace

void drawPedals(Album& album)
{
    drawGate(album);
    drawCompressor(album);
    drawBoosts(album);
    drawDrives(album);
    drawEqualiser(album);
    drawAliasing(album);
}

} // namespace tonewright::figures
