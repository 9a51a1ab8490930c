#include "dsp/RealFft.h"

#include <fftw3.h>

#include <mutex>

namespace tonewright::dsp
{
namespace
{
/// FFTW's planner is one for the whole process. Our own threads take turns by this lock; other plugins that
/// share the library are kept apart by FFTW's own, which the first use switches on.
std::mutex& plannerLock()
{
    static std::mutex lock;
    static const bool isShared = (fftwf_make_planner_thread_safe(), true);
    (void)isShared;
    return lock;
}
} // namespace

struct RealFft::Plans
{
    fftwf_plan forward = nullptr;
    fftwf_plan inverse = nullptr;

    Plans() = default;
    Plans(const Plans&) = delete;
    Plans& operator=(const Plans&) = delete;
    ~Plans()
    {
        const std::lock_guard guard(plannerLock());
        if (forward != nullptr)
            fftwf_destroy_plan(forward);
        if (inverse != nullptr)
            fftwf_destroy_plan(inverse);
    }
};

RealFft::RealFft(std::size_t size) : length(size), plans(std::make_unique<Plans>())
{
    AlignedVector<float> samples(size);
    AlignedVector<std::complex<float>> bins(size / 2 + 1);
    auto* const fftwBins = reinterpret_cast<fftwf_complex*>(bins.data());
    {
        const std::lock_guard guard(plannerLock());
        plans->forward = fftwf_plan_dft_r2c_1d(static_cast<int>(size), samples.data(), fftwBins,
                                               FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
        plans->inverse =
            fftwf_plan_dft_c2r_1d(static_cast<int>(size), fftwBins, samples.data(), FFTW_ESTIMATE);
    }
    if (plans->forward == nullptr || plans->inverse == nullptr)
        throw std::bad_alloc();
}

RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

// FFTW's interface is not const-correct; with FFTW_PRESERVE_INPUT it only reads the samples. Its complex type
// has std::complex's layout (FFTW manual, section 4.1.1).
void RealFft::forward(const float* samples, std::complex<float>* bins) const noexcept
{
    fftwf_execute_dft_r2c(plans->forward, const_cast<float*>(samples),
                          reinterpret_cast<fftwf_complex*>(bins));
}

void RealFft::inverse(std::complex<float>* bins, float* samples) const noexcept
{
    fftwf_execute_dft_c2r(plans->inverse, reinterpret_cast<fftwf_complex*>(bins), samples);
}

} // namespace tonewright::dsp
