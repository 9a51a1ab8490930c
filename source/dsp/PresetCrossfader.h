#pragma once

#include "dsp/ChainAssets.h"
#include "dsp/CrossfadeGains.h"
#include "dsp/Filters.h"
#include "dsp/InputHistory.h"
#include "dsp/Limiter.h"
#include "dsp/SignalChain.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

namespace tonewright::dsp
{

/// Plays ParameterSets through two prepared chains. Continuous changes ramp inside the playing chain; a
/// change of a toggle, a choice or the order is set up in the silent chain, which runs unheard for 9 ms and
/// then fades in over 20 ms while the old one fades out and its delay and reverb tails ring on (fed with
/// silence, at most 10 s, until -60 dB or until its chain is needed again: then they are gone in the first
/// 4 of the 30 ms). Requests that arrive during a fade wait for its end; only the latest of them is kept. At
/// most two chains run, and where both are loud their sum is limited. An echo in front of a
/// stage that distorts fades with the rest, since a fade through distortion would not be one. An interface's
/// DC offset is taken off ahead of both: it would be a thump in whichever chain begins to hear it.
class PresetCrossfader
{
public:
    /// Hz, where an offset ends and sound begins: low enough to leave a bass's lowest string as it is.
    static constexpr double offsetCorner = 3;

    PresetCrossfader();

    /// [setup] Allocates both chains and plays `initial`. Forgets all former assets.
    void prepare(const ProcessSpec& spec, const ParameterSet& initial, const ChainAssets& assets = {});

    /// [audio] Forgets all sound and plays the latest set at once.
    void reset() noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] The set that shall sound (legal), with the assets for it; call it before every block, it is
    /// cheap when nothing changed. Another asset is a discrete change. Assets stay until uses() is false.
    void setParameters(const ParameterSet& wanted, const Transport& transport,
                       const ChainAssets& assets = {}) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Whether a chain plays it, or lets it ring out.
    bool uses(const ImpulseAsset& asset) const noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Renders input to stereo. `inputRight` may be null (mono); outputs may alias inputs. Any number
    /// of frames: longer blocks than prepared for are cut. Anything not finite in the input is taken as
    /// silence, anything above 64 times full scale as that; the output is finite.
    void process(const float* inputLeft, const float* inputRight, float* outputLeft, float* outputRight,
                 int frames) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Whether a requested change is under way; it is complete 30 ms after its request.
    bool isSwitching() const noexcept { return phase != Phase::steady || isSwitchFrom(players[playing]); }

    /// [any] Constant for one ProcessSpec.
    int latencySamples() const noexcept;

    /// [any] Seconds until -60 dB after the input fell silent.
    double tailSeconds(const ParameterSet& parameters) const noexcept;

    /// [any+audio] How often a chain made something that is not a number, was silenced and started afresh.
    std::uint32_t faultCount() const noexcept { return faults.load(std::memory_order_relaxed); }

private:
    enum class Phase
    {
        steady,    ///< one chain plays; the other is idle or rings out
        preparing, ///< the incoming chain is set up
        warming,   ///< it runs unheard
        fading
    };
    struct Player
    {
        SignalChain chain;
        ParameterSet set;
        ImpulseAsset* impulse = nullptr; ///< null where the set wants none, too
        std::array<std::vector<float>, 2> buffer;
        std::vector<float> gains; ///< of the fade, sample by sample
    };

    Player& outgoing() noexcept { return players[playing]; }
    Player& other() noexcept { return players[1 - playing]; }
    void restart(Player& player) noexcept;
    bool isSwitchFrom(const Player& player) const noexcept;
    void releaseIdle() noexcept;
    void startSwitchIfWanted() noexcept;
    void finishPhase() noexcept;
    int framesUntilChange(int frames) const noexcept;
    void load(const float* left, const float* right, int frames) noexcept;
    AudioBlock blockOf(Player& player, int channelCount, int frames) noexcept;
    void guard(Player& player, int frames) noexcept;
    void setGains(const AudioBlock& block, const AudioBlock& incomingBlock) noexcept;
    void leave(AudioBlock& block) noexcept;
    void renderSteady(int channelCount, int frames) noexcept;
    void renderSwitch(int channelCount, int frames) noexcept;
    void ringOut(int frames) noexcept;
    void limit(int frames) noexcept;

    std::array<Player, 2> players;
    std::size_t playing = 0;
    ParameterSet wanted;
    ImpulseAsset* wantedImpulse = nullptr;
    Transport transport;
    bool silentSoFar = true;

    Phase phase = Phase::steady;
    int phaseFrames = 0; ///< of the phase that are left
    CrossfadeGains fade;
    InputHistory history;
    std::array<DcBlocker, 2> inputBlockers;

    int ringFrames = 0;     ///< for which the other chain may ring on
    int quietFrames = 0;    ///< for which it has been inaudible
    int releasedFrames = 0; ///< spent since the request on ending its ring
    Limiter limiter;

    double sampleRate = 48000;
    int maximumFrames = 0;
    int preparingFrames = 1;
    int warmingFrames = 1;
    int fadingFrames = 1;
    int releaseFrames = 1;
    int longestGapFrames = 1;
    std::atomic<std::uint32_t> faults{0};
};

} // namespace tonewright::dsp
