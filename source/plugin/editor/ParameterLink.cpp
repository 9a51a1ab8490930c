#include "plugin/editor/ParameterLink.h"

namespace tonewright::plugin
{

ParameterLink::ParameterLink(ParameterIndex index, juce::RangedAudioParameter& hostParameter)
    : place(index), parameter(hostParameter)
{
}

ParameterLink::~ParameterLink()
{
    endGesture();
}

float ParameterLink::value() const
{
    return fromNormalised(info(), parameter.getValue());
}

std::optional<float> ParameterLink::newValue()
{
    const float present = parameter.getValue();
    if (lastSeen == present)
        return std::nullopt;
    lastSeen = present;
    return fromNormalised(info(), present);
}

void ParameterLink::beginGesture()
{
    if (!isInGesture)
        parameter.beginChangeGesture();
    isInGesture = true;
}

void ParameterLink::endGesture()
{
    if (isInGesture)
        parameter.endChangeGesture();
    isInGesture = false;
}

void ParameterLink::set(float value)
{
    const float wanted = toNormalised(info(), value);
    if (wanted == parameter.getValue())
        return;
    const bool isWholeGesture = !isInGesture;
    if (isWholeGesture)
        beginGesture();
    parameter.setValueNotifyingHost(wanted);
    lastSeen = parameter.getValue();
    if (isWholeGesture)
        endGesture();
}

} // namespace tonewright::plugin
