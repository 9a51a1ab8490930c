#pragma once

#include "assets/AssetLoader.h"
#include "dsp/PresetCrossfader.h"
#include "plugin/AudioCounters.h"
#include "plugin/CurrentTone.h"
#include "plugin/DryFade.h"
#include "plugin/HostParameters.h"
#include "plugin/LevelMeter.h"
#include "plugin/OutputMute.h"
#include "plugin/SharedParameters.h"
#include "plugin/ToneSession.h"
#include "plugin/TunerTap.h"
#include "realtime/AssetHolder.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <atomic>
#include <memory>

namespace tonewright::plugin
{

class PluginSession;

/// The plugin as hosts see it: mono or stereo in, stereo out. It holds the parts together and renders blocks;
/// what sounds is CurrentTone's, words and library are PluginSession's. Nothing is loaded, started or asked
/// of the network before it is needed: hosts create and destroy plugins just to look at them.
class TonewrightProcessor final : public juce::AudioProcessor
{
public:
    TonewrightProcessor();
    ~TonewrightProcessor() override;

    /// [message] Prompts, presets, undo and settings.
    ToneSession& session();

    /// [any] The host parameter of that line of the table.
    juce::RangedAudioParameter& parameter(ParameterIndex index) { return hostParameters[index]; }

    LevelMeter& inputMeter() noexcept { return meterOfInput; }   ///< [any+audio]
    LevelMeter& outputMeter() noexcept { return meterOfOutput; } ///< [any+audio]

    /// [any+audio] Where the tuner hears the input.
    TunerTap& tunerTap() noexcept { return tuner; }

    /// [message] The order in which the stages sound now.
    StageOrder currentOrder() const { return tone.parameters().order; }

    /// [message] The editor's size in logical pixels, kept in the host's project; 0 x 0 until there was one.
    juce::Point<int> editorSize() const { return tone.editorSize(); }
    void setEditorSize(int width, int height) { tone.setEditorSize({width, height}); }

    /// [any] Whether this is the Standalone program.
    bool isStandalone() const noexcept { return wrapperType == wrapperType_Standalone; }

    /// [any+audio] What the audio side has counted so far.
    AudioCounters audioCounters() const noexcept TONEWRIGHT_NONBLOCKING;

    const juce::String getName() const override { return "Tonewright"; }
    void prepareToPlay(double sampleRate, int maximumFrames) override;
    void releaseResources() override {}
    void reset() override;
    bool isBusesLayoutSupported(const BusesLayout& layout) const override;
    using juce::AudioProcessor::processBlock;
    using juce::AudioProcessor::processBlockBypassed;
    void processBlock(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi) override;
    void processBlockBypassed(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi) override;
    /// Null in LV2, whose hosts bypass by the `enabled` port: JUCE's wrapper would copy that port into the
    /// parameter in every block, on the audio thread, with a lock and a message to the host each time.
    juce::AudioProcessorParameter* getBypassParameter() const override { return bypass; }
    double getTailLengthSeconds() const override;

    bool acceptsMidi() const override { return false; }
    bool producesMidi() const override { return false; }
    int getNumPrograms() override { return 1; }
    int getCurrentProgram() override { return 0; }
    void setCurrentProgram(int) override {}
    const juce::String getProgramName(int) override { return "Tonewright"; }
    void changeProgramName(int, const juce::String&) override {}

    bool hasEditor() const override { return true; }
    juce::AudioProcessorEditor* createEditor() override;

    void getStateInformation(juce::MemoryBlock& destination) override;
    void setStateInformation(const void* data, int size) override;

private:
    bool isBypassed() const noexcept TONEWRIGHT_NONBLOCKING;
    void render(juce::AudioBuffer<float>& audio, bool shouldBypass) noexcept TONEWRIGHT_NONBLOCKING;
    void renderPart(juce::AudioBuffer<float>& audio, int start, int frames,
                    bool isMono) noexcept TONEWRIGHT_NONBLOCKING;
    bool isOutputMuted() const noexcept TONEWRIGHT_NONBLOCKING;
    dsp::Transport transport() noexcept;
    void chooseSet(int frames) noexcept TONEWRIGHT_NONBLOCKING;

    SharedParameters shared;
    HostParameters hostParameters;
    juce::AudioParameterBool* bypass = nullptr; // the base class owns it; see getBypassParameter()
    AssetLoader assets;
    CurrentTone tone;

    dsp::PresetCrossfader crossfader;
    // The audio thread's: what is wanted, and what plays until all that it needs is there.
    AssetHolder<dsp::ImpulseAsset, dsp::chainCount + 2> impulses{assets.impulses()};
    ParameterSet wanted;
    ParameterSet playing;
    dsp::ImpulseAsset* playingImpulse = nullptr;
    ImpulseResponseId awaited = 0;
    double awaitedSeconds = 0; ///< for which it was waited for
    DryFade dryFade;
    juce::AudioBuffer<float> dryInput; // what came in, while the bypass fades
    std::atomic<bool> isPrepared{false};
    std::atomic<double> tempo{0};
    std::atomic<double> preparedRate{0};
    std::atomic<int> preparedFrames{0};
    AudioCount blocks;
    AudioCount keptBlocks;
    AudioCount longerBlocks;
    AudioCount nonFiniteInputs;
    TunerTap tuner;
    OutputMute outputMute;
    LevelMeter meterOfInput;
    LevelMeter meterOfOutput;

    std::unique_ptr<PluginSession> toneSession;
};

} // namespace tonewright::plugin
