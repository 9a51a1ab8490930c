#include "generation/offline/Expectation.h"

#include "generation/offline/AmpProfile.h"
#include "generation/offline/Interpreter.h"
#include "generation/offline/Knowledge.h"
#include "generation/offline/Parser.h"
#include "generation/offline/Variation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
/// An axis that is heard in a quality.
struct HeardAxis
{
    Axis axis;
    Quality quality;
    double perUnit; ///< what one unit of the axis must at least make: about half of what the mapper gives it
};

constexpr std::array heardAxes{
    HeardAxis{Axis::brightness, Quality::brightness, 0.8}, HeardAxis{Axis::lows, Quality::lows, 3},
    HeardAxis{Axis::lowMids, Quality::lowMids, 2},         HeardAxis{Axis::mids, Quality::mids, 4},
    HeardAxis{Axis::presence, Quality::presence, 2},       HeardAxis{Axis::top, Quality::top, 3},
};

constexpr std::array<ParameterIndex, 5> bandGains{"equaliser.low_gain"_p, "equaliser.low_mid_gain"_p,
                                                  "equaliser.mid_gain"_p, "equaliser.high_mid_gain"_p,
                                                  "equaliser.high_gain"_p};

Promise atLeast(Quality quality, double difference)
{
    Promise promise;
    promise.quality = quality;
    (difference > 0 ? promise.least : promise.most) = difference;
    return promise;
}

void promiseColours(const ToneIntent& intent, ToneExpectation& expectation)
{
    constexpr double meant = 0.1; // less is a by-product of another word
    for (const auto& heard : heardAxes)
        if (const double offset = intent[heard.axis].offset; std::abs(offset) >= meant)
            expectation.promises.push_back(atLeast(heard.quality, heard.perUnit * offset));
}

bool isWanted(const Wish& wish)
{
    return wish.target.has_value() && !wish.isUnwanted;
}

/// A new tone distorts as the class that was asked for does. A pedal that was asked for brings a distortion
/// of its own: then only "less than that" would be wrong.
void promiseGain(const ToneIntent& intent, ToneExpectation& expectation)
{
    constexpr double tolerance = 0.1;
    constexpr double endOfClean = 0.25;
    const auto& wish = intent[Axis::gain];
    if (!isWanted(wish))
        return;
    const double wanted = intent.value(Axis::gain);
    Promise promise;
    promise.quality = Quality::distortion;
    promise.isRelative = false;
    promise.least = wanted - tolerance;
    if (!isWanted(intent[Axis::drive]) && !isWanted(intent[Axis::boost]) && wanted < 0.9)
        promise.most = std::max(wanted + tolerance, endOfClean);
    expectation.promises.push_back(promise);
}

void promiseSteps(const ToneIntent& intent, ToneExpectation& expectation)
{
    constexpr double meant = 0.03;
    constexpr double gainShare = 0.2; // of the class asked for: nearly spotless tones hardly change any more
    if (const double offset = intent[Axis::gain].offset; std::abs(offset) >= meant)
        expectation.promises.push_back(atLeast(Quality::distortion, gainShare * offset));
    if (const double offset = intent[Axis::level].offset; offset != 0)
        expectation.promises.push_back(atLeast(Quality::level, 3 * offset));
}

/// The tone with flat controls: what "bright" is brighter than.
ParameterSet flattened(ParameterSet set)
{
    const auto& profile = profileOf(set.choice<AmpModel>("amp.model"_p));
    set["equaliser.enabled"_p] = 0;
    set["amp.bass"_p] = static_cast<float>(profile.bass);
    set["amp.mid"_p] = static_cast<float>(profile.mid);
    set["amp.treble"_p] = static_cast<float>(profile.treble);
    set["amp.presence"_p] = static_cast<float>(profile.presence);
    set["amp.resonance"_p] = static_cast<float>(profile.resonance);
    return set;
}

/// "Gain at 7", "cut 3 dB at 2 kHz", "undo that": what is given counts.
void spareGiven(const ToneIntent& intent, ToneExpectation& expectation)
{
    for (const auto& wish : intent.parameters)
        expectation.given.push_back(wish.parameter);
    expectation.given.insert(expectation.given.end(), intent.held.begin(), intent.held.end());
    if (!intent.bands.empty())
        expectation.given.insert(expectation.given.end(), bandGains.begin(), bandGains.end());
    // What was before comes back as it was.
    if (intent.asksForUndo || intent.again != 0)
        expectation.given.push_back("output.level"_p);
}
} // namespace

ToneExpectation expectationFrom(const ToneIntent& intent, const ParameterSet* edited, const Preset& answer)
{
    ToneExpectation expectation;
    expectation.isEdit = edited != nullptr;
    promiseColours(intent, expectation);
    promiseGain(intent, expectation);
    if (expectation.isEdit)
        promiseSteps(intent, expectation);
    spareGiven(intent, expectation);
    expectation.reference = edited != nullptr ? *edited : flattened(answer.parameters);
    return expectation;
}

ToneExpectation expectationOf(const GenerationRequest& request, const Preset& answer)
{
    const auto reading = read(request.prompt, Knowledge::shared());
    const bool isEdit = request.current.has_value() && changesCurrent(reading);
    auto intent = interpret(reading, isEdit, request.tempo);
    if (!isEdit && request.variation > 0)
        vary(intent, request.variation);
    return expectationFrom(intent, isEdit ? &request.current->parameters : nullptr, answer);
}

} // namespace tonewright::offline
