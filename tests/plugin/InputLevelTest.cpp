#include "plugin/InputLevel.h"

#include <gtest/gtest.h>

namespace tonewright::plugin
{
namespace
{
constexpr double tick = 1.0 / 30;

void play(InputAdvisor& advisor, float peak, float trim, double seconds)
{
    for (double time = 0; time < seconds; time += tick)
        advisor.add(peak, trim, tick);
}

InputAdvice adviceFor(float peak, float trim = 0)
{
    InputAdvisor advisor;
    play(advisor, peak, trim, 5);
    return advisor.advice();
}

TEST(InputAdvisor, SaysHowFarTheLevelIsFromTheReference)
{
    using Kind = InputAdvice::Kind;
    for (float peak = -40; peak <= -0.2f; peak += 0.5f)
        for (const float trim : {-6.0f, 0.0f, 6.0f})
        {
            const auto advice = adviceFor(peak, trim);
            const float missing = referencePeak - peak - trim;
            EXPECT_NEAR(advice.decibels, missing, 0.51f);
            EXPECT_EQ(advice.kind, missing > 6 ? Kind::low : missing < -5 ? Kind::hot : Kind::good) << peak;
        }
    EXPECT_EQ(adviceFor(referencePeak - 6.5f).sentence(),
              "A little low - raise your interface's gain by about 7 dB, or calibrate.");
    EXPECT_EQ(adviceFor(referencePeak - 14).word(), "low");
}

TEST(InputAdvisor, SaysNothingUntilSomebodyPlays)
{
    InputAdvisor advisor;
    EXPECT_EQ(advisor.advice().kind, InputAdvice::Kind::unknown);
    play(advisor, -65, 0, 30);
    EXPECT_EQ(advisor.advice().kind, InputAdvice::Kind::unknown) << "noise of the interface";
    play(advisor, -20, 0, 0.1);
    EXPECT_EQ(advisor.advice().kind, InputAdvice::Kind::unknown) << "one note is too little to judge";
}

TEST(InputAdvisor, ForgetsWhatIsLongPast)
{
    InputAdvisor advisor;
    play(advisor, -1, 0, 3);
    EXPECT_EQ(advisor.advice().kind, InputAdvice::Kind::hot);
    play(advisor, -10, 0, 20);
    EXPECT_EQ(advisor.advice().kind, InputAdvice::Kind::good);
}

TEST(InputAdvisor, SeesAnOverloadWhateverTheTrim)
{
    EXPECT_EQ(adviceFor(0.0f, -12).kind, InputAdvice::Kind::clipping);
    EXPECT_EQ(adviceFor(3.0f, 0).word(), "clips");
}

/// Strums twice a second.
void strum(InputCalibration& calibration, float peak)
{
    for (int number = 0; number < 400 && calibration.state() != InputCalibration::State::done &&
                         calibration.state() != InputCalibration::State::failed;
         ++number)
        calibration.add(number % 15 == 0 ? peak : peak - 9, tick);
}

TEST(InputCalibration, BringsHardStrummingToTheReference)
{
    for (float peak = -32; peak < -0.2f; peak += 0.7f)
    {
        InputCalibration calibration;
        calibration.start();
        strum(calibration, peak);
        ASSERT_EQ(calibration.state(), InputCalibration::State::done) << peak << calibration.problem();
        EXPECT_NEAR(peak + calibration.trim(), referencePeak, 0.06f);
        EXPECT_FLOAT_EQ(calibration.strummedPeak(), peak);
        EXPECT_EQ(calibration.progress(), 1.0);
    }
}

TEST(InputCalibration, IsNotFooledByOneKnock)
{
    InputCalibration calibration;
    calibration.start();
    calibration.add(-2, tick);
    strum(calibration, -15);
    EXPECT_NEAR(calibration.trim(), referencePeak + 15, 0.06f);
}

TEST(InputCalibration, SaysWhyItCannotBeDone)
{
    InputCalibration calibration;
    calibration.add(-10, 20);
    EXPECT_EQ(calibration.state(), InputCalibration::State::idle) << "nobody started it";
    calibration.start();
    for (int number = 0; number < 301; ++number)
        calibration.add(-70, tick);
    EXPECT_EQ(calibration.state(), InputCalibration::State::failed);
    EXPECT_NE(calibration.problem().find("Nothing was heard"), std::string::npos);
    calibration.start();
    strum(calibration, 0);
    EXPECT_NE(calibration.problem().find("overloaded"), std::string::npos);
    calibration.start();
    strum(calibration, -40);
    EXPECT_NE(calibration.problem().find("raise your interface's gain"), std::string::npos);
}
} // namespace
} // namespace tonewright::plugin
