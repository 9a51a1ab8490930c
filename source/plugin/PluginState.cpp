#include "plugin/PluginState.h"

#include <juce_core/juce_core.h>

#include <algorithm>

namespace tonewright::plugin
{
namespace
{
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view stateFormat = "tonewright-state";
constexpr int stateVersion = 1;
constexpr std::size_t maximumBytes = 4u << 20;
constexpr int maximumEditorSize = 16'384;
// A state is a handful of levels deep. JSON that nests without end would overflow the stack when it is
// copied.
constexpr int maximumDepth = 40;

bool boolMember(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

int sizeMember(const json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number())
        return 0;
    const auto number = found->get<double>();
    return number >= 1 && number <= maximumEditorSize ? static_cast<int>(number) : 0;
}

/// The parsed text; `discarded` where it is no JSON or nests too deeply.
json parsed(std::string_view bytes)
{
    bool isTooDeep = false;
    const auto keepShallow = [&isTooDeep](int depth, json::parse_event_t, json&)
    {
        isTooDeep = isTooDeep || depth > maximumDepth;
        return !isTooDeep;
    };
    auto result = json::parse(bytes, keepShallow, false);
    return isTooDeep ? json(json::value_t::discarded) : result;
}

/// The bytes of a text in base 64, or nothing.
std::string bytesMember(const json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string())
        return {};
    const auto& text = found->get_ref<const std::string&>();
    juce::MemoryOutputStream bytes;
    if (!juce::Base64::convertFromBase64(bytes, juce::StringRef(text.c_str())))
        return {};
    return {static_cast<const char*>(bytes.getData()), bytes.getDataSize()};
}
} // namespace

std::string stateText(const PluginState& state)
{
    ordered_json object;
    object["format"] = stateFormat;
    object["version"] = stateVersion;
    object["editor"] = {{"width", state.editorWidth}, {"height", state.editorHeight}};
    object["bypass"] = state.isBypassed;
    object["edited"] = state.isEdited;
    object["tuner"] = {{"reference", state.tunerReference}};
    object["preset"] = toJson(state.preset);
    if (!state.impulseBytes.empty() && state.impulseBytes.size() <= mostImpulseBytes)
        object["impulseResponse"] = {
            {"flac",
             juce::Base64::toBase64(state.impulseBytes.data(), state.impulseBytes.size()).toStdString()}};
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<PluginState> stateFromText(std::string_view bytes)
{
    // Hosts may pad what they kept.
    const auto end = bytes.find_last_not_of(std::string_view("\0 \n", 3));
    bytes = bytes.substr(0, end == std::string_view::npos ? 0 : end + 1);
    if (bytes.empty() || bytes.size() > maximumBytes)
        return Error{"The project holds no Tonewright state that could be read; the tone was left as it is."};
    const auto object = parsed(bytes);
    if (!object.is_object() || object.value("format", json()) != stateFormat)
        return Error{"The project holds no Tonewright state that could be read; the tone was left as it is."};
    if (const auto version = object.value("version", json());
        version.is_number() && version.get<double>() > stateVersion)
        return Error{"This project was saved by a newer Tonewright; please update to get its tone back."};

    ValidationReport report;
    const auto preset = presetFromJson(object.value("preset", json()), report);
    if (!preset)
        return preset.error();

    PluginState state;
    state.preset = *preset;
    if (const auto impulse = object.value("impulseResponse", json()); impulse.is_object())
        state.impulseBytes = bytesMember(impulse, "flac");
    state.isEdited = boolMember(object, "edited");
    state.isBypassed = boolMember(object, "bypass");
    if (const auto editor = object.value("editor", json()); editor.is_object())
    {
        state.editorWidth = sizeMember(editor, "width");
        state.editorHeight = sizeMember(editor, "height");
    }
    if (const auto tuner = object.value("tuner", json()); tuner.is_object())
        if (const auto reference = tuner.value("reference", json()); reference.is_number())
            state.tunerReference =
                std::clamp(reference.get<double>(), dsp::lowestReference, dsp::highestReference);
    return state;
}

} // namespace tonewright::plugin
