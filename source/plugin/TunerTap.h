#pragma once

#include "dsp/measure/Note.h"
#include "realtime/RealtimeQueue.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace tonewright::plugin
{

/// Some samples of the guitar, both sides added.
struct TunerPiece
{
    static constexpr int maximumFrames = 64;
    float sampleRate = 0;
    int frames = 0;
    bool followsGap = false; ///< some before it are missing
    std::array<float, static_cast<std::size_t>(maximumFrames)> samples{};
};

/// What the tuner needs of the audio thread: a copy of the guitar while the tuner is open, and whether the
/// output shall be silent meanwhile. The audio thread only copies, wait-free; pitch is found elsewhere.
/// Silence needs somebody who looks: when nobody takes what was heard for two seconds, because a host has put
/// the window away or its message thread hangs, the guitar sounds again.
class TunerTap
{
public:
    /// [message] Opens or closes the tap. Nothing heard before is left inside when it opens.
    void setOpen(bool shallOpen)
    {
        open.store(false, std::memory_order_relaxed);
        TunerPiece old;
        while (pieces.tryPop(old))
            ;
        looks.fetch_add(1, std::memory_order_relaxed);
        open.store(shallOpen, std::memory_order_relaxed);
    }

    /// [message] Whether nothing shall be heard while the tap is open.
    void setMuting(bool shallMute) noexcept { muting.store(shallMute, std::memory_order_relaxed); }

    /// [any+audio]
    bool isOpen() const noexcept TONEWRIGHT_NONBLOCKING { return open.load(std::memory_order_relaxed); }
    /// [any+audio] Whether the output shall be silent.
    bool isMuted() const noexcept TONEWRIGHT_NONBLOCKING
    {
        return isOpen() && muting.load(std::memory_order_relaxed) &&
               unseenSeconds.load(std::memory_order_relaxed) < longestUnseen;
    }

    /// [any] The A above middle C in Hz; kept with the host's project.
    double reference() const noexcept { return referenceOfA.load(std::memory_order_relaxed); }
    void setReference(double hertz) noexcept
    {
        referenceOfA.store(std::clamp(hertz, dsp::lowestReference, dsp::highestReference),
                           std::memory_order_relaxed);
    }

    /// [audio] Copies the input while the tap is open. Where nobody takes it for longer than the ring holds
    /// (512 pieces: 0.7 s in blocks of 64 frames at 48 kHz), what comes is left out, and the next piece says
    /// so.
    void add(const float* left, const float* right, int frames,
             double sampleRate) noexcept TONEWRIGHT_NONBLOCKING
    {
        if (!isOpen())
            return;
        countUnseen(frames / sampleRate);
        TunerPiece piece;
        piece.sampleRate = static_cast<float>(sampleRate);
        for (int start = 0; start < frames; start += TunerPiece::maximumFrames)
        {
            piece.frames = std::min(TunerPiece::maximumFrames, frames - start);
            for (int frame = 0; frame < piece.frames; ++frame)
                piece.samples[static_cast<std::size_t>(frame)] =
                    std::clamp(0.5f * left[start + frame] + 0.5f * right[start + frame], -loudest, loudest);
            piece.followsGap = hasGap;
            hasGap = !pieces.tryPush(piece);
        }
    }

    /// [message] The oldest samples not taken yet.
    bool take(TunerPiece& piece) noexcept
    {
        looks.fetch_add(1, std::memory_order_relaxed);
        return pieces.tryPop(piece);
    }

private:
    void countUnseen(double seconds) noexcept TONEWRIGHT_NONBLOCKING
    {
        const auto present = looks.load(std::memory_order_relaxed);
        const auto before = unseenSeconds.load(std::memory_order_relaxed);
        unseenSeconds.store(present == seenLooks ? before + seconds : 0.0, std::memory_order_relaxed);
        seenLooks = present;
    }

    static constexpr double longestUnseen = 2;
    static constexpr float loudest = 64; ///< as the chain takes its input

    RealtimeQueue<TunerPiece, 512> pieces;
    std::atomic<unsigned> looks{0};       ///< how often somebody took what was heard
    std::atomic<double> unseenSeconds{0}; ///< since then; written by the audio thread
    unsigned seenLooks = 0;               // the audio thread's
    bool hasGap = false;                  // likewise
    std::atomic<bool> open{false};
    std::atomic<bool> muting{true};
    std::atomic<double> referenceOfA{dsp::standardReference};
};

} // namespace tonewright::plugin
