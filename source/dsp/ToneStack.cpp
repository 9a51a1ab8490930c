#include "dsp/ToneStack.h"

namespace tonewright::dsp
{

ThirdOrderTransfer toneStackTransfer(const ToneStackComponents& parts, const ToneStackTravel& travel) noexcept
{
    // The paper's names, so that its equations can be compared line by line.
    const double R1 = parts.treblePot;
    const double R2 = parts.bassPot;
    const double R3 = parts.middlePot;
    const double R4 = parts.slopeResistor;
    const double C1 = parts.trebleCapacitor;
    const double C2 = parts.bassCapacitor;
    const double C3 = parts.middleCapacitor;
    const double t = travel.treble;
    const double m = travel.middle;
    const double l = travel.bass;
    const double C12 = C1 * C2;
    const double C13 = C1 * C3;
    const double C23 = C2 * C3;
    const double C123 = C12 * C3;
    const double middleSquare = (C13 + C23) * R3 * R3;
    const double bassMiddle = (C13 + C23) * R2 * R3;
    const double cubic = C123 * R3 * R3 * (R1 + R4);

    ThirdOrderTransfer h;
    h.b[0] = 0;
    h.b[1] = t * C1 * R1 + m * C3 * R3 + l * (C1 + C2) * R2 + (C1 + C2) * R3;
    h.b[2] = t * (C12 + C13) * R1 * R4 - m * m * middleSquare + m * (C13 * R1 * R3 + middleSquare) +
             l * (C12 * R1 * R2 + (C12 + C13) * R2 * R4) + l * m * bassMiddle + C12 * R1 * R3 +
             (C12 + C13) * R3 * R4;
    h.b[3] = l * m * C123 * R2 * R3 * (R1 + R4) + (m - m * m) * cubic + t * (1 - m) * C123 * R1 * R3 * R4 +
             t * l * C123 * R1 * R2 * R4;

    h.a[0] = 1;
    h.a[1] = C1 * R1 + (C1 + C2) * R3 + (C2 + C3) * R4 + m * C3 * R3 + l * (C1 + C2) * R2;
    h.a[2] = m * (C13 * R1 * R3 - C23 * R3 * R4 + middleSquare) + l * m * bassMiddle - m * m * middleSquare +
             l * (C12 * R1 * R2 + (C12 + C13 + C23) * R2 * R4) + (C12 + C13) * R1 * R4 +
             (C12 + C13 + C23) * R3 * R4 + C12 * R1 * R3;
    h.a[3] = l * m * C123 * R2 * R3 * (R1 + R4) + (m - m * m) * cubic + (1 - m) * C123 * R1 * R3 * R4 +
             l * C123 * R1 * R2 * R4;
    return h;
}

void ThirdOrderFilter::glideTo(const ThirdOrderTransfer& transfer, double sampleRate, int steps) noexcept
{
    const double c = 2 * sampleRate;
    const auto discretise = [c](const std::array<double, 4>& s)
    {
        const double s1 = s[1] * c;
        const double s2 = s[2] * c * c;
        const double s3 = s[3] * c * c * c;
        return std::array<double, 4>{s[0] + s1 + s2 + s3, 3 * s[0] + s1 - s2 - 3 * s3,
                                     3 * s[0] - s1 - s2 + 3 * s3, s[0] - s1 + s2 - s3};
    };
    const auto numerator = discretise(transfer.b);
    const auto denominator = discretise(transfer.a);
    const double scale = 1 / denominator[0];
    Coefficients newB;
    Coefficients newA;
    for (std::size_t k = 0; k < 4; ++k)
    {
        newB[k] = DoubleLanes{} + numerator[k] * scale;
        newA[k] = DoubleLanes{} + denominator[k] * scale;
    }
    remaining = steps;
    if (steps == 0)
    {
        b = newB;
        a = newA;
        return;
    }
    for (std::size_t k = 0; k < 4; ++k)
    {
        bStep[k] = (newB[k] - b[k]) / steps;
        aStep[k] = (newA[k] - a[k]) / steps;
    }
}

} // namespace tonewright::dsp
