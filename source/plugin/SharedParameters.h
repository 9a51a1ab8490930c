#pragma once

#include "realtime/Epoch.h"
#include "realtime/Threads.h"
#include "tone/ParameterSet.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace tonewright::plugin
{

/// The one place where parameter values, the stage order and the impulse response live while the plugin runs:
/// host, screen and presets write here, the audio thread reads here once a block. Values are in their units,
/// not normalised, so that a preset's numbers survive every way through a host exactly.
///
/// A whole preset is written inside an Epoch. Where the audio thread meets it there, the block keeps the set
/// of the block before, so none is ever rendered from half a preset. A queue of whole sets beside the host's
/// parameters (LatestValue) would have to decide which of the two is newer, parameter by parameter; with one
/// store there is nothing to decide. The price: while the writer is interrupted inside its window (some 100
/// ns of plain stores; hosts are told afterwards), the audio thread stays with its last set. keptCount()
/// counts that.
///
/// Progress: tryRead and setOne are wait-free, setAll waits for nobody. Memory order: all writes release and
/// all reads acquire, so no fence is needed and ThreadSanitizer can follow.
class SharedParameters
{
public:
    /// [setup] The table's defaults.
    SharedParameters() noexcept;

    /// [any+audio] One value, legal or not; it is made legal.
    void setOne(ParameterIndex index, float value) noexcept TONEWRIGHT_NONBLOCKING;
    /// [any+audio] The value of the moment, in its unit.
    float getOne(ParameterIndex index) const noexcept TONEWRIGHT_NONBLOCKING;

    /// [any] Everything as one, made legal first. Callers take turns outside (CurrentTone's mutex; never the
    /// audio thread).
    void setAll(const ParameterSet& wanted) noexcept;

    /// [any+audio] Everything as one into `set`; false, with `set` untouched, when a setAll was under way.
    bool tryRead(ParameterSet& set) const noexcept TONEWRIGHT_NONBLOCKING;

    /// [any, with the turn of setAll] Everything as one.
    ParameterSet readAll() const noexcept;

    /// [any+audio] How many reads met a writer.
    std::uint64_t keptCount() const noexcept { return epoch.missedCount(); }

private:
    ParameterSet load() const noexcept;

    std::array<std::atomic<float>, parameterCount> values;
    std::atomic<std::uint64_t> order;
    std::atomic<ImpulseResponseId> impulseResponse{0};
    Epoch<> epoch;
};

} // namespace tonewright::plugin
