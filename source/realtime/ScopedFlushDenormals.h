#pragma once

namespace tonewright
{

/// Makes the processor treat denormal numbers as zero while this object lives, so that a tail that fades into
/// them costs what sound costs. [any+audio], no allocation. x86 (MXCSR FTZ|DAZ) and AArch64 (FPCR FZ);
/// elsewhere it does nothing.
class ScopedFlushDenormals
{
public:
    ScopedFlushDenormals() noexcept;
    ~ScopedFlushDenormals();
    ScopedFlushDenormals(const ScopedFlushDenormals&) = delete;
    ScopedFlushDenormals& operator=(const ScopedFlushDenormals&) = delete;

private:
    unsigned long long saved;
};

} // namespace tonewright
