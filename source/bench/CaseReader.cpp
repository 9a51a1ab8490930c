#include "bench/BenchCase.h"
#include "bench/Measures.h"
#include "tone/Preset.h"

#include <algorithm>
#include <set>

namespace tonewright::bench
{
namespace
{
using json = nlohmann::ordered_json; // tones come about in the order of the file

/// Carries a sentence up to readCases(); never leaves this file.
struct BadCase
{
    std::string message;
};

[[noreturn]] void fail(const std::string& message)
{
    throw BadCase{message};
}

void allowOnly(const json& object, std::initializer_list<std::string_view> keys, const std::string& where)
{
    if (!object.is_object())
        fail(where + " is not an object");
    for (const auto& [key, value] : object.items())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            fail(where + " has an unknown member \"" + key + "\"");
}

template <typename T>
T member(const json& object, const char* key, const T& usual, const std::string& where)
{
    const auto found = object.find(key);
    if (found == object.end())
        return usual;
    try
    {
        return found->get<T>();
    }
    catch (const nlohmann::json::exception&)
    {
        fail(where + ": \"" + key + "\" has the wrong type");
    }
}

/// One case file: {"suite", "settings", "boards", "riffs", "cases"}.
class CaseReader
{
public:
    explicit CaseReader(const EmbeddedFile& file) : fileName(file.name)
    {
        content = json::parse(file.bytes, nullptr, false, true);
        if (!content.is_object())
            fail(fileName + " is no JSON object");
        allowOnly(content, {"about", "suite", "settings", "boards", "riffs", "cases"}, fileName);
        const auto name = member<std::string>(content, "suite", "", fileName);
        const auto* const found = std::find(suiteNames.begin(), suiteNames.end(), name);
        if (found == suiteNames.end())
            fail(fileName + ": there is no suite \"" + name + "\"");
        suite = static_cast<Suite>(found - suiteNames.begin());
    }

    std::vector<BenchCase> run()
    {
        std::vector<BenchCase> cases;
        for (const auto& source : content.value("cases", json::array()))
            readCase(source, cases);
        return cases;
    }

private:
    void readCase(const json& source, std::vector<BenchCase>& cases)
    {
        where = fileName + ": " + (source.is_object() ? source.value("id", "a case") : "a case");
        allowOnly(source,
                  {"id", "about", "prompt", "tones", "settings", "riffs", "checks", "usual", "quick", "tempo",
                   "board"},
                  where);
        const auto general = member<std::vector<std::string>>(content, "settings", {"{}"}, fileName);
        const auto settings = member<std::vector<std::string>>(source, "settings", general, where);
        for (std::size_t setting = 0; setting < settings.size(); ++setting)
        {
            BenchCase made;
            made.suite = suite;
            made.id = member<std::string>(source, "id", "", where);
            if (made.id.empty())
                fail(where + " has no id");
            if (settings.size() > 1)
                made.id += "." + std::to_string(setting + 1);
            readTones(source, setting, settings[setting], made);
            for (const auto& check : source.value("checks", json::array()))
                made.checks.push_back(readCheck(check, made));
            if (made.checks.empty() && !source.contains("usual"))
                fail(where + " checks nothing");
            made.riffs = readRiffs(source);
            if (source.contains("usual"))
                made.usualStages = member<std::vector<std::string>>(source, "usual", {}, where);
            made.isQuick = member(source, "quick", false, where);
            cases.push_back(std::move(made));
        }
    }

    std::vector<dsp::RiffStyle> readRiffs(const json& source) const
    {
        const auto general =
            member<std::vector<std::string>>(content, "riffs", {"chords", "lead", "palm-mute"}, fileName);
        std::vector<dsp::RiffStyle> riffs;
        for (const auto& name : member<std::vector<std::string>>(source, "riffs", general, where))
        {
            const auto* const found = std::find(dsp::riffStyles.begin(), dsp::riffStyles.end(), name);
            if (found == dsp::riffStyles.end())
                fail(where + ": there is no riff \"" + name + "\"");
            riffs.push_back(static_cast<dsp::RiffStyle>(found - dsp::riffStyles.begin()));
        }
        return riffs;
    }

    // --- Tones
    // ----------------------------------------------------------------------------------------------
    void readTones(const json& source, std::size_t setting, const std::string& pattern, BenchCase& made) const
    {
        if (source.contains("board"))
            made.tones.push_back(board(source["board"], "before"));
        if (source.contains("prompt"))
        {
            ToneRecipe tone;
            tone.name = "tone";
            tone.prompt = filled(pattern, member<std::string>(source, "prompt", "", where));
            tone.from = source.contains("board") ? "before" : "";
            tone.tempo = member(source, "tempo", 0.0, where);
            made.tones.push_back(std::move(tone));
        }
        const auto& tones = source.contains("tones") ? source["tones"] : json::object();
        if (!tones.is_object())
            fail(where + ": \"tones\" is not an object");
        for (const auto& [name, recipe] : tones.items())
            made.tones.push_back(readTone(name, recipe, setting, pattern, made));
        if (made.tones.empty())
            fail(where + " has neither a prompt nor tones");
    }

    ToneRecipe readTone(const std::string& name, const json& recipe, std::size_t setting,
                        const std::string& pattern, const BenchCase& made) const
    {
        ToneRecipe tone;
        tone.name = name;
        if (recipe.is_string())
            tone.prompt = filled(pattern, recipe.get<std::string>());
        else if (recipe.is_array())
        {
            if (setting >= recipe.size() || !recipe[setting].is_string())
                fail(where + ": tone " + name + " needs one prompt for each setting");
            tone.prompt = recipe[setting].get<std::string>();
        }
        else
        {
            allowOnly(recipe, {"prompt", "from", "board", "tempo", "repeat", "variation", "length"},
                      where + ": tone " + name);
            if (recipe.contains("board"))
                tone = board(recipe["board"], name);
            tone.prompt = member<std::string>(recipe, "prompt", "", where);
            // "length" repeats the prompt's text up to so many bytes, so that files stay small.
            const auto length = member<std::size_t>(recipe, "length", 0, where);
            const auto unit = tone.prompt;
            while (!unit.empty() && tone.prompt.size() < length)
                tone.prompt += unit;
            tone.from = member<std::string>(recipe, "from", made.tones.empty() ? "" : fromOf(made), where);
            tone.tempo = member(recipe, "tempo", 0.0, where);
            tone.repeat = member(recipe, "repeat", 1, where);
            tone.variation = member(recipe, "variation", 0, where);
            if (!tone.from.empty() && !hasTone(made, tone.from))
                fail(where + ": tone " + name + " starts from \"" + tone.from +
                     "\", which comes later or never");
        }
        return tone;
    }

    /// A tone without "from" belongs to the case's board, if it has one.
    static std::string fromOf(const BenchCase& made)
    {
        return made.tones.front().name == "before" ? "before" : "";
    }

    ToneRecipe board(const json& source, const std::string& name) const
    {
        const auto& boards = content.contains("boards") ? content["boards"] : json::object();
        const bool isNamed = source.is_string();
        if (isNamed && !boards.contains(source.get<std::string>()))
            fail(where + ": there is no board \"" + source.get<std::string>() + "\"");
        const auto& values = isNamed ? boards[source.get<std::string>()] : source;
        if (!values.is_object())
            fail(where + ": a board is an object of parameters");
        ToneRecipe tone;
        tone.name = name;
        tone.parameters.emplace();
        ValidationReport report;
        applyParameters(nlohmann::json(values), *tone.parameters, report);
        if (!report.empty())
            fail(where + ": " + report.front());
        return tone;
    }

    static std::string filled(const std::string& pattern, const std::string& words)
    {
        const auto place = pattern.find("{}");
        return place == std::string::npos ? pattern : std::string(pattern).replace(place, 2, words);
    }

    static bool hasTone(const BenchCase& made, const std::string& name)
    {
        return std::any_of(made.tones.begin(), made.tones.end(),
                           [&](const ToneRecipe& tone) { return tone.name == name; });
    }

    // --- Checks
    // ---------------------------------------------------------------------------------------------
    Check readCheck(const json& source, const BenchCase& made) const
    {
        allowOnly(source,
                  {"measure", "of", "minus", "over", "min", "max", "is", "in", "rising", "unchanged",
                   "except", "same", "says", "neverSays", "refuses", "anyOf", "soft"},
                  where + ": a check");
        Check check;
        check.of = member<std::string>(source, "of", made.judged().name, where);
        check.isSoft = member(source, "soft", false, where);
        check.measure = member<std::string>(source, "measure", "", where);
        readKind(source, made, check);
        for (const auto& name : {check.of, check.other})
            if (!name.empty() && !hasTone(made, name))
                fail(where + ": a check speaks of \"" + name + "\", which is no tone here");
        if (!check.measure.empty() && !isMeasure(check.measure))
            fail(where + ": there is no measure \"" + check.measure + "\"");
        return check;
    }

    void readKind(const json& source, const BenchCase& made, Check& check) const
    {
        const auto names = [&](const char* key)
        { return member<std::vector<std::string>>(source, key, {}, where); };
        if (source.contains("anyOf"))
        {
            check.kind = Check::Kind::anyOf;
            for (const auto& alternative : source["anyOf"])
                check.alternatives.push_back(readCheck(alternative, made));
            if (check.alternatives.empty())
                fail(where + ": \"anyOf\" is empty");
        }
        else if (source.contains("rising"))
        {
            check.kind = Check::Kind::rising;
            check.names = names("rising");
            check.minimum = member(source, "min", 0.0, where);
            for (const auto& name : check.names)
                if (!hasTone(made, name))
                    fail(where + ": \"rising\" speaks of \"" + name + "\", which is no tone here");
        }
        else if (source.contains("unchanged"))
        {
            check.kind = Check::Kind::unchanged;
            check.other = member<std::string>(source, "unchanged", "", where);
            check.names = names("except");
        }
        else if (source.contains("same"))
        {
            check.kind = Check::Kind::same;
            check.other = member<std::string>(source, "same", "", where);
        }
        else if (source.contains("says"))
        {
            check.kind = Check::Kind::says;
            check.names = names("says");
        }
        else if (source.contains("neverSays"))
        {
            check.kind = Check::Kind::neverSays;
            check.names = names("neverSays");
        }
        else if (source.contains("refuses"))
            check.kind = Check::Kind::refuses;
        else
            readValueCheck(source, check);
    }

    void readValueCheck(const json& source, Check& check) const
    {
        if (check.measure.empty())
            fail(where + ": a check says nothing");
        if (source.contains("is") || source.contains("in"))
        {
            check.kind = Check::Kind::oneOf;
            if (source.contains("is"))
                check.values.emplace_back(source["is"]);
            for (const auto& value : source.value("in", json::array()))
                check.values.emplace_back(value);
            return;
        }
        check.isRatio = source.contains("over");
        check.other = member<std::string>(source, check.isRatio ? "over" : "minus", "", where);
        if (source.contains("min"))
            check.minimum = member(source, "min", 0.0, where);
        if (source.contains("max"))
            check.maximum = member(source, "max", 0.0, where);
        if (!check.minimum && !check.maximum)
            fail(where + ": a check of " + check.measure + " has neither min nor max");
    }

    std::string fileName;
    std::string where;
    json content;
    Suite suite{};
};
} // namespace

const ToneRecipe& BenchCase::judged() const
{
    const auto found =
        std::find_if(tones.begin(), tones.end(), [](const ToneRecipe& tone) { return tone.name == "tone"; });
    return found != tones.end() ? *found : tones.back();
}

Result<std::vector<BenchCase>> readCases(std::span<const EmbeddedFile> files)
{
    std::vector<BenchCase> cases;
    std::set<std::string> ids;
    try
    {
        for (const auto& file : files)
            for (auto& made : CaseReader(file).run())
            {
                if (!ids.insert(made.id).second)
                    fail(std::string(file.name) + ": there are two cases \"" + made.id + "\"");
                cases.push_back(std::move(made));
            }
    }
    catch (const BadCase& bad)
    {
        return Error{bad.message + "; please correct the file."};
    }
    catch (const nlohmann::json::exception& error)
    {
        return Error{std::string("A case file is not as documented (") + error.what() +
                     "); please correct it."};
    }
    return cases;
}

} // namespace tonewright::bench
