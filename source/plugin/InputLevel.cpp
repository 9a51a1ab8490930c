#include "plugin/InputLevel.h"

#include "tone/ParameterTable.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

namespace tonewright::plugin
{
namespace
{
constexpr double slotSeconds = 0.5;
constexpr double memorySeconds = 12;
constexpr float quietest = -50; // dBFS: below it nobody plays
constexpr int fewestPlayedSlots = 3;
constexpr float lowBy = 6; // dB below the reference, where a hint is worth the reading
constexpr float hotBy = 5; // and above it
constexpr float fullScale = -0.1f;

std::string wholeDecibels(float decibels)
{
    return std::to_string(std::max(1, static_cast<int>(std::lround(std::abs(decibels))))) + " dB";
}
} // namespace

std::string InputAdvice::sentence() const
{
    switch (kind)
    {
    case Kind::low:
        return (decibels > 2 * lowBy ? "Low - raise your interface's gain by about "
                                     : "A little low - raise your interface's gain by about ") +
               wholeDecibels(decibels) + ", or calibrate.";
    case Kind::good:
        return "Good - your guitar comes in as loud as the amplifiers expect.";
    case Kind::hot:
        return "Hot - lower your interface's gain by about " + wholeDecibels(decibels) + ", or calibrate.";
    case Kind::clipping:
        return "Clipping - your interface is overloaded; lower its gain until no peak reaches 0 dB.";
    case Kind::unknown:
        break;
    }
    return "Play for a few seconds to see whether the input level is right.";
}

std::string InputAdvice::word() const
{
    switch (kind)
    {
    case Kind::low:
        return "low";
    case Kind::good:
        return "good";
    case Kind::hot:
        return "hot";
    case Kind::clipping:
        return "clips";
    case Kind::unknown:
        break;
    }
    return "-";
}

void InputAdvisor::add(float peak, float trim, double seconds)
{
    presentTrim = trim;
    if (slots.empty() || slots.back().seconds >= slotSeconds)
        slots.emplace_back();
    slots.back().seconds += seconds;
    slots.back().peak = std::max(slots.back().peak, peak);
    while (static_cast<double>(slots.size()) > memorySeconds / slotSeconds)
        slots.pop_front();
}

InputAdvice InputAdvisor::advice() const
{
    float loudest = -200;
    int played = 0;
    for (const auto& slot : slots)
    {
        loudest = std::max(loudest, slot.peak);
        played += slot.peak > quietest ? 1 : 0;
    }
    using Kind = InputAdvice::Kind;
    if (loudest >= fullScale)
        return {Kind::clipping, std::round(referencePeak - loudest)};
    if (played < fewestPlayedSlots)
        return {};
    const float missing = referencePeak - (loudest + presentTrim);
    const Kind kind = missing > lowBy ? Kind::low : missing < -hotBy ? Kind::hot : Kind::good;
    return {kind, std::round(missing)};
}

void InputCalibration::start()
{
    present = State::waiting;
    passed = 0;
    peaks.clear();
    text.clear();
}

void InputCalibration::add(float peak, double seconds)
{
    if (present == State::waiting && peak > quietest)
    {
        present = State::listening;
        passed = 0;
        peaks.assign(1, -200.0f);
    }
    if (present == State::waiting)
    {
        passed += seconds;
        if (passed >= waitingSeconds)
            fail("Nothing was heard; check that the guitar is plugged in and turned up, then try again.");
    }
    else if (present == State::listening)
    {
        peaks.back() = std::max(peaks.back(), peak);
        passed += seconds;
        if (passed >= listeningSeconds)
            finish();
        else if (passed >= slotSeconds * static_cast<double>(peaks.size()))
            peaks.push_back(-200);
    }
}

double InputCalibration::progress() const noexcept
{
    if (present == State::done)
        return 1;
    return present == State::listening ? std::min(1.0, passed / listeningSeconds) : 0.0;
}

void InputCalibration::fail(std::string sentence)
{
    present = State::failed;
    text = std::move(sentence);
}

void InputCalibration::finish()
{
    std::sort(peaks.begin(), peaks.end(), std::greater<>());
    if (peaks.front() >= fullScale)
        return fail("Your interface was overloaded; lower its gain and calibrate again.");
    // The second strongest half second: one knock against the guitar shall not count.
    foundPeak = peaks.size() > 1 ? peaks[1] : peaks[0];
    const auto& range = infoOf("input.trim"_p);
    const float wanted = referencePeak - foundPeak;
    if (foundPeak <= quietest || wanted > range.maximum)
        return fail("The guitar came in very quietly; raise your interface's gain by about " +
                    wholeDecibels(wanted - range.maximum / 2) + " and calibrate again.");
    foundTrim = std::clamp(std::round(wanted * 10) / 10, range.minimum, range.maximum);
    present = State::done;
}

} // namespace tonewright::plugin
