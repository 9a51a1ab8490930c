#include "Vst3Module.h"
#include "plugin/JuceEnvironment.h"
#include "support/FakeServer.h"
#include "support/ProcessHandles.h"
#include "support/TemporaryFolder.h"
#include "tone/Files.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <mutex>

namespace
{
/// A look-up of this name hangs until the test lets it go on.
constexpr const char* hangingHost = "hanging.invalid";
std::mutex lookUpMutex;
std::condition_variable lookUpChanged;
bool mayLookUpsEnd = false;
int lookUpsWaiting = 0;
int lookUpsLeft = 0;
} // namespace

// Stands before the C library's, for the plugin's libcurl as well.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* node, const char* service,
                                                                  const addrinfo* hints, addrinfo** result)
{
    if (node != nullptr && std::strcmp(node, hangingHost) == 0)
    {
        std::unique_lock lock(lookUpMutex);
        ++lookUpsWaiting;
        lookUpChanged.notify_all();
        lookUpChanged.wait(lock, [] { return mayLookUpsEnd; });
        ++lookUpsLeft;
        lookUpChanged.notify_all();
        return EAI_FAIL;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

namespace tonewright::test
{
namespace
{
using std::chrono::milliseconds;

/// A project in whose preset a prompt is written: an editor shows it, and its button sends it.
constexpr const char* stateWithPrompt =
    R"({"format":"tonewright-state","version":1,"preset":{"format":"tonewright-preset","version":1,)"
    R"("name":"Clean","prompt":"warm jazz clean","parameters":{}}})";
/// Where the Generate button is, from the editor's upper right corner.
constexpr int buttonFromRight = 78;
constexpr int buttonFromTop = 86;

class Module : public testing::Test
{
protected:
    void SetUp() override
    {
        setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1);
        for (const char* name :
             {"OPENAI_API_KEY", "OPENAI_BASE_URL", "TONEWRIGHT_MODEL", "http_proxy", "all_proxy"})
            unsetenv(name);
    }
    void TearDown() override { unsetenv("TONEWRIGHT_CONFIG_DIR"); }

    /// The plugin's own settings file, as its settings card writes it.
    void askServer(const std::string& baseUrl)
    {
        const auto text = R"({"engine":"openai","baseUrl":")" + baseUrl + R"(","model":"model"})";
        ASSERT_TRUE(writeFileAtomically(folder.path() / "settings.json", text));
    }

    static bool hasDisplay() { return std::getenv("DISPLAY") != nullptr; }

    /// Types nothing, but presses Generate as a player does.
    static void submit(Vst3Module::Instance& instance)
    {
        instance.setState(stateWithPrompt);
        ASSERT_TRUE(instance.openEditor());
        instance.clickInEditor(buttonFromRight, buttonFromTop);
    }

    TemporaryFolder folder;
};

// H2: loaded and unloaded 50 times, an instance made and destroyed each time; where there is a display, every
// fifth one leaves with a request under way at a server that never answers.
TEST_F(Module, FiftyLoadsAndUnloadsLeaveNothingH2)
{
    surviveMissingWindowManager();
    FakeServer server;
    server.answer({{.manner = FakeAnswer::Manner::hang}});
    askServer(server.baseUrl());
    ProcessHandles before;
    std::size_t requests = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 51; ++round)
    {
        // The first round loads libraries that stay: X11's, libcurl.
        const bool isAsking = hasDisplay() && round % 5 == 0;
        {
            Vst3Module module(TONEWRIGHT_VST3_LIBRARY);
            const auto instance = module.createInstance();
            if (isAsking)
            {
                submit(*instance);
                ASSERT_TRUE(instance->runUntil([&] { return server.requestCount() > requests; },
                                               std::chrono::seconds(20)))
                    << "no request arrived in round " << round;
                requests = server.requestCount();
            }
        }
        if (round == 0)
            before = ProcessHandles::now();
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    std::cout << "51 loads and unloads, " << requests << " with a request under way, " << taken.count() / 51
              << " ms each\n";
    EXPECT_TRUE(handlesFallTo(before))
        << ProcessHandles::now().threads << " threads and " << ProcessHandles::now().files
        << " files, before: " << before.threads << " and " << before.files;
}

// H1: a scan (load with every symbol bound, make, destroy, unload) takes less than 100 ms.
TEST_F(Module, AScanIsShortH1)
{
    auto shortest = std::chrono::duration<double, std::milli>(1e9);
    for (int round = 0; round < 5; ++round)
    {
        const auto start = std::chrono::steady_clock::now();
        {
            Vst3Module module(TONEWRIGHT_VST3_LIBRARY);
            module.createInstance();
        }
        shortest = std::min<std::chrono::duration<double, std::milli>>(
            shortest, std::chrono::steady_clock::now() - start);
    }
    std::cout << "a scan takes " << shortest.count() << " ms\n";
    EXPECT_LT(shortest.count(), 100.0);
}

// H2: two modules' worth of instances at once, destroyed in the other order.
TEST_F(Module, TwoInstancesLiveSideBySideH2)
{
    Vst3Module module(TONEWRIGHT_VST3_LIBRARY);
    Vst3Module again(TONEWRIGHT_VST3_LIBRARY);
    auto first = module.createInstance();
    auto second = again.createInstance();
    first->setState(stateWithPrompt);
    second->setState("nonsense");
    first.reset();
    second->setState(stateWithPrompt);
    second.reset();
}

// Q12: the host unloads the plugin while libcurl's resolver still waits for the name of a server. The code
// stays mapped (-z nodelete), so the look-up finds its way back.
TEST_F(Module, UnloadingDuringALookUpIsSafeQ12)
{
    if (!hasDisplay())
        GTEST_SKIP() << "There is no display.";
    surviveMissingWindowManager();
    askServer(std::string("https://") + hangingHost + "/v1");
    const auto count = [](const int& number)
    {
        const std::lock_guard lock(lookUpMutex);
        return number;
    };
    {
        Vst3Module module(TONEWRIGHT_VST3_LIBRARY);
        const auto instance = module.createInstance();
        submit(*instance);
        ASSERT_TRUE(instance->runUntil([&] { return count(lookUpsWaiting) > 0; }, std::chrono::seconds(20)));
    }
    {
        const std::lock_guard lock(lookUpMutex);
        mayLookUpsEnd = true;
    }
    lookUpChanged.notify_all();
    std::unique_lock lock(lookUpMutex);
    EXPECT_TRUE(
        lookUpChanged.wait_for(lock, std::chrono::seconds(10), [] { return lookUpsLeft == lookUpsWaiting; }));
    lock.unlock();
    // The module can be loaded again, and is the same.
    Vst3Module module(TONEWRIGHT_VST3_LIBRARY);
    module.createInstance();
}

} // namespace
} // namespace tonewright::test
