#include "generation/Audition.h"

#include "generation/AuditionEar.h"
#include "generation/ToneCorrection.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tonewright
{
namespace
{
constexpr double targetLoudness = -18; // LUFS
constexpr double truePeakCeiling = -2; // dBTP: where the output limiter begins
constexpr double largestJump = 6;      // LU by which an edit may become louder unasked
/// dBFS before the limiter that palm mutes and lead lines may reach, which no loudness of chords tells: the
/// limiter takes 4.5 dB off a few picks then. Lower, and evenly compressed clean tones, whose picks come
/// through, would be softer than all others.
constexpr double phraseCeiling = 2.5;

bool promises(const ToneExpectation& expectation, Quality quality)
{
    return std::any_of(expectation.promises.begin(), expectation.promises.end(),
                       [quality](const Promise& promise) { return promise.quality == quality; });
}

bool needsReference(const ToneExpectation& expectation)
{
    return expectation.isEdit || std::any_of(expectation.promises.begin(), expectation.promises.end(),
                                             [](const Promise& promise) { return promise.isRelative; });
}

double loudnessOf(const Heard& heard)
{
    return heard.onChords()[static_cast<std::size_t>(Quality::level)];
}

bool isAudible(const Heard& heard)
{
    return loudnessOf(heard) > silence;
}

/// One preset on its way through the audition.
class Session
{
public:
    Session(Preset& auditioned, const ToneExpectation& whatWasPromised, const Cancellation& whenToStop)
        : preset(auditioned), expectation(whatWasPromised),
          cancellation(whenToStop), attention{promises(expectation, Quality::distortion),
                                              expectation.isEdit || promises(expectation, Quality::level),
                                              true}
    {
    }

    AuditionReport run()
    {
        AuditionReport report;
        report.isSound = false;
        if (!hearReference())
            return report;
        auto parameters = preset.parameters;
        auto heard = ear.listen(parameters, attention, cancellation);
        if (!heard || !heard->isSound || !keepPromises(parameters, *heard, report))
            return report;
        // Of an edit, whose loudness is only compared, the start is enough, unless all there is comes later.
        const bool toTheEnd =
            !expectation.isEdit || AuditionEar::mayRunAway(parameters) || !isAudible(*heard);
        const auto level = toTheEnd ? ear.listenOut(parameters, cancellation)
                                    : std::optional(HeardLevel{isAudible(*heard), loudnessOf(*heard)});
        report.isSound = level && level->isSound;
        if (!report.isSound)
        {
            report.notes.clear(); // nothing of it is in the preset
            report.missingAfter = report.missingBefore;
            return report;
        }
        if (expectation.isEdit)
            keepFromJumping(parameters, loudnessOf(*heard), report);
        else
            matchLoudness(parameters, *level, heard->peak, report);
        preset.parameters = parameters;
        return report;
    }

private:
    /// False when cancelled.
    bool hearReference()
    {
        if (!needsReference(expectation))
            return true;
        const bool comparesDistortion =
            std::any_of(expectation.promises.begin(), expectation.promises.end(),
                        [](const Promise& promise)
                        { return promise.quality == Quality::distortion && promise.isRelative; });
        const auto heard = ear.listen(
            expectation.reference, {comparesDistortion, attention.toLevel, comparesPhrases()}, cancellation);
        if (heard)
            reference = *heard;
        return heard.has_value();
    }

    bool comparesPhrases() const
    {
        return std::any_of(expectation.promises.begin(), expectation.promises.end(),
                           [](const Promise& promise)
                           { return promise.isJudgedOn(ReferenceRiff::palmMutes); });
    }

    /// Moves towards what was promised, once, and stays there if that helped. False when cancelled.
    bool keepPromises(ParameterSet& parameters, Heard& heard, AuditionReport& report)
    {
        report.missingBefore = missing(expectation, heard.qualities, reference.qualities);
        report.missingAfter = report.missingBefore;
        if (report.missingBefore <= 0)
            return true;
        const auto correction = corrected(parameters, expectation, heard.qualities, reference.qualities);
        if (correction.parameters == parameters)
            return true;
        // An equaliser hardly moves the class of a distortion: it is measured again where the gain moved.
        const bool movesGain = correction.parameters["amp.gain"_p] != parameters["amp.gain"_p];
        auto heardAgain = ear.listen(
            correction.parameters,
            {attention.toDistortion && movesGain, attention.toLevel, attention.toPhrases}, cancellation);
        if (!heardAgain)
            return false;
        constexpr auto distortion = static_cast<std::size_t>(Quality::distortion);
        if (!movesGain)
            heardAgain->onChords()[distortion] = heard.onChords()[distortion];
        if (heardAgain->isSound &&
            isNearer(expectation, heardAgain->qualities, heard.qualities, reference.qualities))
        {
            parameters = correction.parameters;
            heard = *heardAgain;
            report.notes = correction.notes;
            report.missingAfter = missing(expectation, heard.qualities, reference.qualities);
        }
        return true;
    }

    /// A new tone is as loud as all others, and below the ceiling.
    void matchLoudness(ParameterSet& parameters, const HeardLevel& level, double peakOfPhrases,
                       AuditionReport& report)
    {
        report.loudness = level.loudness;
        double wanted = targetLoudness - level.loudness;
        // Between samples a guitar through a loudspeaker reaches 0.3 dB higher. Where even ten times that
        // would not matter, it is not looked for.
        constexpr double highestBetween = 3;
        if (level.peak + highestBetween + wanted > truePeakCeiling)
            wanted = std::min(wanted, truePeakCeiling - ear.truePeak());
        wanted = std::min(wanted,
                          phraseCeiling - peakOfPhrases - static_cast<double>(parameters["output.level"_p]));
        addLevel(wanted, parameters, report);
    }

    /// An edit keeps its level, unless it would jump out of the speakers.
    void keepFromJumping(ParameterSet& parameters, double loudness, AuditionReport& report)
    {
        report.loudness = loudness;
        const double wanted = withoutJump(parameters, loudness);
        if (wanted == 0)
            return;
        const float before = parameters["output.level"_p];
        addLevel(wanted, parameters, report);
        const auto& info = infoOf("output.level"_p);
        report.notes.push_back("Output level from " + textOf(info, before) + " to " +
                               textOf(info, parameters["output.level"_p]));
    }

    static void addLevel(double decibels, ParameterSet& parameters, AuditionReport& report)
    {
        const auto& info = infoOf("output.level"_p);
        const auto before = static_cast<double>(parameters["output.level"_p]);
        // Rounded down to a tenth, so that the ceiling holds.
        const double after = std::clamp(std::floor((before + decibels) * 10) / 10,
                                        static_cast<double>(info.minimum), static_cast<double>(info.maximum));
        parameters["output.level"_p] = static_cast<float>(after);
        report.levelCorrection = after - before;
        report.loudness += report.levelCorrection;
    }

    /// dB, 0 or below, that keep an edit from jumping out of the speakers.
    double withoutJump(ParameterSet parameters, double loudness)
    {
        const bool mayJump = promises(expectation, Quality::level) ||
                             std::find(expectation.given.begin(), expectation.given.end(),
                                       "output.level"_p) != expectation.given.end();
        const double loudest = std::max(loudnessOf(reference), targetLoudness) + largestJump;
        if (mayJump || !reference.isSound || !isAudible(reference) || loudness <= loudest)
            return 0;
        // The limiter may hold the sound down: without it, a dB of level is a dB of loudness.
        constexpr float belowLimiter = 12;
        auto& level = parameters["output.level"_p];
        const float before = level;
        level = legalValue(infoOf("output.level"_p), level - belowLimiter);
        const auto unlimited = ear.listen(parameters, {false, true}, cancellation);
        if (!unlimited)
            return 0;
        return std::min(0.0, loudest - loudnessOf(*unlimited) - static_cast<double>(before - level));
    }

    Preset& preset;
    const ToneExpectation& expectation;
    const Cancellation& cancellation;
    const Attention attention;
    AuditionEar ear;
    Heard reference;
};
} // namespace

AuditionReport audition(Preset& preset, const ToneExpectation& expectation, const Cancellation& cancellation)
{
    return Session(preset, expectation, cancellation).run();
}

} // namespace tonewright
