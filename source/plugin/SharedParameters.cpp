#include "plugin/SharedParameters.h"

namespace tonewright::plugin
{
namespace
{
constexpr unsigned bitsPerStage = 4;
static_assert(stageCount <= 16 && stageCount * bitsPerStage <= 64, "a stage order must fit one atomic word");

std::uint64_t packed(const StageOrder& order) noexcept
{
    std::uint64_t word = 0;
    for (std::size_t place = 0; place < stageCount; ++place)
        word |= static_cast<std::uint64_t>(order[place]) << (place * bitsPerStage);
    return word;
}

StageOrder unpacked(std::uint64_t word) noexcept
{
    StageOrder order{};
    for (std::size_t place = 0; place < stageCount; ++place)
        order[place] = static_cast<StageId>((word >> (place * bitsPerStage)) & 15u);
    return order;
}
} // namespace

SharedParameters::SharedParameters() noexcept : values(), order(packed(defaultStageOrder))
{
    for (std::size_t index = 0; index < parameterCount; ++index)
        values[index].store(parameterTable[index].defaultValue, std::memory_order_relaxed);
}

void SharedParameters::setOne(ParameterIndex index, float value) noexcept
{
    values[static_cast<std::size_t>(index)].store(legalValue(infoOf(index), value),
                                                  std::memory_order_release);
}

float SharedParameters::getOne(ParameterIndex index) const noexcept
{
    return values[static_cast<std::size_t>(index)].load(std::memory_order_acquire);
}

void SharedParameters::setAll(const ParameterSet& wanted) noexcept
{
    ParameterSet legal = wanted;
    legal.makeLegal();
    epoch.write(
        [&]() noexcept
        {
            for (std::size_t index = 0; index < parameterCount; ++index)
                values[index].store(legal.values[index], std::memory_order_release);
            order.store(packed(legal.order), std::memory_order_release);
            impulseResponse.store(legal.impulseResponse, std::memory_order_release);
        });
}

bool SharedParameters::tryRead(ParameterSet& set) const noexcept
{
    ParameterSet read;
    if (!epoch.tryRead([&]() noexcept { read = load(); }))
        return false;
    set = read;
    return true;
}

ParameterSet SharedParameters::readAll() const noexcept
{
    return load();
}

ParameterSet SharedParameters::load() const noexcept
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        set.values[index] = values[index].load(std::memory_order_acquire);
    set.order = unpacked(order.load(std::memory_order_acquire));
    set.impulseResponse = impulseResponse.load(std::memory_order_acquire);
    return set;
}

} // namespace tonewright::plugin
