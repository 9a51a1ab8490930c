#include "plugin/editor/ParameterLink.h"

#include "plugin/HostParameters.h"

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

void ParameterLink::tellGesture(bool isBeginning)
{
    if (isInGesture == isBeginning)
        return;
    isInGesture = isBeginning;
    if (isBeginning)
        parameter.beginChangeGesture();
    else
        parameter.endChangeGesture();
    if (const auto* host = dynamic_cast<HostParameter*>(&parameter); host != nullptr && host->onGesture)
        host->onGesture(isBeginning);
}

void ParameterLink::beginGesture()
{
    tellGesture(true);
}

void ParameterLink::endGesture()
{
    tellGesture(false);
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
