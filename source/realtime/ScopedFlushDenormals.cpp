#include "realtime/ScopedFlushDenormals.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace tonewright
{
namespace
{
#if defined(__SSE2__)
constexpr unsigned long long flushBits = 0x8040; // FTZ | DAZ
unsigned long long readControl() noexcept
{
    return _mm_getcsr();
}
void writeControl(unsigned long long value) noexcept
{
    _mm_setcsr(static_cast<unsigned int>(value));
}
#elif defined(__aarch64__)
constexpr unsigned long long flushBits = 1ull << 24; // FZ
unsigned long long readControl() noexcept
{
    unsigned long long value = 0;
    asm volatile("mrs %0, fpcr" : "=r"(value));
    return value;
}
void writeControl(unsigned long long value) noexcept
{
    asm volatile("msr fpcr, %0" : : "r"(value));
}
#else
constexpr unsigned long long flushBits = 0;
unsigned long long readControl() noexcept
{
    return 0;
}
void writeControl(unsigned long long) noexcept
{
}
#endif
} // namespace

ScopedFlushDenormals::ScopedFlushDenormals() noexcept : saved(readControl())
{
    writeControl(saved | flushBits);
}

ScopedFlushDenormals::~ScopedFlushDenormals()
{
    writeControl(saved);
}

} // namespace tonewright
