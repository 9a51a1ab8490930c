#include "generation/openai/IntentSchema.h"

#include "generation/openai/IntentForm.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
using namespace form;
using nlohmann::ordered_json;

/// The words a choice may have, with the one that leaves it open or rejects it.
std::vector<std::string> wordsOf(const Member& member)
{
    std::vector<std::string> words{std::string(member.kind == Kind::type ? none : unsaid)};
    if (member.kind == Kind::gainClass)
        for (const auto& gain : gainWords)
            words.emplace_back(gain.word);
    else
        for (const auto choice : offline::infoOf(member.axis).choices)
            if (choice != "off") // of the delay's notes: a time instead
                words.emplace_back(choice);
    return words;
}

ordered_json objectOf(std::span<const Member> parts, bool isStrict)
{
    ordered_json schema{{"type", "object"}};
    auto required = ordered_json::array();
    auto properties = ordered_json::object();
    for (const auto& part : parts)
    {
        required.push_back(part.name);
        properties[std::string(part.name)] = isWord(part.kind)
                                                 ? ordered_json{{"type", "string"}, {"enum", wordsOf(part)}}
                                                 : ordered_json{{"type", "number"}};
    }
    if (isStrict)
    {
        schema["required"] = std::move(required);
        schema["additionalProperties"] = false;
    }
    schema["properties"] = std::move(properties);
    return schema;
}
} // namespace

ordered_json intentSchema(bool isStrict)
{
    auto schema = objectOf(members, isStrict);
    for (const auto& effect : effects)
    {
        const std::string name(effect.name);
        auto parts = objectOf(effect.parts, isStrict);
        if (!isStrict)
        {
            schema["properties"][name] = std::move(parts); // there a member may simply be missing
            continue;
        }
        schema["required"].push_back(name);
        schema["properties"][name]["anyOf"] = {std::move(parts), ordered_json{{"type", "null"}}};
    }
    return schema;
}

std::string intentGuide()
{
    std::string text;
    const auto listed = [&text](const Member& member)
    {
        std::string_view between;
        for (const auto& word : wordsOf(member))
        {
            text.append(between).append(word);
            between = ", ";
        }
    };
    for (const auto& member : members)
    {
        text.append("  ").append(member.name).append(" (");
        if (isWord(member.kind) && member.kind != Kind::gainClass)
            text.append("unsaid or a model");
        else if (isWord(member.kind))
            listed(member);
        else
            text.append("-1 to 1");
        text.append(member.meaning.empty() ? ")" : "): ").append(member.meaning).append("\n");
    }
    for (const auto& effect : effects)
    {
        text.append("  ").append(effect.name).append(": null or {");
        std::string_view between;
        for (const auto& part : effect.parts)
        {
            text.append(between).append(part.name);
            between = ", ";
            if (part.kind == Kind::quantity)
                text.append(" in ").append(part.meaning);
            else if (part.axis == Axis::pitchInterval)
            {
                text.append(" (");
                listed(part);
                text.append(")");
            }
        }
        text.append("}\n");
    }
    return text;
}

} // namespace tonewright
