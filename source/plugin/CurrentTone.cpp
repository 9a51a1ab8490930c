#include "plugin/CurrentTone.h"

namespace tonewright::plugin
{

CurrentTone::CurrentTone(SharedParameters& shared, const HostParameters& host, AssetLoader& loader)
    : values(shared), hostParameters(host), assets(loader)
{
}

Preset CurrentTone::preset() const
{
    const std::scoped_lock lock(mutex);
    Preset result = words;
    result.parameters = values.readAll();
    return result;
}

ParameterSet CurrentTone::parameters() const
{
    const std::scoped_lock lock(mutex);
    return values.readAll();
}

void CurrentTone::replace(const Preset& preset, bool isEdited)
{
    ParameterSet previous;
    ParameterSet present;
    {
        const std::scoped_lock lock(mutex);
        previous = values.readAll();
        words = preset;
        words.parameters.makeLegal();
        wasEdited = isEdited;
        assets.want(words.parameters.impulseResponse);
        values.setAll(words.parameters);
        present = words.parameters;
    }
    revisions.fetch_add(1, std::memory_order_acq_rel);
    // Outside the lock: a host may ask for the state while it is being told.
    hostParameters.announceChanges(previous, present);
}

void CurrentTone::adjust(ParameterIndex index, float value)
{
    ParameterSet previous;
    ParameterSet present;
    {
        const std::scoped_lock lock(mutex);
        previous = values.readAll();
        values.setOne(index, value);
        present = previous;
        present[index] = words.parameters[index] = values.getOne(index);
    }
    hostParameters.announceChanges(previous, present);
}

bool CurrentTone::isEdited() const
{
    const std::scoped_lock lock(mutex);
    return wasEdited || !(values.readAll() == words.parameters);
}

void CurrentTone::markSaved(const std::string& name)
{
    {
        const std::scoped_lock lock(mutex);
        words.name = name;
        words.parameters = values.readAll();
        wasEdited = false;
    }
    revisions.fetch_add(1, std::memory_order_acq_rel);
}

juce::Point<int> CurrentTone::editorSize() const
{
    const std::scoped_lock lock(mutex);
    return size;
}

void CurrentTone::setEditorSize(juce::Point<int> newSize)
{
    const std::scoped_lock lock(mutex);
    size = newSize;
}

} // namespace tonewright::plugin
