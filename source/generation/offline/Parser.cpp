#include "generation/offline/Parser.h"

#include "generation/offline/Controls.h"
#include "generation/offline/Meaning.h"
#include "generation/offline/Numbers.h"
#include "generation/offline/Terms.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
class PromptReader
{
public:
    PromptReader(std::string_view prompt, const Knowledge& knowledge)
        : terms(termsOf(prompt, knowledge, reading))
    {
    }

    Reading run()
    {
        auto numbers = readNumbers(terms);
        isUsed = std::move(numbers.isUsed);
        isNamed = std::move(numbers.isNamed);
        reading.settings = std::move(numbers.settings);
        reading.bands = std::move(numbers.bands);
        reading.tempo = numbers.tempo;
        reading.tempoChange = numbers.tempoChange;
        for (at = 0; at < terms.size(); ++at)
            readTerm();
        endSegment();
        judgeEdit();
        if (reading.mentions.empty() && !reading.hasEdit)
            reading.again = lastChange;
        return std::move(reading);
    }

private:
    // --- One term -----------------------------------------------------------------------------------------
    void readTerm()
    {
        const auto& term = terms[at];
        if (term.startsClause)
        {
            endSegment();
            carriesAny = continuesList(terms, at, carried);
            if (!carriesAny)
                carried = {};
            isReplacing = false;
        }
        if (isUsed[at])
        {
            understandNumber();
            return;
        }
        if (term.number)
        {
            ++reading.contentWords; // a number that belongs to nothing
            return;
        }
        if (!term.senses.empty())
            readSense(meaningAt(terms, at, isReplacing, pending.hasDegree));
    }

    void understandNumber()
    {
        if (!terms[at].number)
            return;
        ++reading.contentWords;
        ++reading.understoodWords;
        // "turn the gain down to 3": the number says it all.
        pending = {};
    }

    void readSense(const Sense& sense)
    {
        switch (sense.role)
        {
        case Role::entry:
            return readEntry(sense);
        case Role::intensity:
            pending.intensify(sense);
            return remember();
        case Role::more:
        case Role::less:
            pending.direction = sense.role == Role::more ? 1 : -1;
            if (sense.factor != 1)
                pending.intensify(sense);
            isInstruction = isInstruction || sense.isVerb;
            return remember();
        case Role::negator:
            pending.isNegated = true;
            pending.takesList = sense.takesList;
            return remember();
        case Role::softNegator:
            pending.isSoftlyNegated = true;
            return remember();
        case Role::complaint:
            pending.isComplaint = true;
            return remember();
        case Role::remove:
            pending.isRemoved = true;
            return remember();
        case Role::add:
            pending.isAdded = true;
            return;
        case Role::restore:
            return restore();
        case Role::statement: // "a tone that sounds thin" describes one, "sounds thin" complains
            pending.isStatement = sense.isVerb || at == 0 || terms[at].startsClause;
            return;
        case Role::make:
            isInstruction = true;
            return;
        case Role::swap:
            isReplacing = true;
            pending.isReplaced = true;
            return;
        case Role::swapTo:
            isReplacing = false;
            pending = {};
            isInstruction = true;
            return;
        case Role::insteadOf:
            pending = {};
            pending.isReplaced = true;
            return;
        default:
            return readConnection(sense);
        }
    }

    void readConnection(const Sense& sense)
    {
        switch (sense.role)
        {
        case Role::up:
        case Role::down:
            return turn(sense.role == Role::up ? Manner::more : Manner::less);
        case Role::on:
        case Role::off:
            if (isPreposition())
                return;
            return switchTo(sense.role == Role::on);
        case Role::negatedAfter:
        case Role::complaintAfter:
            if (auto* const last = lastOfSegment())
                last->manner = sense.role == Role::negatedAfter ? Manner::unwanted : Manner::complaint;
            return;
        case Role::but:
        case Role::with:
            endSegment();
            carried = {};
            isInstruction = isInstruction && sense.role == Role::with;
            return;
        case Role::either:
            carriesAny = true;
            return endSegment();
        case Role::conjunction:
            carriesAny = carried.takesList || carried.isComplaint; // "too bright and harsh"
            return endSegment();
        case Role::undo:
            reading.asksForUndo = true;
            return;
        case Role::again:
            lastChange = lastChange == 0 ? 1 : lastChange;
            return;
        case Role::request:
            reading.asksForNew = true;
            return;
        default:
            return;
        }
    }

    // --- Nouns and adjectives -----------------------------------------------------------------------------
    void readEntry(const Sense& sense)
    {
        const auto& entry = *sense.entry;
        if ((carriesAny || isPlainNoun(entry)) && isFirstOfSegment() && !pending.saysSomething())
            takeOver(carried);
        carriesAny = false;
        if (entry.kind == EntryKind::control && isAbsorbed())
            return;
        const auto pair = knobOfStageAt(terms, at);
        if (pair && isAdjectiveIn(*pair))
            return;
        Mention mention;
        mention.entry = &entry;
        if (pair && pair->control == at && pair->knob != entry.control)
            mention.knob = pair->knob;
        mention.words = pending.words + terms[at].text;
        mention.isInstruction = isInstruction || pending.isAdded || pending.isRestored;
        mention.isRestored = pending.isRestored;
        const auto noun = boundNoun(terms, at);
        if (noun)
            return readBoundAdjective(mention, *noun, sense);
        mention.degree = pending.degree * sense.factor;
        mention.hasDegree = pending.hasDegree || sense.factor != 1;
        mention.manner = isNamed[at] ? Manner::settingOnly : mannerOf(entry, sense);
        bindBackwards(mention, sense);
        if (mention.boundStage || mention.knob || !entry.tone.empty() || !entry.more.empty() ||
            mention.manner == Manner::settingOnly)
            reading.mentions.push_back(mention);
        carried = pending;
        carried.words.clear();
        pending = {};
    }

    /// Of "delay feedback" only the feedback is spoken of, of "delay volume" only the delay; of "delay
    /// feedback at 30 %" both.
    bool isAdjectiveIn(const KnobOfStage& pair) const
    {
        const bool isLast = at == std::max(pair.effect, pair.control);
        if (!pair.knob)
            return at == pair.control;
        return at == pair.effect && (isLast || pending.saysSomething());
    }

    Manner mannerOf(const Entry& entry, const Sense& sense) const
    {
        if (pending.isReplaced)
            return Manner::replaced;
        if (pending.isSoftlyNegated)
            return Manner::softlyUnwanted;
        if (pending.isNegated)
            return sense.isComparative ? Manner::less : Manner::unwanted;
        if (pending.isComplaint || (pending.isStatement && entry.isUnpleasant))
            return Manner::complaint;
        if (pending.isRemoved)
            return isStageNoun(entry)
                       ? Manner::unwanted
                       : (entry.kind == EntryKind::descriptor ? Manner::complaint : Manner::less);
        if (pending.direction < 0)
            return Manner::less;
        if (pending.direction > 0 || sense.isComparative || (pending.isAdded && hasSteps(entry)))
            return Manner::more;
        return Manner::wanted;
    }

    /// "Add bass" is more of it, "use a ribbon" and "add a chorus" are the things themselves.
    static bool hasSteps(const Entry& entry)
    {
        return !isStageNoun(entry) &&
               (entry.kind == EntryKind::control || entry.kind == EntryKind::gain ||
                entry.kind == EntryKind::descriptor || entry.kind == EntryKind::effect);
    }

    /// "no dark reverb" and "a touch of dark reverb" speak of the reverb, "too dark reverb" of the dark.
    void readBoundAdjective(Mention& mention, std::size_t noun, const Sense& sense)
    {
        const auto& owner = *terms[noun].as(Role::entry)->entry;
        mention.boundStage = stageNamedBy(owner);
        const bool isAboutAdjective = owner.control || pending.isComplaint || pending.isSoftlyNegated ||
                                      pending.direction < 0 || sense.isComparative;
        mention.degree = sense.factor * (pending.degreeIsAmount && !isAboutAdjective ? 1 : pending.degree);
        if (isAboutAdjective)
        {
            mention.manner = mannerOf(*mention.entry, sense);
            isNamed[noun] = true;
            pending = {};
        }
        else if (!pending.degreeIsAmount)
        {
            pending.degree = 1;
            pending.hasDegree = false;
        }
        if (!pending.isNegated && !pending.isRemoved)
            reading.mentions.push_back(mention);
        remember();
    }

    /// "the reverb is too long", "delay a little shorter": the adjective belongs to the effect before it.
    void bindBackwards(Mention& mention, const Sense& sense)
    {
        const auto& entry = *mention.entry;
        const bool isJudged =
            sense.isComparative || (mention.manner != Manner::wanted && mention.manner != Manner::unwanted);
        if (entry.forStage.empty() || (!entry.tone.empty() && !isJudged))
            return;
        for (auto earlier = reading.mentions.size(); earlier-- > (entry.tone.empty() ? 0 : segmentStart);)
        {
            auto& noun = reading.mentions[earlier];
            const auto stage = stageNamedBy(*noun.entry);
            if (!stage || entry.toneFor(*stage) == nullptr)
                continue;
            mention.boundStage = stage;
            if (isJudged && noun.manner == Manner::wanted && !noun.hasDegree)
                noun.manner = Manner::settingOnly;
            return;
        }
        if (entry.tone.empty())
            bindForwards(mention);
    }

    void bindForwards(Mention& mention) const
    {
        for (auto next = at + 1; next < terms.size(); ++next)
            if (const auto* const sense = terms[next].as(Role::entry))
                if (isStageNoun(*sense->entry) && mention.entry->toneFor(*sense->entry->stage) != nullptr)
                {
                    mention.boundStage = sense->entry->stage;
                    return;
                }
    }

    /// In "muddy bass" and "smooth highs" the adjective has said it all.
    bool isAbsorbed() const
    {
        if (pending.saysSomething() || isNamed[at] || at == 0 || terms[at].startsClause || isFirstOfSegment())
            return false;
        const auto* const before = terms[at - 1].as(Role::entry);
        return before != nullptr && before->entry->kind == EntryKind::descriptor &&
               reading.mentions.back().entry == before->entry && !before->entry->tone.empty();
    }

    // --- What comes after the noun ------------------------------------------------------------------------
    void turn(Manner manner)
    {
        auto* const last = lastOfSegment();
        if (last == nullptr || entryAfter(terms, at) != nullptr)
        {
            pending.direction = manner == Manner::more ? 1 : -1;
            isInstruction = true;
            return;
        }
        last->manner = manner;
        last->isInstruction = true;
    }

    /// "less depth on the tremolo", "no compression on this clean"
    bool isPreposition() const
    {
        const auto* const next = entryAfter(terms, at);
        if (isFirstOfSegment() || next == nullptr)
            return false;
        const bool isOfKnob = reading.mentions.back().entry->control && isStageNoun(*next);
        const bool isArticleNext = terms[at + 1].as(Role::filler) != nullptr;
        return isOfKnob || (terms[at].text == "on" && isArticleNext && !isStageNoun(*next));
    }

    /// "bring back the delay", "put the delay back"; but "take the gain back a bit"
    void restore()
    {
        if (auto* const last = lastOfSegment())
        {
            if (last->manner != Manner::wanted)
                return;
            last->isRestored = isStageNoun(*last->entry);
            last->manner = last->isRestored ? Manner::wanted : Manner::less;
            last->isInstruction = true;
            return;
        }
        pending.isRestored = true;
        isInstruction = true;
    }

    void switchTo(bool isOn)
    {
        if (auto* const last = lastOfSegment())
        {
            last->manner = isOn ? Manner::wanted : Manner::unwanted;
            last->isInstruction = true;
            return;
        }
        pending.isAdded = isOn;
        pending.isRemoved = !isOn;
        isInstruction = true;
    }

    void endSegment()
    {
        // "turn the gain down a bit", and in Japanese always: the amount and the direction come last.
        auto* const last = lastOfSegment();
        noteLastChange();
        if (last != nullptr && last->manner == Manner::wanted && pending.direction != 0)
        {
            last->manner = pending.direction > 0 ? Manner::more : Manner::less;
            last->isInstruction = true;
        }
        const bool takesAmount =
            last != nullptr &&
            (last->manner == Manner::more || last->manner == Manner::less ||
             (last->manner == Manner::wanted && !last->hasDegree && isPlainNoun(*last->entry)));
        if (pending.hasDegree && takesAmount)
        {
            last->degree *= pending.degree;
            last->hasDegree = true;
        }
        pending = {};
        segmentStart = reading.mentions.size();
    }

    /// "A bit more", "not that much" with nothing named speak of the change before.
    void noteLastChange()
    {
        constexpr double partTakenBack = -0.5;
        if (!reading.mentions.empty())
            return;
        if (pending.direction != 0)
            lastChange = pending.direction > 0 ? pending.degree : partTakenBack;
        else if (pending.isComplaint || pending.isSoftlyNegated)
            lastChange = partTakenBack;
        else if (pending.hasDegree && lastChange > 0)
            lastChange = pending.degree;
    }

    Mention* lastOfSegment() { return isFirstOfSegment() ? nullptr : &reading.mentions.back(); }
    bool isFirstOfSegment() const { return reading.mentions.size() == segmentStart; }

    void takeOver(const Pending& before)
    {
        pending = before;
        pending.degree = 1;
        pending.hasDegree = false;
    }

    void remember() { pending.words += terms[at].text + " "; }

    // --- A new tone or a change? --------------------------------------------------------------------------
    void judgeEdit()
    {
        const auto isChange = [](const Mention& mention)
        { return mention.manner != Manner::wanted || mention.isInstruction; };
        reading.hasEdit = !reading.settings.empty() || !reading.bands.empty() || reading.tempoChange != 0 ||
                          std::any_of(reading.mentions.begin(), reading.mentions.end(), isChange);
        reading.startsWithEdit =
            reading.mentions.empty() ? reading.hasEdit : isChange(reading.mentions.front());
    }

    Reading reading;
    std::vector<Term> terms;
    std::vector<bool> isUsed;
    std::vector<bool> isNamed;
    Pending pending;
    Pending carried;
    bool isInstruction = false;
    bool isReplacing = false;
    double lastChange = 0;
    bool carriesAny = false; ///< "or" was just said: even an adjective takes the negation over
    std::size_t segmentStart = 0;
    std::size_t at = 0;
};
} // namespace

Reading read(std::string_view prompt, const Knowledge& knowledge)
{
    return PromptReader(prompt, knowledge).run();
}

} // namespace tonewright::offline
