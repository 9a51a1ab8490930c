#include "generation/openai/NameLookUps.h"

#include <dlfcn.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>

namespace
{
std::mutex lookUpMutex;
std::condition_variable lookUpChanged;
int generation = 0; // of look-ups; those of an earlier one may end
int waiting = 0;

void hang()
{
    std::unique_lock lock(lookUpMutex);
    const int mine = generation;
    ++waiting;
    lookUpChanged.notify_all();
    lookUpChanged.wait(lock, [mine] { return mine != generation; });
    --waiting;
    lookUpChanged.notify_all();
}
} // namespace

// Stands before the C library's, for libcurl's resolver thread as well.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* node, const char* service,
                                                                  const addrinfo* hints, addrinfo** result)
{
    const std::string_view name = node != nullptr ? node : "";
    if (name == tonewright::test::hangingHost)
        hang();
    if (name.ends_with(".invalid"))
        return EAI_NONAME;
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

namespace tonewright::test
{

bool waitForHangingLookUp()
{
    std::unique_lock lock(lookUpMutex);
    return lookUpChanged.wait_for(lock, std::chrono::seconds(10), [] { return waiting > 0; });
}

void endHangingLookUps()
{
    std::unique_lock lock(lookUpMutex);
    ++generation;
    lookUpChanged.notify_all();
    lookUpChanged.wait_for(lock, std::chrono::seconds(10), [] { return waiting == 0; });
}

} // namespace tonewright::test
