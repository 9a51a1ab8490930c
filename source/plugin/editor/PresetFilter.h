#pragma once

#include "tone/PresetLibrary.h"

#include <string>
#include <vector>

namespace tonewright::plugin
{

/// The browser's shelves: everything, the factory's, the player's own, and tags. [any]
struct PresetShelf
{
    enum class Kind
    {
        all,
        factory,
        own,
        tag
    };

    Kind kind = Kind::all;
    std::string tag;
    std::size_t count = 0; ///< presets on it

    std::string title() const;
    bool holds(const PresetLibrary::Entry& entry) const;
};

/// The shelves these presets need: no empty ones but "all", tags with most presets first. A tag of a single
/// factory preset has none: the search finds it, and the list of shelves stays short.
std::vector<PresetShelf> shelvesOf(const std::vector<PresetLibrary::Entry>& entries);

/// Positions of the entries on a shelf whose name or tags contain every word of `search` (letter case does
/// not matter).
std::vector<std::size_t> matching(const std::vector<PresetLibrary::Entry>& entries, const PresetShelf& shelf,
                                  const std::string& search);

} // namespace tonewright::plugin
