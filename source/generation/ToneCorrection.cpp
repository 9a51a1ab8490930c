#include "generation/ToneCorrection.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace tonewright
{
namespace
{
/// A parameter that moves a quality.
struct Carrier
{
    Quality quality;
    ParameterIndex parameter;
    double share;    ///< of the quality's difference that this parameter shall make
    double perUnit;  ///< what one unit of the parameter makes, measured over amplifiers and cabinets
    double farthest; ///< units by which one correction may move it
    double grain;    ///< units it is rounded to
};

constexpr std::array carriers{
    Carrier{Quality::brightness, "equaliser.high_mid_gain"_p, 0.5, 0.08, 5, 0.5},
    Carrier{Quality::brightness, "equaliser.high_gain"_p, 0.5, 0.05, 8, 0.5},
    Carrier{Quality::lows, "equaliser.low_gain"_p, 1, 0.4, 8, 0.5},
    Carrier{Quality::lowMids, "equaliser.low_mid_gain"_p, 1, 0.5, 6, 0.5},
    Carrier{Quality::mids, "equaliser.mid_gain"_p, 1, 0.6, 6, 0.5},
    Carrier{Quality::presence, "equaliser.high_mid_gain"_p, 1, 0.6, 6, 0.5},
    Carrier{Quality::top, "equaliser.high_gain"_p, 1, 0.6, 8, 0.5},
    Carrier{Quality::width, "output.width"_p, 1, 0.003, 60, 10},
    Carrier{Quality::level, "output.level"_p, 1, 1, 6, 0.5},
    Carrier{Quality::distortion, "amp.gain"_p, 1, 0.06, 4, 0.25},
};

constexpr std::array bandGains{"equaliser.low_gain"_p, "equaliser.low_mid_gain"_p, "equaliser.mid_gain"_p,
                               "equaliser.high_mid_gain"_p, "equaliser.high_gain"_p};

bool isGiven(const ToneExpectation& expectation, ParameterIndex parameter)
{
    return std::find(expectation.given.begin(), expectation.given.end(), parameter) !=
           expectation.given.end();
}

std::string nameOf(const ParameterInfo& info)
{
    std::string text = displayName(info.stage()) + " " + std::string(info.name);
    std::transform(text.begin() + 1, text.end(), text.begin() + 1,
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

class Correction
{
public:
    Correction(const ParameterSet& before, const ToneExpectation& whatWasPromised)
        : start(before), expectation(whatWasPromised), values(before)
    {
    }

    void move(const Carrier& carrier, double difference)
    {
        if (isGiven(expectation, carrier.parameter))
            return;
        // Rounded away from what is, so that a small shortfall is not rounded to nothing.
        const double wanted = difference * carrier.share / carrier.perUnit;
        const double units =
            std::copysign(std::ceil(std::abs(wanted) / carrier.grain) * carrier.grain, wanted);
        const bool isBand =
            std::find(bandGains.begin(), bandGains.end(), carrier.parameter) != bandGains.end();
        if (isBand)
            switchOnFlat();
        auto& value = values[carrier.parameter];
        value =
            legalValue(tonewright::infoOf(carrier.parameter),
                       value + static_cast<float>(std::clamp(units, -carrier.farthest, carrier.farthest)));
    }

    ToneCorrection result() const
    {
        ToneCorrection correction{values, {}};
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto& info = parameterTable[index];
            const float before = baseOf(index);
            if (values.values[index] != before && info.type == ParameterType::number)
                correction.notes.push_back(nameOf(info) + " from " + textOf(info, before) + " to " +
                                           textOf(info, values.values[index]));
        }
        return correction;
    }

private:
    void switchOnFlat()
    {
        if (values.isOn("equaliser.enabled"_p))
            return;
        values["equaliser.enabled"_p] = 1;
        for (const auto gain : bandGains)
            values[gain] = 0;
    }

    /// What a band that was off did: nothing.
    float baseOf(std::size_t index) const
    {
        const bool isBand = std::find(bandGains.begin(), bandGains.end(),
                                      static_cast<ParameterIndex>(index)) != bandGains.end();
        return isBand && !start.isOn("equaliser.enabled"_p) ? 0.0f : start.values[index];
    }

    const ParameterSet& start;
    const ToneExpectation& expectation;
    ParameterSet values;
};

/// A tenth of a step is not worth a word.
constexpr double tolerated = 0.1;

double stepsMissing(const Promise& promise, const Qualities& heard, const Qualities& reference) noexcept
{
    const double steps = std::abs(promise.shortfall(heard, reference)) / infoOf(promise.quality).step;
    return steps > tolerated ? steps : 0.0;
}

double missingOn(std::size_t riff, const ToneExpectation& expectation, const RiffQualities& heard,
                 const RiffQualities& reference) noexcept
{
    double sum = 0;
    for (const auto& promise : expectation.promises)
        if (promise.isJudgedOn(static_cast<ReferenceRiff>(riff)))
            sum += stepsMissing(promise, heard[riff], reference[riff]);
    return sum;
}

/// Of the riff on which most is missing.
double largestShortfall(const Promise& promise, const RiffQualities& heard,
                        const RiffQualities& reference) noexcept
{
    double largest = 0;
    for (std::size_t riff = 0; riff < referenceRiffCount; ++riff)
    {
        const double shortfall = promise.shortfall(heard[riff], reference[riff]);
        if (promise.isJudgedOn(static_cast<ReferenceRiff>(riff)) && std::abs(shortfall) > std::abs(largest))
            largest = shortfall;
    }
    return largest;
}
} // namespace

double missing(const ToneExpectation& expectation, const RiffQualities& heard,
               const RiffQualities& reference) noexcept
{
    double sum = 0;
    for (const auto& promise : expectation.promises)
    {
        double steps = 0;
        double riffs = 0;
        for (std::size_t riff = 0; riff < referenceRiffCount; ++riff)
            if (promise.isJudgedOn(static_cast<ReferenceRiff>(riff)))
            {
                steps += stepsMissing(promise, heard[riff], reference[riff]);
                ++riffs;
            }
        sum += steps / riffs;
    }
    return sum;
}

bool isNearer(const ToneExpectation& expectation, const RiffQualities& heard, const RiffQualities& before,
              const RiffQualities& reference) noexcept
{
    for (std::size_t riff = 0; riff < referenceRiffCount; ++riff)
        if (missingOn(riff, expectation, heard, reference) >
            missingOn(riff, expectation, before, reference) + tolerated)
            return false;
    return missing(expectation, heard, reference) < missing(expectation, before, reference);
}

ToneCorrection corrected(const ParameterSet& parameters, const ToneExpectation& expectation,
                         const RiffQualities& heard, const RiffQualities& reference)
{
    Correction correction(parameters, expectation);
    for (const auto& promise : expectation.promises)
    {
        const double difference = largestShortfall(promise, heard, reference);
        if (std::abs(difference) <= tolerated * infoOf(promise.quality).step)
            continue;
        for (const auto& carrier : carriers)
            if (carrier.quality == promise.quality)
                correction.move(carrier, difference);
    }
    return correction.result();
}

bool mayCarry(Quality quality, ParameterIndex parameter) noexcept
{
    const bool isBand = std::find(bandGains.begin(), bandGains.end(), parameter) != bandGains.end();
    return std::any_of(carriers.begin(), carriers.end(),
                       [&](const Carrier& carrier)
                       {
                           if (carrier.quality != quality)
                               return false;
                           const bool switches = parameter == "equaliser.enabled"_p || isBand;
                           const bool usesBand = std::find(bandGains.begin(), bandGains.end(),
                                                           carrier.parameter) != bandGains.end();
                           return carrier.parameter == parameter || (switches && usesBand);
                       });
}

} // namespace tonewright
