#include "generation/offline/KnowledgeReader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace tonewright::offline
{
namespace
{
using nlohmann::json;

constexpr std::array<std::string_view, 4> languages{"words", "es", "de", "ja"};

template <typename Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, const std::string& name)
{
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

constexpr std::array<std::string_view, 9> kindNames{"descriptor", "gain", "effect", "control", "gear",
                                                    "genre",      "era",  "artist", "song"};
constexpr std::array<std::string_view, 33> roleNames{"entry",
                                                     "intensity",
                                                     "more",
                                                     "less",
                                                     "negator",
                                                     "soft_negator",
                                                     "negated_after",
                                                     "complaint",
                                                     "complaint_after",
                                                     "add",
                                                     "make",
                                                     "remove",
                                                     "up",
                                                     "down",
                                                     "on",
                                                     "off",
                                                     "to",
                                                     "about",
                                                     "by",
                                                     "swap",
                                                     "swap_to",
                                                     "instead_of",
                                                     "but",
                                                     "conjunction",
                                                     "with",
                                                     "either",
                                                     "request",
                                                     "undo",
                                                     "again",
                                                     "restore",
                                                     "statement",
                                                     "number",
                                                     "unit"};

/// How far one step of "more", one complaint and one "no" move what an adjective asks for. The steps are
/// sized so that a plain "a bit" is heard (about 1 dB) and three steps reach the adjective itself.
constexpr double stepOfTilt = 0.55;
constexpr double stepOfComplaint = 0.8;
constexpr double shareOfNegation = 0.5;
constexpr double stepOfAmount = 0.2;
constexpr double stepOfGain = 0.14;
constexpr double edgeOfBreakup = 0.35;

/// The side effects of an adjective stay out of its steps: "brighter" must not thin out the bass.
constexpr double shareOfMainTilt = 0.5;

ToneEffects stepsTowards(const ToneEffects& tone, double tiltShare)
{
    double mainTilt = 0;
    for (const auto& effect : tone)
        if (infoOf(effect.axis).kind == AxisKind::tilt)
            mainTilt = std::max(mainTilt, std::abs(effect.value));
    ToneEffects steps;
    for (const auto& effect : tone)
    {
        const auto kind = infoOf(effect.axis).kind;
        const bool hasStep = kind == AxisKind::tilt || kind == AxisKind::amount || effect.isOffset;
        const bool isSideEffect =
            kind == AxisKind::tilt && std::abs(effect.value) < shareOfMainTilt * mainTilt;
        if (!hasStep || isSideEffect)
            continue;
        auto step = effect;
        step.isOffset = true;
        step.isUnwanted = false;
        if (kind == AxisKind::tilt || effect.isOffset)
            step.value *= tiltShare;
        else if (effect.axis == Axis::gain)
            step.value = effect.value > edgeOfBreakup ? stepOfGain : -stepOfGain;
        else
            step.value = stepOfAmount;
        steps.push_back(step);
    }
    return steps;
}

ToneEffects negated(ToneEffects steps)
{
    for (auto& step : steps)
        step.value = -step.value;
    return steps;
}

/// "No X": qualities turn half around, effects go, distortion goes (or comes, for "not clean"). Without a
/// pedal the amplifier keeps its gain, and "not aggressive" only takes some of it away.
ToneEffects without(const ToneEffects& tone, EntryKind kindOfEntry)
{
    constexpr double cleanGain = 0.1;
    constexpr double notCleanGain = 0.45;
    constexpr double lessGain = -0.2;
    ToneEffects result;
    for (auto effect : tone)
    {
        const auto kind = infoOf(effect.axis).kind;
        if (kind == AxisKind::tilt || effect.isOffset)
            effect.value *= -shareOfNegation;
        else if (effect.axis == Axis::gain && kindOfEntry != EntryKind::gain)
        {
            if (kindOfEntry != EntryKind::descriptor || effect.value <= edgeOfBreakup)
                continue;
            effect.value = lessGain;
            effect.isOffset = true;
        }
        else if (effect.axis == Axis::gain)
            effect.value = effect.value > edgeOfBreakup ? cleanGain : notCleanGain;
        else if (stageOf(effect.axis))
            effect = {effect.axis, 0, false, true};
        else
            continue;
        result.push_back(effect);
    }
    return result;
}

/// A member, or an empty list or object where there is none; nothing is copied.
const json& memberOf(const json& source, std::string_view key)
{
    static const json none;
    const auto found = source.find(key);
    return found != source.end() ? *found : none;
}
} // namespace

void KnowledgeReader::read(const EmbeddedFile& file)
{
    fileName = file.name;
    const auto content = json::parse(file.bytes, nullptr, false);
    if (!content.is_object())
        return problem("is not a JSON object");
    for (const auto& role : memberOf(content, "roles"))
        readRole(role);
    for (const auto& word : memberOf(content, "common"))
        knowledge.spelling.addCommon(foldedPhrase(word.get<std::string>()));
    if (!content.contains("entries"))
        return;
    const auto kindName = content.value("kind", std::string());
    for (const auto& entry : content["entries"])
    {
        const auto ownKind = entry.value("kind", kindName);
        if (const auto kind = named<EntryKind>(kindNames, ownKind))
            readEntry(entry, *kind);
        else
            problem("unknown kind \"" + ownKind + "\"");
    }
}

void KnowledgeReader::readRole(const json& source)
{
    Sense sense;
    const auto roleName = source.value("role", std::string());
    if (roleName != "filler")
    {
        const auto role = named<Role>(roleNames, roleName);
        if (!role)
            return problem("unknown role \"" + roleName + "\"");
        sense.role = *role;
    }
    sense.factor = source.value("factor", 1.0);
    sense.isAmount = source.value("amount", false);
    sense.isVerb = source.value("verb", false);
    sense.takesList = source.value("list", false);
    sense.unit = source.value("unit", std::string());
    for (const auto language : languages)
        for (const auto& phrase : memberOf(source, language))
        {
            const auto folded = foldedPhrase(phrase.get<std::string>());
            knowledge.addSense(folded, sense);
            // What only glues sentences together must not be guessed from a misspelling, and the "trace" of
            // "no trace of" is none.
            if (sense.role == Role::filler || sense.role == Role::number)
                knowledge.spelling.addCommon(folded);
            else if (folded.find(' ') == std::string::npos)
                knowledge.spelling.addKnown(folded);
            else
                guardParts(folded);
        }
}

void KnowledgeReader::guardParts(const std::string& phrase)
{
    std::istringstream parts(phrase);
    for (std::string part; parts >> part;)
        knowledge.spelling.addCommon(part);
}

void KnowledgeReader::readEntry(const json& source, EntryKind kind)
{
    auto& entry = knowledge.allEntries.emplace_back();
    entry.kind = kind;
    for (const auto language : languages)
        for (const auto& phrase : memberOf(source, language))
        {
            const auto written = phrase.get<std::string>();
            auto folded = foldedPhrase(written);
            if (entry.name.empty())
                entry.name = written;
            if (folded.empty())
                problem("\"" + entry.name + "\" has a phrase without letters");
            else if (std::find(entry.phrases.begin(), entry.phrases.end(), folded) == entry.phrases.end())
            {
                words.push_back({folded, std::string(language), &entry});
                entry.phrases.push_back(std::move(folded));
            }
        }
    if (entry.phrases.empty())
        return problem("an entry has no words");
    const auto toneOf = [&](const char* key) { return readTone(memberOf(source, key), entry.name); };
    entry.tone = toneOf("tone");
    entry.more = source.contains("more") ? toneOf("more") : stepsTowards(entry.tone, stepOfTilt);
    entry.complaint = source.contains("complaint") ? toneOf("complaint")
                                                   : negated(stepsTowards(entry.tone, stepOfComplaint));
    entry.without = source.contains("without") ? toneOf("without") : without(entry.tone, kind);
    const auto& forStages = memberOf(source, "for");
    for (const auto& [stageName, tone] : forStages.items())
        if (const auto stage = stageNamed(stageName))
            entry.forStage.emplace_back(*stage, readTone(tone, entry.name));
        else
            problem("\"" + entry.name + "\" names the unknown stage \"" + stageName + "\"");
    if (const auto stageName = source.value("stage", std::string()); !stageName.empty())
        if (entry.stage = stageNamed(stageName); !entry.stage)
            problem("\"" + entry.name + "\" names the unknown stage \"" + stageName + "\"");
    if (const auto id = source.value("control", std::string()); !id.empty())
        if (entry.control = findParameter(id); !entry.control)
            problem("\"" + entry.name + "\" names the unknown parameter \"" + id + "\"");
    entry.tag = source.value("tag", std::string());
    entry.isUnpleasant = source.value("unpleasant", false);

    Sense sense;
    sense.role = Role::entry;
    sense.entry = &entry;
    for (const auto& phrase : entry.phrases)
    {
        knowledge.addSense(phrase, sense);
        const bool isWhole = phrase.find(' ') == std::string::npos;
        std::istringstream parts(phrase);
        for (std::string part; parts >> part;)
            knowledge.spelling.addKnown(part, isWhole ? Spelling::Standing::whole : Spelling::Standing::part);
    }
    sense.isComparative = true;
    for (const auto& phrase : memberOf(source, "comparative"))
        knowledge.addSense(foldedPhrase(phrase.get<std::string>()), sense);
}

ToneEffects KnowledgeReader::readTone(const json& source, const std::string& owner)
{
    ToneEffects tone;
    for (const auto& [key, value] : source.items())
    {
        const bool isOffset = key.ends_with('+');
        const auto axis = findAxis(isOffset ? std::string_view(key).substr(0, key.size() - 1) : key);
        if (!axis)
        {
            problem("\"" + owner + "\" names the unknown axis \"" + key + "\"");
            continue;
        }
        const auto& info = infoOf(*axis);
        ToneEffect effect{*axis, 0, isOffset || info.kind == AxisKind::tilt, false};
        const auto* const choice =
            value.is_string() ? std::find(info.choices.data(), info.choices.data() + info.choices.size(),
                                          value.get_ref<const std::string&>())
                              : nullptr;
        if (value.is_number() && info.kind != AxisKind::choice)
            effect.value = value.get<double>();
        else if (value.is_boolean() && !value.get<bool>() && stageOf(*axis))
            effect.isUnwanted = true;
        else if (choice != nullptr && choice != info.choices.data() + info.choices.size())
            effect.value = static_cast<double>(choice - info.choices.data());
        else
        {
            problem("\"" + owner + "\" gives \"" + key + "\" a value it cannot have: " + value.dump());
            continue;
        }
        const bool isOutside =
            !effect.isOffset && (effect.value < info.minimum || effect.value > info.maximum);
        if (isOutside && !effect.isUnwanted)
            problem("\"" + owner + "\" sets \"" + key + "\" outside its range");
        tone.push_back(effect);
    }
    return tone;
}

} // namespace tonewright::offline
