#include "dsp/ToneStack.h"

#include "dsp/AmpModels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace tonewright::dsp
{
namespace
{
using Complex = std::complex<double>;

constexpr ToneStackComponents networks[] = {
    {250e3, 1e6, 25e3, 56e3, 250e-12, 20e-9, 20e-9},
    {250e3, 250e3, 10e3, 100e3, 120e-12, 100e-9, 47e-9},
    {220e3, 1e6, 22e3, 33e3, 470e-12, 22e-9, 22e-9},
};

/// Solves the network itself, node by node, at one frequency: what the closed formula must agree with.
/// Nodes: 0 treble pot's top, 1 its wiper (the output), 2 its foot and the bass pot's top, 3 slope resistor
/// and both lower capacitors, 4 bass pot's foot and middle pot's top, 5 the middle pot's wiper.
double nodalGain(const ToneStackComponents& parts, const ToneStackTravel& travel, double frequency)
{
    constexpr int nodes = 6;
    constexpr int source = nodes;
    constexpr int ground = nodes + 1;
    Complex matrix[nodes][nodes + 1] = {};
    const auto connect = [&](int from, int to, Complex admittance)
    {
        for (const auto& [self, other] : {std::pair{from, to}, std::pair{to, from}})
        {
            if (self >= nodes)
                continue;
            matrix[self][self] += admittance;
            if (other < nodes)
                matrix[self][other] -= admittance;
            else if (other == source)
                matrix[self][nodes] += admittance; // the source is 1 V
        }
    };
    const Complex s(0, 2 * std::numbers::pi * frequency);
    const auto resistor = [](double ohms) { return Complex(1 / std::max(ohms, 1e-3)); };
    connect(source, 0, s * parts.trebleCapacitor);
    connect(0, 1, resistor((1 - travel.treble) * parts.treblePot));
    connect(1, 2, resistor(travel.treble * parts.treblePot));
    connect(source, 3, resistor(parts.slopeResistor));
    connect(3, 2, s * parts.bassCapacitor);
    connect(2, 4, resistor(travel.bass * parts.bassPot));
    connect(3, 5, s * parts.middleCapacitor);
    connect(4, 5, resistor((1 - travel.middle) * parts.middlePot));
    connect(5, ground, resistor(travel.middle * parts.middlePot));

    for (int column = 0; column < nodes; ++column)
    {
        int pivot = column;
        for (int row = column + 1; row < nodes; ++row)
            if (std::abs(matrix[row][column]) > std::abs(matrix[pivot][column]))
                pivot = row;
        std::swap(matrix[pivot], matrix[column]);
        for (int row = 0; row < nodes; ++row)
            if (row != column)
            {
                const Complex factor = matrix[row][column] / matrix[column][column];
                for (int k = column; k <= nodes; ++k)
                    matrix[row][k] -= factor * matrix[column][k];
            }
    }
    return std::abs(matrix[1][nodes] / matrix[1][1]);
}

double formulaGain(const ThirdOrderTransfer& h, double frequency)
{
    const Complex s(0, 2 * std::numbers::pi * frequency);
    const auto at = [s](const std::array<double, 4>& c) { return c[0] + s * (c[1] + s * (c[2] + s * c[3])); };
    return std::abs(at(h.b) / at(h.a));
}

double decibels(double gain)
{
    return 20 * std::log10(gain);
}

TEST(ToneStackTest, TransferFunctionIsThatOfTheCircuit)
{
    for (const auto& network : networks)
        for (const double bass : {0.0, 0.1, 0.5, 1.0})
            for (const double middle : {0.0, 0.3, 1.0})
                for (const double treble : {0.0, 0.6, 1.0})
                    for (const double frequency : {40.0, 150.0, 500.0, 1500.0, 6000.0, 15000.0})
                    {
                        const ToneStackTravel travel{bass, middle, treble};
                        EXPECT_NEAR(decibels(formulaGain(toneStackTransfer(network, travel), frequency)),
                                    decibels(nodalGain(network, travel, frequency)), 0.01)
                            << bass << ' ' << middle << ' ' << treble << " at " << frequency;
                    }
}

TEST(ToneStackTest, NamedStacksDipWhereTheirAmplifiersDo)
{
    struct Dip
    {
        AmpModel model;
        double lowest; // Hz
        double highest;
        double least; // dB below the mean of what the stack passes at 100 Hz and at 5 kHz
        double most;
    };
    // The broad shape of published curves: deep and low in the American networks with 100 kohm, shallow and
    // higher where the slope resistor is small.
    for (const auto& dip :
         {Dip{AmpModel::americanClean, 400, 650, 8, 12}, Dip{AmpModel::boutiqueLead, 400, 650, 8, 12},
          Dip{AmpModel::britishChime, 600, 1000, 7, 12}, Dip{AmpModel::americanTweed, 500, 900, 5, 8},
          Dip{AmpModel::britishCrunch, 500, 900, 3.5, 6}, Dip{AmpModel::modernHighGain, 500, 900, 3.5, 6}})
    {
        const auto& data = ampModelData(dip.model);
        const auto transfer = toneStackTransfer(data.stack, {0.1, 0.5, std::pow(0.5, data.trebleTaper)});
        const auto gain = [&](double frequency) { return decibels(formulaGain(transfer, frequency)); };
        double deepest = 200;
        for (double frequency = 200; frequency < 2000; frequency *= 1.02)
            deepest = gain(frequency) < gain(deepest) ? frequency : deepest;
        const double depth = 0.5 * (gain(100) + gain(5000)) - gain(deepest);
        const auto name = ampModels[static_cast<std::size_t>(dip.model)];
        EXPECT_GT(deepest, dip.lowest) << name;
        EXPECT_LT(deepest, dip.highest) << name;
        EXPECT_GT(depth, dip.least) << name;
        EXPECT_LT(depth, dip.most) << name;
    }
}

TEST(ToneStackTest, DiscreteFilterFollowsTheAnalogueResponse)
{
    for (const auto& network : networks)
        for (const double rate : {176400.0, 192000.0, 384000.0})
            for (const ToneStackTravel travel :
                 {ToneStackTravel{}, ToneStackTravel{0.05, 0.0, 1.0}, ToneStackTravel{1.0, 1.0, 0.0}})
            {
                const auto transfer = toneStackTransfer(network, travel);
                ThirdOrderFilter filter;
                filter.glideTo(transfer, rate, 0);
                // The whole response from one impulse; one second is enough for the slowest pole.
                for (const double frequency : {50.0, 200.0, 800.0, 3000.0, 10000.0})
                {
                    filter.reset();
                    Complex sum = 0;
                    const Complex turn = std::polar(1.0, -2 * std::numbers::pi * frequency / rate);
                    Complex phase = 1;
                    for (int n = 0; n < static_cast<int>(rate / 2); ++n, phase *= turn)
                        sum += phase *
                               static_cast<double>(filter.process(everyLane<Lanes>(n == 0 ? 1.0f : 0.0f))[0]);
                    EXPECT_NEAR(decibels(std::abs(sum)), decibels(formulaGain(transfer, frequency)), 0.3)
                        << rate << " at " << frequency;
                }
            }
}

TEST(ToneStackTest, EveryKnobDoesWhatItsNameSays)
{
    for (const auto& network : networks)
    {
        const auto gain = [&](ToneStackTravel travel, double frequency)
        { return decibels(formulaGain(toneStackTransfer(network, travel), frequency)); };
        EXPECT_GT(gain({1, 0.5, 0.5}, 80), gain({0, 0.5, 0.5}, 80) + 6);
        EXPECT_GT(gain({0.5, 1, 0.5}, 500), gain({0.5, 0, 0.5}, 500) + 4);
        EXPECT_GT(gain({0.5, 0.5, 1}, 5000), gain({0.5, 0.5, 0}, 5000) + 6);
    }
}
} // namespace
} // namespace tonewright::dsp
