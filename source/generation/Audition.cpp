#include "generation/Audition.h"

#include "generation/AuditionEar.h"
#include "generation/ToneCorrection.h"

#include <algorithm>
#include <cmath>

namespace tonewright
{
namespace
{
constexpr double targetLoudness = -18; // LUFS
constexpr double truePeakCeiling = -2; // dBTP: where the output limiter begins
constexpr double largestJump = 6;      // LU by which an edit may become louder unasked

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

/// One preset on its way through the audition.
class Session
{
public:
    Session(Preset& auditioned, const ToneExpectation& whatWasPromised, const Cancellation& whenToStop)
        : preset(auditioned), expectation(whatWasPromised), cancellation(whenToStop),
          toDistortion(promises(expectation, Quality::distortion)),
          length(expectation.isEdit ? Listening::start : Listening::whole)
    {
    }

    AuditionReport run()
    {
        AuditionReport report;
        auto heard = ear.listen(preset.parameters, length, toDistortion, cancellation);
        report.isSound = heard.has_value() && heard->isSound;
        if (!report.isSound || !hearReference())
            return report;
        auto parameters = preset.parameters;
        if (!keepPromises(parameters, *heard, report))
            return report;
        setLevel(parameters, *heard, report);
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
        const auto heard =
            ear.listen(expectation.reference, Listening::start, comparesDistortion, cancellation);
        if (heard)
            reference = *heard;
        return heard.has_value();
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
        const auto heardAgain = ear.listen(correction.parameters, length, toDistortion, cancellation);
        if (!heardAgain)
            return false;
        const double after = missing(expectation, heardAgain->qualities, reference.qualities);
        if (heardAgain->isSound && after < report.missingBefore)
        {
            parameters = correction.parameters;
            heard = *heardAgain;
            report.notes = correction.notes;
            report.missingAfter = after;
        }
        return true;
    }

    void setLevel(ParameterSet& parameters, const Heard& heard, AuditionReport& report)
    {
        const double wanted =
            expectation.isEdit ? withoutJump(parameters, heard)
                               : std::min(targetLoudness - heard.loudness, truePeakCeiling - heard.truePeak);
        report.loudness = heard.loudness;
        if (expectation.isEdit && wanted == 0)
            return;
        const auto& info = infoOf("output.level"_p);
        const auto before = static_cast<double>(parameters["output.level"_p]);
        // Rounded down to a tenth, so that the ceiling holds.
        const double after = std::clamp(std::floor((before + wanted) * 10) / 10,
                                        static_cast<double>(info.minimum), static_cast<double>(info.maximum));
        parameters["output.level"_p] = static_cast<float>(after);
        if (expectation.isEdit)
            report.notes.push_back("Output level from " + textOf(info, static_cast<float>(before)) + " to " +
                                   textOf(info, static_cast<float>(after)));
        report.levelCorrection = after - before;
        report.loudness += report.levelCorrection;
    }

    /// dB, 0 or below, that keep an edit from jumping out of the speakers.
    double withoutJump(ParameterSet parameters, const Heard& heard)
    {
        const bool mayJump = promises(expectation, Quality::level) ||
                             std::find(expectation.given.begin(), expectation.given.end(),
                                       "output.level"_p) != expectation.given.end();
        const double loudest = std::max(reference.loudness, targetLoudness) + largestJump;
        if (mayJump || !reference.isSound || heard.loudness <= loudest)
            return 0;
        // The limiter may hold the sound down: without it, a dB of level is a dB of loudness.
        constexpr float belowLimiter = 12;
        auto& level = parameters["output.level"_p];
        const float before = level;
        level = legalValue(infoOf("output.level"_p), level - belowLimiter);
        const auto unlimited = ear.listen(parameters, length, false, cancellation);
        if (!unlimited)
            return 0;
        return std::min(0.0, loudest - unlimited->loudness - static_cast<double>(before - level));
    }

    Preset& preset;
    const ToneExpectation& expectation;
    const Cancellation& cancellation;
    const bool toDistortion;
    const Listening length; ///< an edit's loudness is only compared
    AuditionEar ear;
    Heard reference;
};
} // namespace

AuditionReport audition(Preset& preset, const ToneExpectation& expectation, const Cancellation& cancellation)
{
    return Session(preset, expectation, cancellation).run();
}

} // namespace tonewright
