#include "StagePromises.h"
#include "dsp/CabinetBank.h"
#include "dsp/CabinetImpulseResponse.h"
#include "dsp/Stages.h"

#include <map>
#include <thread>

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

struct Miked
{
    CabinetModel model;
    Microphone microphone;
};

std::vector<Miked> allCabinets()
{
    std::vector<Miked> all;
    for (std::size_t model = 0; model < builtInCabinetCount; ++model)
        for (std::size_t microphone = 0; microphone < microphones.size(); ++microphone)
            all.push_back({static_cast<CabinetModel>(model), static_cast<Microphone>(microphone)});
    return all;
}

std::string nameOf(const Miked& miked)
{
    return std::string(cabinetModels[static_cast<std::size_t>(miked.model)]) + " / " +
           std::string(microphones[static_cast<std::size_t>(miked.microphone)]);
}

constexpr double usualDistance = 0.05;

std::vector<double> thirdOctaves(double lowest, double highest)
{
    std::vector<double> centres;
    for (double centre = lowest; centre <= highest; centre *= std::cbrt(2.0))
        centres.push_back(centre);
    return centres;
}

/// Mean power around `centre`, a third of an octave wide, in dB.
double thirdOctaveLevel(const Signal& impulse, double centre, double rate)
{
    double power = 0;
    for (int step = -4; step <= 4; ++step)
        power += std::pow(magnitude(impulse, centre * std::exp2(step / 27.0), rate), 2);
    return 10 * std::log10(power / 9 + 1e-12);
}

/// Power per octave from `low` to `high`, in dB.
double bandLevel(const Signal& impulse, double low, double high, double rate)
{
    double power = 0;
    int count = 0;
    for (double f = low; f < high; f *= 1.01, ++count)
        power += std::pow(magnitude(impulse, f, rate), 2);
    return 10 * std::log10(power / count + 1e-12);
}

Signal impulseOf(const Miked& miked, double distance = usualDistance, double rate = 48000)
{
    static std::map<double, CabinetSynthesiser> synthesisers;
    auto& synthesiser = synthesisers.try_emplace(rate, rate).first->second;
    return synthesiser.impulse(miked.model, miked.microphone, distance);
}

TEST(CabinetImpulseResponseTest, EveryCabinetAndMicrophoneSoundsDifferent)
{
    constexpr double leastDistance = 1.0; // dB, mean over third octaves from 80 Hz to 8 kHz, level removed
    const auto all = allCabinets();
    std::vector<std::vector<double>> spectra;
    for (const auto& miked : all)
    {
        const Signal impulse = impulseOf(miked);
        std::vector<double> levels;
        for (const double centre : thirdOctaves(80, 8000))
            levels.push_back(thirdOctaveLevel(impulse, centre, 48000));
        spectra.push_back(levels);
    }
    double nearest = 1e9;
    for (std::size_t a = 0; a < all.size(); ++a)
        for (std::size_t b = a + 1; b < all.size(); ++b)
        {
            double distance = 0;
            for (std::size_t band = 0; band < spectra[a].size(); ++band)
                distance += std::abs(spectra[a][band] - spectra[b][band]);
            distance /= static_cast<double>(spectra[a].size());
            nearest = std::min(nearest, distance);
            EXPECT_GT(distance, leastDistance) << nameOf(all[a]) << " and " << nameOf(all[b]);
        }
    RecordProperty("nearestPairDecibels", std::to_string(nearest));
}

TEST(CabinetImpulseResponseTest, MicrophonesAreOrderedByBrightness)
{
    for (std::size_t model = 0; model < builtInCabinetCount; ++model)
    {
        const auto highs = [&](Microphone microphone)
        {
            const Signal impulse = impulseOf({static_cast<CabinetModel>(model), microphone});
            return bandLevel(impulse, 2000, 12000, 48000) - bandLevel(impulse, 100, 12000, 48000);
        };
        EXPECT_LT(highs(Microphone::ribbon), highs(Microphone::dynamic) - 2) << cabinetModels[model];
        EXPECT_LT(highs(Microphone::ribbon), highs(Microphone::condenser) - 2) << cabinetModels[model];
        const auto air = [&](Microphone microphone)
        {
            const Signal impulse = impulseOf({static_cast<CabinetModel>(model), microphone});
            return bandLevel(impulse, 7000, 14000, 48000) - bandLevel(impulse, 100, 5000, 48000);
        };
        EXPECT_GT(air(Microphone::condenser), air(Microphone::dynamic) + 2) << cabinetModels[model];
    }
}

TEST(CabinetImpulseResponseTest, ClosedBacksThumpWhereOpenBacksDoNot)
{
    const auto thump = [](CabinetModel model)
    {
        const Signal impulse = impulseOf({model, Microphone::dynamic});
        return bandLevel(impulse, 90, 140, 48000) - bandLevel(impulse, 300, 1000, 48000);
    };
    const double leastClosed =
        std::min({thump(CabinetModel::british4x12Closed), thump(CabinetModel::modern4x12Closed),
                  thump(CabinetModel::boutique2x12Closed)});
    for (const auto open :
         {CabinetModel::tweed1x12Open, CabinetModel::american1x12Open, CabinetModel::american2x12Open,
          CabinetModel::tweed4x10Open, CabinetModel::british2x12Open})
        for (const double distance : {0.05, 0.3})
        {
            const auto lows = [&](CabinetModel model)
            {
                const Signal impulse = impulseOf({model, Microphone::dynamic}, distance);
                return bandLevel(impulse, 80, 160, 48000) - bandLevel(impulse, 160, 5000, 48000);
            };
            EXPECT_LT(lows(open), lows(CabinetModel::british4x12Closed))
                << static_cast<int>(open) << ' ' << distance;
            EXPECT_LT(lows(open), lows(CabinetModel::modern4x12Closed))
                << static_cast<int>(open) << ' ' << distance;
        }
    EXPECT_GT(leastClosed, 0.5);
}

TEST(CabinetImpulseResponseTest, RollsOffSteeplyAboveTheSpeakersRange)
{
    for (const auto& miked : allCabinets())
    {
        const Signal impulse = impulseOf(miked);
        const double middle = bandLevel(impulse, 300, 4000, 48000);
        EXPECT_LT(bandLevel(impulse, 10000, 14000, 48000), middle - 10) << nameOf(miked);
        EXPECT_LT(bandLevel(impulse, 20, 40, 48000), middle - 3) << nameOf(miked);
    }
}

/// Gain in dB for noise from 100 Hz to 5 kHz whose power falls with the frequency to the 1.5.
double guitarLevel(const Signal& impulse, double rate)
{
    double power = 0;
    double weights = 0;
    for (double f = 100; f < 5000; f *= 1.01)
    {
        const double weight = 1 / std::sqrt(f); // f to the -1.5 times the width of the step
        power += weight * std::pow(magnitude(impulse, f, rate), 2);
        weights += weight;
    }
    return 10 * std::log10(power / weights);
}

TEST(CabinetImpulseResponseTest, GuitarNoiseComesOutAsLoudAsItWentIn)
{
    for (const auto& miked : allCabinets())
        for (const double distance : {0.01, 0.05, 1.0})
            EXPECT_NEAR(guitarLevel(impulseOf(miked, distance), 48000), 0, 0.3) << nameOf(miked);
}

TEST(CabinetImpulseResponseTest, SoundsTheSameAtEveryRate)
{
    for (const auto& miked : allCabinets())
        for (const double distance : {0.05, 1.0})
        {
            const Signal reference = impulseOf(miked, distance, 48000);
            for (const double rate : {44100.0, 88200.0, 96000.0, 192000.0})
            {
                const Signal other = impulseOf(miked, distance, rate);
                for (const double centre : thirdOctaves(80, 8000))
                    ASSERT_NEAR(thirdOctaveLevel(other, centre, rate),
                                thirdOctaveLevel(reference, centre, 48000), 1.0)
                        << nameOf(miked) << ", " << centre << " Hz at " << rate;
            }
        }
}

TEST(CabinetImpulseResponseTest, StartsAtOnceAndHasFadedAtItsEnd)
{
    for (const double rate : {8000.0, 44100.0, 192000.0})
        for (const auto& miked : allCabinets())
        {
            const Signal impulse = impulseOf(miked, usualDistance, rate);
            const auto loudest = static_cast<std::size_t>(
                std::max_element(impulse.begin(), impulse.end(),
                                 [](float a, float b) { return std::abs(a) < std::abs(b); }) -
                impulse.begin());
            EXPECT_LT(static_cast<double>(loudest) / rate, 0.0006) << nameOf(miked);
            EXPECT_LT(std::abs(impulse.back()), 1e-4 * peakOf(impulse)) << nameOf(miked);
            EXPECT_NEAR(static_cast<double>(impulse.size()) / rate, cabinetImpulseSeconds, 0.001);
        }
}

TEST(CabinetImpulseResponseTest, DistanceTakesLowsAndAddsRoom)
{
    for (const auto& miked : allCabinets())
    {
        const auto lows = [&](double distance)
        {
            const Signal impulse = impulseOf(miked, distance);
            return bandLevel(impulse, 50, 100, 48000) - bandLevel(impulse, 100, 5000, 48000);
        };
        EXPECT_GT(lows(0.01), lows(0.05)) << nameOf(miked);
        EXPECT_GT(lows(0.05), lows(0.22)) << nameOf(miked);
        // The first difference leaves out the ringing of the box.
        const auto room = [&](double distance)
        {
            const Signal impulse = impulseOf(miked, distance);
            double early = 0;
            double late = 0;
            for (std::size_t n = 1; n < impulse.size(); ++n)
                (n < 384 ? early : late) +=
                    std::pow(static_cast<double>(impulse[n]) - static_cast<double>(impulse[n - 1]), 2);
            return 10 * std::log10(late / early); // 384 samples are 8 ms
        };
        EXPECT_GT(room(1.0), room(0.22)) << nameOf(miked);
        EXPECT_GT(room(1.0), room(0.05) + 6) << nameOf(miked);
    }
}

Signal stageImpulse(const Miked& miked, float centimetres, double rate = 48000)
{
    StagePlayer player(makeCabinet(), rate);
    player.parameters["cabinet.model"_p] = static_cast<float>(miked.model);
    player.parameters["cabinet.mic"_p] = static_cast<float>(miked.microphone);
    player.parameters["cabinet.distance"_p] = centimetres;
    Signal impulse(static_cast<std::size_t>(0.06 * rate));
    impulse[0] = 1;
    player.play(impulse);
    return impulse;
}

TEST(CabinetTest, PlaysTheImpulseResponseOfItsModelMicrophoneAndDistance)
{
    for (const auto& miked : allCabinets())
        for (const float distance : CabinetBank::distances)
        {
            Signal expected = impulseOf(miked, 0.01 * static_cast<double>(distance));
            expected.resize(2880);
            EXPECT_LE(largestDifference(stageImpulse(miked, distance), expected), 1e-6) << nameOf(miked);
        }
}

TEST(CabinetTest, BlendsDistancesWithoutHolesOrJumpsInLevel)
{
    for (const auto microphone : {Microphone::dynamic, Microphone::ribbon, Microphone::condenser})
        for (float distance = 1; distance <= 100; distance *= 1.4f)
        {
            const Signal impulse = stageImpulse({CabinetModel::british4x12Closed, microphone}, distance);
            EXPECT_NEAR(guitarLevel(impulse, 48000), 0, 1.0) << distance;
        }
}

TEST(CabinetTest, MovingTheMicrophoneMakesNoStep)
{
    const std::pair<float, float> moves[] = {{1.0f, 100.0f}, {100.0f, 1.0f}, {4.0f, 6.0f}};
    for (const auto& move : moves)
        expectNoClick(
            makeCabinet, [&](ParameterSet& p) { p["cabinet.distance"_p] = move.first; },
            [&](ParameterSet& p) { p["cabinet.distance"_p] = move.second; }, 2);
}

TEST(CabinetTest, TailEndsWhenItSays)
{
    for (const double rate : {44100.0, 96000.0})
    {
        StagePlayer player(makeCabinet(), rate);
        Signal sound = sine(220, 0.5, 0.2, rate);
        player.play(sound);
        Signal silence(static_cast<std::size_t>(rate));
        player.play(silence);
        const double tail = player.stagePlayed().tailSeconds(player.parameters);
        EXPECT_NEAR(tail, 0.045, 0.005);
        EXPECT_LT(peakOf(silence, static_cast<std::size_t>(tail * rate)), 1e-6);
    }
}

TEST(CabinetTest, BanksAreSharedBetweenThreads)
{
    std::array<std::shared_ptr<const CabinetBank>, 4> banks;
    {
        std::vector<std::jthread> threads;
        for (auto& bank : banks)
            threads.emplace_back([&bank] { bank = cabinetBank(22050); });
    }
    for (const auto& bank : banks)
        EXPECT_EQ(bank, banks[0]);
}

TEST(CabinetTest, KeepsThePromisesOfEveryStage)
{
    for (const float distance : {5.0f, 40.0f})
        expectBlockSizeDoesNotMatter(makeCabinet,
                                     [=](ParameterSet& p) { p["cabinet.distance"_p] = distance; });
    expectSilenceStaysSilent(makeCabinet);
    expectFiniteAtExtremes(makeCabinet);
}
} // namespace
} // namespace tonewright::dsp
