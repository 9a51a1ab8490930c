#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace tonewright::dsp
{

/// Memory on 64-byte borders, as SIMD code and FFTW want it.
template <typename Value>
struct AlignedAllocator
{
    using value_type = Value;
    static constexpr std::align_val_t alignment{64};

    AlignedAllocator() noexcept = default;
    template <typename Other>
    explicit AlignedAllocator(const AlignedAllocator<Other>&) noexcept
    {
    }
    Value* allocate(std::size_t count)
    {
        return static_cast<Value*>(::operator new(count * sizeof(Value), alignment));
    }
    void deallocate(Value* memory, std::size_t) noexcept { ::operator delete(memory, alignment); }
    bool operator==(const AlignedAllocator&) const noexcept { return true; }
};

template <typename Value>
using AlignedVector = std::vector<Value, AlignedAllocator<Value>>;

/// FFT of `size` real samples (FFTW, single precision). Planning is quick and the same on every run
/// (FFTW_ESTIMATE) and, since FFTW's planner is not thread-safe, happens under one lock for the whole
/// process.
class RealFft
{
public:
    /// [setup] `size` even, at least 2. Throws std::bad_alloc when FFTW cannot plan.
    explicit RealFft(std::size_t size);
    ~RealFft();
    RealFft(RealFft&&) noexcept;
    RealFft& operator=(RealFft&&) noexcept;
    RealFft(const RealFft&) = delete;
    RealFft& operator=(const RealFft&) = delete;

    /// [any+audio] `size` samples to `size / 2 + 1` bins, unscaled. Both on 16-byte borders (AlignedVector);
    /// the samples survive.
    void forward(const float* samples, std::complex<float>* bins) const noexcept;

    /// [any+audio] Back, scaled by `size`. Both on 16-byte borders; the bins do not survive.
    void inverse(std::complex<float>* bins, float* samples) const noexcept;

    /// [any+audio]
    std::size_t size() const noexcept { return length; }

private:
    struct Plans;
    std::size_t length;
    std::unique_ptr<Plans> plans;
};

} // namespace tonewright::dsp
