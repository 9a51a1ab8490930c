// The entry points of the LV2 library, before JUCE's (which the build renames, see CMakeLists.txt).
//
// Where two copies of the plugin are installed, say one in ~/.lv2 and one in /usr/local/lib/lv2, hosts built
// on JUCE read both bundles as one and may give the editor of one library the instance of the other. Its
// pointer would be believed, and two message threads would share its objects: a crash sooner or later. Such
// an editor is refused. Those hosts go on to call the editor they did not get, so every call looks first;
// they show an empty window.

#include <lv2/core/lv2.h>
#include <lv2/instance-access/instance-access.h>
#include <lv2/options/options.h>
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
const LV2_Descriptor& juce()
{
    return *tonewright_juce_lv2_descriptor(0);
}

const LV2UI_Descriptor& juceEditor()
{
    return *tonewright_juce_lv2ui_descriptor(0);
}

/// The instances this library made. [any] One is made or destroyed at a time: JUCE counts them without a
/// lock, and its message thread comes with the first and goes with the last.
class Instances
{
public:
    LV2_Handle make(double sampleRate, const char* bundle, const LV2_Feature* const* features)
    {
        const std::lock_guard lock(mutex);
        const LV2_Handle handle = juce().instantiate(&juce(), sampleRate, bundle, features);
        if (handle != nullptr)
            handles.insert(handle);
        return handle;
    }
    void destroy(LV2_Handle handle)
    {
        const std::lock_guard lock(mutex);
        handles.erase(handle);
        juce().cleanup(handle);
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

/// Never destroyed: a host may clean up while the process ends.
Instances& instances()
{
    static auto* const made = new Instances;
    return *made;
}

LV2_Handle instantiate(const LV2_Descriptor*, double sampleRate, const char* bundle,
                       const LV2_Feature* const* features)
{
    return instances().make(sampleRate, bundle, features);
}

void cleanup(LV2_Handle handle)
{
    instances().destroy(handle);
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
    return juceEditor().instantiate(&juceEditor(), pluginUri, bundle, write, controller, widget, features);
}

void cleanUpEditor(LV2UI_Handle editor)
{
    if (editor != nullptr)
        juceEditor().cleanup(editor);
}

void takePortEvent(LV2UI_Handle editor, std::uint32_t port, std::uint32_t size, std::uint32_t format,
                   const void* buffer)
{
    if (editor != nullptr)
        juceEditor().port_event(editor, port, size, format, buffer);
}

template <typename Interface>
const Interface& juceExtension(const char* uri)
{
    return *static_cast<const Interface*>(juceEditor().extension_data(uri));
}

/// JUCE's extensions, which all exist, for an editor that does.
const void* editorExtension(const char* uri)
{
    static const LV2UI_Idle_Interface idle{
        [](LV2UI_Handle editor)
        {
            return editor != nullptr ? juceExtension<LV2UI_Idle_Interface>(LV2_UI__idleInterface).idle(editor)
                                     : 0; // anything else would end the host's idling for all editors
        }};
    static const LV2UI_Resize resize{
        nullptr, [](LV2UI_Feature_Handle editor, int width, int height)
        {
            return editor != nullptr
                       ? juceExtension<LV2UI_Resize>(LV2_UI__resize).ui_resize(editor, width, height)
                       : 1;
        }};
    static const LV2_Options_Interface options{
        [](LV2_Handle editor, LV2_Options_Option* wanted) -> std::uint32_t
        {
            return editor != nullptr
                       ? juceExtension<LV2_Options_Interface>(LV2_OPTIONS__interface).get(editor, wanted)
                       : std::uint32_t{LV2_OPTIONS_ERR_UNKNOWN};
        },
        [](LV2_Handle editor, const LV2_Options_Option* given) -> std::uint32_t
        {
            return editor != nullptr
                       ? juceExtension<LV2_Options_Interface>(LV2_OPTIONS__interface).set(editor, given)
                       : std::uint32_t{LV2_OPTIONS_ERR_UNKNOWN};
        }};
    if (std::strcmp(uri, LV2_UI__idleInterface) == 0)
        return &idle;
    if (std::strcmp(uri, LV2_UI__resize) == 0)
        return &resize;
    if (std::strcmp(uri, LV2_OPTIONS__interface) == 0)
        return &options;
    return juceEditor().extension_data(uri);
}
} // namespace

const LV2_Descriptor* lv2_descriptor(std::uint32_t index)
{
    if (index != 0)
        return nullptr;
    static const LV2_Descriptor descriptor = []
    {
        auto ours = juce();
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
        auto ours = juceEditor();
        ours.instantiate = instantiateEditor;
        ours.cleanup = cleanUpEditor;
        ours.port_event = takePortEvent;
        ours.extension_data = editorExtension;
        return ours;
    }();
    return &descriptor;
}
