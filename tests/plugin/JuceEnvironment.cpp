#include "JuceEnvironment.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>
#include <thread>

namespace juce
{
// JUCE's own plugin wrappers call this function the same way, when a host gives them no message loop.
bool dispatchNextMessageOnSystemQueue(bool returnIfNoPendingMessages);
} // namespace juce

namespace tonewright::test
{
namespace
{
/// Makes the thread that runs the tests JUCE's message thread.
class JuceEnvironment final : public testing::Environment
{
public:
    void SetUp() override { juceLife = std::make_unique<juce::ScopedJuceInitialiser_GUI>(); }
    void TearDown() override { juceLife.reset(); }

private:
    std::unique_ptr<juce::ScopedJuceInitialiser_GUI> juceLife;
};

[[maybe_unused]] const auto* const registered = testing::AddGlobalTestEnvironment(new JuceEnvironment);
} // namespace

bool deliverMessagesUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition())
    {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        if (!deliverOneMessage())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

bool deliverOneMessage()
{
    return juce::dispatchNextMessageOnSystemQueue(true);
}

bool deliverWaitingMessages(std::chrono::milliseconds limit)
{
    return deliverMessagesUntil([] { return !deliverOneMessage(); }, limit);
}

void surviveMissingWindowManager()
{
    using Handler = int (*)(void*, void*);
    using SetHandler = Handler (*)(Handler);
    if (void* library = dlopen("libX11.so.6", RTLD_NOW))
        if (void* function = dlsym(library, "XSetErrorHandler"))
            reinterpret_cast<SetHandler>(function)([](void*, void*) { return 0; });
}

} // namespace tonewright::test
