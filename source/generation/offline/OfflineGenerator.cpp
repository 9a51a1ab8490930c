#include "generation/offline/OfflineGenerator.h"

#include "generation/offline/Conversation.h"
#include "generation/offline/Explanation.h"
#include "generation/offline/Interpreter.h"
#include "generation/offline/Knowledge.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/Parser.h"
#include "generation/offline/Tags.h"
#include "tone/Text.h"

#include <array>
#include <utility>

namespace tonewright
{
namespace
{
using namespace offline;

GenerationError cancelled()
{
    return {GenerationErrorKind::cancelled, "The request was cancelled.", {}};
}

GenerationError nothingTyped()
{
    return {GenerationErrorKind::emptyPrompt,
            "Type a tone in words first, for example \"warm jazz clean with a touch of plate\".",
            {}};
}

bool isBlank(std::string_view prompt)
{
    return prompt.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

Reading readingOf(const GenerationRequest& request)
{
    return read(request.prompt, Knowledge::shared());
}

bool changesCurrentPreset(const GenerationRequest& request, const Reading& reading)
{
    return request.current.has_value() && changesCurrent(reading);
}

/// An edit's alternatives go further or less far.
void scaleEdit(ToneIntent& intent, int variation)
{
    constexpr std::array<double, 4> shares{1.0, 1.6, 0.5, 2.2};
    for (auto& wish : intent.wishes)
        wish.offset *= shares[static_cast<std::size_t>(variation) % shares.size()];
}

Preset edited(const GenerationRequest& request, ToneIntent intent)
{
    auto preset = *request.current;
    if (request.variation > 0)
        scaleEdit(intent, request.variation);
    const auto tone = mapEdit(intent, preset.parameters);
    preset.explanation = explainEdit(intent, tone, preset.parameters);
    preset.tags = editedTags(std::move(preset.tags), intent, preset.parameters, tone.parameters);
    preset.parameters = tone.parameters;
    return preset;
}

/// "Undo that", "a bit more of that": what refers to the conversation. Nothing where there is none.
std::optional<Preset> referred(const GenerationRequest& request, const ToneIntent& intent)
{
    if (intent.asksForUndo)
    {
        auto preset = undone(request);
        if (preset)
            preset->explanation = "Back to how it was. " + preset->explanation;
        return preset;
    }
    const auto moved = intent.again != 0 ? movedOn(request, intent.again) : std::nullopt;
    if (!moved)
        return std::nullopt;
    auto preset = *request.current;
    preset.explanation = explainEdit(intent, {*moved, {}}, preset.parameters);
    preset.tags = editedTags(std::move(preset.tags), intent, preset.parameters, *moved);
    preset.parameters = *moved;
    return preset;
}

Preset created(const GenerationRequest& request, const ToneIntent& intent)
{
    Preset preset;
    const auto tone = mapNewTone(intent, request.variation);
    preset.parameters = tone.parameters;
    preset.explanation = explainNewTone(intent, tone);
    preset.name = nameOf(tone.parameters);
    preset.tags = tagsOf(intent, tone.parameters);
    return preset;
}
} // namespace

OfflineGenerator::OfflineGenerator() = default;
OfflineGenerator::~OfflineGenerator() = default;

bool OfflineGenerator::isEdit(const GenerationRequest& request)
{
    return changesCurrentPreset(request, readingOf(request));
}

std::string OfflineGenerator::explanationOf(const GenerationRequest& request, const Preset& answer) const
{
    const auto reading = readingOf(request);
    const bool edits = changesCurrentPreset(request, reading);
    auto intent = interpret(reading, edits, request.tempo);
    const bool refersBack = edits && (intent.asksForUndo || intent.again != 0);
    if (refersBack)
        return answer.explanation;
    if (edits && request.variation > 0)
        scaleEdit(intent, request.variation);
    auto tone = edits ? mapEdit(intent, request.current->parameters) : mapNewTone(intent, request.variation);
    tone.parameters = answer.parameters;
    return edits ? explainEdit(intent, tone, request.current->parameters) : explainNewTone(intent, tone);
}

Result<Preset, GenerationError> OfflineGenerator::generate(const GenerationRequest& request,
                                                           const Cancellation& cancellation,
                                                           const ProgressCallback& progress)
{
    if (cancellation.isCancelled())
        return cancelled();
    if (isBlank(request.prompt))
        return nothingTyped();
    if (progress)
        progress("Reading the words", 0.2);
    const auto reading = readingOf(request);
    const bool edits = changesCurrentPreset(request, reading);
    auto intent = interpret(reading, edits, request.tempo);
    if (cancellation.isCancelled())
        return cancelled();
    if (progress)
        progress("Setting the knobs", 0.8);
    auto fromBefore = edits ? referred(request, intent) : std::nullopt;
    constexpr double certain = 0.95;
    const double confidence = fromBefore ? certain : confidenceOf(intent);
    auto preset = fromBefore ? std::move(*fromBefore)
                  : edits    ? edited(request, std::move(intent))
                             : created(request, intent);
    preset.prompt = cleanText(request.prompt, maximumTextLength);
    preset.source = {};
    preset.source.engine = "offline";
    preset.source.confidence = confidence;
    return preset;
}

} // namespace tonewright
