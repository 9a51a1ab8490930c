#include "dsp/measure/Note.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tonewright::dsp
{
namespace
{
TEST(Note, NamesTheStringsOfAGuitarAndABass)
{
    struct Example
    {
        double frequency;
        const char* name;
        int octave;
    };
    for (const auto& [frequency, name, octave] : {Example{30.868, "B", 0},
                                                  {41.203, "E", 1},
                                                  {82.407, "E", 2},
                                                  {110.0, "A", 2},
                                                  {146.832, "D", 3},
                                                  {195.998, "G", 3},
                                                  {246.942, "B", 3},
                                                  {329.628, "E", 4},
                                                  {261.626, "C", 4},
                                                  {1318.51, "E", 6}})
    {
        const auto note = nearestNote(frequency, standardReference);
        EXPECT_EQ(note.name(), name) << frequency;
        EXPECT_EQ(note.octave(), octave) << frequency;
        EXPECT_NEAR(note.cents, 0, 0.05) << frequency;
    }
}

TEST(Note, CountsCentsFromTheReferenceInUse)
{
    for (const double reference : {lowestReference, 440.0, 442.0, highestReference})
        for (const double cents : {-49.0, -10.0, 0.0, 0.5, 49.0})
            for (int number = 0; number < 128; ++number)
            {
                const auto note =
                    nearestNote(reference * std::pow(2.0, (number - 69 + cents / 100) / 12), reference);
                EXPECT_EQ(note.number, number);
                EXPECT_NEAR(note.cents, cents, 1e-6);
            }
}
} // namespace
} // namespace tonewright::dsp
