#include "dsp/RiffScore.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <span>

namespace tonewright::dsp
{
namespace
{
constexpr int stringCount = 6;
constexpr int notPlayed = -1;
using ChordShape = std::array<int, stringCount>; // fret of each string, low E first

constexpr ChordShape eMinor{0, 2, 2, 0, 0, 0};
constexpr ChordShape gMajor{3, 2, 0, 0, 3, 3};
constexpr ChordShape dMajor{notPlayed, notPlayed, 0, 2, 3, 2};
constexpr ChordShape cAddNine{notPlayed, 3, 2, 0, 3, 3};
constexpr ChordShape aMinor{notPlayed, 0, 2, 2, 1, 0};
constexpr ChordShape fMajorSeven{notPlayed, notPlayed, 3, 2, 1, 0};
constexpr ChordShape cMajor{notPlayed, 3, 2, 0, 1, 0};
constexpr ChordShape gOpen{3, 2, 0, 0, 0, 3};
constexpr ChordShape eFive{0, 2, 2, notPlayed, notPlayed, notPlayed};
constexpr ChordShape gFive{3, 5, 5, notPlayed, notPlayed, notPlayed};
constexpr ChordShape aFive{5, 7, 7, notPlayed, notPlayed, notPlayed};
constexpr ChordShape bFlatFive{6, 8, 8, notPlayed, notPlayed, notPlayed};

/// A small repeatable hand: the same numbers on every machine, which std's distributions do not promise.
class Hand
{
public:
    /// Uniform in -1 to 1.
    double sway() { return 2.0 * static_cast<double>(engine()) / 4294967295.0 - 1.0; }

private:
    std::mt19937 engine{1959};
};

/// Where music happens: beats become seconds.
struct Performance
{
    double beatSeconds;
    Hand& hand;
    std::vector<RiffNote>& notes;

    void play(double beat, RiffNote note, double lengthInBeats, double delay = 0) const
    {
        note.start = std::max(0.0, beat * beatSeconds + delay + 0.004 * hand.sway());
        note.stop = note.start + lengthInBeats * beatSeconds;
        note.velocity *= static_cast<float>(1.0 + 0.08 * hand.sway());
        notes.push_back(note);
    }

    /// The pick crosses the strings, down from the low ones or up from the high ones; an upstroke catches the
    /// upper strings only.
    void strum(double beat, const ChordShape& shape, bool down, float velocity, double lengthInBeats,
               double secondsPerString, bool isMuted = false) const
    {
        int struck = 0;
        for (int step = 0; step < stringCount; ++step)
        {
            const int string = down ? step : stringCount - 1 - step;
            const int fret = shape[static_cast<std::size_t>(string)];
            if (fret == notPlayed || (!down && string < 2))
                continue;
            const float accent = velocity * (1.0f - 0.04f * static_cast<float>(struck));
            play(beat, {.string = string, .fret = fret, .velocity = accent, .isMuted = isMuted},
                 lengthInBeats, secondsPerString * struck);
            ++struck;
        }
    }
};

/// A style: a loop, its length, and its last sound.
struct Style
{
    double tempo; // quarter notes a minute
    double loopBeats;
    double pickPosition;
    double pickupPosition;
    double sustainSeconds;
    void (*playLoop)(const Performance&, double firstBeat);
    void (*playEnding)(const Performance&, double beat);
};

constexpr double untilReplaced = 100; // beats: longer than any loop

void playChords(const Performance& performance, double firstBeat)
{
    struct Stroke
    {
        double beat;
        bool down;
        float velocity;
    };
    constexpr std::array<Stroke, 6> bar{{{0, true, 0.95f},
                                         {1, true, 0.7f},
                                         {1.5, false, 0.5f},
                                         {2.5, false, 0.55f},
                                         {3, true, 0.75f},
                                         {3.5, false, 0.5f}}};
    constexpr std::array progression{eMinor, gMajor, dMajor, cAddNine};
    for (std::size_t chord = 0; chord < progression.size(); ++chord)
        for (const auto& stroke : bar)
            performance.strum(firstBeat + 4.0 * static_cast<double>(chord) + stroke.beat, progression[chord],
                              stroke.down, stroke.velocity, untilReplaced, stroke.down ? 0.011 : 0.008);
}

void endChords(const Performance& performance, double beat)
{
    performance.strum(beat, eMinor, true, 0.95f, untilReplaced, 0.022);
}

/// A phrase in A minor pentatonic around the fifth fret.
void playLead(const Performance& performance, double firstBeat)
{
    struct LeadNote
    {
        double beat;
        double length;
        RiffNote note;
    };
    static const std::array phrase{
        LeadNote{0, 1.5, {.string = 3, .fret = 7, .velocity = 0.95f, .bend = 2, .vibrato = 14}},
        LeadNote{1.5, 0.5, {.string = 4, .fret = 5, .velocity = 0.75f}},
        LeadNote{2, 1, {.string = 5, .fret = 5, .velocity = 0.9f, .vibrato = 10}},
        LeadNote{3, 0.5, {.string = 4, .fret = 8, .velocity = 0.8f}},
        LeadNote{3.5, 0.5, {.string = 4, .fret = 5, .velocity = 0.7f}},
        LeadNote{4, 0.5, {.string = 3, .fret = 7, .velocity = 0.85f}},
        LeadNote{4.5, 0.5, {.string = 3, .fret = 5, .velocity = 0.7f}},
        LeadNote{5, 2.4, {.string = 2, .fret = 7, .velocity = 0.9f, .vibrato = 18}},
        LeadNote{7.5, 0.25, {.string = 3, .fret = 5, .velocity = 0.7f}},
        LeadNote{7.75, 0.25, {.string = 3, .fret = 7, .velocity = 0.75f}},
        LeadNote{8, 1.5, {.string = 4, .fret = 8, .velocity = 1.0f, .bend = 2, .vibrato = 16}},
        LeadNote{9.5, 0.5, {.string = 4, .fret = 5, .velocity = 0.75f}},
        LeadNote{10, 0.5, {.string = 3, .fret = 7, .velocity = 0.85f}},
        LeadNote{10.5, 0.5, {.string = 3, .fret = 5, .velocity = 0.7f}},
        LeadNote{11, 0.75, {.string = 2, .fret = 7, .velocity = 0.85f}},
        LeadNote{11.75, 0.25, {.string = 2, .fret = 5, .velocity = 0.65f}},
        LeadNote{12, 0.5, {.string = 1, .fret = 7, .velocity = 0.8f}},
        LeadNote{12.5, 0.5, {.string = 2, .fret = 5, .velocity = 0.7f}},
        LeadNote{13, 2.9, {.string = 2, .fret = 7, .velocity = 0.95f, .vibrato = 20}}};
    for (const auto& [beat, length, note] : phrase)
        performance.play(firstBeat + beat, note, length);
}

void endLead(const Performance& performance, double beat)
{
    performance.play(beat, {.string = 4, .fret = 10, .velocity = 1.0f, .vibrato = 20}, untilReplaced);
}

/// A gallop on the muted low E, answered by two open power chords.
void playPalmMutes(const Performance& performance, double firstBeat)
{
    constexpr std::array gallop{0.0, 0.5, 0.75, 1.0, 1.5, 1.75, 2.0, 2.5, 2.75};
    constexpr std::array answers{std::array{gFive, aFive}, std::array{bFlatFive, aFive}};
    for (std::size_t bar = 0; bar < answers.size(); ++bar)
    {
        const double start = firstBeat + 4.0 * static_cast<double>(bar);
        for (const double beat : gallop)
            performance.strum(start + beat, eFive, true, std::fmod(beat, 1.0) == 0.0 ? 0.95f : 0.75f, 0.9,
                              0.002, true);
        performance.strum(start + 3.0, answers[bar][0], true, 0.9f, 0.45, 0.003);
        performance.strum(start + 3.5, answers[bar][1], true, 0.9f, 0.45, 0.003);
    }
}

void endPalmMutes(const Performance& performance, double beat)
{
    performance.strum(beat, eFive, true, 1.0f, untilReplaced, 0.004);
}

void playArpeggio(const Performance& performance, double firstBeat)
{
    struct Bar
    {
        ChordShape shape;
        int bass;
    };
    constexpr std::array progression{Bar{aMinor, 1}, Bar{fMajorSeven, 2}, Bar{cMajor, 1}, Bar{gOpen, 0}};
    constexpr std::array upper{3, 4, 5, 4, 3, 4, 5}; // strings after the bass, in eighths
    for (std::size_t bar = 0; bar < progression.size(); ++bar)
    {
        const double start = firstBeat + 4.0 * static_cast<double>(bar);
        const auto& [shape, bass] = progression[bar];
        performance.play(start,
                         {.string = bass, .fret = shape[static_cast<std::size_t>(bass)], .velocity = 0.85f},
                         untilReplaced);
        for (std::size_t index = 0; index < upper.size(); ++index)
        {
            const int string = upper[index];
            const int fret = shape[static_cast<std::size_t>(string)];
            const float velocity = index % 2 == 0 ? 0.6f : 0.68f;
            performance.play(start + 0.5 * static_cast<double>(index + 1),
                             {.string = string, .fret = fret, .velocity = velocity}, untilReplaced);
        }
    }
}

void endArpeggio(const Performance& performance, double beat)
{
    performance.strum(beat, aMinor, true, 0.7f, untilReplaced, 0.035);
}

/// By RiffStyle.
constexpr std::array<Style, riffStyles.size()> styles{{
    {104, 16, 0.20, 0.24, 7, playChords, endChords},
    {92, 16, 0.11, 0.11, 6, playLead, endLead},
    {120, 8, 0.09, 0.08, 6, playPalmMutes, endPalmMutes},
    {108, 16, 0.17, 0.26, 8, playArpeggio, endArpeggio},
}};
} // namespace

RiffScore composeRiff(RiffStyle style, double seconds)
{
    const auto& plan = styles[static_cast<std::size_t>(style)];
    const double beatSeconds = 60.0 / plan.tempo;
    RiffScore score{{}, plan.pickPosition, plan.pickupPosition, plan.sustainSeconds};
    Hand hand;
    const Performance performance{beatSeconds, hand, score.notes};

    // The last sound begins on a beat and rings for a moment; then a second (less in short riffs) of damped
    // strings.
    const double dampedAt = seconds - std::min(1.0, 0.12 * seconds);
    const double lastBeat = std::floor((dampedAt - std::min(1.6, 0.2 * seconds)) / beatSeconds);
    const bool hasEnding = lastBeat >= 1;
    const double loopEnd = hasEnding ? lastBeat * beatSeconds - 0.01 : dampedAt;
    for (double beat = 0; beat * beatSeconds < loopEnd; beat += plan.loopBeats)
        plan.playLoop(performance, beat);
    std::erase_if(score.notes, [&](const RiffNote& note) { return note.start >= loopEnd; });
    if (hasEnding)
    {
        for (auto& note : score.notes)
            note.stop = std::min(note.stop, lastBeat * beatSeconds);
        plan.playEnding(performance, lastBeat);
    }
    for (auto& note : score.notes)
        note.stop = std::min(note.stop, dampedAt);
    std::stable_sort(score.notes.begin(), score.notes.end(),
                     [](const RiffNote& a, const RiffNote& b) { return a.start < b.start; });
    return score;
}

} // namespace tonewright::dsp
