#include "generation/offline/KnowledgeWriter.h"

#include <array>
#include <charconv>
#include <type_traits>

namespace tonewright::offline
{
namespace
{
constexpr std::string_view head =
    R"(// Written by the build from resources/knowledge (generation/offline/KnowledgeWriter.cpp).
#include "generation/offline/Knowledge.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"

namespace tonewright::offline
{
namespace
{
)";

std::string literal(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// A value as C++ writes it; numbers to the last bit.
template <typename Value>
std::string written(const Value& value)
{
    if constexpr (std::is_same_v<Value, bool>)
        return value ? "true" : "false";
    else if constexpr (std::is_convertible_v<Value, std::string_view>)
        return literal(value);
    else if constexpr (std::is_enum_v<Value>)
        return "{" + written(static_cast<unsigned>(value)) + "}"; // direct initialisation: no cast, no name
    else
    {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return {digits.data(), end};
    }
}

template <typename... Values>
std::string row(const Values&... values)
{
    std::string text;
    ((text += (text.empty() ? "{" : ", ") + values), ...);
    return text + "}";
}

class Writer
{
public:
    explicit Writer(const Knowledge& written) : knowledge(written) {}

    std::string source()
    {
        std::string entries;
        for (const auto& entry : knowledge.entries())
            entries += line(entry);
        std::string senses;
        for (const auto& sense : knowledge.senses())
            senses += line(sense);
        const auto& lexicon = knowledge.lexicon();
        std::string text;
        std::string words;
        for (const auto& word : lexicon.words)
        {
            text += literal(lexicon.textOf(word)) + "\n";
            words += line(word);
        }
        std::string slots;
        for (const auto slot : lexicon.slots)
            slots += written(slot) + ",\n";
        return std::string(head) + array("ToneEffect tones", tones) +
               "constexpr ToneEffects tone(std::size_t first, std::size_t count)\n"
               "{\n    return {tones + first, count};\n}\n" +
               array("StageTone stageTones", stageTones) +
               "constexpr std::span<const StageTone> forStages(std::size_t first, std::size_t count)\n"
               "{\n    return {stageTones + first, count};\n}\n" +
               array("Entry entries", entries) + array("Sense senses", senses) + "constexpr char text[] =\n" +
               text + ";\n" + array("Word words", words) + array("std::uint32_t slots", slots) +
               "constexpr Knowledge compiledIn(entries, senses, {{text, sizeof text - 1}, words, slots}, " +
               written(knowledge.longest()) +
               ");\n} // namespace\n\nconst Knowledge& Knowledge::shared() noexcept\n{\n"
               "    return compiledIn;\n}\n\n} // namespace tonewright::offline\n";
    }

private:
    static std::string array(std::string_view declaration, const std::string& lines)
    {
        return "constexpr " + std::string(declaration) + "[] = {\n" + lines + "};\n";
    }

    std::string tone(ToneEffects effects)
    {
        for (const auto& effect : effects)
            tones += row("Axis" + written(effect.axis), written(effect.value), written(effect.isOffset),
                         written(effect.isUnwanted)) +
                     ",\n";
        const auto first = toneCount;
        toneCount += effects.size();
        return "tone(" + written(first) + ", " + written(effects.size()) + ")";
    }

    std::string forStages(std::span<const StageTone> list)
    {
        for (const auto& [stage, effects] : list)
            stageTones += row("StageId" + written(stage), tone(effects)) + ",\n";
        const auto first = stageToneCount;
        stageToneCount += list.size();
        return "forStages(" + written(first) + ", " + written(list.size()) + ")";
    }

    std::string line(const Entry& entry)
    {
        // One after the other: the arguments of a call are written in any order.
        const auto wanted = tone(entry.tone);
        const auto more = tone(entry.more);
        const auto complaint = tone(entry.complaint);
        const auto without = tone(entry.without);
        return row(written(entry.name), "EntryKind" + written(entry.kind), wanted, more, complaint, without,
                   forStages(entry.forStage), entry.stage ? "StageId" + written(*entry.stage) : "{}",
                   entry.control ? "ParameterIndex" + written(*entry.control) : "{}", written(entry.tag),
                   written(entry.isUnpleasant), written(entry.isOnlyAlone)) +
               ",\n";
    }

    std::string line(const Sense& sense) const
    {
        const auto entry = sense.entry != nullptr
                               ? "entries + " + written(sense.entry - knowledge.entries().data())
                               : "nullptr";
        return row("Role" + written(sense.role), entry, written(sense.factor), written(sense.isAmount),
                   written(sense.isAtMost), written(sense.isComparative), written(sense.isExcess),
                   written(sense.isVerb), written(sense.takesList), written(sense.unit),
                   "Language" + written(sense.language)) +
               ",\n";
    }

    static std::string line(const Word& word)
    {
        return row(written(word.text), written(word.letters), written(word.firstSense),
                   written(static_cast<unsigned>(word.senses)), written(static_cast<unsigned>(word.length)),
                   "Standing" + written(word.standing), written(word.isCommon)) +
               ",\n";
    }

    const Knowledge& knowledge;
    std::string tones;
    std::size_t toneCount = 0;
    std::string stageTones;
    std::size_t stageToneCount = 0;
};
} // namespace

std::string sourceOf(const Knowledge& knowledge)
{
    return Writer(knowledge).source();
}

} // namespace tonewright::offline
