#include "dsp/CabinetBank.h"
#include "dsp/ChainAssets.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr int chunkFrames = 64;
/// Plays where the user's impulse response is missing: the parameter's default.
constexpr auto standIn = CabinetModel::american1x12Open;
constexpr std::size_t lastDistance = CabinetBank::distances.size() - 1;

/// Place between the bank's distances, evenly in octaves: 0 is the nearest, 1.5 half-way from the second to
/// the third.
float placeOf(float centimetres) noexcept
{
    const auto& distances = CabinetBank::distances;
    std::size_t nearer = 0;
    while (nearer + 1 < lastDistance && centimetres > distances[nearer + 1])
        ++nearer;
    const float part =
        std::log(centimetres / distances[nearer]) / std::log(distances[nearer + 1] / distances[nearer]);
    return static_cast<float>(nearer) + std::clamp(part, 0.0f, 1.0f);
}

/// Loudspeaker and microphone by convolution. Between two distances of the bank it blends their impulse
/// responses: the direct sounds of both start at the same sample, so nothing cancels. A user's impulse
/// response is played as it is; while there is none, one of ours stands in for it.
class Cabinet final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        bank = cabinetBank(sampleRate);
        impulseSeconds.store(static_cast<double>((bank->tailPartitions() + 1) * bank->partitionFrames()) /
                                 sampleRate,
                             std::memory_order_relaxed);
        for (auto& convolver : convolvers)
            convolver.prepare(bank->partitionFrames(), bank->tailPartitions());
        place.prepare(sampleRate);
        Cabinet::reset();
    }

    void reset() noexcept override
    {
        for (auto& convolver : convolvers)
            convolver.reset();
        place.reset();
        knownDistance = 0;
        channelCount = 1;
        if (user != nullptr)
            user->reset();
    }

    void setAssets(const StageAssets& assets) noexcept override { user = assets.impulse; }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        const auto wanted = parameters.choice<CabinetModel>("cabinet.model"_p);
        playsUser = wanted == CabinetModel::user && user != nullptr;
        model = wanted == CabinetModel::user ? standIn : wanted;
        microphone = parameters.choice<Microphone>("cabinet.mic"_p);
        const float distance = parameters["cabinet.distance"_p];
        if (distance == knownDistance)
            return;
        knownDistance = distance;
        place.setTarget(placeOf(distance));
    }

    void process(AudioBlock& block) noexcept override
    {
        if (playsUser)
            return user->process(block);
        if (block.channelCount == 2 && channelCount == 1)
            convolvers[1].reset();
        channelCount = block.channelCount;
        for (int first = 0; first < block.frames; first += chunkFrames)
            processChunk(block, first, std::min(chunkFrames, block.frames - first));
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        if (usesImpulseResponse(parameters))
            return longestImpulseSeconds; // at most; how long it is may change while a host asks
        return impulseSeconds.load(std::memory_order_relaxed);
    }

private:
    using Chunk = std::array<float, static_cast<std::size_t>(chunkFrames)>;

    /// Cuts the chunk where the distance passes one of the bank's: there the impulse responses change.
    void processChunk(AudioBlock& block, int first, int frames) noexcept
    {
        Chunk places;
        for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
            places[frame] = place.next();
        for (int start = 0; start < frames;)
        {
            const std::size_t nearer = nearerOf(places[static_cast<std::size_t>(start)]);
            int end = start + 1;
            while (end < frames && nearerOf(places[static_cast<std::size_t>(end)]) == nearer)
                ++end;
            blend(block, first + start, nearer, &places[static_cast<std::size_t>(start)], end - start);
            start = end;
        }
    }

    static std::size_t nearerOf(float position) noexcept
    {
        return std::min(static_cast<std::size_t>(position), lastDistance - 1);
    }

    void blend(AudioBlock& block, int first, std::size_t nearer, const float* places, int frames) noexcept
    {
        const float base = static_cast<float>(nearer);
        const auto holds = [&](float position)
        { return std::all_of(places, places + frames, [=](float each) { return each == position; }); };
        const auto impulseAt = [&](std::size_t distance, bool isSilent)
        { return isSilent ? nullptr : &bank->at(model, microphone, distance); };
        // Each distance keeps its voice while the other side of the blend changes.
        const std::size_t nearVoice = nearer % 2;
        const std::size_t farVoice = 1 - nearVoice;
        const auto* const nearImpulse = impulseAt(nearer, holds(base + 1));
        const auto* const farImpulse = impulseAt(nearer + 1, holds(base));

        for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        {
            std::array<Chunk, Convolver::voices> voices;
            auto& convolver = convolvers[channel];
            convolver.setImpulse(nearVoice, nearImpulse);
            convolver.setImpulse(farVoice, farImpulse);
            float* const samples = block.channels[channel] + first;
            convolver.process(samples, {voices[0].data(), voices[1].data()}, frames);
            for (int frame = 0; frame < frames; ++frame)
            {
                const auto index = static_cast<std::size_t>(frame);
                const float farPart = places[frame] - base;
                samples[frame] =
                    voices[nearVoice][index] + farPart * (voices[farVoice][index] - voices[nearVoice][index]);
            }
        }
    }

    double sampleRate = 48000;
    std::shared_ptr<const CabinetBank> bank;
    std::atomic<double> impulseSeconds{0}; // hosts ask for the tail from any thread
    std::array<Convolver, 2> convolvers;
    Smoother place;
    CabinetModel model{};
    ImpulsePlayer* user = nullptr; // null: none is loaded
    bool playsUser = false;
    Microphone microphone{};
    float knownDistance = 0;
    int channelCount = 1;
};
} // namespace

std::unique_ptr<Stage> makeCabinet()
{
    return std::make_unique<Cabinet>();
}

} // namespace tonewright::dsp
