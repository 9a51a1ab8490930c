#include "generation/Log.h"

#include "generation/SecretText.h"
#include "realtime/WorkerThread.h"
#include "tone/Files.h"
#include "tone/Text.h"

#include <pthread.h>
#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>

namespace tonewright
{
namespace
{
constexpr std::size_t longestLine = 2000;
constexpr std::size_t queueLength = 1024;
constexpr std::size_t fileSize = 1u << 20;
constexpr std::size_t olderFiles = 2;

spdlog::level::level_enum spdlogLevel(LogLevel level)
{
    switch (level)
    {
    case LogLevel::warning:
        return spdlog::level::warn;
    case LogLevel::error:
        return spdlog::level::err;
    case LogLevel::info:
        break;
    }
    return spdlog::level::info;
}

std::string currentThreadName()
{
    std::array<char, 16> name{}; // the kernel's limit
    ::pthread_getname_np(::pthread_self(), name.data(), name.size());
    return name.data();
}
} // namespace

struct Log::Implementation
{
    // Not in spdlog's registry: several modules of one process may have spdlog, and a plugin must leave
    // nothing behind. The pool goes last and writes what waits.
    std::shared_ptr<spdlog::details::thread_pool> pool;
    std::shared_ptr<spdlog::async_logger> logger;
};

struct Log::Shared
{
    std::mutex opening; // held while a log opens its file: only threads that may wait for a disk take it
    std::mutex mutex;   // held for a moment: whoever only looks never waits for a disk
    std::weak_ptr<Log> log;
    std::atomic<std::uint64_t> written{0};
    std::atomic<std::uint64_t> lost{0}; // by logs that are closed, or by one without a file
};

Log::Shared& Log::shared()
{
    static Shared instance;
    return instance;
}

std::shared_ptr<Log> Log::acquire()
{
    const std::lock_guard onlyOneOpens(shared().opening);
    if (auto log = present())
        return log;
    const std::shared_ptr<Log> opened(new Log);
    const std::lock_guard lock(shared().mutex);
    shared().log = opened;
    return opened;
}

std::shared_ptr<Log> Log::present()
{
    const std::lock_guard lock(shared().mutex);
    return shared().log.lock();
}

LogCounts Log::counts()
{
    LogCounts counts{shared().written.load(std::memory_order_relaxed),
                     shared().lost.load(std::memory_order_relaxed)};
    if (const auto log = present(); log && log->implementation->pool)
        counts.lost += log->implementation->pool->overrun_counter();
    return counts;
}

std::filesystem::path Log::file()
{
    return stateDirectory() / "tonewright.log";
}

Log::Log() : implementation(std::make_unique<Implementation>())
{
    try
    {
        const auto path = file();
        std::error_code ignored; // the sink finds out
        std::filesystem::create_directories(path.parent_path(), ignored);
        auto sink =
            std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.string(), fileSize, olderFiles);
        auto pool = std::make_shared<spdlog::details::thread_pool>(
            queueLength, 1, [] { const ScopedWorkerThread itself("tw-log"); });
        auto logger = std::make_shared<spdlog::async_logger>("tonewright", sink, pool,
                                                             spdlog::async_overflow_policy::overrun_oldest);
        logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        logger->flush_on(spdlog::level::info);
        logger->set_error_handler([](const std::string&) {}); // a full disk is no reason to speak up
        implementation->pool = std::move(pool);
        implementation->logger = std::move(logger);
    }
    catch (...)
    {
        implementation->logger.reset();
    }
}

Log::~Log()
{
    if (implementation->pool)
        shared().lost += implementation->pool->overrun_counter();
}

void Log::write(LogLevel level, RequestId request, std::string_view text) noexcept
{
    ++shared().written;
    if (!implementation->logger)
    {
        ++shared().lost;
        return;
    }
    try
    {
        std::string line = scrubKeyLookalikes(cleanText(text, longestLine));
        for (auto& c : line)
            if (c == '\n' || c == '\t')
                c = ' ';
        // The writing thread would put its own name.
        implementation->logger->log(spdlogLevel(level), "[" + currentThreadName() + "] request " +
                                                            (request != 0 ? std::to_string(request) : "-") +
                                                            ": " + line);
    }
    catch (...)
    {
        return; // a line that cannot be written is lost; nothing else is
    }
}

} // namespace tonewright
