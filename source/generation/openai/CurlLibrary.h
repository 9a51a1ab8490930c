#pragma once

#include "tone/Result.h"

#include <curl/curl.h>

#include <span>
#include <string>

namespace tonewright
{

/// libcurl, loaded at run time: the amplifier works without it, and the plugin carries no symbol version of a
/// distribution it may not run on. Only the header's declarations are used to build. Once loaded it stays for
/// the life of the process (RTLD_NODELETE), because a look-up thread it left behind may still run.
struct CurlLibrary
{
    decltype(&curl_easy_init) easyInit = nullptr;
    decltype(&curl_easy_setopt) easySetopt = nullptr;
    decltype(&curl_easy_getinfo) easyGetinfo = nullptr;
    decltype(&curl_easy_cleanup) easyCleanup = nullptr;
    decltype(&curl_easy_strerror) easyStrerror = nullptr;
    decltype(&curl_slist_append) slistAppend = nullptr;
    decltype(&curl_slist_free_all) slistFreeAll = nullptr;
    decltype(&curl_multi_init) multiInit = nullptr;
    decltype(&curl_multi_add_handle) multiAddHandle = nullptr;
    decltype(&curl_multi_remove_handle) multiRemoveHandle = nullptr;
    decltype(&curl_multi_perform) multiPerform = nullptr;
    decltype(&curl_multi_poll) multiPoll = nullptr;
    decltype(&curl_multi_wakeup) multiWakeup = nullptr;
    decltype(&curl_multi_info_read) multiInfoRead = nullptr;
    decltype(&curl_multi_cleanup) multiCleanup = nullptr;
    decltype(&curl_version_info) versionInfo = nullptr;
    decltype(&curl_global_init) globalInit = nullptr;

    std::string version; ///< "7.88.1"

    /// [worker] Loads the first of `names` that is there and has what is needed (curl_multi_wakeup is of
    /// 7.68). The error says what to install.
    static Result<CurlLibrary> load(std::span<const char* const> names);

    /// [worker] The system's libcurl: loaded at the first call, the same answer ever after.
    static const Result<CurlLibrary>& system();
};

} // namespace tonewright
