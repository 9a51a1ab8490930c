#include "generation/Log.h"

#include "generation/SecretText.h"
#include "tone/Files.h"
#include "tone/Text.h"

#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>

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
constexpr std::size_t fileCount = 3;

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
    std::mutex mutex;
    std::weak_ptr<Log> log;
};

Log::Shared& Log::shared()
{
    static Shared instance;
    return instance;
}

std::shared_ptr<Log> Log::acquire()
{
    const std::lock_guard lock(shared().mutex);
    auto log = shared().log.lock();
    if (!log)
        shared().log = log = std::shared_ptr<Log>(new Log);
    return log;
}

std::shared_ptr<Log> Log::present()
{
    const std::lock_guard lock(shared().mutex);
    return shared().log.lock();
}

Log::Log() : implementation(std::make_unique<Implementation>())
{
    try
    {
        const auto folder = stateDirectory();
        std::error_code ignored; // the sink finds out
        std::filesystem::create_directories(folder, ignored);
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            (folder / "tonewright.log").string(), fileSize, fileCount);
        auto pool = std::make_shared<spdlog::details::thread_pool>(queueLength, 1);
        auto logger = std::make_shared<spdlog::async_logger>("tonewright", sink, pool,
                                                             spdlog::async_overflow_policy::overrun_oldest);
        logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z [%t] %l %v");
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

Log::~Log() = default;

void Log::write(LogLevel level, RequestId request, std::string_view text) noexcept
{
    if (!implementation->logger)
        return;
    try
    {
        std::string line = scrubKeyLookalikes(cleanText(text, longestLine));
        for (auto& c : line)
            if (c == '\n' || c == '\t')
                c = ' ';
        const auto about = request != 0 ? "request " + std::to_string(request) + ": " : std::string{};
        implementation->logger->log(spdlogLevel(level), about + line);
    }
    catch (...)
    {
        return; // a line that cannot be written is lost; nothing else is
    }
}

} // namespace tonewright
