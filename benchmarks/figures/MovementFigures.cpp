#include "cli/Console.h"
#include "dsp/Stages.h"
#include "figures/Measures.h"

namespace tonewright::figures
{
namespace
{
/// Responses at three moments of the movement.
std::vector<Curve> moments(MakeStage make, const ParameterSet& parameters, double cycle)
{
    std::vector<Curve> curves;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const double moment = 0.5 + cycle * static_cast<double>(k) / 4;
        curves.push_back({cli::numberText(moment - 0.5, 2) + " s",
                          smallSignalResponse(make, parameters, 0.1, moment, 0.06), colourOf(k)});
    }
    return curves;
}

/// Pitch of a 1 kHz tone against what went in, cents, from the turn of its phase every 10 ms.
Points centsOverTime(const Signal& signal)
{
    constexpr double tone = 1000;
    constexpr std::size_t window = 960;
    constexpr std::size_t hop = 480;
    Points points;
    double last = 0;
    for (std::size_t start = 0; start + window <= signal.size(); start += hop)
    {
        std::complex<double> sum;
        for (std::size_t n = start; n < start + window; ++n)
            sum += static_cast<double>(signal[n]) *
                   std::polar(1.0, -2 * std::numbers::pi * tone * static_cast<double>(n) / rate);
        const double phase = std::arg(sum);
        const double turned = std::remainder(phase - last, 2 * std::numbers::pi);
        last = phase;
        if (start > 0)
            points.emplace_back(static_cast<double>(start) / rate,
                                1200 * std::log2(1 + turned * rate / hop / (2 * std::numbers::pi * tone)));
    }
    return points;
}

void drawModulations(Album& album)
{
    Figure figure("Modulation: three moments of four filters; pitch and level of the others", 3, 2);
    for (const auto type :
         {ModulationType::chorus, ModulationType::flanger, ModulationType::phaser, ModulationType::univibe})
        figure.add(displayName(modulationTypes[static_cast<std::size_t>(type)]) + ", 0.5 Hz, depth 60 %",
                   frequencyAxis(100), decibelAxis(-40, 20, 10),
                   moments(dsp::makeModulation,
                           with({{"modulation.type"_p, static_cast<float>(type)},
                                 {"modulation.rate"_p, 0.5f},
                                 {"modulation.depth"_p, 60}}),
                           2));
    std::vector<Curve> pitches;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array depths{20.0f, 50.0f, 80.0f};
        pitches.push_back(
            {"depth " + cli::numberText(static_cast<double>(depths[k]), 0) + " %",
             centsOverTime(mono(dsp::makeModulation,
                                with({{"modulation.type"_p, static_cast<float>(ModulationType::vibrato)},
                                      {"modulation.rate"_p, 5},
                                      {"modulation.depth"_p, depths[k]},
                                      {"modulation.mix"_p, 100}}),
                                test::sine(1000, 0.2, 1, rate))),
             colourOf(k)});
    }
    figure.add("Vibrato, 5 Hz", linearAxis("s", 0, 1, 0.2), linearAxis("cents", -100, 100, 25), pitches);
    const auto rotary = stereo(dsp::makeModulation,
                               with({{"modulation.type"_p, static_cast<float>(ModulationType::rotary)},
                                     {"modulation.rate"_p, 6},
                                     {"modulation.depth"_p, 60},
                                     {"modulation.mix"_p, 100}}),
                               test::sine(2000, 0.2, 1.5, rate));
    figure.add("Rotary, 2 kHz, 6 Hz", linearAxis("s", 0.5, 1.5, 0.2), decibelAxis(-40, 0, 10, "dBFS"),
               {{"left", levelOverTime(rotary[0], 0.01), colourOf(0)},
                {"right", levelOverTime(rotary[1], 0.01), colourOf(2)}});
    album.keep(figure, "modulation");
}

void drawTremolo(Album& album)
{
    Figure figure("Tremolo, 5 Hz, depth 70 %", 3);
    for (std::size_t type = 0; type < tremoloTypes.size(); ++type)
    {
        std::vector<Curve> curves;
        for (std::size_t k = 0; k < 2; ++k)
        {
            const double frequency = k == 0 ? 200 : 3000;
            auto level = levelOverTime(mono(dsp::makeTremolo,
                                            with({{"tremolo.type"_p, static_cast<float>(type)},
                                                  {"tremolo.rate"_p, 5},
                                                  {"tremolo.depth"_p, 70}}),
                                            test::sine(frequency, std::sqrt(2.0), 0.6, rate)));
            curves.push_back({cli::numberText(frequency, 0) + " Hz", level, colourOf(2 * k), k == 1});
        }
        figure.add(displayName(tremoloTypes[type]), linearAxis("s", 0, 0.6, 0.1), decibelAxis(-24, 3, 3),
                   curves);
    }
    album.keep(figure, "tremolo");
}
void drawPitch(Album& album)
{
    Figure figure("Pitch: what becomes of 220 Hz", 3);
    struct Voice
    {
        std::string name;
        PitchType type;
        float shift;
    };
    for (const auto& voice : {Voice{"Octave down", PitchType::octaveDown, -12},
                              Voice{"Polyphonic, -12", PitchType::polyphonic, -12},
                              Voice{"Polyphonic, +7", PitchType::polyphonic, 7}})
    {
        const auto output = mono(dsp::makePitch,
                                 with({{"pitch.type"_p, static_cast<float>(voice.type)},
                                       {"pitch.shift"_p, voice.shift},
                                       {"pitch.mix"_p, 50}}),
                                 test::sine(220, 0.2, 2, rate));
        Curve partials{"", {}, colourOf(0)};
        for (double frequency = 40; frequency < 1500; frequency *= 1.005)
            partials.points.emplace_back(frequency,
                                         test::decibels(test::partial(output, frequency, rate, 48000) / 0.2));
        figure.add(voice.name + ", mix 50 %", frequencyAxis(40, 1500), decibelAxis(-80, 10, 10), {partials});
    }
    album.keep(figure, "pitch");
}

void drawWah(Album& album)
{
    Figure figure("Wah", 3);
    std::vector<Curve> positions;
    std::vector<Curve> widths;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array places{0.0f, 50.0f, 100.0f};
        const std::array qs{2.0f, 4.0f, 8.0f};
        positions.push_back({"position " + cli::numberText(static_cast<double>(places[k]), 0) + " %",
                             smallSignalResponse(dsp::makeWah, with({{"wah.position"_p, places[k]}})),
                             colourOf(k)});
        widths.push_back(
            {"Q " + cli::numberText(static_cast<double>(qs[k]), 0),
             smallSignalResponse(dsp::makeWah, with({{"wah.position"_p, 50}, {"wah.q"_p, qs[k]}})),
             colourOf(k)});
    }
    figure.add("Pedal", frequencyAxis(100, 10000), decibelAxis(-40, 30, 10), positions);
    figure.add("Pedal at 50 %", frequencyAxis(100, 10000), decibelAxis(-40, 30, 10), widths);
    // What the sweep does to noise after picks of three strengths: the strongest third of an octave.
    std::vector<Curve> sweeps;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array levels{-36.0, -24.0, -12.0};
        std::minstd_rand generator(3);
        auto noise = test::noise(std::pow(10, levels[k] / 20), static_cast<std::size_t>(rate), generator);
        for (std::size_t n = 0; n < noise.size(); ++n)
            noise[n] *=
                n < 9600 ? 0 : static_cast<float>(std::exp(-static_cast<double>(n - 9600) / (0.15 * rate)));
        const auto output =
            mono(dsp::makeWah, with({{"wah.type"_p, static_cast<float>(WahType::autoUp)}}), noise);
        Curve curve{cli::numberText(levels[k], 0) + " dBFS", {}, colourOf(k)};
        for (std::size_t start = 9600; start + 2400 <= output.size(); start += 1200)
        {
            const auto part = [start](const Signal& signal)
            {
                return Signal(signal.begin() + static_cast<std::ptrdiff_t>(start),
                              signal.begin() + static_cast<std::ptrdiff_t>(start + 2400));
            };
            const auto after = part(output);
            const auto before = part(noise);
            double best = 0;
            double strongest = 0;
            for (double frequency = 200; frequency < 4000; frequency *= 1.03)
            {
                double out = 0;
                double in = 0;
                for (const double turn : {0.94, 0.97, 1.0, 1.03, 1.06})
                {
                    out += std::pow(test::magnitude(after, frequency * turn, rate), 2);
                    in += std::pow(test::magnitude(before, frequency * turn, rate), 2);
                }
                if (out / in > strongest)
                {
                    strongest = out / in;
                    best = frequency;
                }
            }
            curve.points.emplace_back(static_cast<double>(start - 9600) / rate, best);
        }
        sweeps.push_back(curve);
    }
    Axis height{"Hz, peak", 200, 4000, true, {200, 500, 1000, 2000, 4000}};
    figure.add("Auto, picks of three strengths", linearAxis("s", 0, 0.8, 0.2), height, sweeps);
    album.keep(figure, "wah");
}
} // namespace

void drawMovement(Album& album)
{
    drawPitch(album);
    drawWah(album);
    drawModulations(album);
    drawTremolo(album);
}

} // namespace tonewright::figures
