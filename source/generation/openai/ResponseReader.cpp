#include "generation/openai/ResponseReader.h"

#include "generation/offline/Mapper.h"
#include "generation/openai/AnswerSettings.h"
#include "generation/openai/IntentReader.h"
#include "generation/openai/LooseValue.h"

#include <algorithm>

namespace tonewright
{
namespace
{
using nlohmann::json;

/// Follows JSON text character by character: how deep it is nested, and whether inside a string.
class NestingCounter
{
public:
    void read(char c)
    {
        if (isEscaped)
            isEscaped = false;
        else if (isInString)
        {
            isEscaped = c == '\\';
            isInString = c != '"';
        }
        else if (c == '"')
            isInString = true;
        else if (c == '{' || c == '[')
            ++depth;
        else if (c == '}' || c == ']')
            --depth;
    }
    int depth = 0;

private:
    bool isInString = false;
    bool isEscaped = false;
};

/// Length of the balanced {...} at the start of `text`, or 0.
std::size_t balancedLength(std::string_view text)
{
    NestingCounter nesting;
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        nesting.read(text[index]);
        if (nesting.depth <= 0)
            return index + 1;
        if (nesting.depth > maximumNesting)
            return 0;
    }
    return 0;
}

constexpr std::string_view thoughtsEnd = "</think>";

/// What follows thoughts in which an object was begun and never ended; all of `text` where they are no
/// thoughts: then the answer itself was cut.
std::string_view afterHalfAnObject(std::string_view text)
{
    for (auto at = text.find(thoughtsEnd); at != std::string_view::npos; at = text.find(thoughtsEnd, at + 1))
    {
        const auto answer = text.substr(at + thoughtsEnd.size());
        const auto begin = answer.find_first_not_of(" \t\r\n`jsonJSON"); // perhaps in a code fence
        if (begin != std::string_view::npos && answer[begin] == '{')
            return answer;
    }
    return text;
}

/// The text after what a reasoning model thought aloud before its answer: nothing, if it never came to one.
/// Some servers swallow the tag that opens the thoughts. A tag inside an object belongs to the answer.
std::string_view afterThinking(std::string_view text)
{
    constexpr std::string_view start = "<think>";
    bool hasObject = false;
    for (std::size_t at = 0; (at = text.find_first_of("<{", at)) != std::string_view::npos;)
    {
        const auto rest = text.substr(at);
        const bool isStart = !hasObject && rest.starts_with(start);
        if (isStart || rest.starts_with(thoughtsEnd))
        {
            const auto found = rest.find(thoughtsEnd);
            if (found == std::string_view::npos)
                return {};
            text = rest.substr(found + thoughtsEnd.size());
            at = 0;
            hasObject = false;
        }
        else if (rest.front() == '{')
        {
            const auto length = balancedLength(rest);
            if (length == 0)
                return afterHalfAnObject(text);
            at += length;
            hasObject = true;
        }
        else
            ++at;
    }
    return text;
}

/// What one object of a model means.
class ToneReader
{
public:
    ToneReader(const json& answer, const AnswerContext& context)
    {
        tone.isEdit = context.current != nullptr && changesCurrent(answer, context.wordsAreEdit);
        auto settings = settingsIn(answer);
        auto meant = intentIn(answer, 0);
        if (meant.used == 0 && settings.used == 0)
            meant = readIntent(answer); // without anything around it
        tone.offered = settings.offered + meant.offered;
        tone.used = settings.used + meant.used;
        tone.report = std::move(settings.report);
        tone.report.insert(tone.report.end(), meant.report.begin(), meant.report.end());
        if (tone.used == 0)
            return;
        tone.intent = std::move(meant.intent);
        tone.intent.isEdit = tone.isEdit;
        if (context.tempo > 0)
            tone.intent[offline::Axis::tempo].target = context.tempo;
        if (tone.isEdit)
            tone.parameters = *context.current;
        if (meant.used > 0)
            tone.parameters = tone.isEdit ? offline::mapEdit(tone.intent, tone.parameters).parameters
                                          : offline::mapNewTone(tone.intent, 0).parameters;
        applyParameters(settings.values, tone.parameters, tone.report);
        withdrawUserCabinet();
        readOrder(answer);
        if (const auto name = answer.find("name"); name != answer.end() && name->is_string())
            tone.name = name->get<std::string>();
    }

    ModelTone tone;

private:
    /// As the model says; where it says nothing, as the words do.
    static bool changesCurrent(const json& answer, bool wordsAreEdit)
    {
        const auto found = answer.find("startFrom");
        if (found == answer.end() || !found->is_string())
            return wordsAreEdit;
        const auto word = foldedWord(found->get_ref<const std::string&>());
        return word == "current" || (word != "defaults" && word != "default" && wordsAreEdit);
    }

    /// The intent, at the top or inside what a model wrapped its answer in.
    static ModelIntent intentIn(const json& object, int depth)
    {
        constexpr int deepest = 2;
        if (const auto found = object.find(intentMember); found != object.end())
            return readIntent(*found);
        if (depth < deepest)
            for (const auto& value : object)
                if (value.is_object())
                    if (auto intent = intentIn(value, depth + 1); intent.used > 0)
                        return intent;
        return {};
    }

    /// A model can keep or leave the player's impulse response, but has none of its own to offer.
    void withdrawUserCabinet()
    {
        constexpr auto model = "cabinet.model"_p;
        if (tone.parameters.impulseResponse != 0 ||
            tone.parameters.choice<CabinetModel>(model) != CabinetModel::user)
            return;
        tone.parameters[model] = infoOf(model).defaultValue;
        tone.report.emplace_back("cabinet.model can only be user where the current tone has it.");
    }

    void readOrder(const json& answer)
    {
        const auto found = answer.find("order");
        if (found == answer.end() || !found->is_array())
            return;
        if (const auto order = orderFromJson(*found))
            tone.parameters.order = *order;
        else
            tone.report.emplace_back(
                "order should name stages of the chain, each at most once and output last.");
    }
};
} // namespace

std::optional<json> parseBounded(std::string_view text)
{
    NestingCounter nesting;
    for (const char c : text)
    {
        nesting.read(c);
        if (nesting.depth > maximumNesting)
            return std::nullopt;
    }
    auto parsed = json::parse(text, nullptr, false);
    if (parsed.is_discarded())
        return std::nullopt;
    return parsed;
}

std::vector<json> objectsIn(std::string_view text)
{
    constexpr std::size_t mostObjects = 8;
    text = afterThinking(text).substr(0, maximumAnswerLength);
    std::vector<json> objects;
    while (objects.size() < mostObjects)
    {
        const auto start = text.find('{');
        if (start == std::string_view::npos)
            break;
        text.remove_prefix(start);
        const auto length = balancedLength(text);
        if (length == 0)
            break; // cut off: what is whole inside it is only a part of the answer
        if (auto object = parseLoosely(text.substr(0, length)); object.is_object())
            objects.push_back(std::move(object));
        text.remove_prefix(length);
    }
    return objects;
}

Result<ModelTone> readModelTone(std::string_view text, const AnswerContext& context)
{
    const auto objects = objectsIn(text);
    for (const auto& object : objects)
        if (ToneReader reader(object, context); reader.tone.used > 0)
            return std::move(reader.tone);
    if (objects.empty())
        return Error{"The answer held no complete JSON object."};
    return Error{
        "The JSON object set no parameter: \"intent\" must say what is wanted, or \"stages\" hold at least "
        "one stage with values."};
}

} // namespace tonewright
