#include "plugin/TonewrightProcessor.h"

/// What every JUCE plugin format calls to get a plugin.
juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter();
juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter()
{
    return new tonewright::plugin::TonewrightProcessor();
}
