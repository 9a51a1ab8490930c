#include "dsp/measure/StereoWidth.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

double stereoWidth(std::span<const std::vector<float>> channels)
{
    if (channels.size() < 2)
        return 0;
    double products = 0;
    double left = 0;
    double right = 0;
    for (std::size_t n = 0; n < channels[0].size(); ++n)
    {
        const double l = static_cast<double>(channels[0][n]);
        const double r = static_cast<double>(channels[1][n]);
        products += l * r;
        left += l * l;
        right += r * r;
    }
    const double energies = std::sqrt(left * right);
    return energies > 0 ? std::clamp(1 - products / energies, 0.0, 2.0) : 0;
}

} // namespace tonewright::dsp
