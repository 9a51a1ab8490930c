#include "generation/openai/IntentReader.h"

#include "generation/openai/IntentForm.h"
#include "generation/openai/LooseValue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tonewright
{
namespace
{
using namespace form;
using namespace offline;
using nlohmann::json;

/// A member by its name in any spelling ("low_mids", "LowMids").
const json* memberOf(const json& object, std::string_view name)
{
    const auto wanted = foldedWord(name);
    for (const auto& [key, value] : object.items())
        if (foldedWord(key) == wanted)
            return &value;
    return nullptr;
}

/// What stands for a value in an object of its own: {"value": 0.4, "reason": "..."}.
const json& bare(const json& value)
{
    if (value.is_object())
        for (const char* name : {"value", "amount", "level"})
            if (const auto* inner = memberOf(value, name); inner != nullptr && !inner->is_structured())
                return *inner;
    return value;
}

/// -1 to 1 as the number it is, or out of -10 to 10, or out of per cent.
double shareOf(double value)
{
    const double size = std::abs(value);
    const double scale = size <= 1 ? 1 : size <= 10 ? 10 : 100;
    return std::clamp(value / scale, -1.0, 1.0);
}

bool saysNothing(const json& value)
{
    if (value.is_null())
        return true;
    if (!value.is_string())
        return false;
    const auto word = foldedWord(value.get_ref<const std::string&>());
    return word.empty() || word == unsaid || word == "null" || word == "neutral" || word == "unchanged" ||
           word == "default";
}

/// A shade in words.
std::optional<double> shadeNamed(std::string_view word)
{
    constexpr double usual = 0.4;
    constexpr std::array<std::string_view, 14> more{"wanted", "more", "high",   "up",    "boosted",
                                                    "yes",    "true", "bright", "tight", "forward",
                                                    "wide",   "full", "loud",   "strong"};
    constexpr std::array<std::string_view, 14> less{"unwanted", "less",  "low",  "down",  "cut",
                                                    "no",       "false", "dark", "loose", "scooped",
                                                    "narrow",   "thin",  "soft", "weak"};
    const auto holds = [word](const auto& words)
    { return std::find(words.begin(), words.end(), word) != words.end(); };
    if (holds(more))
        return usual;
    return holds(less) ? std::optional(-usual) : std::nullopt;
}

/// A number as a share, in whatever way it was written; nothing where it is none.
std::optional<double> shareIn(const json& written)
{
    const auto& value = bare(written);
    if (value.is_number())
        return shareOf(value.get<double>());
    if (!value.is_string())
        return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    if (const auto number = numberAtStart(text))
        return foldedWord(number->unit) == "%" ? std::clamp(number->value / 100, -1.0, 1.0)
                                               : shareOf(number->value);
    return shadeNamed(foldedWord(text));
}

class IntentReader
{
public:
    explicit IntentReader(const json& answer)
    {
        for (const auto& member : members)
            if (const auto* value = memberOf(answer, member.name); value != nullptr && !saysNothing(*value))
                count(read(member, *value), member.name);
        for (const auto& effect : effects)
            if (const auto* value = memberOf(answer, effect.name); value != nullptr && !saysNothing(*value))
                count(readEffect(effect, *value), effect.name);
    }

    ModelIntent result;

private:
    enum class Outcome
    {
        nothing, ///< it left it open
        used,
        ignored
    };

    void count(Outcome outcome, std::string_view name)
    {
        if (outcome == Outcome::nothing)
            return;
        ++result.offered;
        if (outcome == Outcome::used)
            ++result.used;
        else
            result.report.push_back("intent." + std::string(name) + " was not understood.");
    }

    Wish& wish(Axis axis) { return result.intent[axis]; }

    Outcome read(const Member& member, const json& written)
    {
        const auto& value = bare(written);
        if (member.kind == Kind::gainClass)
            return readGain(value);
        if (isWord(member.kind))
            return readChoice(member, value);
        if (member.kind == Kind::amount && value.is_boolean())
            return value.get<bool>() ? want(member.axis, std::nullopt) : reject(member.axis);
        if (member.kind == Kind::quantity)
            return readQuantity(member.axis, value);
        const auto share = shareIn(value);
        if (!share)
            return Outcome::ignored;
        if (*share == 0)
            return Outcome::nothing;
        if (member.kind == Kind::shade)
            return shift(member.axis, *share);
        return *share < 0 ? reject(member.axis) : want(member.axis, *share);
    }

    Outcome shift(Axis axis, double share)
    {
        constexpr double gainRange = 0.5; // of the classes: "moreGain" 1 is from clean to crunch
        wish(axis).offset = axis == Axis::gain ? gainRange * share : share;
        return Outcome::used;
    }

    Outcome want(Axis axis, std::optional<double> amount)
    {
        auto& wanted = wish(axis);
        constexpr double usual = 0.4;
        wanted.target = amount.value_or(std::max(usual, offline::infoOf(axis).usual));
        wanted.isMentionOnly = !amount;
        wanted.isUnwanted = false;
        wanted.rank = Rank::song;
        return Outcome::used;
    }

    Outcome reject(Axis axis)
    {
        auto& unwanted = wish(axis);
        unwanted.target = 0;
        unwanted.isUnwanted = true;
        unwanted.rank = Rank::negation;
        return Outcome::used;
    }

    Outcome readGain(const json& value)
    {
        auto& gain = wish(Axis::gain);
        if (value.is_string())
        {
            const auto word = foldedWord(value.get_ref<const std::string&>());
            constexpr std::size_t shortest = 4; // "edge", "high"
            for (const auto& known : gainWords)
                if (const auto name = foldedWord(known.word);
                    word.size() >= shortest &&
                    (name.starts_with(word) || word.find(name) != std::string::npos))
                    gain.target = known.value;
        }
        const auto share = value.is_boolean() ? std::nullopt : shareIn(value);
        if (!gain.target && share == 0.0)
            return Outcome::nothing; // small models fill every member with it
        if (!gain.target && share && *share > 0)
            gain.target = *share;
        if (!gain.target)
            return Outcome::ignored;
        gain.rank = Rank::song;
        return Outcome::used;
    }

    Outcome readChoice(const Member& member, const json& value)
    {
        if (!value.is_string())
            return Outcome::ignored;
        const auto choice =
            choiceMeant(offline::infoOf(member.axis).choices, value.get_ref<const std::string&>());
        if (!choice)
            return Outcome::ignored;
        wish(member.axis).target = static_cast<double>(*choice);
        // An amplifier that was named stays; pedals add what it lacks.
        wish(member.axis).rank = member.axis == Axis::amp ? Rank::spoken : Rank::song;
        return Outcome::used;
    }

    Outcome readQuantity(Axis axis, const json& value)
    {
        std::optional<double> number;
        if (value.is_number())
            number = value.get<double>();
        else if (value.is_string())
            if (const auto written = numberAtStart(value.get_ref<const std::string&>()))
                number = written->value * thousandfold(axis, foldedWord(written->unit));
        if (!number)
            return Outcome::ignored;
        if (*number <= 0)
            return Outcome::nothing;
        const auto& info = offline::infoOf(axis);
        double meant = *number;
        if (axis == Axis::delayTime && meant < info.minimum && meant * 1000 <= info.maximum)
            meant *= 1000; // seconds
        if (axis == Axis::reverbDecay && meant > info.maximum && meant / 1000 >= info.minimum)
            meant /= 1000; // milliseconds
        wish(axis).target = std::clamp(meant, info.minimum, info.maximum);
        wish(axis).rank = Rank::song;
        return Outcome::used;
    }

    static double thousandfold(Axis axis, std::string_view unit)
    {
        if (axis == Axis::delayTime && (unit == "s" || unit == "sec" || unit == "seconds"))
            return 1000;
        return axis == Axis::reverbDecay && unit == "ms" ? 0.001 : 1;
    }

    /// The object; or only its type, its amount, or whether it is wanted.
    Outcome readEffect(const Effect& effect, const json& value)
    {
        if (value.is_boolean())
            return value.get<bool>() ? want(effect.axis, std::nullopt) : reject(effect.axis);
        if (value.is_number() ||
            (value.is_string() && numberAtStart(value.get_ref<const std::string&>()).has_value()))
            return readAmount(effect.axis, value);
        if (value.is_string())
            return readType(effect, value);
        if (!value.is_object())
            return Outcome::ignored;
        const auto* type = memberOf(value, "type");
        const auto* isWanted = memberOf(value, "wanted");
        if (isWanted == nullptr)
            isWanted = memberOf(value, "enabled");
        if (isWanted != nullptr && isWanted->is_boolean() && !isWanted->get<bool>())
            return reject(effect.axis);
        if (type != nullptr && !saysNothing(*type))
        {
            const auto outcome = readType(effect, *type);
            if (wish(effect.axis).isUnwanted)
                return outcome;
            if (outcome == Outcome::ignored)
                count(outcome, effect.name);
        }
        const bool isNamed =
            (type != nullptr && !saysNothing(*type)) || (isWanted != nullptr && isWanted->is_boolean());
        if (!isNamed && !saysAnyPart(effect, value))
            return Outcome::nothing;
        (void)want(effect.axis, std::nullopt);
        for (const auto& part : effect.parts.subspan(1))
            if (const auto* said = memberOf(value, part.name); said != nullptr && !saysNothing(*said))
            {
                if (part.axis == effect.axis)
                    (void)readAmount(effect.axis, *said);
                else if (part.kind == Kind::share)
                    readShare(part.axis, *said);
                else
                    (void)read(part, *said);
            }
        return Outcome::used;
    }

    /// Whether an effect's object says how it is to be; 0 leaves a part open.
    static bool saysAnyPart(const Effect& effect, const json& value)
    {
        return std::any_of(effect.parts.begin() + 1, effect.parts.end(),
                           [&value](const Member& part)
                           {
                               const auto* const said = memberOf(value, part.name);
                               return said != nullptr && !saysNothing(*said) && *said != 0;
                           });
    }

    Outcome readType(const Effect& effect, const json& value)
    {
        if (!value.is_string())
            return Outcome::ignored;
        const auto word = foldedWord(value.get_ref<const std::string&>());
        if (word == none || word == "off" || word == "unwanted" || word == "no" || word == "false")
            return reject(effect.axis);
        (void)want(effect.axis, std::nullopt);
        if (word == "on" || word == "wanted" || word == "yes" || word == "true" ||
            word == foldedWord(effect.name))
            return Outcome::used;
        return readChoice(effect.parts.front(), value);
    }

    Outcome readAmount(Axis axis, const json& value)
    {
        const auto share = shareIn(value);
        if (!share)
            return Outcome::ignored;
        if (*share < 0)
            return reject(axis);
        return *share == 0 ? Outcome::nothing : want(axis, *share);
    }

    void readShare(Axis axis, const json& value)
    {
        if (const auto share = shareIn(value); share && *share > 0)
            wish(axis).target = *share;
    }
};
} // namespace

ModelIntent readIntent(const json& object)
{
    return object.is_object() ? std::move(IntentReader(object).result) : ModelIntent{};
}

} // namespace tonewright
