#include "cli/Console.h"
#include "dsp/Stages.h"
#include "figures/Measures.h"

namespace tonewright::figures
{
namespace
{
Signal click(double seconds)
{
    Signal signal(static_cast<std::size_t>(seconds * rate));
    signal[0] = 1;
    return signal;
}

void drawCabinets(Album& album)
{
    Figure figure("Cabinets at 5 cm", 3, 3);
    const auto responseOf = [](std::size_t model, std::size_t microphone, float distance)
    {
        return response(mono(dsp::makeCabinet,
                             with({{"cabinet.model"_p, static_cast<float>(model)},
                                   {"cabinet.mic"_p, static_cast<float>(microphone)},
                                   {"cabinet.distance"_p, distance}}),
                             click(0.1)));
    };
    for (std::size_t model = 0; model < builtInCabinetCount; ++model)
    {
        std::vector<Curve> curves;
        for (std::size_t microphone = 0; microphone < microphones.size(); ++microphone)
            curves.push_back({std::string(microphones[microphone]), responseOf(model, microphone, 5),
                              colourOf(microphone)});
        figure.add(displayName(cabinetModels[model]), frequencyAxis(), decibelAxis(-40, 20, 10), curves);
    }
    std::vector<Curve> distances;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array positions{1.0f, 10.0f, 100.0f};
        distances.push_back(
            {cli::numberText(static_cast<double>(positions[k]), 0) + " cm",
             responseOf(static_cast<std::size_t>(CabinetModel::british4x12Closed), 0, positions[k]),
             colourOf(k)});
    }
    figure.add("British 4x12 Closed, distance", frequencyAxis(), decibelAxis(-40, 20, 10), distances);
    album.keep(figure, "cabinets");
}

/// Noise of -14 dBFS peak for 0.1 s, then silence: loud enough for companders, with every frequency in it.
Signal burst(double seconds)
{
    std::minstd_rand generator(5);
    auto signal = test::noise(0.2, static_cast<std::size_t>(seconds * rate), generator);
    std::fill(signal.begin() + static_cast<std::ptrdiff_t>(0.1 * rate), signal.end(), 0.0f);
    return signal;
}

/// What the third echo of burst(), 250 ms apart, kept of it, dB.
Points thirdEcho(const Signal& output)
{
    const auto part = [](const Signal& signal, double from)
    {
        return response(Signal(signal.begin() + static_cast<std::ptrdiff_t>(from * rate),
                               signal.begin() + static_cast<std::ptrdiff_t>((from + 0.15) * rate)));
    };
    auto kept = part(output, 0.75);
    const auto whole = part(burst(0.2), 0);
    for (std::size_t k = 0; k < kept.size(); ++k)
        kept[k].second -= whole[k].second;
    // Over a third of an octave.
    Points smooth;
    for (std::size_t k = 4; k + 4 < kept.size(); ++k)
    {
        double sum = 0;
        for (std::size_t near = k - 4; near <= k + 4; ++near)
            sum += kept[near].second / 9;
        smooth.emplace_back(kept[k].first, sum);
    }
    return smooth;
}

/// Peaks of 2 ms each, dB, over ms.
Points echoes(const Signal& signal)
{
    Points points;
    constexpr std::size_t frames = 96;
    for (std::size_t start = 0; start + frames <= signal.size(); start += frames)
    {
        const Signal part(signal.begin() + static_cast<std::ptrdiff_t>(start),
                          signal.begin() + static_cast<std::ptrdiff_t>(start + frames));
        points.emplace_back(1000 * static_cast<double>(start) / rate, test::decibels(test::peakOf(part)));
    }
    return points;
}

void drawDelays(Album& album)
{
    Figure figure("Delay: a burst, 250 ms, feedback 60 %, mix 50 %; and what the third echo keeps", 3, 2);
    std::vector<Curve> losses;
    for (std::size_t type = 0; type < delayTypes.size(); ++type)
    {
        const auto parameters = with({{"delay.type"_p, static_cast<float>(type)},
                                      {"delay.time"_p, 250},
                                      {"delay.feedback"_p, 60},
                                      {"delay.mix"_p, 50}});
        const auto output = stereo(dsp::makeDelay, parameters, burst(1.8));
        figure.addBars(displayName(delayTypes[type]), linearAxis("ms", 0, 1600, 400),
                       decibelAxis(-50, 5, 10, "dBFS, peak"),
                       {{"left", echoes(output[0]), colourOf(0)},
                        {static_cast<DelayType>(type) == DelayType::pingPong ? "right" : "",
                         static_cast<DelayType>(type) == DelayType::pingPong ? echoes(output[1]) : Points{},
                         colourOf(2)}});
        if (static_cast<DelayType>(type) == DelayType::pingPong)
            continue;
        losses.push_back({displayName(delayTypes[type]), thirdEcho(output[0]), colourOf(type)});
    }
    figure.add("Third echo, tone 60 %", frequencyAxis(), decibelAxis(-50, 0, 10), losses);
    std::vector<Curve> tones;
    for (std::size_t k = 0; k < 3; ++k)
    {
        const std::array knobs{0.0f, 50.0f, 100.0f};
        const auto output = mono(dsp::makeDelay,
                                 with({{"delay.type"_p, static_cast<float>(DelayType::tape)},
                                       {"delay.time"_p, 250},
                                       {"delay.feedback"_p, 60},
                                       {"delay.mix"_p, 50},
                                       {"delay.tone"_p, knobs[k]}}),
                                 burst(1));
        tones.push_back({"tone " + cli::numberText(static_cast<double>(knobs[k]), 0) + " %",
                         thirdEcho(output), colourOf(k)});
    }
    figure.add("Tape, third echo", frequencyAxis(), decibelAxis(-50, 0, 10), tones);
    album.keep(figure, "delay");
}

void drawReverbs(Album& album)
{
    Figure figure("Reverb, decay 2 s: energy still to come, by octave", 3, 2);
    for (std::size_t type = 0; type < reverbTypes.size(); ++type)
    {
        const auto wet = stereo(dsp::makeReverb,
                                with({{"reverb.type"_p, static_cast<float>(type)},
                                      {"reverb.decay"_p, 2},
                                      {"reverb.predelay"_p, 15},
                                      {"reverb.mix"_p, 100}}),
                                click(3.5));
        std::vector<Curve> curves;
        for (std::size_t k = 0; k < 3; ++k)
        {
            const std::array octaves{250.0, 1000.0, 3500.0};
            curves.push_back(
                {cli::numberText(octaves[k], 0) + " Hz", decayOf(wet[0], octaves[k]), colourOf(k)});
        }
        figure.add(displayName(reverbTypes[type]), linearAxis("s", 0, 3, 0.5), decibelAxis(-70, 0, 10),
                   curves);
    }
    album.keep(figure, "reverb-decay");

    Figure early("Reverb: the first 200 ms of a click, left", 3, 2);
    for (std::size_t type = 0; type < reverbTypes.size(); ++type)
    {
        const auto wet = stereo(dsp::makeReverb,
                                with({{"reverb.type"_p, static_cast<float>(type)},
                                      {"reverb.decay"_p, 2},
                                      {"reverb.predelay"_p, 0},
                                      {"reverb.mix"_p, 100}}),
                                click(0.2));
        Points points;
        for (std::size_t n = 0; n < wet[0].size(); ++n)
            points.emplace_back(1000 * static_cast<double>(n) / rate, static_cast<double>(wet[0][n]));
        double peak = 0;
        for (const auto& point : points)
            peak = std::max(peak, std::abs(point.second));
        for (auto& point : points)
            point.second /= peak;
        early.add(displayName(reverbTypes[type]), linearAxis("ms", 0, 200, 50),
                  linearAxis("of the peak", -1, 1, 0.5), {{"", points, colourOf(0)}});
    }
    album.keep(early, "reverb-early");
}

void drawOutput(Album& album)
{
    Figure figure("Output: limiter and doubler", 3);
    Curve curve{"", {}, colourOf(2)};
    for (double level = -12; level <= 12; level += 0.5)
    {
        const auto output = mono(dsp::makeOutput, {}, test::sine(220, std::pow(10, level / 20), 0.5, rate));
        curve.points.emplace_back(level, test::decibels(test::peakOf(output, 12000)));
    }
    figure.add("Peak out against peak in, 220 Hz", linearAxis("dBFS in", -12, 12, 3),
               decibelAxis(-12, 3, 3, "dBFS out"), {{"", {{-12, -12}, {3, 3}}, colourOf(1), true}, curve});
    auto burst = test::sine(220, 0.3, 0.6, rate);
    for (std::size_t n = 4800; n < 9600; ++n)
        burst[n] *= 10;
    auto gain = levelOverTime(mono(dsp::makeOutput, {}, burst), 1.0 / 110);
    const auto before = levelOverTime(burst, 1.0 / 110);
    for (std::size_t k = 0; k < gain.size(); ++k)
        gain[k].second -= before[k].second;
    figure.add("Gain for 100 ms of +10 dBFS", linearAxis("s", 0, 0.6, 0.1), decibelAxis(-15, 3, 3),
               {{"", gain, colourOf(2)}});
    Curve width{"", {}, colourOf(0)};
    for (float doubler = 0; doubler <= 100; doubler += 10)
    {
        std::minstd_rand generator(7);
        const auto sides = stereo(dsp::makeOutput, with({{"output.doubler"_p, doubler}}),
                                  test::noise(0.2, 96000, generator));
        double product = 0;
        double left = 0;
        double right = 0;
        for (std::size_t n = 24000; n < sides[0].size(); ++n)
        {
            const auto l = static_cast<double>(sides[0][n]);
            const auto r = static_cast<double>(sides[1][n]);
            product += l * r;
            left += l * l;
            right += r * r;
        }
        width.points.emplace_back(doubler, 1 - product / std::sqrt(left * right));
    }
    figure.add("Doubler on a mono signal", linearAxis("doubler, %", 0, 100, 25),
               linearAxis("1 - correlation of the sides", 0, 1.2, 0.2), {width});
    album.keep(figure, "output");
}
} // namespace

void drawSpaces(Album& album)
{
    drawCabinets(album);
    drawDelays(album);
    drawReverbs(album);
    drawOutput(album);
}

} // namespace tonewright::figures
