#include "plugin/TonewrightProcessor.h"

#include "plugin/PluginSession.h"
#include "plugin/PluginState.h"
#include "plugin/editor/TonewrightEditor.h"
#include "realtime/ScopedFlushDenormals.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

namespace tonewright::plugin
{
namespace
{
constexpr double lowestSampleRate = 8'000;
constexpr double highestSampleRate = 384'000;
/// High gain holds up what a cabinet and the input's DC blocker (53 ms to 1/e) let fall: measured over the
/// factory presets behind a tone cut off in its middle, less than 0.2 s.
constexpr double amplifiersShare = 0.2;

/// How long the old sound may go on while an impulse response is loaded, in seconds. Loading takes some tens
/// of milliseconds; a disk that has to wake up takes longer, and then a cabinet of ours fills the gap.
constexpr double longestWait = 2;

/// A host's mistake must not go on to the loudspeakers, not even when the plugin is bypassed. Says how many
/// samples it was.
std::uint64_t silenceNonFinite(float* samples, int frames) noexcept
{
    std::uint64_t count = 0;
    for (int frame = 0; frame < frames; ++frame)
        if (!std::isfinite(samples[frame]))
        {
            samples[frame] = 0.0f;
            ++count;
        }
    return count;
}

/// A rate the stages can be built for, whatever a host says; NaN compares false and ends up below.
double usableRate(double sampleRate) noexcept
{
    return sampleRate > lowestSampleRate ? std::min(sampleRate, highestSampleRate) : lowestSampleRate;
}
} // namespace

TonewrightProcessor::TonewrightProcessor()
    : juce::AudioProcessor(BusesProperties()
                               .withInput("Guitar", juce::AudioChannelSet::stereo())
                               .withOutput("Output", juce::AudioChannelSet::stereo())),
      hostParameters(*this, shared), tone(shared, hostParameters, assets),
      toneSession(std::make_unique<PluginSession>(tone, tempo, assets))
{
    if (wrapperType != wrapperType_LV2)
        addParameter(bypass = new juce::AudioParameterBool(juce::ParameterID{"bypass", 1}, "Bypass", false));
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto place = static_cast<ParameterIndex>(index);
        hostParameters[place].onGesture = [this, place](bool isBeginning)
        { toneSession->knobGesture(place, isBeginning); };
    }
}

TonewrightProcessor::~TonewrightProcessor() = default;

ToneSession& TonewrightProcessor::session()
{
    return *toneSession;
}

AudioCounters TonewrightProcessor::audioCounters() const noexcept
{
    return {preparedRate.load(std::memory_order_relaxed),
            preparedFrames.load(std::memory_order_relaxed),
            blocks.get(),
            keptBlocks.get(),
            longerBlocks.get(),
            nonFiniteInputs.get(),
            crossfader.faultCount()};
}

bool TonewrightProcessor::isBusesLayoutSupported(const BusesLayout& layout) const
{
    const auto input = layout.getMainInputChannelSet();
    return layout.getMainOutputChannelSet() == juce::AudioChannelSet::stereo() &&
           (input == juce::AudioChannelSet::mono() || input == juce::AudioChannelSet::stereo());
}

void TonewrightProcessor::prepareToPlay(double sampleRate, int maximumFrames)
{
    dsp::ProcessSpec spec;
    spec.sampleRate = usableRate(sampleRate);
    spec.maximumFrames = std::max(1, maximumFrames);
    wanted = tone.parameters();
    preparedRate.store(spec.sampleRate, std::memory_order_relaxed);
    static_cast<void>(assets.setSampleRate(spec.sampleRate));
    awaited = wanted.impulseResponse;
    awaitedSeconds = longestWait; // no old sound is there to go on
    playingImpulse = nullptr;
    static_cast<void>(impulses.update([](const auto&) { return false; }));
    chooseSet(0);
    crossfader.prepare(spec, playing, {playingImpulse});
    dryFade.prepare(spec.sampleRate, isBypassed());
    outputMute.prepare(spec.sampleRate, isOutputMuted());
    dryInput.setSize(2, spec.maximumFrames);
    setLatencySamples(crossfader.latencySamples());
    preparedFrames.store(spec.maximumFrames, std::memory_order_relaxed);
    isPrepared.store(true, std::memory_order_release);
}

void TonewrightProcessor::reset()
{
    if (isPrepared.load(std::memory_order_acquire))
        crossfader.reset();
}

double TonewrightProcessor::getTailLengthSeconds() const
{
    ParameterSet present;
    // A preset that is just being written is a moment's matter, and the tail an estimate: the defaults will
    // do.
    static_cast<void>(shared.tryRead(present));
    return isPrepared.load(std::memory_order_acquire) ? crossfader.tailSeconds(present) + amplifiersShare
                                                      : 0.0;
}

void TonewrightProcessor::processBlock(juce::AudioBuffer<float>& audio, juce::MidiBuffer&)
{
    render(audio, isBypassed());
}

void TonewrightProcessor::processBlockBypassed(juce::AudioBuffer<float>& audio, juce::MidiBuffer&)
{
    render(audio, true);
}

bool TonewrightProcessor::isBypassed() const noexcept
{
    return bypass != nullptr && bypass->get();
}

bool TonewrightProcessor::isOutputMuted() const noexcept
{
    return tuner.isMuted() && !isNonRealtime(); // an open tuner leaves no hole in a bounce
}

dsp::Transport TonewrightProcessor::transport() noexcept
{
    double beatsPerMinute = 0;
    if (const auto* host = getPlayHead())
        if (const auto position = host->getPosition())
            beatsPerMinute = position->getBpm().orFallback(0.0);
    tempo.store(beatsPerMinute, std::memory_order_relaxed);
    return {beatsPerMinute};
}

/// A set plays once all it needs is there; until then the one before plays on, for a while.
void TonewrightProcessor::chooseSet(int frames) noexcept
{
    const double rate = preparedRate.load(std::memory_order_relaxed);
    auto* const impulse = impulses.update([this](const auto& asset)
                                          { return &asset == playingImpulse || crossfader.uses(asset); });
    const bool usesImpulse = usesImpulseResponse(wanted);
    const bool isReady = !usesImpulse || (impulse != nullptr && impulse->id == wanted.impulseResponse &&
                                          impulse->sampleRate == rate);
    if (isReady || awaited != wanted.impulseResponse)
        awaitedSeconds = 0;
    awaited = wanted.impulseResponse;
    if (!isReady && awaitedSeconds < longestWait)
    {
        awaitedSeconds += frames / rate;
        return;
    }
    playing = wanted;
    playingImpulse = usesImpulse && isReady && impulse->players[0] != nullptr ? impulse : nullptr;
}

void TonewrightProcessor::render(juce::AudioBuffer<float>& audio, bool shouldBypass) noexcept
{
    const ScopedThreadRole role(ThreadRole::audio);
    const ScopedFlushDenormals flushDenormals;
    const int frames = audio.getNumSamples();
    const bool isMono = getTotalNumInputChannels() < 2;
    if (!isPrepared.load(std::memory_order_acquire) || audio.getNumChannels() < 2)
    {
        audio.clear();
        return;
    }
    blocks.add(1);
    if (!shared.tryRead(wanted)) // the block keeps the last set
        keptBlocks.add(1);
    // A host that renders faster than it plays would be ahead of the loader; nobody listens then, so it
    // waits.
    if (isNonRealtime() && usesImpulseResponse(wanted))
        static_cast<void>(assets.waitUntilReady(std::chrono::milliseconds(2000)));
    chooseSet(frames);
    crossfader.setParameters(playing, transport(), {playingImpulse});
    dryFade.setBypassed(shouldBypass);
    outputMute.setMuted(isOutputMuted());

    // Hosts sometimes send more than they announced; what is kept of the input has only the room announced.
    const int most = dryInput.getNumSamples();
    if (frames > most)
        longerBlocks.add(1);
    for (int start = 0; start < frames; start += most)
        renderPart(audio, start, std::min(most, frames - start), isMono);
}

void TonewrightProcessor::renderPart(juce::AudioBuffer<float>& audio, int start, int frames,
                                     bool isMono) noexcept
{
    auto* left = audio.getWritePointer(0, start);
    auto* right = audio.getWritePointer(1, start);
    auto silenced = silenceNonFinite(left, frames);
    if (isMono)
        std::copy_n(left, frames, right);
    else
        silenced += silenceNonFinite(right, frames);
    if (silenced > 0)
        nonFiniteInputs.add(silenced);
    meterOfInput.add(0, left, frames);
    meterOfInput.add(1, right, frames);
    tuner.add(left, right, frames, preparedRate.load(std::memory_order_relaxed));
    if (!dryFade.isFullyDry())
    {
        const bool isFading = !dryFade.isFullyWet();
        auto* dryLeft = dryInput.getWritePointer(0);
        auto* dryRight = dryInput.getWritePointer(1);
        if (isFading)
        {
            std::copy_n(left, frames, dryLeft);
            std::copy_n(right, frames, dryRight);
        }
        crossfader.process(left, isMono ? nullptr : right, left, right, frames);
        if (isFading)
        {
            dryFade.mix(dryLeft, dryRight, left, right, frames);
            // Asleep from here on: what still rings would burst out when the plugin wakes.
            if (dryFade.isFullyDry())
                crossfader.reset();
        }
    }
    outputMute.apply(left, right, frames);
    meterOfOutput.add(0, left, frames);
    meterOfOutput.add(1, right, frames);
}

void TonewrightProcessor::getStateInformation(juce::MemoryBlock& destination)
{
    PluginState state;
    state.preset = tone.preset();
    state.isEdited = tone.isEdited();
    state.isBypassed = isBypassed();
    state.impulseBytes = assets.packedBytes(state.preset.parameters.impulseResponse);
    const auto size = tone.editorSize();
    state.editorWidth = size.x;
    state.editorHeight = size.y;
    state.tunerReference = tuner.reference();
    const auto text = stateText(state);
    destination.replaceAll(text.data(), text.size());
}

void TonewrightProcessor::setStateInformation(const void* data, int size)
{
    const std::string_view bytes(static_cast<const char*>(data),
                                 size > 0 ? static_cast<std::size_t>(size) : 0);
    const auto state = stateFromText(bytes);
    if (!state)
    {
        toneSession->toneRestored(state.error().message);
        return;
    }
    tone.setEditorSize({state->editorWidth, state->editorHeight});
    if (!state->impulseBytes.empty())
        assets.offer(state->preset.parameters.impulseResponse, state->impulseBytes);
    tuner.setReference(state->tunerReference);
    tone.replace(state->preset, state->isEdited);
    if (bypass != nullptr)
        *bypass = state->isBypassed;
    toneSession->toneRestored({});
}

juce::AudioProcessorEditor* TonewrightProcessor::createEditor()
{
    return new TonewrightEditor(*this);
}

} // namespace tonewright::plugin
