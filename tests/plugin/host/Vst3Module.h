#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tonewright::test
{

/// The built VST3, loaded and unloaded with the format's own entry points as a host does that keeps nothing:
/// JUCE's hosting classes keep a module until the program ends.
class Vst3Module
{
public:
    /// dlopen with RTLD_NOW (every symbol must be found), ModuleEntry, GetPluginFactory. Throws
    /// std::runtime_error where one of them fails.
    explicit Vst3Module(const std::string& library);
    /// The factory's release, ModuleExit, dlclose.
    ~Vst3Module();
    Vst3Module(const Vst3Module&) = delete;
    Vst3Module& operator=(const Vst3Module&) = delete;

    class Instance;
    /// A component and its controller, initialised and connected.
    std::unique_ptr<Instance> createInstance();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

/// One plugin of the module; destroyed before it.
class Vst3Module::Instance
{
public:
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// What a host's project holds for the plugin.
    void setState(const std::string& bytes);

    /// Opens the editor in a window of the X server and runs the host's loop until it is drawn; false when it
    /// does not open.
    bool openEditor();
    /// Moves the pointer to a place, counted from the editor's upper right corner, and clicks.
    void clickInEditor(int fromRight, int fromTop);
    void closeEditor();

    /// Runs the host's loop until `condition` holds; false when it does not within `limit`.
    bool runUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit);

private:
    friend class Vst3Module;
    struct Implementation;
    explicit Instance(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright::test
