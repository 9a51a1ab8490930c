#include "plugin/editor/PresetFilter.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

namespace tonewright::plugin
{
namespace
{
std::string lowered(std::string text)
{
    for (auto& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string searchableText(const PresetLibrary::Entry& entry)
{
    std::string text = entry.name;
    for (const auto& tag : entry.tags)
        text += "\n" + tag;
    return lowered(std::move(text));
}
} // namespace

std::string PresetShelf::title() const
{
    switch (kind)
    {
    case Kind::all:
        return "All presets";
    case Kind::factory:
        return "Factory";
    case Kind::own:
        return "Mine";
    case Kind::tag:
        break;
    }
    return tag;
}

bool PresetShelf::holds(const PresetLibrary::Entry& entry) const
{
    switch (kind)
    {
    case Kind::all:
        return true;
    case Kind::factory:
        return entry.isFactory;
    case Kind::own:
        return !entry.isFactory;
    case Kind::tag:
        break;
    }
    return std::find(entry.tags.begin(), entry.tags.end(), tag) != entry.tags.end();
}

std::vector<PresetShelf> shelvesOf(const std::vector<PresetLibrary::Entry>& entries)
{
    struct Use
    {
        std::size_t count = 0;
        bool isOwn = false;
    };
    std::map<std::string, Use> tags;
    for (const auto& entry : entries)
        for (const auto& tag : entry.tags)
        {
            auto& use = tags[tag];
            ++use.count;
            use.isOwn = use.isOwn || !entry.isFactory;
        }
    std::vector<PresetShelf> shelves{{PresetShelf::Kind::all, {}, entries.size()}};
    for (const auto kind : {PresetShelf::Kind::factory, PresetShelf::Kind::own})
    {
        PresetShelf shelf{kind, {}, 0};
        shelf.count = static_cast<std::size_t>(std::count_if(
            entries.begin(), entries.end(), [&](const auto& entry) { return shelf.holds(entry); }));
        if (shelf.count > 0)
            shelves.push_back(shelf);
    }
    const auto firstTag = static_cast<std::ptrdiff_t>(shelves.size());
    for (const auto& [tag, use] : tags)
        if (use.count > 1 || use.isOwn)
            shelves.push_back({PresetShelf::Kind::tag, tag, use.count});
    std::stable_sort(shelves.begin() + firstTag, shelves.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    return shelves;
}

std::vector<std::size_t> matching(const std::vector<PresetLibrary::Entry>& entries, const PresetShelf& shelf,
                                  const std::string& search)
{
    std::vector<std::string> words;
    std::istringstream stream(lowered(search));
    for (std::string word; stream >> word;)
        words.push_back(word);
    std::vector<std::size_t> result;
    for (std::size_t index = 0; index < entries.size(); ++index)
    {
        const auto text = searchableText(entries[index]);
        const auto isFound = [&](const std::string& word) { return text.find(word) != std::string::npos; };
        if (shelf.holds(entries[index]) && std::all_of(words.begin(), words.end(), isFound))
            result.push_back(index);
    }
    return result;
}

} // namespace tonewright::plugin
