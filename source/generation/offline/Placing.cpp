#include "generation/offline/Placing.h"

#include "generation/offline/Lists.h"
#include "generation/offline/Meaning.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tonewright::offline
{
namespace
{
std::optional<StageId> stageOfTerm(const Term& term)
{
    if (const auto* const thing = term.as(Role::thing))
        return isMicrophone(term) ? std::nullopt : stageOfThing(*thing);
    const auto* const noun = term.as(Role::entry);
    if (noun == nullptr)
        return std::nullopt;
    if (isAmplifier(*noun->entry))
        return StageId::amp;
    if (const auto named = stageNamed(term.text)) // "drive" is a knob as well
        return named;
    if (term.text == "distortion")
        return StageId::drive;
    return isStageNoun(*noun->entry) ? noun->entry->stage : std::nullopt;
}

/// "... before the amp in the signal chain, please". In a language whose verbs come last, any filler does.
bool completesPlace(const Term& term)
{
    constexpr std::array<std::string_view, 24> complements{
        "please",   "pls",    "thanks", "thank you", "in",    "of",  "the",     "my",
        "chain",    "signal", "path",   "line",      "block", "amp", "section", "stage",
        "position", "pedal",  "effect", "again",     "here",  "now", "instead", "then"};
    return std::find(complements.begin(), complements.end(), term.text) != complements.end() ||
           (term.as(Role::filler) != nullptr && term.as(Role::filler)->language != Language::english &&
            term.as(Role::copula) == nullptr);
}

/// "... to make it dirtier", "... for a lofi sound".
bool isPurpose(const Term& term)
{
    return term.text == "to" || term.text == "for" || term.text == "so" || term.text == "so that";
}

class PlacementReader
{
public:
    PlacementReader(std::span<const Term> allTerms, std::vector<bool>& named)
        : terms(allTerms), isNamed(named)
    {
    }

    std::vector<Placement> run()
    {
        for (std::size_t at = 0; at < terms.size(); ++at)
            if (const auto* const side = terms[at].as(Role::place))
                readSide(at, side->factor < 0 ? Side::before : Side::after);
            else if (terms[at].as(Role::order) != nullptr || terms[at].as(Role::swap) != nullptr)
                readExchange(at);
        return std::move(placements);
    }

private:
    /// "The delay before the amp", "delay and reverb before the amp".
    void readSide(std::size_t at, Side side)
    {
        const auto anchor = stageAfter(at);
        if (!anchor || !endsAfter(*anchor))
            return;
        std::vector<std::size_t> moved; // the last one first
        for (auto noun = stageBefore(at); noun; noun = memberBefore(*noun))
            moved.push_back(*noun);
        if (moved.empty() || !isAskedFor(terms, moved.back()))
            return;
        if (side == Side::before)
            std::reverse(moved.begin(), moved.end());
        for (const auto noun : moved)
            add(noun, *anchor, side);
    }

    /// "Swap the order of the delay and the reverb", "swap delay and reverb".
    void readExchange(std::size_t at)
    {
        const auto first = stageAfter(at);
        const auto second = first ? stageAfter(*first) : std::nullopt;
        if (!second || !endsAfter(*second) || !isAskedFor(terms, at))
            return;
        if (hasConjunction(*first, *second))
            add(*first, *second, Side::other);
        else if (terms[at].as(Role::swap) != nullptr && swapsPlaces(at, *first, *second))
            placements.push_back(
                {*stageOfTerm(terms[*first]), *stageOfTerm(terms[*second]), Side::other, true});
    }

    /// "Swap the delay with the reverb": they change places where both are on; "replace" and "for" never do.
    bool swapsPlaces(std::size_t at, std::size_t first, std::size_t second) const
    {
        constexpr std::array<std::string_view, 4> verbs{"swap", "switch", "exchange", "trade"};
        const auto verb = terms[at].text.substr(0, terms[at].text.find(' '));
        const bool isAnyOfItsKind = terms[second - 1].text == "a" || terms[second - 1].text == "an";
        const auto isFixed = [&](std::size_t noun) // nobody plays a cabinet into an amp
        {
            const auto stage = stageOfTerm(terms[noun]);
            return stage == StageId::amp || stage == StageId::cabinet;
        };
        return std::find(verbs.begin(), verbs.end(), verb) != verbs.end() && !isAnyOfItsKind &&
               !isFixed(first) && !isFixed(second) &&
               stageOfTerm(terms[first]) != stageOfTerm(terms[second]) &&
               std::any_of(terms.begin() + static_cast<std::ptrdiff_t>(first),
                           terms.begin() + static_cast<std::ptrdiff_t>(second),
                           [](const Term& term) { return term.text == "with"; });
    }

    void add(std::size_t moved, std::size_t anchor, Side side)
    {
        const auto stage = *stageOfTerm(terms[moved]);
        const auto other = *stageOfTerm(terms[anchor]);
        if (stage == other || stage == StageId::output || other == StageId::output)
            return;
        std::erase_if(placements,
                      [&](const Placement& earlier) // the last word on two stages counts
                      {
                          return (earlier.stage == stage && earlier.anchor == other) ||
                                 (earlier.stage == other && earlier.anchor == stage);
                      });
        placements.push_back({stage, other, side});
        for (const auto noun : {moved, anchor})
            if (const auto* const sense = terms[noun].as(Role::entry);
                sense != nullptr && !isAmplifier(*sense->entry))
                isNamed[noun] = true;
    }

    std::optional<std::size_t> stageBefore(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause)
        {
            if (stageOfTerm(terms[--at]))
                return at;
            if (terms[at].as(Role::filler) == nullptr)
                break;
        }
        return std::nullopt;
    }

    /// The delay of "delay and reverb".
    std::optional<std::size_t> memberBefore(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause)
        {
            --at;
            if (terms[at].as(Role::conjunction) != nullptr)
                return stageBefore(at);
            if (terms[at].as(Role::filler) == nullptr)
                break;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> stageAfter(std::size_t at) const
    {
        for (++at; at < terms.size() && !terms[at].startsClause; ++at)
        {
            if (stageOfTerm(terms[at]))
                return at;
            if (terms[at].as(Role::filler) == nullptr && terms[at].as(Role::conjunction) == nullptr &&
                terms[at].as(Role::swapTo) == nullptr)
                break;
        }
        return std::nullopt;
    }

    bool hasConjunction(std::size_t first, std::size_t second) const
    {
        return std::any_of(terms.begin() + static_cast<std::ptrdiff_t>(first),
                           terms.begin() + static_cast<std::ptrdiff_t>(second),
                           [](const Term& term) { return term.as(Role::conjunction) != nullptr; });
    }

    /// "... before the amp, please", but not "before the chorus kicks in", which tells when.
    bool endsAfter(std::size_t anchor) const
    {
        for (auto at = anchor + 1; at < terms.size() && !terms[at].startsClause; ++at)
        {
            if (terms[at].as(Role::conjunction) != nullptr || terms[at].as(Role::with) != nullptr ||
                terms[at].as(Role::but) != nullptr || isPurpose(terms[at]))
                return true;
            if (!completesPlace(terms[at]))
                return false;
        }
        return true;
    }

    std::span<const Term> terms;
    std::vector<bool>& isNamed;
    std::vector<Placement> placements;
};

/// What comes or goes at a moment of a song.
bool isOfTime(const Term& term)
{
    constexpr std::array<std::string_view, 16> verbs{"kicks", "kick",   "comes", "come", "starts", "begins",
                                                     "hits",  "enters", "sets",  "goes", "breaks", "drops",
                                                     "ends",  "stops",  "takes", "fades"};
    return std::find(verbs.begin(), verbs.end(), term.text) != verbs.end();
}

/// Tells the choruses of songs from those that pedals make. In doubt it is the pedal's.
class SongReader
{
public:
    explicit SongReader(std::span<const Term> allTerms)
        : terms(allTerms), isAboutSong(std::any_of(terms.begin(), terms.end(), isOtherSection))
    {
    }

    bool isSection(std::size_t at) const
    {
        if ((terms[at].text != "chorus" && terms[at].text != "choruses") || isPedals(at))
            return false;
        const auto first = beginOf(at);
        const bool isCounted = first < at && isOneOf(counted, terms[at - 1].text);
        if ((at > 0 && terms[at - 1].text == "pre") || isOfSong(at) || (isCounted && isPlaced(first)))
            return true;
        const auto isEffect = [](const Term& term)
        {
            const auto* const noun = term.as(Role::entry);
            return noun != nullptr && isStageNoun(*noun->entry);
        };
        return isAboutSong && !isJoined(at, true, isEffect) &&
               (isPlaced(first) || isJoined(at, true, isOtherSection) ||
                (isJoined(at, false, isOtherSection) && !isJoined(at, false, isEffect)));
    }

private:
    static constexpr std::array<std::string_view, 7> counted{"final", "last", "first", "second",
                                                             "third", "next", "every"};

    template <std::size_t size>
    static bool isOneOf(const std::array<std::string_view, size>& words, std::string_view word)
    {
        return std::find(words.begin(), words.end(), word) != words.end();
    }

    static bool isOtherSection(const Term& term)
    {
        constexpr std::array<std::string_view, 8> sections{"verse",     "verses", "refrain",   "strophe",
                                                           "prechorus", "intro",  "breakdown", "outro"};
        return isOneOf(sections, term.text);
    }

    static bool isPreposition(const Term& term)
    {
        constexpr std::array<std::string_view, 6> words{"for", "in", "on", "during", "throughout", "im"};
        return isOneOf(words, term.text);
    }

    static bool isDeterminer(const Term& term)
    {
        return isArticle(term) || isOneOf(counted, term.text) || term.text == "a";
    }

    bool isInClause(std::size_t at) const { return at < terms.size() && !terms[at].startsClause; }

    /// Where "the last" before the noun begins.
    std::size_t beginOf(std::size_t at) const
    {
        while (at > 0 && !terms[at].startsClause && isDeterminer(terms[at - 1]))
            --at;
        return at;
    }

    bool isPlaced(std::size_t first) const
    {
        return first > 0 && !terms[first].startsClause && isPreposition(terms[first - 1]);
    }

    /// "The chorus pedal", "the chorus in the intro", "the chorus up".
    bool isPedals(std::size_t at) const
    {
        auto next = at + 1;
        if (!isInClause(next))
            return false;
        const auto& after = terms[next];
        if (after.text == "pedal" || after.text == "pedals" || after.text == "effect" ||
            after.text == "effects" || after.as(Role::up) != nullptr || after.as(Role::down) != nullptr ||
            after.as(Role::off) != nullptr)
            return true;
        if (!isPreposition(after))
            return after.as(Role::on) != nullptr;
        do // "for a ballad intro"
            if (++next; isInClause(next) && isOtherSection(terms[next]))
                return true;
        while (isInClause(next) && terms[next].as(Role::conjunction) == nullptr);
        return after.text == "on" && !isInClause(at + 2);
    }

    /// "The chorus of the song"
    bool isOfSong(std::size_t at) const
    {
        auto next = at + 1;
        if (!isInClause(next) || terms[next].text != "of")
            return false;
        do
            ++next;
        while (isInClause(next) && isDeterminer(terms[next]));
        return isInClause(next) && (terms[next].text == "song" || terms[next].text == "songs");
    }

    /// Whether "and", or a comma, stands between the noun and a neighbour of that kind.
    template <typename Kind>
    bool isJoined(std::size_t at, bool byConjunction, const Kind& isKind) const
    {
        const auto first = beginOf(at);
        if (byConjunction ? first > 1 && terms[first - 1].as(Role::conjunction) != nullptr
                          : first > 0 && terms[first].startsClause)
            if (isKind(terms[first - (byConjunction ? 2 : 1)]))
                return true;
        auto next = at + 1;
        if (next >= terms.size() || (terms[next].as(Role::conjunction) != nullptr) != byConjunction ||
            (!byConjunction && !terms[next].startsClause))
            return false;
        next += byConjunction ? 1 : 0;
        while (next < terms.size() && isDeterminer(terms[next]))
            ++next;
        return next < terms.size() && isKind(terms[next]);
    }

    std::span<const Term> terms;
    bool isAboutSong;
};
} // namespace

void passOverTimes(std::span<const Term> terms, std::vector<bool>& isUsed)
{
    for (std::size_t at = 0; at < terms.size(); ++at)
    {
        if (terms[at].as(Role::place) == nullptr)
            continue;
        auto noun = at + 1;
        while (noun < terms.size() && !terms[noun].startsClause && terms[noun].as(Role::entry) == nullptr &&
               terms[noun].as(Role::thing) == nullptr && terms[noun].as(Role::filler) != nullptr)
            ++noun;
        const auto verb = noun + 1;
        if (verb < terms.size() && !terms[noun].startsClause && !terms[verb].startsClause &&
            isOfTime(terms[verb]))
            isUsed[noun] = isUsed[verb] = true;
    }
}

void passOverSections(std::span<const Term> terms, std::vector<bool>& isUsed)
{
    const SongReader song(terms);
    for (std::size_t at = 0; at < terms.size(); ++at)
        if (song.isSection(at))
            isUsed[at] = true;
}

std::vector<Placement> readPlacements(std::span<const Term> terms, std::vector<bool>& isNamed)
{
    return PlacementReader(terms, isNamed).run();
}

} // namespace tonewright::offline
