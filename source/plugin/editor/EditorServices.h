#pragma once

#include "plugin/AudioCounters.h"
#include "plugin/ToneSession.h"
#include "tone/ParameterTable.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <functional>

namespace tonewright::plugin
{

class LevelMeter;
class TunerTap;

/// All that the editor knows of the plugin. Everything named here outlives the editor.
struct EditorServices
{
    ToneSession& session;
    std::function<juce::RangedAudioParameter&(ParameterIndex)> parameter;
    LevelMeter& inputMeter;
    LevelMeter& outputMeter;
    std::function<AudioCounters()> audioCounters;
    TunerTap& tuner;
};

} // namespace tonewright::plugin
