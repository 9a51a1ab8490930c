#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tonewright::bench
{

/// Another project's LV2 plugin without its user interface, found through lilv. One thread; blocks of at most
/// 512 frames.
class Lv2Plugin
{
public:
    using Controls = std::vector<std::pair<const char*, float>>; ///< port symbol and value

    /// Null where the plugin is not installed or does not start.
    static std::unique_ptr<Lv2Plugin> load(const std::string& uri, double sampleRate,
                                           const Controls& controls);
    ~Lv2Plugin();

    /// Audio inputs it has: 1 or 2.
    std::size_t channelCount() const;

    /// In place, as many channels as the plugin has inputs (a second is ignored otherwise).
    void process(std::array<float*, 2> channels, int frames);

private:
    struct Parts;
    explicit Lv2Plugin(std::unique_ptr<Parts> made);
    std::unique_ptr<Parts> parts;
};

} // namespace tonewright::bench
