#include "figures/Measures.h"

#include "HarmonicAnalysis.h"
#include "dsp/Filters.h"

#include <iostream>

namespace tonewright::figures
{

ParameterSet with(std::initializer_list<Setting> settings)
{
    ParameterSet parameters;
    for (const auto& [index, value] : settings)
        parameters[index] = value;
    return parameters;
}

std::array<Signal, 2> stereo(MakeStage make, const ParameterSet& parameters, const Signal& input)
{
    test::StagePlayer player(make(), rate);
    player.parameters = parameters;
    std::array<Signal, 2> channels{input, input};
    player.play(channels[0], &channels[1]);
    return channels;
}

Signal mono(MakeStage make, const ParameterSet& parameters, const Signal& input)
{
    test::StagePlayer player(make(), rate);
    player.parameters = parameters;
    return player.played(input);
}

Points response(const Signal& impulse, double lowest, double highest)
{
    constexpr double step = 1.0 / 24;
    Points points;
    for (double frequency = lowest; frequency <= highest; frequency *= std::exp2(step))
    {
        double power = 0;
        for (const double turn : {-step, -step / 2, 0.0, step / 2, step})
        {
            const double gain = test::magnitude(impulse, frequency * std::exp2(turn), rate);
            power += gain * gain / 5;
        }
        points.emplace_back(frequency, test::decibels(std::sqrt(power)));
    }
    return points;
}

Points smallSignalResponse(MakeStage make, const ParameterSet& parameters, double height, double settle,
                           double window)
{
    const auto start = static_cast<std::size_t>(settle * rate);
    Signal signal(start + static_cast<std::size_t>(window * rate));
    signal[start] = static_cast<float>(height);
    signal = mono(make, parameters, signal);
    signal.erase(signal.begin(), signal.begin() + static_cast<std::ptrdiff_t>(start));
    for (auto& sample : signal)
        sample /= static_cast<float>(height);
    return response(signal);
}

Points transferLoop(MakeStage make, const ParameterSet& parameters, double frequency, double decibels)
{
    // A frequency of whole samples a period, and a second to settle.
    const auto period = static_cast<std::size_t>(std::lround(rate / frequency));
    const std::size_t count = period * static_cast<std::size_t>(std::lround(frequency));
    const double amplitude = std::pow(10, decibels / 20);
    const auto phaseOf = [&](std::size_t n)
    { return 2 * std::numbers::pi * static_cast<double>(n % period) / static_cast<double>(period); };
    Signal signal(count);
    for (std::size_t n = 0; n < count; ++n)
        signal[n] = static_cast<float>(amplitude * std::sin(phaseOf(n)));
    const auto output = mono(make, parameters, signal);
    std::complex<double> fundamental;
    for (std::size_t n = count - period; n < count; ++n)
        fundamental += static_cast<double>(output[n]) * std::polar(1.0, -phaseOf(n));
    const double lead = std::arg(fundamental) + std::numbers::pi / 2; // of a sine
    Points points;
    for (std::size_t n = count - period; n < count; ++n)
        points.emplace_back(amplitude * std::sin(phaseOf(n) + lead), static_cast<double>(output[n]));
    points.push_back(points.front());
    return points;
}

Points harmonics(MakeStage make, const ParameterSet& parameters, std::size_t bin, double decibels,
                 dsp::Quality quality)
{
    constexpr std::size_t period = 65536;
    const test::HarmonicAnalysis analysis(make, parameters, bin, decibels, rate, quality, period);
    Points points;
    for (std::size_t order = 1; order * bin < period / 2; ++order)
        points.emplace_back(static_cast<double>(order * bin) * rate / static_cast<double>(period),
                            analysis.relative(order));
    return points;
}

Points levelOverTime(const Signal& signal, double window)
{
    const auto frames = static_cast<std::size_t>(window * rate);
    Points points;
    for (std::size_t start = 0; start + frames <= signal.size(); start += frames / 2)
    {
        double energy = 0;
        for (std::size_t n = start; n < start + frames; ++n)
            energy += static_cast<double>(signal[n]) * static_cast<double>(signal[n]);
        points.emplace_back((static_cast<double>(start) + static_cast<double>(frames) / 2) / rate,
                            test::decibels(std::sqrt(energy / static_cast<double>(frames))));
    }
    return points;
}

Points decayOf(const Signal& impulse, double frequency)
{
    dsp::StateVariable first;
    dsp::StateVariable second;
    first.setFrequency(frequency, 1.414, rate);
    second.setFrequency(frequency, 1.414, rate);
    std::vector<double> left(impulse.size());
    for (std::size_t n = 0; n < impulse.size(); ++n)
    {
        const auto band = static_cast<double>(second.process(first.process(impulse[n]).band).band);
        left[n] = band * band;
    }
    for (std::size_t n = left.size() - 1; n-- > 0;)
        left[n] += left[n + 1];
    Points points;
    for (std::size_t n = 0; n < left.size(); n += left.size() / 400)
        points.emplace_back(static_cast<double>(n) / rate, 10 * std::log10(left[n] / left[0] + 1e-12));
    return points;
}

void Album::keep(const Figure& figure, const std::string& name)
{
    if (const auto written = figure.write(path + "/" + name + ".png"); !written)
    {
        std::cerr << written.error().message << '\n';
        complete = false;
    }
}

} // namespace tonewright::figures
