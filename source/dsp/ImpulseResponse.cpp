#include "dsp/ImpulseResponse.h"

#include "dsp/GuitarLevel.h"
#include "dsp/RealFft.h"

#include <samplerate.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <span>

namespace tonewright::dsp
{
namespace
{
constexpr float onsetLevel = 0.01f; ///< of the peak: noise before the sound stays below
constexpr float endLevel = 1e-4f;   ///< of the peak
constexpr double leadIn = 0.000125; ///< s kept before the onset, unless silent, and faded in
constexpr double endFade = 0.01;    ///< s kept behind the end and faded out
constexpr double cutFade = 0.05;    ///< s before a cut through sound
/// Power of a guitar against that of white noise: 40 dB less, and levelling would bring up nothing but noise.
constexpr double quietestGuitar = 1e-4;

using Channels = std::vector<std::vector<float>>;

float peakAt(const Channels& channels, std::size_t frame) noexcept
{
    float peak = 0;
    for (const auto& channel : channels)
        peak = std::max(peak, std::abs(channel[frame]));
    return peak;
}

std::size_t framesOf(double seconds, double sampleRate) noexcept
{
    return static_cast<std::size_t>(std::lround(seconds * sampleRate));
}

float peakOf(const Channels& channels) noexcept
{
    float peak = 0;
    for (const auto& channel : channels)
        for (const float sample : channel)
            peak = std::max(peak, std::abs(sample));
    return peak;
}

/// Drops what lies before the onset; returns how many frames.
std::size_t trimLead(Channels& channels, float peak, double sampleRate)
{
    std::size_t onset = 0;
    while (peakAt(channels, onset) < onsetLevel * peak)
        ++onset;
    auto kept = std::min(onset, framesOf(leadIn, sampleRate));
    while (kept > 0 && peakAt(channels, onset - kept) <= endLevel * peak)
        --kept;
    const auto dropped = onset - kept;
    if (dropped == 0)
        return 0;
    for (auto& channel : channels)
    {
        channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(dropped));
        for (std::size_t frame = 0; frame < kept; ++frame)
            channel[frame] *= static_cast<float>(frame + 1) / static_cast<float>(kept + 1);
    }
    return dropped;
}

/// Ends at `length` frames with a fade that long.
void endAt(Channels& channels, std::size_t length, std::size_t fade)
{
    fade = std::min(fade, length / 2);
    for (auto& channel : channels)
    {
        channel.resize(length);
        for (std::size_t frame = 0; frame < fade; ++frame)
        {
            const double part = static_cast<double>(frame + 1) / static_cast<double>(fade + 1);
            channel[length - fade + frame] *=
                static_cast<float>(0.5 * (1 + std::cos(std::numbers::pi * part)));
        }
    }
}

/// The mean over the channels.
double guitarPowerOf(const Channels& channels, double sampleRate)
{
    constexpr double widestBin = 10; // Hz
    const auto length = std::max(channels[0].size(), framesOf(1, sampleRate / widestBin));
    const RealFft fft(std::bit_ceil(length));
    AlignedVector<float> samples(fft.size());
    AlignedVector<std::complex<float>> spectrum(fft.size() / 2 + 1);
    double sum = 0;
    for (const auto& channel : channels)
    {
        std::copy(channel.begin(), channel.end(), samples.begin());
        fft.forward(samples.data(), spectrum.data());
        sum += guitarPower(spectrum, sampleRate / static_cast<double>(fft.size()), sampleRate);
    }
    return sum / static_cast<double>(channels.size());
}

/// Bandlimited (libsamplerate's medium sinc: 121 dB; its best one takes four times as long). Room is left
/// before the first sample for what rings ahead of it.
std::vector<float> resampled(const std::vector<float>& input, double ratio)
{
    constexpr std::size_t room = 64;
    std::vector<float> padded(room + input.size() + room);
    std::copy(input.begin(), input.end(), padded.begin() + room);
    std::vector<float> output(
        static_cast<std::size_t>(std::ceil(static_cast<double>(padded.size()) * ratio)));
    SRC_DATA data{};
    data.data_in = padded.data();
    data.input_frames = static_cast<long>(padded.size());
    data.data_out = output.data();
    data.output_frames = static_cast<long>(output.size());
    data.src_ratio = ratio;
    if (::src_simple(&data, SRC_SINC_MEDIUM_QUALITY, 1) != 0 || data.output_frames_gen <= 0)
        return std::vector<float>(output.size()); // out of memory: silence, and never the dry guitar
    output.resize(static_cast<std::size_t>(data.output_frames_gen));
    return output;
}
} // namespace

Result<ImpulseTrim> trimImpulse(ImpulseResponse& impulse)
{
    auto& channels = impulse.channels;
    if (channels.empty() || channels[0].empty())
        return Error{"it holds no sound"};
    for (const auto& channel : channels)
        if (!std::all_of(channel.begin(), channel.end(), [](float sample) { return std::isfinite(sample); }))
            return Error{"it holds values that are no numbers"};
    const float peak = peakOf(channels);
    if (peak <= 0)
        return Error{"it is silent"};

    const double rate = impulse.sampleRate;
    ImpulseTrim trim;
    trim.lead = static_cast<double>(trimLead(channels, peak, rate)) / rate;

    const auto size = channels[0].size();
    auto end = size;
    while (peakAt(channels, end - 1) <= endLevel * peak)
        --end;
    const auto longest = framesOf(longestImpulseSeconds, rate);
    if (end > longest)
    {
        trim.cut = static_cast<double>(end - longest) / rate;
        trim.tail = static_cast<double>(size - end) / rate;
        endAt(channels, longest, framesOf(cutFade, rate));
    }
    else if (const auto last = std::min(end + framesOf(endFade, rate), longest); last < size)
    {
        trim.tail = static_cast<double>(size - last) / rate;
        endAt(channels, last, last - end);
    }

    for (auto& channel : channels)
        for (auto& sample : channel)
            sample /= peak;
    if (!carriesGuitar(impulse))
        return Error{"it holds next to nothing between 100 Hz and 5 kHz, where a guitar sounds"};
    return trim;
}

bool carriesGuitar(const ImpulseResponse& impulse)
{
    double energy = 0; // of each channel: what white noise gains
    for (const auto& channel : impulse.channels)
        for (const float sample : channel)
            energy += static_cast<double>(sample) * static_cast<double>(sample) /
                      static_cast<double>(impulse.channels.size());
    return std::isfinite(energy) && energy > 0 &&
           guitarPowerOf(impulse.channels, impulse.sampleRate) >= quietestGuitar * energy;
}

std::vector<std::vector<float>> levelledImpulse(const ImpulseResponse& impulse, double sampleRate)
{
    const double ownRate = impulse.sampleRate;
    auto channels = impulse.channels;
    if (sampleRate != ownRate)
    {
        for (auto& channel : channels)
            channel = resampled(channel, sampleRate / ownRate);
        trimLead(channels, peakOf(channels), sampleRate);
    }
    // More samples a second add up to more.
    const double gain = ownRate / sampleRate / std::sqrt(guitarPowerOf(impulse.channels, ownRate));
    for (auto& channel : channels)
        for (auto& sample : channel)
            sample = static_cast<float>(gain * static_cast<double>(sample));
    return channels;
}

} // namespace tonewright::dsp
