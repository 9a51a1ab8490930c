#include "Vst3Module.h"

#include <X11/Xlib.h>
#include <dlfcn.h>
#include <pluginterfaces/base/ibstream.h>
#include <pluginterfaces/base/ipluginbase.h>
#include <pluginterfaces/gui/iplugview.h>
#include <pluginterfaces/vst/ivstaudioprocessor.h>
#include <pluginterfaces/vst/ivstcomponent.h>
#include <pluginterfaces/vst/ivsteditcontroller.h>
#include <pluginterfaces/vst/ivstmessage.h>
#include <poll.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace tonewright::test
{
namespace
{
using namespace Steinberg;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool isSame(const TUID left, const TUID right)
{
    return std::memcmp(left, right, sizeof(TUID)) == 0;
}

/// A host's object that lives as long as its owner says: plugins' references are not counted.
template <typename Interface>
class HostObject : public Interface
{
public:
    tresult PLUGIN_API queryInterface(const TUID, void** object) override
    {
        *object = nullptr;
        return kNoInterface;
    }
    uint32 PLUGIN_API addRef() override { return 1; }
    uint32 PLUGIN_API release() override { return 1; }
};

/// Bytes to read.
class StateStream final : public HostObject<IBStream>
{
public:
    explicit StateStream(std::string text) : bytes(std::move(text)) {}
    tresult PLUGIN_API read(void* buffer, int32 size, int32* sizeRead) override
    {
        const auto count = std::min(static_cast<std::size_t>(std::max(size, 0)), bytes.size() - place);
        std::memcpy(buffer, bytes.data() + place, count);
        place += count;
        if (sizeRead != nullptr)
            *sizeRead = static_cast<int32>(count);
        return kResultOk;
    }
    tresult PLUGIN_API write(void*, int32, int32*) override { return kNotImplemented; }
    tresult PLUGIN_API seek(int64 offset, int32 mode, int64* result) override
    {
        const auto from = mode == kIBSeekSet ? 0 : mode == kIBSeekCur ? place : bytes.size();
        place = std::min(bytes.size(), static_cast<std::size_t>(static_cast<int64>(from) + offset));
        return tell(result);
    }
    tresult PLUGIN_API tell(int64* result) override
    {
        if (result != nullptr)
            *result = static_cast<int64>(place);
        return kResultOk;
    }

private:
    std::string bytes;
    std::size_t place = 0;
};

/// The host's loop, on which a plugin's files are watched.
class RunLoop final : public HostObject<Linux::IRunLoop>
{
public:
    tresult PLUGIN_API registerEventHandler(Linux::IEventHandler* handler,
                                            Linux::FileDescriptor file) override
    {
        handlers.push_back({handler, file});
        return kResultOk;
    }
    tresult PLUGIN_API unregisterEventHandler(Linux::IEventHandler* handler) override
    {
        std::erase_if(handlers, [&](const Watched& watched) { return watched.handler == handler; });
        return kResultOk;
    }
    tresult PLUGIN_API registerTimer(Linux::ITimerHandler*, Linux::TimerInterval) override
    {
        return kNotImplemented; // JUCE asks for none
    }
    tresult PLUGIN_API unregisterTimer(Linux::ITimerHandler*) override { return kNotImplemented; }

    void runOnce()
    {
        std::vector<pollfd> files;
        for (const auto& watched : handlers)
            files.push_back({watched.file, POLLIN, 0});
        poll(files.data(), files.size(), 5);
        const auto present = handlers; // a handler may change the list
        for (std::size_t index = 0; index < present.size(); ++index)
            if (files[index].revents != 0)
                present[index].handler->onFDIsSet(present[index].file);
    }

private:
    struct Watched
    {
        Linux::IEventHandler* handler;
        Linux::FileDescriptor file;
    };
    std::vector<Watched> handlers;
};

class Frame final : public HostObject<IPlugFrame>
{
public:
    tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override
    {
        *object = isSame(wanted, Linux::IRunLoop_iid) ? &loop : nullptr;
        return *object != nullptr ? kResultOk : kNoInterface;
    }
    tresult PLUGIN_API resizeView(IPlugView* view, ViewRect* size) override { return view->onSize(size); }
    RunLoop loop;
};

template <typename Interface>
Interface* query(FUnknown& object, const TUID iid)
{
    void* found = nullptr;
    return object.queryInterface(iid, &found) == kResultOk ? static_cast<Interface*>(found) : nullptr;
}

template <typename Function>
Function* function(void* library, const char* name)
{
    auto* found = reinterpret_cast<Function*>(dlsym(library, name));
    if (found == nullptr)
        throw std::runtime_error(std::string("the module has no ") + name);
    return found;
}
} // namespace

struct Vst3Module::Implementation
{
    void* library = nullptr;
    IPluginFactory* factory = nullptr;
};

Vst3Module::Vst3Module(const std::string& path) : implementation(std::make_unique<Implementation>())
{
    auto& library = implementation->library;
    library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw std::runtime_error(dlerror());
    if (!function<bool(void*)>(library, "ModuleEntry")(library))
        throw std::runtime_error("ModuleEntry refused");
    implementation->factory = function<IPluginFactory*()>(library, "GetPluginFactory")();
    if (implementation->factory == nullptr)
        throw std::runtime_error("GetPluginFactory made no factory");
}

Vst3Module::~Vst3Module()
{
    implementation->factory->release();
    function<bool()>(implementation->library, "ModuleExit")();
    dlclose(implementation->library);
}

struct Vst3Module::Instance::Implementation
{
    HostObject<FUnknown> host;
    Frame frame;
    Vst::IComponent* component = nullptr;
    Vst::IEditController* controller = nullptr;
    Vst::IConnectionPoint* componentPoint = nullptr;
    Vst::IConnectionPoint* controllerPoint = nullptr;
    IPlugView* view = nullptr;
    Display* display = nullptr;
    Window window = 0;
    ViewRect size;
};

std::unique_ptr<Vst3Module::Instance> Vst3Module::createInstance()
{
    auto& factory = *implementation->factory;
    auto made = std::make_unique<Instance::Implementation>();
    const auto create = [&](const TUID classId, const TUID iid)
    {
        void* object = nullptr;
        if (factory.createInstance(classId, iid, &object) != kResultOk || object == nullptr)
            throw std::runtime_error("the factory makes no instance");
        return object;
    };
    for (int32 index = 0; index < factory.countClasses(); ++index)
    {
        PClassInfo info{};
        factory.getClassInfo(index, &info);
        if (std::strcmp(info.category, kVstAudioEffectClass) == 0)
            made->component = static_cast<Vst::IComponent*>(create(info.cid, Vst::IComponent_iid));
    }
    if (made->component == nullptr || made->component->initialize(&made->host) != kResultOk)
        throw std::runtime_error("the component does not start");
    TUID controllerId{};
    made->component->getControllerClassId(controllerId);
    made->controller = static_cast<Vst::IEditController*>(create(controllerId, Vst::IEditController_iid));
    made->controller->initialize(&made->host);
    made->componentPoint = query<Vst::IConnectionPoint>(*made->component, Vst::IConnectionPoint_iid);
    made->controllerPoint = query<Vst::IConnectionPoint>(*made->controller, Vst::IConnectionPoint_iid);
    if (made->componentPoint == nullptr || made->controllerPoint == nullptr)
        throw std::runtime_error("component and controller cannot be connected");
    made->componentPoint->connect(made->controllerPoint);
    made->controllerPoint->connect(made->componentPoint);
    return std::unique_ptr<Instance>(new Instance(std::move(made)));
}

Vst3Module::Instance::Instance(std::unique_ptr<Implementation> made) : implementation(std::move(made))
{
}

Vst3Module::Instance::~Instance()
{
    closeEditor();
    auto& self = *implementation;
    self.componentPoint->disconnect(self.controllerPoint);
    self.controllerPoint->disconnect(self.componentPoint);
    self.componentPoint->release();
    self.controllerPoint->release();
    self.controller->terminate();
    self.controller->release();
    self.component->terminate();
    self.component->release();
}

void Vst3Module::Instance::setState(const std::string& bytes)
{
    StateStream stream(bytes);
    implementation->component->setState(&stream);
}

bool Vst3Module::Instance::openEditor()
{
    auto& self = *implementation;
    self.display = XOpenDisplay(nullptr);
    self.view = self.controller->createView(Vst::ViewType::kEditor);
    if (self.display == nullptr || self.view == nullptr)
        return false;
    self.view->getSize(&self.size);
    self.window = XCreateSimpleWindow(self.display, DefaultRootWindow(self.display), 0, 0,
                                      static_cast<unsigned>(self.size.getWidth()),
                                      static_cast<unsigned>(self.size.getHeight()), 0, 0, 0);
    XMapWindow(self.display, self.window);
    XSync(self.display, False);
    self.view->setFrame(&self.frame);
    if (self.view->attached(reinterpret_cast<void*>(self.window), kPlatformTypeX11EmbedWindowID) != kResultOk)
        return false;
    runUntil([] { return false; }, milliseconds(300));
    return true;
}

void Vst3Module::Instance::clickInEditor(int fromRight, int fromTop)
{
    auto& self = *implementation;
    Window root = 0;
    Window parent = 0;
    Window* children = nullptr;
    unsigned count = 0;
    XQueryTree(self.display, self.window, &root, &parent, &children, &count);
    const Window editor = count > 0 ? children[0] : self.window;
    XFree(children);
    const int x = self.size.getWidth() - fromRight;
    XWarpPointer(self.display, 0, self.window, 0, 0, 0, 0, x, fromTop);
    XSync(self.display, False);
    runUntil([] { return false; }, milliseconds(50));
    XEvent event{};
    event.xbutton = {.type = ButtonPress,
                     .serial = 0,
                     .send_event = True,
                     .display = self.display,
                     .window = editor,
                     .root = root,
                     .subwindow = 0,
                     .time = 1,
                     .x = x,
                     .y = fromTop,
                     .x_root = x,
                     .y_root = fromTop,
                     .state = 0,
                     .button = Button1,
                     .same_screen = True};
    XSendEvent(self.display, editor, True, ButtonPressMask, &event);
    XSync(self.display, False);
    runUntil([] { return false; }, milliseconds(50));
    event.xbutton.type = ButtonRelease;
    event.xbutton.state = Button1Mask;
    event.xbutton.time = 60;
    XSendEvent(self.display, editor, True, ButtonReleaseMask, &event);
    XSync(self.display, False);
}

void Vst3Module::Instance::closeEditor()
{
    auto& self = *implementation;
    if (self.view != nullptr)
    {
        self.view->removed();
        self.view->setFrame(nullptr);
        self.view->release();
        self.view = nullptr;
    }
    if (self.display != nullptr)
    {
        XDestroyWindow(self.display, self.window);
        XCloseDisplay(self.display);
        self.display = nullptr;
    }
}

bool Vst3Module::Instance::runUntil(const std::function<bool()>& condition, milliseconds limit)
{
    const auto deadline = steady_clock::now() + limit;
    while (!condition())
    {
        if (steady_clock::now() >= deadline)
            return false;
        implementation->frame.loop.runOnce();
    }
    return true;
}

} // namespace tonewright::test
