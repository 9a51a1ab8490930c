#include "generation/ThrownException.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <span>
#include <sstream>
#include <typeinfo>

namespace tonewright
{
namespace
{
constexpr int mostFrames = 24;

struct Frames
{
    std::array<void*, mostFrames> addresses{};
    int count = 0;

    std::span<void* const> without(int innermost) const
    {
        const auto skipped = static_cast<std::size_t>(std::min(innermost, count));
        return {addresses.data() + skipped, static_cast<std::size_t>(count) - skipped};
    }
};

/// The calling thread's last throw.
struct LastThrow
{
    void* exception = nullptr;
    const std::type_info* type = nullptr; // tells it from a later exception in the same place
    Frames frames;
};

LastThrow& lastThrow() noexcept
{
    static thread_local LastThrow instance;
    return instance;
}

std::string demangled(const char* name)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> text(
        abi::__cxa_demangle(name, nullptr, nullptr, &status), &std::free);
    return text ? text.get() : name;
}

/// "function+0x12" where the symbol is known, else "module+0x12", which addr2line understands.
std::string nameOfFrame(void* address)
{
    Dl_info info{};
    std::ostringstream text;
    if (::dladdr(address, &info) == 0)
        text << address;
    else
    {
        const bool hasSymbol = info.dli_sname != nullptr;
        const auto* base = hasSymbol ? info.dli_saddr : info.dli_fbase;
        const std::string module = info.dli_fname != nullptr ? info.dli_fname : "?";
        text << (hasSymbol ? demangled(info.dli_sname) : module.substr(module.rfind('/') + 1)) << "+0x"
             << std::hex
             << reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(base);
    }
    return text.str();
}

std::string namesOf(std::span<void* const> addresses)
{
    std::string text;
    for (auto* address : addresses)
        text += (text.empty() ? "" : " < ") + nameOfFrame(address);
    return text;
}

std::string whatItSays()
{
    try
    {
        throw;
    }
    catch (const std::exception& exception)
    {
        return std::string(": ") + exception.what();
    }
    catch (...)
    {
        return {};
    }
}

/// Where libstdc++ keeps the exception that is being handled: what its exception_ptr points to.
void* currentExceptionObject()
{
    const auto current = std::current_exception();
    static_assert(sizeof current == sizeof(void*));
    return *reinterpret_cast<void* const*>(&current);
}
} // namespace

void prepareStackTraces() noexcept
{
    std::array<void*, 1> frame{};
    ::backtrace(frame.data(), 1); // glibc loads libgcc_s at the first call
}

std::string describeCurrentException()
{
    const auto* type = abi::__cxa_current_exception_type();
    const auto text =
        (type != nullptr ? demangled(type->name()) : "an exception of no known type") + whatItSays();
    const auto& thrown = lastThrow();
    if (type != nullptr && thrown.type == type && thrown.exception == currentExceptionObject())
        return text + "; thrown at " + namesOf(thrown.frames.without(1));
    Frames here;
    here.count = ::backtrace(here.addresses.data(), mostFrames);
    return text + "; thrown inside a library, caught at " + namesOf(here.without(1));
}

} // namespace tonewright

// The linker's --wrap=__cxa_throw (source/CMakeLists.txt) names these two.
extern "C"
{
    [[noreturn]] void __real___cxa_throw(void* exception, std::type_info* type, void (*destructor)(void*));
    [[noreturn]] __attribute__((visibility("hidden"))) void
    __wrap___cxa_throw(void* exception, std::type_info* type, void (*destructor)(void*))
    {
        auto& thrown = tonewright::lastThrow();
        thrown.exception = exception;
        thrown.type = type;
        thrown.frames.count = ::backtrace(thrown.frames.addresses.data(), tonewright::mostFrames);
        __real___cxa_throw(exception, type, destructor);
    }
}
