// The entry points of the LV2 library, before JUCE's (which the build renames, see CMakeLists.txt).
//
// Where two copies of the plugin are installed, say one in ~/.lv2 and one in /usr/local/lib/lv2, hosts built
// on JUCE read both bundles as one and may give the editor of one library the instance of the other. Its
// pointer would be believed, and two message threads would share its objects: a crash sooner or later. Such
// an editor is refused; the host then shows its own.

#include <lv2/core/lv2.h>
#include <lv2/instance-access/instance-access.h>
#include <lv2/ui/ui.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>

extern "C"
{
    const LV2_Descriptor* tonewright_juce_lv2_descriptor(std::uint32_t index);
    const LV2UI_Descriptor* tonewright_juce_lv2ui_descriptor(std::uint32_t index);
    LV2_SYMBOL_EXPORT const LV2_Descriptor* lv2_descriptor(std::uint32_t index);
    LV2_SYMBOL_EXPORT const LV2UI_Descriptor* lv2ui_descriptor(std::uint32_t index);
}

namespace
{
/// The instances this library made. [any] but audio; an instance is made and destroyed on the host's threads.
class Instances
{
public:
    void add(LV2_Handle handle)
    {
        const std::lock_guard lock(mutex);
        handles.insert(handle);
    }
    void remove(LV2_Handle handle)
    {
        const std::lock_guard lock(mutex);
        handles.erase(handle);
    }
    bool contain(LV2_Handle handle)
    {
        const std::lock_guard lock(mutex);
        return handles.count(handle) > 0;
    }

private:
    std::mutex mutex;
    std::set<LV2_Handle> handles;
};

Instances& instances()
{
    static Instances made;
    return made;
}

LV2_Handle instantiate(const LV2_Descriptor*, double sampleRate, const char* bundle,
                       const LV2_Feature* const* features)
{
    const auto& juce = *tonewright_juce_lv2_descriptor(0);
    const LV2_Handle handle = juce.instantiate(&juce, sampleRate, bundle, features);
    if (handle != nullptr)
        instances().add(handle);
    return handle;
}

void cleanup(LV2_Handle handle)
{
    instances().remove(handle);
    tonewright_juce_lv2_descriptor(0)->cleanup(handle);
}

LV2_Handle instanceAmong(const LV2_Feature* const* features)
{
    for (; features != nullptr && *features != nullptr; ++features)
        if (std::strcmp((*features)->URI, LV2_INSTANCE_ACCESS_URI) == 0)
            return (*features)->data;
    return nullptr;
}

LV2UI_Handle instantiateEditor(const LV2UI_Descriptor*, const char* pluginUri, const char* bundle,
                               LV2UI_Write_Function write, LV2UI_Controller controller, LV2UI_Widget* widget,
                               const LV2_Feature* const* features)
{
    const auto instance = instanceAmong(features);
    if (instance != nullptr && !instances().contain(instance))
    {
        std::fprintf(
            stderr,
            "Tonewright: two copies of the plugin are installed, and the host mixes them. Its editor is in "
            "%s; remove that copy or the other.\n",
            bundle != nullptr ? bundle : "one of them");
        return nullptr;
    }
    const auto& juce = *tonewright_juce_lv2ui_descriptor(0);
    return juce.instantiate(&juce, pluginUri, bundle, write, controller, widget, features);
}
} // namespace

const LV2_Descriptor* lv2_descriptor(std::uint32_t index)
{
    if (index != 0)
        return nullptr;
    static const LV2_Descriptor descriptor = []
    {
        auto ours = *tonewright_juce_lv2_descriptor(0);
        ours.instantiate = instantiate;
        ours.cleanup = cleanup;
        return ours;
    }();
    return &descriptor;
}

const LV2UI_Descriptor* lv2ui_descriptor(std::uint32_t index)
{
    if (index != 0)
        return nullptr;
    static const LV2UI_Descriptor descriptor = []
    {
        auto ours = *tonewright_juce_lv2ui_descriptor(0);
        ours.instantiate = instantiateEditor;
        return ours;
    }();
    return &descriptor;
}
