#pragma once

#include "realtime/CacheLine.h"
#include "realtime/Threads.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tonewright
{

/// Lends big objects (impulse responses, models) to the audio thread: a pointer goes in, the old pointer
/// comes back, and the loader that made an object is the one that frees it.
///
/// The audio thread may hold as many assets as it likes (two while it crossfades). Those it gives back hang
/// themselves into a chain that the loader takes off as a whole, so the way back has no size and cannot
/// overflow. An asset that nobody took is replaced by a newer one (latest wins).
///
/// Progress: take and giveBack are wait-free (an exchange, and an exchange with a store). Allocation: none on
/// the audio thread, nor any free. Memory order: the exchanges acquire what was given and release what is
/// left behind.
template <typename T, template <typename> typename Atomic = std::atomic>
class AssetHandoff
{
public:
    /// What is lent.
    struct Asset
    {
        T value;

    private:
        friend AssetHandoff;
        explicit Asset(T content) : value(std::move(content)) {}
        Asset* nextReturned = nullptr;
    };

    AssetHandoff() = default;
    AssetHandoff(const AssetHandoff&) = delete;
    AssetHandoff& operator=(const AssetHandoff&) = delete;

    /// [setup] Frees every asset, those still lent included.
    ~AssetHandoff() = default;

    /// [worker: one loader at a time] Makes `content` the next asset, and frees what came back.
    void publish(T content)
    {
        assertNotAudioThread();
        owned.push_back(std::unique_ptr<Asset>(new Asset(std::move(content))));
        if (Asset* unseen = offered.exchange(owned.back().get(), std::memory_order_acq_rel))
            free(unseen);
        collect();
    }

    /// [worker: the loader] Frees what the audio thread gave back; returns how many assets are left.
    std::size_t collect()
    {
        assertNotAudioThread();
        Asset* asset = returned.exchange(nullptr, std::memory_order_acquire);
        while (asset != nullptr)
            free(std::exchange(asset, asset->nextReturned));
        return owned.size();
    }

    /// [audio] The newest asset where there is one not yet taken, else null. It stays until it is given back.
    Asset* take() noexcept TONEWRIGHT_NONBLOCKING
    {
        if (offered.load(std::memory_order_relaxed) == nullptr)
            return nullptr;
        return offered.exchange(nullptr, std::memory_order_acquire);
    }

    /// [audio] Gives an asset back, each once; null is ignored. It must not be used afterwards.
    void giveBack(Asset* asset) noexcept TONEWRIGHT_NONBLOCKING
    {
        if (asset == nullptr)
            return;
        // Nobody else hangs assets in, so between the two steps the chain can only be empty.
        asset->nextReturned = returned.exchange(nullptr, std::memory_order_acquire);
        returned.store(asset, std::memory_order_release);
    }

private:
    void free(Asset* asset)
    {
        std::erase_if(owned, [asset](const auto& candidate) { return candidate.get() == asset; });
    }

    std::vector<std::unique_ptr<Asset>> owned; // the loader's own: all that live
    alignas(cacheLineSize) Atomic<Asset*> offered{nullptr};
    alignas(cacheLineSize) Atomic<Asset*> returned{nullptr};
};

} // namespace tonewright
