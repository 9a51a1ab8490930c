#include "generation/openai/CurlLibrary.h"

#include <dlfcn.h>

#include <array>

namespace tonewright
{
namespace
{
template <typename Function>
bool find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

bool findAll(void* library, CurlLibrary& curl)
{
    return find(library, "curl_easy_init", curl.easyInit) &&
           find(library, "curl_easy_setopt", curl.easySetopt) &&
           find(library, "curl_easy_getinfo", curl.easyGetinfo) &&
           find(library, "curl_easy_cleanup", curl.easyCleanup) &&
           find(library, "curl_easy_strerror", curl.easyStrerror) &&
           find(library, "curl_slist_append", curl.slistAppend) &&
           find(library, "curl_slist_free_all", curl.slistFreeAll) &&
           find(library, "curl_multi_init", curl.multiInit) &&
           find(library, "curl_multi_add_handle", curl.multiAddHandle) &&
           find(library, "curl_multi_remove_handle", curl.multiRemoveHandle) &&
           find(library, "curl_multi_perform", curl.multiPerform) &&
           find(library, "curl_multi_poll", curl.multiPoll) &&
           find(library, "curl_multi_wakeup", curl.multiWakeup) &&
           find(library, "curl_multi_info_read", curl.multiInfoRead) &&
           find(library, "curl_multi_cleanup", curl.multiCleanup) &&
           find(library, "curl_version_info", curl.versionInfo) &&
           find(library, "curl_global_init", curl.globalInit);
}
} // namespace

Result<CurlLibrary> CurlLibrary::load(std::span<const char* const> names)
{
    for (const char* name : names)
    {
        void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
        CurlLibrary curl;
        if (library == nullptr || !findAll(library, curl))
            continue;
        // Counted by libcurl and never undone: its clean-up does not wait for look-ups that still run.
        if (curl.globalInit(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            continue;
        curl.version = curl.versionInfo(CURLVERSION_NOW)->version;
        return curl;
    }
    return Error{"The online generator needs libcurl, which is missing here; please install the package "
                 "libcurl4."};
}

const Result<CurlLibrary>& CurlLibrary::system()
{
    static constexpr std::array names{"libcurl.so.4", "libcurl-gnutls.so.4"};
    static const Result<CurlLibrary> library = load(names);
    return library;
}

} // namespace tonewright
