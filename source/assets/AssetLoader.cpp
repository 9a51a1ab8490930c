#include "assets/AssetLoader.h"

#include "realtime/WorkerThread.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace tonewright
{
namespace
{
/// How often and how long the loader looks whether the audio thread has given back what was replaced: some
/// switches take seconds (a tail that rings out), and a host that does not play never gives back.
constexpr std::chrono::milliseconds collectInterval{250};
constexpr int collectRounds = 60;
/// Of at most 1.5 MB each: as many as a session of trying projects on a full disk brings.
constexpr std::size_t mostUnstored = 16;
} // namespace

AssetLoader::AssetLoader(ImpulseResponseLibrary libraryToUse) : library(std::move(libraryToUse))
{
}

AssetLoader::~AssetLoader()
{
    {
        const std::lock_guard lock(mutex);
        stopping.request_stop();
    }
    changed.notify_all();
    if (worker.joinable())
        worker.join();
}

void AssetLoader::setListener(std::function<void()> hasNews)
{
    const std::lock_guard lock(mutex);
    listener = std::move(hasNews);
}

std::vector<AssetNews> AssetLoader::takeNews()
{
    const std::lock_guard lock(mutex);
    return std::exchange(pendingNews, {});
}

void AssetLoader::want(ImpulseResponseId id)
{
    const std::lock_guard lock(mutex);
    wanted.id = id;
    startOrWake();
}

void AssetLoader::offer(ImpulseResponseId id, std::string bytes)
{
    const std::lock_guard lock(mutex);
    offers.push_back({id, std::move(bytes)});
    startOrWake();
}

void AssetLoader::importFile(std::filesystem::path file)
{
    const std::lock_guard lock(mutex);
    files.push_back(std::move(file));
    startOrWake();
}

bool AssetLoader::setSampleRate(double sampleRate, std::chrono::milliseconds patience)
{
    {
        const std::lock_guard lock(mutex);
        wanted.sampleRate = sampleRate;
        startOrWake();
    }
    return waitUntilReady(patience);
}

bool AssetLoader::waitUntilReady(std::chrono::milliseconds patience)
{
    std::unique_lock lock(mutex);
    return !worker.joinable() || ready.wait_for(lock, patience, [this] { return !hasWork(); });
}

std::string AssetLoader::packedBytes(ImpulseResponseId id) const
{
    if (id == 0)
        return {};
    std::shared_ptr<const dsp::ImpulseResponse> kept;
    {
        const std::lock_guard lock(mutex);
        if (latestBytesId == id && !latestBytes.empty())
            return latestBytes;
        for (const auto& offer : offers)
            if (offer.id == id)
                return offer.bytes;
        if (takingIn && takingIn->id == id)
            return takingIn->bytes;
        kept = findUnstored(id);
    }
    if (kept != nullptr)
        return packed(*kept);
    const auto stored = library.load(id);
    return stored ? packed(*stored) : std::string{};
}

/// With the mutex held. Where no thread can be started, built-in cabinets play on.
void AssetLoader::startOrWake()
{
    if (!hasWork() || stopping.stop_requested())
        return;
    try
    {
        if (!worker.joinable())
            worker = std::thread([this] { work(); });
    }
    catch (const std::system_error&)
    {
        return;
    }
    changed.notify_all();
}

/// With the mutex held. Before there is a sample rate, nothing can be prepared; and nothing that was never
/// lent has to be withdrawn.
bool AssetLoader::hasWork() const
{
    return takingIn || !offers.empty() || !files.empty() ||
           (wanted.sampleRate > 0 && wanted != lent && (wanted.id != 0 || lent.id != 0));
}

void AssetLoader::work() noexcept
{
    const ScopedWorkerThread thread("tw-loader");
    while (true)
    {
        try
        {
            serve();
            return;
        }
        catch (...)
        {
            // Out of memory, most likely: the audio thread will not wait for ever, and life goes on.
            const std::lock_guard lock(mutex);
            takingIn.reset();
            lent = wanted;
            ready.notify_all();
        }
    }
}

void AssetLoader::serve()
{
    int roundsLeft = 0;
    std::unique_lock lock(mutex);
    while (true)
    {
        const auto mayGoOn = [this] { return stopping.stop_requested() || hasWork(); };
        if (roundsLeft == 0)
            changed.wait(lock, mayGoOn);
        else if (!changed.wait_for(lock, collectInterval, mayGoOn))
        {
            --roundsLeft;
            if (handoff.collect() <= 1)
                roundsLeft = 0;
            continue;
        }
        if (stopping.stop_requested())
            return;
        if (!offers.empty())
        {
            takingIn = std::move(offers.front());
            offers.pop_front();
            lock.unlock();
            takeIn(*takingIn);
        }
        else if (!files.empty())
        {
            const auto file = std::move(files.front());
            files.pop_front();
            lock.unlock();
            take(file);
        }
        else
        {
            const auto target = wanted;
            lock.unlock();
            lend(target);
            roundsLeft = collectRounds;
        }
        lock.lock();
        takingIn.reset();
        if (!hasWork())
            ready.notify_all();
    }
}

void AssetLoader::takeIn(const Offer& offer)
{
    auto impulse = unpacked(offer.bytes, offer.id);
    if (!impulse)
        return; // the library may still have it; else it is told as missing
    const auto stop = stopping.get_token();
    if (!library.store(offer.id, *impulse, stop) && !stop.stop_requested())
        keepUnstored({offer.id, std::make_shared<const dsp::ImpulseResponse>(std::move(*impulse))});
    reconsider(offer.id);
}

void AssetLoader::take(const std::filesystem::path& file)
{
    const auto stop = stopping.get_token();
    const auto imported = readImpulseResponse(file, stop);
    if (!imported)
        return tell(ImpulseRefused{imported.error().message});
    if (const auto stored = library.store(*imported, stop); !stored)
        return tell(ImpulseRefused{stored.error().message});
    reconsider(imported->id);
    tell(ImpulseImported{imported->id, imported->name, sentenceOn(imported->trim)});
}

void AssetLoader::lend(const Prepared& target)
{
    if (latest.id != target.id || latest.impulse == nullptr)
    {
        latest = {target.id, target.id != 0 ? find(target.id) : nullptr};
        if (stopping.stop_requested())
            return;
        auto bytes = latest.impulse != nullptr ? packed(*latest.impulse) : std::string{};
        const std::lock_guard lock(mutex);
        latestBytes = std::move(bytes);
        latestBytesId = target.id;
    }
    if (stopping.stop_requested())
        return;
    handoff.publish(latest.impulse != nullptr
                        ? dsp::makeImpulseAsset(target.id, *latest.impulse, target.sampleRate)
                        : dsp::ImpulseAsset{target.id, target.sampleRate, {}});
    const std::lock_guard lock(mutex);
    lent = target;
    if (target.id != 0 && latest.impulse == nullptr && wanted.id == target.id)
    {
        pendingNews.emplace_back(ImpulseMissing{target.id});
        if (listener)
            listener();
    }
}

/// What was missing when it was wanted has come.
void AssetLoader::reconsider(ImpulseResponseId id)
{
    const std::lock_guard lock(mutex);
    if (lent.id == id && latest.impulse == nullptr)
        lent = {};
}

std::shared_ptr<const dsp::ImpulseResponse> AssetLoader::find(ImpulseResponseId id)
{
    if (auto kept = library.load(id, stopping.get_token()))
        return std::make_shared<const dsp::ImpulseResponse>(std::move(*kept));
    const std::lock_guard lock(mutex);
    return findUnstored(id);
}

/// With the mutex held.
std::shared_ptr<const dsp::ImpulseResponse> AssetLoader::findUnstored(ImpulseResponseId id) const
{
    const auto found =
        std::find_if(unstored.begin(), unstored.end(), [id](const Loaded& each) { return each.id == id; });
    return found != unstored.end() ? found->impulse : nullptr;
}

void AssetLoader::keepUnstored(Loaded offered)
{
    const std::lock_guard lock(mutex);
    std::erase_if(unstored, [&](const Loaded& each) { return each.id == offered.id; });
    unstored.push_back(std::move(offered));
    if (unstored.size() <= mostUnstored)
        return;
    const auto oldest = unstored.begin();
    unstored.erase(oldest->id == wanted.id ? std::next(oldest) : oldest);
}

void AssetLoader::tell(AssetNews news)
{
    const std::lock_guard lock(mutex);
    pendingNews.push_back(std::move(news));
    if (listener)
        listener();
}

} // namespace tonewright
