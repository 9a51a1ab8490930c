#pragma once

#include "assets/ImpulseResponseLibrary.h"
#include "dsp/ChainAssets.h"
#include "realtime/AssetHandoff.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace tonewright
{

/// A file was imported: it is in the library and may be played.
struct ImpulseImported
{
    ImpulseResponseId id = 0;
    std::string name;
    std::string remark; ///< what was cut away, or empty
};

/// A file could not be imported; `message` is one sentence.
struct ImpulseRefused
{
    std::string message;
};

/// What a preset wants is not to be had; a built-in cabinet plays.
struct ImpulseMissing
{
    ImpulseResponseId id = 0;
};

using AssetNews = std::variant<ImpulseImported, ImpulseRefused, ImpulseMissing>;

/// The thread that reads and prepares what chains play besides parameters, lends it to the audio thread and
/// destroys what comes back. Started at the first need; a chain that plays only our cabinets never has one.
class AssetLoader
{
public:
    /// [setup] Does nothing yet.
    explicit AssetLoader(ImpulseResponseLibrary library = ImpulseResponseLibrary());

    /// [setup] Stops, wakes and joins the thread; < 250 ms, whatever it is at: it looks for the stop between
    /// pieces of 64 KiB and between the steps of a preparation, and never waits until a disk has written.
    /// Only a file system that holds a single call back in the kernel holds this back too. What is lent must
    /// not sound any more.
    ~AssetLoader();

    AssetLoader(const AssetLoader&) = delete;
    AssetLoader& operator=(const AssetLoader&) = delete;

    /// [setup] `hasNews` is called by the loader when takeNews() has something, and must not call back.
    void setListener(std::function<void()> hasNews);

    /// [any] What happened since the last call.
    std::vector<AssetNews> takeNews();

    /// [any] The impulse response that shall be lent from now on; 0: none. The latest wins. What cannot be
    /// had is lent as an asset without players, so that nobody waits for it.
    void want(ImpulseResponseId id);

    /// [any] Bytes of packed() that came with a project: kept in the library, where it lacks them. Where they
    /// cannot be written, the last 16 of them are kept in memory, and the wanted one in any case.
    void offer(ImpulseResponseId id, std::string bytes);

    /// [any] Imports a file into the library; news tells how that went.
    void importFile(std::filesystem::path file);

    /// [setup] Prepares for a sample rate what is wanted, and waits for it as long as given. False when it is
    /// not there yet.
    bool setSampleRate(double sampleRate,
                       std::chrono::milliseconds patience = std::chrono::milliseconds(1000));

    /// [any but the loader] Waits until what is wanted is lent; false when that took longer.
    bool waitUntilReady(std::chrono::milliseconds patience);

    /// [any] The impulse response as packed(), at once where it is the wanted one; empty where there is none.
    std::string packedBytes(ImpulseResponseId id) const;

    /// [any+audio] Where the audio thread takes from.
    AssetHandoff<dsp::ImpulseAsset>& impulses() noexcept { return handoff; }

private:
    struct Offer
    {
        ImpulseResponseId id;
        std::string bytes;
    };
    /// An impulse response in memory.
    struct Loaded
    {
        ImpulseResponseId id = 0;
        std::shared_ptr<const dsp::ImpulseResponse> impulse; ///< null: it could not be had
    };
    struct Prepared
    {
        ImpulseResponseId id = 0;
        double sampleRate = 0;
        bool operator==(const Prepared&) const = default;
    };

    void startOrWake();
    void work() noexcept;
    void serve();
    bool hasWork() const;
    void takeIn(const Offer& offer);
    void take(const std::filesystem::path& file);
    void lend(const Prepared& target);
    void reconsider(ImpulseResponseId id);
    std::shared_ptr<const dsp::ImpulseResponse> find(ImpulseResponseId id);
    std::shared_ptr<const dsp::ImpulseResponse> findUnstored(ImpulseResponseId id) const;
    void keepUnstored(Loaded offered);
    void tell(AssetNews news);

    const ImpulseResponseLibrary library;
    std::function<void()> listener;
    AssetHandoff<dsp::ImpulseAsset> handoff;

    // The loader's own.
    Loaded latest;

    mutable std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::condition_variable ready;
    std::deque<Offer> offers;
    std::deque<Loaded> unstored;   ///< what the library refused, the oldest first
    std::optional<Offer> takingIn; ///< the offer being stored: until then it is nowhere else
    std::deque<std::filesystem::path> files;
    Prepared wanted;
    Prepared lent;
    std::string latestBytes; ///< packed() of latest
    ImpulseResponseId latestBytesId = 0;
    std::vector<AssetNews> pendingNews;
    std::stop_source stopping;
    std::thread worker;
};

} // namespace tonewright
