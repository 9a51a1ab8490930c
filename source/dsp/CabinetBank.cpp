#include "dsp/CabinetBank.h"

#include "dsp/CabinetImpulseResponse.h"

#include <map>
#include <mutex>

namespace tonewright::dsp
{
CabinetBank::CabinetBank(double sampleRate) : partition(partitionFramesAt(sampleRate))
{
    CabinetSynthesiser synthesiser(sampleRate);
    const RealFft fft(2 * partition);
    impulses.reserve(builtInCabinetCount * microphones.size() * distances.size());
    for (std::size_t model = 0; model < builtInCabinetCount; ++model)
        for (std::size_t microphone = 0; microphone < microphones.size(); ++microphone)
            for (const float centimetres : distances)
                impulses.emplace_back(synthesiser.impulse(static_cast<CabinetModel>(model),
                                                          static_cast<Microphone>(microphone),
                                                          0.01 * static_cast<double>(centimetres)),
                                      partition, fft);
}

std::shared_ptr<const CabinetBank> cabinetBank(double sampleRate)
{
    static std::mutex lock;
    static std::map<double, std::weak_ptr<const CabinetBank>> banks;
    static std::shared_ptr<const CabinetBank> latest;

    const std::lock_guard guard(lock);
    auto& known = banks[sampleRate];
    auto bank = known.lock();
    if (bank == nullptr)
    {
        bank = std::make_shared<const CabinetBank>(sampleRate);
        known = bank;
    }
    latest = bank;
    return bank;
}

} // namespace tonewright::dsp
