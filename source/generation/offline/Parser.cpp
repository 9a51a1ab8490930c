#include "generation/offline/Parser.h"

#include "generation/offline/AfterNoun.h"
#include "generation/offline/Exceptions.h"
#include "generation/offline/Exchanges.h"
#include "generation/offline/Holding.h"
#include "generation/offline/Mentions.h"
#include "generation/offline/Numbers.h"
#include "generation/offline/Placing.h"
#include "generation/offline/References.h"
#include "generation/offline/Sentence.h"
#include "generation/offline/Subjects.h"
#include "generation/offline/Verbs.h"

#include <algorithm>
#include <utility>

namespace tonewright::offline
{
namespace
{
class PromptReader : private Sentence
{
public:
    PromptReader(std::string_view prompt, const Knowledge& whatIsKnown) : knowledge(whatIsKnown)
    {
        terms = termsOf(prompt, knowledge, reading);
    }

    Reading run()
    {
        auto numbers = readNumbers(terms);
        isUsed = std::move(numbers.isUsed);
        isNamed = std::move(numbers.isNamed);
        reading.settings = std::move(numbers.settings);
        reading.bands = std::move(numbers.bands);
        passOverTimes(terms, isUsed);
        passOverSections(terms, isUsed);
        reading.placements = readPlacements(terms, isNamed);
        reading.exchanges = readExchanges(terms, isNamed);
        reading.tempo = numbers.tempo;
        reading.tempoChange = numbers.tempoChange;
        for (at = 0; at < terms.size(); ++at)
            readTerm();
        endSegment();
        settleExceptions(reading);
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
            clauseStart = reading.mentions.size();
            carriesAny = continuesList(terms, at, carried);
            if (!carriesAny)
                carried = {};
            isReplacing = isWhole = isStating = false;
            isException = isException && continuesException(terms, at);
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
        if (term.as(Role::copula) != nullptr)
            noteSubject(*this);
        if (term.as(Role::measure) != nullptr && judgeByMeasure(*this))
            return;
        const auto* const verb = term.as(Role::complaintAfter);
        if (verb != nullptr && spokenOf(*this) != nullptr) // "der Bass dröhnt", but "es dröhnt"
            readSense(*verb);
        else if (verb != nullptr && term.as(Role::again) != nullptr) // "overdone" alone: the last change
            readSense(*term.as(Role::again));
        else if (isMisspeltToo(*this))
            pending.isComplaint = true;
        else if (!term.senses.empty() && !saysHowItIsPlayed(terms, at))
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
            if (isIdiom(terms, at))
                return;
            if (const auto object = objectOf(terms, at))
                return readVerb(sense, *object);
            if (isRefusedVerb(terms, at) || isDoneToIt(terms, at)) // "don't warm it up", "hollow it out"
                return readVerb(sense, at);
            return readEntry(*this, sense);
        case Role::intensity:
            if (measuresNounBefore(*this, sense))
                return;
            pending.intensify(sense);
            return remember();
        case Role::times:
            return multiply(*this, sense);
        case Role::more:
        case Role::less:
            if (isTaking(*this)) // "nimm einen Hall", but "nimm etwas Hall weg"
            {
                pending.isAdded = true;
                return;
            }
            if (pending.isNegated && terms[at].text.starts_with("need"))
                pending.isStatement = false; // "it doesn't need bass" misses none
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
            if (opensSentence(*this)) // "So I'm recording"
                return;
            pending.isComplaint = true;
            return remember();
        case Role::remove:
            pending.isRemoved = true;
            return remember();
        case Role::add:
            return readAdding(*this, sense);
        case Role::restore:
            return restore(*this);
        case Role::statement: // "a tone that sounds thin" describes one, "sounds thin" complains
            pending.isStatement = pending.isStatement || sense.isVerb || at == 0 || terms[at].startsClause;
            isStating = pending.isStatement;
            return;
        case Role::make:
            isInstruction = !blamesSubject(*this);
            isWhole = isInstruction && namesWhole(terms, at);
            if (auto* const last = lastOfSegment();
                last != nullptr && terms[at].text.starts_with("version of"))
                last->isInstruction = true; // "a clean version of this"
            return;
        case Role::hold:
            pending.isHeld = pending.takesList = true;
            saysSame = saysSame || terms[at].text.find("same") != std::string::npos ||
                       terms[at].text.find("mism") != std::string::npos ||
                       terms[at].text.find("gleiche") != std::string::npos;
            pending.isLeft = sense.factor < 0;
            isInstruction = true;
            return;
        case Role::swap:
            isInstruction = true;
            if (!namesReplacement(terms, at)) // "switch the chorus on"
                return;
            isReplacing = true;
            pending.isReplaced = true;
            return;
        case Role::swapTo:
            isReplacing = false;
            pending = {};
            isInstruction = true;
            return;
        case Role::insteadOf: // "more reverb than delay" compares, "spring rather than plate" replaces
            pending = {};
            pending.isCompared = terms[at].text == "than" && followsComparison(*this);
            pending.isReplaced = !pending.isCompared;
            return;
        default:
            return readConnection(sense);
        }
    }

    /// What a quality is done to is no wish of its own: "tighten the low end" wants no more of it.
    void readVerb(const Sense& sense, std::size_t object)
    {
        if (damps(*this, sense, object))
            return;
        auto verb = sense;
        verb.isComparative = true;
        pending.isNegated = pending.isNegated || isRefusedVerb(terms, at);
        std::fill(isUsed.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                  isUsed.begin() + static_cast<std::ptrdiff_t>(object) + 1, true);
        readEntry(*this, verb);
    }

    void readConnection(const Sense& sense)
    {
        switch (sense.role)
        {
        case Role::up:
        case Role::down:
            if (belongsToOther(terms, at))
                return;
            return turn(*this, sense.role == Role::up ? Manner::more : Manner::less);
        case Role::on:
        case Role::off:
            if (finishesVerb(terms, at)) // "round it off"
                return;
            return switchTo(*this, sense);
        case Role::negatedAfter:
        case Role::complaintAfter:
            if (belongsToOther(terms, at))
                return;
            if (auto* const last = spokenOf(*this))
                last->manner = sense.role == Role::complaintAfter ? Manner::complaint
                               : sense.factor < 1                 ? Manner::softlyUnwanted
                                                                  : Manner::unwanted;
            return;
        case Role::holdAfter:
            return holdLast(*this);
        case Role::thing:
            return readThing(*this, sense);
        case Role::measure: // "low reverb"
            pending.intensify(amountOf(sense));
            return remember();
        case Role::enough:
            return readEnough(*this);
        case Role::except:
            return beginException(sense);
        case Role::exceptAfter:
            if (auto* const last = lastOfSegment())
                last->isException = true;
            endSegment();
            return nameAllEffects(*this, knowledge, Manner::wanted); // what follows is said of the others
        case Role::but:
        case Role::with:
            if (sense.role == Role::but)
                contrast();
            else
                endSegment();
            clauseStart = reading.mentions.size();
            carried = {};
            isException = isWhole = false;
            return;
        case Role::either:
            if (pending.isStatement && isFirstOfSegment()) // "aber noch etwas dumpf"
                return;
            carriesAny = true;
            return endSegment();
        case Role::conjunction:
            // "too bright and harsh"
            carriesAny = (carried.takesList && !carried.isHeld) || carried.isComplaint || carried.isStatement;
            return endSegment();
        case Role::undo:
            if (sense.language == Language::german && terms[at].text == "zuruck")
                return comeBack(returnAt(terms, at));
            reading.asksForUndo = true;
            return;
        case Role::again:
            lastChange = sense.factor != 1 ? sense.factor : lastChange == 0 ? 1 : lastChange;
            return;
        case Role::request:
            reading.asksForNew = true;
            return;
        default:
            return;
        }
    }

    void comeBack(Return what)
    {
        auto* const last = lastOfSegment();
        if (what == Return::leads)
            isUsed[at + 1] = true; // this "zu" is no "too"
        else if (what == Return::undoes || last == nullptr)
            reading.asksForUndo = true;
        else if (what == Return::lessens)
            turn(*this, Manner::less);
        if (what != Return::restores || last == nullptr)
            return;
        reading.asksForNew = false; // "gib mir den Hall zurück"
        isStageNoun(*last->entry) ? restore(*this) : turn(*this, Manner::more);
    }

    /// "It sounds great but a bit thin": what is said of the tone that sounds goes on behind the "but", and
    /// "great but warm" is a wish for it.
    void contrast()
    {
        const bool isStill = terms[at].text == "still";
        if (isStill && isInstruction && reading.mentions.empty()) // "but I still want it warm"
            return endSegment();
        const bool hasSaidNothing = reading.mentions.empty() && !reading.asksForNew && !isInstruction;
        const bool isSpokenOf =
            (isStating || hasSaidNothing) && (at > 0 || isStill || terms[at].text == "but");
        const auto what = isSpokenOf ? contrastAt(terms, at, isStating) : Contrast::none;
        endSegment();
        pending.isStatement = what == Contrast::judges;
        isInstruction = what == Contrast::wishes;
    }

    // --- The end of a segment -----------------------------------------------------------------------------
    void endSegment()
    {
        // "turn the gain down a bit", and in Japanese always: the amount and the direction come last.
        auto* const last = lastOfSegment();
        if (saysSame && reading.mentions.empty() && !thing) // "the same, but clean"
            keepsTone = true;
        judgeByAmount(*this);
        turnAmplifier(*this, knowledge);
        measureBefore(*this);
        referBack(*this);
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
            last->isAtMost = pending.isAtMost;
        }
        shareTurn(*this, knowledge);
        settleNotes(*this);
        pending = {};
        isJudging = false;
        thing.reset();
        segmentStart = reading.mentions.size();
    }

    // --- Exceptions ---------------------------------------------------------------------------------------
    void beginException(const Sense& sense)
    {
        if (sense.takesList) // "everything but"
            nameAllEffects(*this, knowledge, generalManner(sense));
        endSegment();
        carried = {};
        isException = true;
    }

    /// What is said of everything but the exception.
    Manner generalManner(const Sense& exception) const
    {
        if (pending.isLeft || exception.factor == 0)
            return Manner::topic; // only the exception may change, and how is not said
        if (exception.factor < 0 || pending.isNegated || pending.isRemoved)
            return Manner::unwanted;
        if (pending.direction != 0)
            return pending.direction > 0 ? Manner::more : Manner::less;
        return pending.isHeld ? Manner::held : Manner::wanted;
    }

    // --- A new tone or a change? --------------------------------------------------------------------------
    void judgeEdit()
    {
        const auto isChange = [](const Mention& mention) {
            return mention.manner != Manner::wanted || mention.isInstruction ||
                   refusesAllEffects(*mention.entry);
        };
        reading.hasEdit = !reading.settings.empty() || !reading.bands.empty() || reading.tempoChange != 0 ||
                          !reading.heldStages.empty() || !reading.placements.empty() ||
                          !reading.exchanges.empty() ||
                          std::any_of(reading.mentions.begin(), reading.mentions.end(), isChange);
        reading.startsWithEdit =
            reading.mentions.empty() ? reading.hasEdit : keepsTone || isChange(reading.mentions.front());
    }

    const Knowledge& knowledge;
    bool isStating = false; ///< this clause says how the tone sounds
    bool isReplacing = false;
    bool saysSame = false;
    bool keepsTone = false; ///< the first thing said is that all is to stay
};
} // namespace

Reading read(std::string_view prompt, const Knowledge& knowledge)
{
    return PromptReader(prompt, knowledge).run();
}

} // namespace tonewright::offline
