#include "dsp/Convolver.h"

#include "dsp/SplitSpectrum.h"

#include <algorithm>
#include <bit>

namespace tonewright::dsp
{
namespace
{
/// `width` neighbouring outputs of a FIR at once: the inner loop stays in registers.
template <std::size_t width>
void directOutputs(const float* taps, std::size_t tapCount, const float* newest, float* output) noexcept
{
    std::array<float, width> sums{};
    for (std::size_t tap = 0; tap < tapCount; ++tap)
    {
        const float* const input = newest - tap;
        for (std::size_t index = 0; index < width; ++index)
            sums[index] += taps[tap] * input[index];
    }
    std::copy_n(sums.data(), width, output);
}
} // namespace

std::size_t partitionFramesAt(double sampleRate) noexcept
{
    return std::clamp<std::size_t>(std::bit_ceil(static_cast<std::size_t>(sampleRate / 1000)), 16, 128);
}

PartitionedImpulse::PartitionedImpulse(std::span<const float> impulse, std::size_t partitionFrames,
                                       const RealFft& fft)
    : stride(spectrumStride(partitionFrames)),
      partitionCount(impulse.size() <= partitionFrames ? 0 : (impulse.size() - 1) / partitionFrames),
      headTaps(partitionFrames), spectra(partitionCount * 2 * stride)
{
    std::copy_n(impulse.begin(), std::min(impulse.size(), partitionFrames), headTaps.begin());

    AlignedVector<float> samples(2 * partitionFrames);
    AlignedVector<std::complex<float>> bins(partitionFrames + 1);
    const float scale = 1.0f / static_cast<float>(2 * partitionFrames); // FFTW scales neither way
    for (std::size_t partition = 0; partition < partitionCount; ++partition)
    {
        const auto part = impulse.subspan((partition + 1) * partitionFrames);
        const std::size_t count = std::min(part.size(), partitionFrames);
        std::fill(samples.begin(), samples.end(), 0.0f);
        std::transform(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count), samples.begin(),
                       [scale](float sample) { return scale * sample; });
        fft.forward(samples.data(), bins.data());
        float* const spectrum = &spectra[partition * 2 * stride];
        separate(bins.data(), partitionFrames + 1, spectrum, spectrum + stride);
    }
}

void Convolver::prepare(std::size_t partition, std::size_t tailPartitions)
{
    partitionFrames = partition;
    partitionCount = tailPartitions;
    stride = spectrumStride(partition);
    fft = std::make_unique<RealFft>(2 * partition);
    history.assign(2 * partition, 0);
    spectra.assign(tailPartitions * 2 * stride, 0);
    sumReal.assign(stride, 0);
    sumImaginary.assign(stride, 0);
    bins.assign(partition + 1, {});
    samples.assign(2 * partition, 0);
    for (auto& voice : playing)
    {
        voice.impulse = nullptr;
        voice.tail.assign(partition, 0);
    }
    reset();
}

void Convolver::reset() noexcept
{
    std::fill(history.begin(), history.end(), 0.0f);
    std::fill(spectra.begin(), spectra.end(), 0.0f);
    for (auto& voice : playing)
    {
        std::fill(voice.tail.begin(), voice.tail.end(), 0.0f);
        voice.tailIsStale = false;
    }
    newest = 0;
    position = 0;
}

void Convolver::setImpulse(std::size_t voice, const PartitionedImpulse* impulse) noexcept
{
    if (playing[voice].impulse == impulse)
        return;
    playing[voice].impulse = impulse;
    playing[voice].tailIsStale = true;
}

void Convolver::process(const float* input, const Outputs& outputs, int frames) noexcept
{
    for (std::size_t done = 0; done < static_cast<std::size_t>(frames);)
    {
        if (position == partitionFrames)
            startPartition();
        const std::size_t count =
            std::min(static_cast<std::size_t>(frames) - done, partitionFrames - position);
        float* const present = &history[partitionFrames + position];
        std::copy_n(input + done, count, present);
        for (std::size_t index = 0; index < voices; ++index)
        {
            auto& voice = playing[index];
            float* const output = outputs[index] + done;
            if (voice.impulse == nullptr)
            {
                std::fill_n(output, count, 0.0f);
                continue;
            }
            if (voice.tailIsStale)
                renderTail(index);
            renderHead(voice.impulse->head(), present, output, count);
            for (std::size_t frame = 0; frame < count; ++frame)
                output[frame] += voice.tail[position + frame];
        }
        position += count;
        done += count;
    }
}

void Convolver::startPartition() noexcept
{
    position = 0;
    if (partitionCount > 0)
    {
        newest = (newest + partitionCount - 1) % partitionCount;
        fft->forward(history.data(), bins.data());
        float* const spectrum = &spectra[newest * 2 * stride];
        separate(bins.data(), partitionFrames + 1, spectrum, spectrum + stride);
    }
    std::copy_n(&history[partitionFrames], partitionFrames, history.data());
    for (std::size_t voice = 0; voice < voices; ++voice)
        if (playing[voice].impulse != nullptr)
            renderTail(voice);
}

void Convolver::renderTail(std::size_t index) noexcept
{
    auto& voice = playing[index];
    voice.tailIsStale = false;
    std::fill(sumReal.begin(), sumReal.end(), 0.0f);
    std::fill(sumImaginary.begin(), sumImaginary.end(), 0.0f);
    const std::size_t count = std::min(partitionCount, voice.impulse->tailPartitions());
    for (std::size_t partition = 0; partition < count; ++partition)
    {
        const float* const spectrum = &spectra[(newest + partition) % partitionCount * 2 * stride];
        multiplyAdd(spectrum, spectrum + stride, voice.impulse->real(partition),
                    voice.impulse->imaginary(partition), sumReal.data(), sumImaginary.data(), stride);
    }
    for (std::size_t bin = 0; bin <= partitionFrames; ++bin)
        bins[bin] = {sumReal[bin], sumImaginary[bin]};
    fft->inverse(bins.data(), samples.data());
    // Overlap-save: the first half is wrapped around, the second is the present partition.
    std::copy_n(&samples[partitionFrames], partitionFrames, voice.tail.data());
}

void Convolver::renderHead(const float* taps, const float* newestInput, float* output,
                           std::size_t frames) const noexcept
{
    constexpr std::size_t width = 16;
    std::size_t frame = 0;
    for (; frame + width <= frames; frame += width)
        directOutputs<width>(taps, partitionFrames, newestInput + frame, output + frame);
    for (; frame < frames; ++frame)
        directOutputs<1>(taps, partitionFrames, newestInput + frame, output + frame);
}

} // namespace tonewright::dsp
