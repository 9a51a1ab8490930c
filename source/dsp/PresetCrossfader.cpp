#include "dsp/PresetCrossfader.h"

#include "dsp/Decibels.h"
#include "realtime/ScopedFlushDenormals.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// From a request to the end of its fade.
constexpr double changeSeconds = 0.03;
constexpr double fadingSeconds = 0.02;
/// In which the incoming chain is set up and does not run yet, so that one block does not pay for both.
constexpr double preparingSeconds = 0.001;
/// How long a tail takes to fade when its chain is needed again.
constexpr double releaseSeconds = 0.004;
constexpr double longestRing = 10;
/// A tail that stays below this for longer than any two echoes are apart has ended.
constexpr float inaudible = 1e-5f;
constexpr double longestGap = 2.3;
constexpr float loudestInput = 64;
/// One chain alone never reaches the knee, so that it is left as it is; two together stay below -0.7 dBFS.
constexpr Limiter::Shape sumLimit{outputCeiling, 0.92f, 0.02};

float sanitised(float sample) noexcept
{
    return std::isfinite(sample) ? std::clamp(sample, -loudestInput, loudestInput) : 0.0f;
}

void multiply(const AudioBlock& block, const std::vector<float>& gains) noexcept
{
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        for (std::size_t frame = 0; frame < static_cast<std::size_t>(block.frames); ++frame)
            block.channels[channel][frame] *= gains[frame];
}

/// From 0 to 1 without a corner.
float smooth(float part) noexcept
{
    return part * part * (3 - 2 * part);
}

int framesOf(double seconds, double sampleRate) noexcept
{
    return std::max(1, static_cast<int>(std::lround(seconds * sampleRate)));
}

/// What of the assets the set plays.
ImpulseAsset* impulseFor(const ParameterSet& set, const ChainAssets& assets) noexcept
{
    return usesImpulseResponse(set) ? assets.impulse : nullptr;
}

/// The same sound; one that was loaded twice has two addresses.
bool isSame(const ImpulseAsset* a, const ImpulseAsset* b) noexcept
{
    return a == b || (a != nullptr && b != nullptr && a->id == b->id);
}
} // namespace

PresetCrossfader::PresetCrossfader() = default;

void PresetCrossfader::prepare(const ProcessSpec& spec, const ParameterSet& initial,
                               const ChainAssets& assets)
{
    sampleRate = spec.sampleRate;
    maximumFrames = std::max(1, spec.maximumFrames);
    for (auto& player : players)
    {
        player.impulse = nullptr;
        player.chain.setAssets({});
        player.chain.prepare(spec);
        for (auto& channel : player.buffer)
            channel.assign(static_cast<std::size_t>(maximumFrames), 0.0f);
        player.gains.assign(static_cast<std::size_t>(maximumFrames), 0.0f);
    }
    for (auto& blocker : inputBlockers)
        blocker.prepare(sampleRate, offsetCorner);
    fade.prepare(sampleRate);
    history.prepare(sampleRate);
    fadingFrames = framesOf(fadingSeconds, sampleRate);
    releaseFrames = framesOf(releaseSeconds, sampleRate);
    preparingFrames = framesOf(preparingSeconds, sampleRate);
    warmingFrames = static_cast<int>(changeSeconds * sampleRate) - fadingFrames - preparingFrames;
    longestGapFrames = framesOf(longestGap, sampleRate);
    limiter.prepare(sampleRate, sumLimit);
    wanted = initial;
    wantedImpulse = impulseFor(initial, assets);
    transport = {};
    reset();
}

void PresetCrossfader::reset() noexcept
{
    playing = 0;
    phase = Phase::steady;
    phaseFrames = 0;
    ringFrames = 0;
    releasedFrames = 0;
    silentSoFar = true;
    limiter.reset();
    history.reset();
    for (auto& blocker : inputBlockers)
        blocker.reset();
    outgoing().set = wanted;
    outgoing().impulse = wantedImpulse;
    restart(outgoing());
    releaseIdle();
}

void PresetCrossfader::restart(Player& player) noexcept
{
    const auto chain = static_cast<std::size_t>(&player - players.data());
    player.chain.setAssets({player.impulse != nullptr ? player.impulse->players[chain].get() : nullptr});
    player.chain.reset();
    player.chain.setParameters(player.set, transport);
}

bool PresetCrossfader::isSwitchFrom(const Player& player) const noexcept
{
    return differDiscretely(wanted, player.set) || !isSame(wantedImpulse, player.impulse);
}

/// A chain that is neither heard nor prepared holds nothing that others may want back.
void PresetCrossfader::releaseIdle() noexcept
{
    if (phase != Phase::steady || ringFrames > 0 || other().impulse == nullptr)
        return;
    other().impulse = nullptr;
    other().chain.setAssets({});
}

bool PresetCrossfader::uses(const ImpulseAsset& asset) const noexcept
{
    return wantedImpulse == &asset || players[0].impulse == &asset || players[1].impulse == &asset;
}

void PresetCrossfader::setParameters(const ParameterSet& newlyWanted, const Transport& newTransport,
                                     const ChainAssets& assets) noexcept
{
    wanted = newlyWanted;
    wantedImpulse = impulseFor(wanted, assets);
    transport = newTransport;
    if (silentSoFar && (outgoing().set != wanted || !isSame(wantedImpulse, outgoing().impulse)))
    {
        outgoing().set = wanted;
        outgoing().impulse = wantedImpulse;
        restart(outgoing());
    }
    auto& target = phase == Phase::steady ? outgoing() : other();
    if (!isSwitchFrom(target))
        target.set = wanted;
    outgoing().chain.setParameters(outgoing().set, transport);
    if (phase != Phase::steady)
        other().chain.setParameters(other().set, transport);
}

void PresetCrossfader::startSwitchIfWanted() noexcept
{
    if (phase != Phase::steady || !isSwitchFrom(outgoing()))
        return;
    if (ringFrames > 0)
    {
        if (releasedFrames == 0)
            releasedFrames = ringFrames = std::min(ringFrames, releaseFrames);
        return;
    }
    other().set = wanted;
    other().impulse = wantedImpulse;
    restart(other());
    fade.restart(static_cast<double>(gainFromDecibels(outgoing().set["output.level"_p])),
                 static_cast<double>(gainFromDecibels(other().set["output.level"_p])));
    phase = Phase::preparing;
    phaseFrames = preparingFrames;
}

void PresetCrossfader::finishPhase() noexcept
{
    if (phase == Phase::steady || phaseFrames > 0)
        return;
    if (phase == Phase::preparing)
    {
        other().chain.startAmidst(history);
        history.mark();
        phase = Phase::warming;
        phaseFrames = std::max(1, warmingFrames - releasedFrames);
        releasedFrames = 0;
        return;
    }
    if (phase == Phase::warming)
    {
        other().chain.continueAmidst(history);
        phase = Phase::fading;
        phaseFrames = fadingFrames;
        return;
    }
    phase = Phase::steady;
    const double tail = outgoing().chain.hasTail() ? outgoing().chain.tailSeconds(outgoing().set) : 0;
    ringFrames = tail > 0 ? framesOf(std::min(tail, longestRing), sampleRate) : 0;
    quietFrames = 0;
    playing = 1 - playing;
    if (!isSwitchFrom(outgoing()))
    {
        outgoing().set = wanted;
        outgoing().chain.setParameters(wanted, transport);
    }
}

int PresetCrossfader::framesUntilChange(int frames) const noexcept
{
    int piece = std::min(frames, maximumFrames);
    if (phase != Phase::steady)
        piece = std::min(piece, phaseFrames);
    if (ringFrames > 0)
        piece = std::min(piece, ringFrames);
    return piece;
}

void PresetCrossfader::process(const float* inputLeft, const float* inputRight, float* outputLeft,
                               float* outputRight, int frames) noexcept
{
    const ScopedFlushDenormals flushDenormals;
    const int channelCount = inputRight == nullptr ? 1 : 2;
    for (int done = 0; done < frames;)
    {
        startSwitchIfWanted();
        const int piece = framesUntilChange(frames - done);
        const float* right = inputRight == nullptr ? nullptr : inputRight + done;
        load(inputLeft + done, right, piece);
        history.write(outgoing().buffer[0].data(), right != nullptr ? outgoing().buffer[1].data() : nullptr,
                      piece);
        if (phase == Phase::steady || phase == Phase::preparing)
            renderSteady(channelCount, piece);
        else
        {
            for (std::size_t side = 0; side < static_cast<std::size_t>(channelCount); ++side)
                std::copy_n(outgoing().buffer[side].begin(), piece, other().buffer[side].begin());
            renderSwitch(channelCount, piece);
        }
        limit(piece);
        std::copy_n(outgoing().buffer[0].data(), piece, outputLeft + done);
        std::copy_n(outgoing().buffer[1].data(), piece, outputRight + done);
        done += piece;
        silentSoFar = false;
        finishPhase();
    }
    releaseIdle();
}

void PresetCrossfader::load(const float* left, const float* right, int frames) noexcept
{
    const auto clean = [&](std::size_t side, const float* input)
    {
        std::transform(input, input + frames, outgoing().buffer[side].begin(),
                       [blocker = &inputBlockers[side]](float sample)
                       { return blocker->process(sanitised(sample)); });
    };
    clean(0, left);
    if (right != nullptr)
        clean(1, right);
    else
        inputBlockers[1] = inputBlockers[0]; // where it stands when a second channel comes
}

AudioBlock PresetCrossfader::blockOf(Player& player, int channelCount, int frames) noexcept
{
    return {{player.buffer[0].data(), player.buffer[1].data()}, channelCount, frames};
}

void PresetCrossfader::guard(Player& player, int frames) noexcept
{
    if (player.chain.isHealthy())
        return;
    for (auto& channel : player.buffer)
        std::fill_n(channel.begin(), frames, 0.0f);
    restart(player);
    faults.fetch_add(1, std::memory_order_relaxed);
}

void PresetCrossfader::renderSteady(int channelCount, int frames) noexcept
{
    auto block = blockOf(outgoing(), channelCount, frames);
    outgoing().chain.process(block);
    guard(outgoing(), frames);
    if (ringFrames > 0)
        ringOut(frames);
    if (phase == Phase::preparing)
        phaseFrames -= frames;
}

void PresetCrossfader::renderSwitch(int channelCount, int frames) noexcept
{
    auto block = blockOf(outgoing(), channelCount, frames);
    auto incomingBlock = blockOf(other(), channelCount, frames);
    outgoing().chain.processPlaying(block);
    other().chain.processPlaying(incomingBlock);
    if (phase == Phase::warming)
    {
        guard(other(), frames);
        for (int frame = 0; frame < frames; ++frame)
            fade.compare(block, incomingBlock, frame);
        outgoing().chain.processEchoes(block);
        guard(outgoing(), frames);
    }
    else
    {
        setGains(block, incomingBlock);
        leave(block);
        multiply(incomingBlock, other().gains);
        other().chain.processEchoes(incomingBlock);
        guard(other(), frames);
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
                outgoing().buffer[side][frame] += other().buffer[side][frame];
    }
    phaseFrames -= frames;
}

/// What leaves echoes is faded in front of them. Where there are none, the end of the chain is, so that
/// nothing in `output` is cut off with it.
void PresetCrossfader::leave(AudioBlock& block) noexcept
{
    const bool leavesEchoes = outgoing().chain.hasTail();
    if (leavesEchoes)
        multiply(block, outgoing().gains);
    outgoing().chain.processEchoes(block);
    guard(outgoing(), block.frames);
    if (!leavesEchoes)
        multiply(block, outgoing().gains);
}

void PresetCrossfader::setGains(const AudioBlock& block, const AudioBlock& incomingBlock) noexcept
{
    for (int frame = 0; frame < block.frames; ++frame)
    {
        fade.compare(block, incomingBlock, frame);
        const auto gains = fade.next(1 - static_cast<double>(phaseFrames - frame - 1) / fadingFrames);
        outgoing().gains[static_cast<std::size_t>(frame)] = gains.out;
        other().gains[static_cast<std::size_t>(frame)] = gains.in;
    }
}

void PresetCrossfader::ringOut(int frames) noexcept
{
    auto block = blockOf(other(), 2, frames);
    other().chain.processTail(block);
    guard(other(), frames);
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
    {
        ringFrames = std::max(0, ringFrames - 1);
        const float left = std::min(1.0f, static_cast<float>(ringFrames) / static_cast<float>(releaseFrames));
        const float gain = smooth(left);
        float height = 0;
        for (std::size_t side = 0; side < 2; ++side)
        {
            const float tail = gain * other().buffer[side][frame];
            height = std::max(height, std::abs(tail));
            outgoing().buffer[side][frame] += tail;
        }
        quietFrames = height < inaudible ? quietFrames + 1 : 0;
        if (quietFrames > longestGapFrames)
            ringFrames = std::min(ringFrames, releaseFrames);
    }
}

void PresetCrossfader::limit(int frames) noexcept
{
    auto& [left, right] = outgoing().buffer;
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
    {
        const float gain = limiter.gainFor(std::max(std::abs(left[frame]), std::abs(right[frame])));
        left[frame] *= gain;
        right[frame] *= gain;
    }
}

int PresetCrossfader::latencySamples() const noexcept
{
    return players[0].chain.latencySamples();
}

double PresetCrossfader::tailSeconds(const ParameterSet& parameters) const noexcept
{
    return players[0].chain.tailSeconds(parameters);
}

} // namespace tonewright::dsp
