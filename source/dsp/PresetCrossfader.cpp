#include "dsp/PresetCrossfader.h"

#include "dsp/Decibels.h"
#include "realtime/ScopedFlushDenormals.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double warmingSeconds = 0.005;
constexpr double fadingSeconds = 0.025;
/// How far back the likeness of the two chains is judged: some periods of a low string.
constexpr double memorySeconds = 0.006;
/// Powers of strangers add up, but their peaks may meet: a slight dip in power, in the middle, keeps those
/// low.
constexpr double strangersDip = 0.2;
/// Opposite polarities (amplifiers have them) cancel while they overlap. A lift in power makes up for a
/// little of it, a shorter overlap for the rest.
constexpr double strongestLift = 1.44;
/// How long a tail takes to fade when its chain is needed again.
constexpr double releaseSeconds = 0.005;
constexpr double longestRing = 10;
/// A tail that stays below this for longer than any two echoes are apart has ended.
constexpr float inaudible = 1e-5f;
constexpr double longestGap = 2.3;
constexpr float loudestInput = 64;

float sanitised(float sample) noexcept
{
    return std::isfinite(sample) ? std::clamp(sample, -loudestInput, loudestInput) : 0.0f;
}

void multiply(const AudioBlock& block, int frame, float gain) noexcept
{
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        block.channels[channel][frame] *= gain;
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
    }
    memory = std::exp(-1 / (memorySeconds * sampleRate));
    warmingFrames = framesOf(warmingSeconds, sampleRate);
    fadingFrames = framesOf(fadingSeconds, sampleRate);
    releaseFrames = framesOf(releaseSeconds, sampleRate);
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
    silentSoFar = true;
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
        ringFrames = std::min(ringFrames, releaseFrames);
        return;
    }
    other().set = wanted;
    other().impulse = wantedImpulse;
    restart(other());
    powerOut = powerIn = powerCommon = 0;
    levelOut = static_cast<double>(gainFromDecibels(outgoing().set["output.level"_p]));
    levelIn = static_cast<double>(gainFromDecibels(other().set["output.level"_p]));
    phase = Phase::warming;
    phaseFrames = warmingFrames;
}

void PresetCrossfader::finishPhase() noexcept
{
    if (phase == Phase::steady || phaseFrames > 0)
        return;
    if (phase == Phase::warming)
    {
        const double scale = std::sqrt(powerOut * powerIn);
        const double opposition = scale > 0 ? std::clamp(-powerCommon / scale, 0.0, 1.0) : 0.0;
        overlap = 1 - 0.9 * opposition;
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
        load(outgoing(), inputLeft + done, right, piece);
        if (phase == Phase::steady)
            renderSteady(channelCount, piece);
        else
        {
            load(other(), inputLeft + done, right, piece);
            renderSwitch(channelCount, piece);
        }
        std::copy_n(outgoing().buffer[0].data(), piece, outputLeft + done);
        std::copy_n(outgoing().buffer[1].data(), piece, outputRight + done);
        done += piece;
        silentSoFar = false;
        finishPhase();
    }
    releaseIdle();
}

void PresetCrossfader::load(Player& player, const float* left, const float* right, int frames) noexcept
{
    std::transform(left, left + frames, player.buffer[0].begin(), sanitised);
    if (right != nullptr)
        std::transform(right, right + frames, player.buffer[1].begin(), sanitised);
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
            compare(block, incomingBlock, frame);
        outgoing().chain.processEchoes(block);
        guard(outgoing(), frames);
    }
    else
    {
        fade(block, incomingBlock);
        outgoing().chain.processEchoes(block);
        other().chain.processEchoes(incomingBlock);
        guard(outgoing(), frames);
        guard(other(), frames);
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
                outgoing().buffer[side][frame] += other().buffer[side][frame];
    }
    phaseFrames -= frames;
}

/// What the two chains play and share of late, as loud as their output levels let it be heard.
void PresetCrossfader::compare(const AudioBlock& block, const AudioBlock& incomingBlock, int frame) noexcept
{
    powerOut *= memory;
    powerIn *= memory;
    powerCommon *= memory;
    for (std::size_t side = 0; side < 2; ++side)
    {
        const double out =
            levelOut * static_cast<double>(block.channels[block.channelCount == 2 ? side : 0][frame]);
        const double in =
            levelIn *
            static_cast<double>(incomingBlock.channels[incomingBlock.channelCount == 2 ? side : 0][frame]);
        powerOut += out * out;
        powerIn += in * in;
        powerCommon += out * in;
    }
}

/// Both signals get gains whose sum has the power of a fade between strangers: equal power where they share
/// nothing, equal gain where they are the same, and what lies between as heard.
void PresetCrossfader::fade(const AudioBlock& block, const AudioBlock& incomingBlock) noexcept
{
    for (int frame = 0; frame < block.frames; ++frame)
    {
        compare(block, incomingBlock, frame);
        const double place = 1 - static_cast<double>(phaseFrames - frame - 1) / fadingFrames;
        const double turn = std::clamp((place - 0.5) / overlap + 0.5, 0.0, 1.0);
        const double angle = 0.5 * std::numbers::pi * turn;
        const double out = turn < 1 ? std::cos(angle) : 0;
        const double in = std::sin(angle);
        const double strangers = out * out * powerOut + in * in * powerIn;
        const double together = strangers + 2 * out * in * powerCommon;
        const double likeness =
            std::clamp(powerCommon / std::max(std::sqrt(powerOut * powerIn), 1e-30), 0.0, 1.0);
        const double caution = 1 - 4 * out * out * in * in * (1 - likeness) * strangersDip;
        const double scale =
            together > 0 ? std::sqrt(caution * std::clamp(strangers / together, 0.5, strongestLift)) : 1.0;
        multiply(block, frame, static_cast<float>(out * scale));
        multiply(incomingBlock, frame, static_cast<float>(in * scale));
    }
}

void PresetCrossfader::ringOut(int frames) noexcept
{
    auto block = blockOf(other(), 2, frames);
    other().chain.processTail(block);
    guard(other(), frames);
    float peak = 0;
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
    {
        const float gain = std::min(1.0f, static_cast<float>(ringFrames - static_cast<int>(frame) - 1) /
                                              static_cast<float>(releaseFrames));
        for (std::size_t side = 0; side < 2; ++side)
        {
            const float tail = gain * other().buffer[side][frame];
            peak = std::max(peak, std::abs(tail));
            outgoing().buffer[side][frame] += tail;
        }
    }
    ringFrames -= frames;
    quietFrames = peak < inaudible ? quietFrames + frames : 0;
    if (quietFrames > static_cast<int>(longestGap * sampleRate))
        ringFrames = 0;
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
