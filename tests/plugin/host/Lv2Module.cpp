#include "Lv2Module.h"

#include <dlfcn.h>
#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/core/lv2.h>
#include <lv2/instance-access/instance-access.h>
#include <lv2/options/options.h>
#include <lv2/patch/patch.h>
#include <lv2/ui/ui.h>
#include <lv2/urid/urid.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <numbers>
#include <stdexcept>
#include <thread>
#include <vector>

// clang-format off: last, since its macros (Bool) are names elsewhere
#include <X11/Xlib.h>
// clang-format on

namespace tonewright::test
{
namespace
{
constexpr std::size_t atomBytes = 1u << 16; // more than the plugin's turtle asks for
constexpr const char* pluginUri = "https://tonewright.org/plugins/tonewright";

/// The ports as the bundle's turtle numbers them (source/plugin/lv2/WriteTurtle.cpp).
enum Port : std::uint32_t
{
    firstInput = 0,
    firstOutput = 2,
    atomInput = 4,
    atomOutput = 5,
    latency = 6,
    freewheel = 7,
    enabled = 8
};

LV2_URID idOf(LV2_URID_Map_Handle, const char* uri)
{
    static std::mutex mutex; // instances are made on several threads
    static std::map<std::string, LV2_URID> ids;
    const std::lock_guard lock(mutex);
    return ids.try_emplace(uri, static_cast<LV2_URID>(ids.size() + 1)).first->second;
}

template <typename Descriptor>
const Descriptor& descriptor(void* library, const char* entryPoint)
{
    using Function = const Descriptor*(std::uint32_t);
    auto* const function = reinterpret_cast<Function*>(dlsym(library, entryPoint));
    const auto* const found = function != nullptr ? function(0) : nullptr;
    if (found == nullptr)
        throw std::runtime_error(std::string("the library has no ") + entryPoint);
    return *found;
}
} // namespace

struct Lv2Module::Implementation
{
    void* library = nullptr;
    std::string bundle;
    const LV2_Descriptor* plugin = nullptr;
    LV2_Handle handle = nullptr;
    double rate = 0;
    int frames = 0;
    int position = 0;
    std::array<std::vector<float>, 4> audio; // inputs, then outputs
    float latencyValue = 0;
    float freewheelValue = 0;
    float enabledValue = 1;
    std::vector<std::uint64_t> toPlugin = std::vector<std::uint64_t>(atomBytes / 8);
    std::vector<std::uint64_t> fromPlugin = std::vector<std::uint64_t>(atomBytes / 8);
    std::map<std::string, float> changes; // for the next block
    LV2_URID_Map map{nullptr, idOf};

    const LV2UI_Descriptor* editor = nullptr;
    LV2UI_Handle editorHandle = nullptr;
    Display* display = nullptr;
    Window window = 0;
    LV2UI_Resize resizeRequests{this, resize}; // the editor keeps the address

    void writeChanges()
    {
        LV2_Atom_Forge forge;
        lv2_atom_forge_init(&forge, &map);
        lv2_atom_forge_set_buffer(&forge, reinterpret_cast<std::uint8_t*>(toPlugin.data()), atomBytes);
        LV2_Atom_Forge_Frame sequence;
        lv2_atom_forge_sequence_head(&forge, &sequence, 0);
        for (const auto& [symbol, value] : changes)
        {
            lv2_atom_forge_frame_time(&forge, 0);
            LV2_Atom_Forge_Frame object;
            lv2_atom_forge_object(&forge, &object, 0, idOf(nullptr, LV2_PATCH__Set));
            lv2_atom_forge_key(&forge, idOf(nullptr, LV2_PATCH__property));
            lv2_atom_forge_urid(&forge, idOf(nullptr, (std::string(pluginUri) + ":" + symbol).c_str()));
            lv2_atom_forge_key(&forge, idOf(nullptr, LV2_PATCH__value));
            lv2_atom_forge_float(&forge, value);
            lv2_atom_forge_pop(&forge, &object);
        }
        lv2_atom_forge_pop(&forge, &sequence);
        changes.clear();
        auto& room = *reinterpret_cast<LV2_Atom_Sequence*>(fromPlugin.data());
        room.atom = {atomBytes - sizeof(LV2_Atom), idOf(nullptr, LV2_ATOM__Chunk)};
    }

    /// Null where the library makes none.
    LV2UI_Handle makeEditor(LV2_Handle instance, Window in)
    {
        const LV2_Feature mapping{LV2_URID__map, &map};
        const LV2_Feature access{LV2_INSTANCE_ACCESS_URI, instance};
        const LV2_Feature parent{LV2_UI__parent, reinterpret_cast<void*>(in)};
        const LV2_Feature canResize{LV2_UI__resize, &resizeRequests};
        const LV2_Feature* const features[] = {&mapping, &access, &parent, &canResize, nullptr};
        LV2UI_Widget widget = nullptr;
        const auto ignoreWrites = [](LV2UI_Controller, std::uint32_t, std::uint32_t, std::uint32_t,
                                     const void*) {};
        return editor->instantiate(editor, pluginUri, bundle.c_str(), ignoreWrites, nullptr, &widget,
                                   features);
    }

    template <typename Interface>
    const Interface& extension(const char* uri) const
    {
        const auto* const found = static_cast<const Interface*>(editor->extension_data(uri));
        if (found == nullptr)
            throw std::runtime_error(std::string("the editor lacks ") + uri);
        return *found;
    }

    /// The editor asks for another size of its window.
    static int resize(LV2UI_Feature_Handle self, int width, int height)
    {
        auto& host = *static_cast<Implementation*>(self);
        XResizeWindow(host.display, host.window, static_cast<unsigned>(std::max(width, 1)),
                      static_cast<unsigned>(std::max(height, 1)));
        XFlush(host.display);
        return 0;
    }
};

Lv2Module::Lv2Module(const std::string& library, double sampleRate, int framesPerBlock)
    : implementation(std::make_unique<Implementation>())
{
    auto& self = *implementation;
    self.library = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (self.library == nullptr)
        throw std::runtime_error(dlerror());
    self.bundle = std::filesystem::path(library).parent_path().string() + "/";
    self.plugin = &descriptor<LV2_Descriptor>(self.library, "lv2_descriptor");
    self.editor = &descriptor<LV2UI_Descriptor>(self.library, "lv2ui_descriptor");
    self.rate = sampleRate;
    self.frames = framesPerBlock;

    const std::int32_t longest = framesPerBlock;
    const LV2_Options_Option options[] = {{LV2_OPTIONS_INSTANCE, 0,
                                           idOf(nullptr, LV2_BUF_SIZE__maxBlockLength), sizeof(longest),
                                           idOf(nullptr, LV2_ATOM__Int), &longest},
                                          {}};
    const LV2_Feature map{LV2_URID__map, &self.map};
    const LV2_Feature bounded{LV2_BUF_SIZE__boundedBlockLength, nullptr};
    const LV2_Feature withOptions{LV2_OPTIONS__options, const_cast<LV2_Options_Option*>(options)};
    const LV2_Feature* const features[] = {&map, &bounded, &withOptions, nullptr};
    self.handle = self.plugin->instantiate(self.plugin, sampleRate, self.bundle.c_str(), features);
    if (self.handle == nullptr)
        throw std::runtime_error("the library makes no instance");

    for (std::size_t index = 0; index < self.audio.size(); ++index)
    {
        self.audio[index].resize(static_cast<std::size_t>(framesPerBlock));
        self.plugin->connect_port(self.handle, firstInput + static_cast<std::uint32_t>(index),
                                  self.audio[index].data());
    }
    self.plugin->connect_port(self.handle, atomInput, self.toPlugin.data());
    self.plugin->connect_port(self.handle, atomOutput, self.fromPlugin.data());
    self.plugin->connect_port(self.handle, latency, &self.latencyValue);
    self.plugin->connect_port(self.handle, freewheel, &self.freewheelValue);
    self.plugin->connect_port(self.handle, enabled, &self.enabledValue);
    self.plugin->activate(self.handle);
}

Lv2Module::~Lv2Module()
{
    closeEditor();
    implementation->plugin->deactivate(implementation->handle);
    implementation->plugin->cleanup(implementation->handle);
    dlclose(implementation->library);
}

float Lv2Module::play(int blocks)
{
    auto& self = *implementation;
    float peak = 0;
    for (int block = 0; block < blocks; ++block)
    {
        for (std::size_t frame = 0; frame < self.audio[firstInput].size(); ++frame, ++self.position)
        {
            const double phase = 2 * std::numbers::pi * 220 * self.position / self.rate;
            self.audio[firstInput][frame] = static_cast<float>(0.3 * std::sin(phase));
            self.audio[firstInput + 1][frame] = self.audio[firstInput][frame];
        }
        self.writeChanges();
        self.plugin->run(self.handle, static_cast<std::uint32_t>(self.frames));
        peak = 0;
        for (const float sample : self.audio[firstOutput])
            peak = std::max(peak, std::abs(sample));
    }
    return peak;
}

void Lv2Module::set(const std::string& symbol, float value)
{
    implementation->changes[symbol] = value;
}

bool Lv2Module::openEditor()
{
    auto& self = *implementation;
    self.display = XOpenDisplay(nullptr);
    if (self.display == nullptr)
        return false;
    self.window = XCreateSimpleWindow(self.display, DefaultRootWindow(self.display), 0, 0, 100, 100, 0, 0, 0);
    XMapWindow(self.display, self.window);
    XSync(self.display, False);
    self.editorHandle = self.makeEditor(self.handle, self.window);
    return self.editorHandle != nullptr;
}

bool Lv2Module::getsEditorFor(const Lv2Module& other)
{
    auto& self = *implementation;
    const auto made = self.makeEditor(other.implementation->handle, 1);
    self.editor->port_event(made, 0, 0, 0, nullptr);
    self.extension<LV2UI_Resize>(LV2_UI__resize).ui_resize(made, 400, 300);
    self.extension<LV2UI_Idle_Interface>(LV2_UI__idleInterface).idle(made);
    LV2_Options_Option none{};
    self.extension<LV2_Options_Interface>(LV2_OPTIONS__interface).get(made, &none);
    self.extension<LV2_Options_Interface>(LV2_OPTIONS__interface).set(made, &none);
    self.editor->cleanup(made);
    return made != nullptr;
}

std::pair<int, int> Lv2Module::editorSize() const
{
    const auto& self = *implementation;
    Window root = 0;
    Window parent = 0;
    Window* children = nullptr;
    unsigned count = 0;
    XWindowAttributes attributes{};
    if (XQueryTree(self.display, self.window, &root, &parent, &children, &count) != 0 && count > 0)
        XGetWindowAttributes(self.display, children[0], &attributes);
    if (children != nullptr)
        XFree(children);
    return {attributes.width, attributes.height};
}

void Lv2Module::resizeEditor(int width, int height)
{
    auto& self = *implementation;
    Implementation::resize(&self, width, height);
    self.extension<LV2UI_Resize>(LV2_UI__resize).ui_resize(self.editorHandle, width, height);
}

void Lv2Module::idle(std::chrono::milliseconds time)
{
    auto& self = *implementation;
    const auto end = std::chrono::steady_clock::now() + time;
    do
    {
        if (self.editorHandle != nullptr)
            self.extension<LV2UI_Idle_Interface>(LV2_UI__idleInterface).idle(self.editorHandle);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } while (std::chrono::steady_clock::now() < end);
}

void Lv2Module::closeEditor()
{
    auto& self = *implementation;
    if (self.editorHandle != nullptr)
        self.editor->cleanup(self.editorHandle);
    self.editorHandle = nullptr;
    if (self.display != nullptr)
    {
        XDestroyWindow(self.display, self.window);
        XCloseDisplay(self.display);
    }
    self.display = nullptr;
}

} // namespace tonewright::test
