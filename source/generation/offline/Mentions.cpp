#include "generation/offline/Mentions.h"

#include "generation/offline/Controls.h"
#include "generation/offline/References.h"
#include "generation/offline/Subjects.h"

#include <algorithm>
#include <array>

namespace tonewright::offline
{
namespace
{
/// "Add bass" is more of it, "use a ribbon" and "add a chorus" are the things themselves.
bool hasSteps(const Entry& entry)
{
    return !isStageNoun(entry) && (entry.kind == EntryKind::control || entry.kind == EntryKind::gain ||
                                   entry.kind == EntryKind::descriptor || entry.kind == EntryKind::effect);
}

bool isDeterminer(const Term& term)
{
    constexpr std::array<std::string_view, 24> words{
        "the",   "my",     "this", "that", "these", "those", "its", "der", "die",  "das", "den",  "mein",
        "meine", "meinen", "el",   "la",   "los",   "las",   "mi",  "mis", "same", "ese", "este", "esta"};
    return std::find(words.begin(), words.end(), term.text) != words.end() ||
           (term.as(Role::hold) != nullptr && term.text.ends_with(" the"));
}

class EntryReader
{
public:
    EntryReader(Sentence& whatIsKnown, const Sense& meaning)
        : sentence(whatIsKnown), terms(whatIsKnown.terms), pending(whatIsKnown.pending), at(whatIsKnown.at),
          sense(meaning), entry(*meaning.entry)
    {
    }

    void run()
    {
        const bool isListItem = sentence.carriesAny || isPlainNoun(entry);
        const bool isFree = !pending.saysSomething() || isJudgedAlike();
        if (isListItem && sentence.isFirstOfSegment() && isFree)
            takeOver(sentence.carried);
        sentence.carriesAny = false;
        if (isPlace())
            return judgeByAmount(sentence);
        if ((entry.kind == EntryKind::control || isAllEffects(entry)) && isAbsorbed())
            return;
        if (isPartOfFault())
            return;
        const auto pair = knobOfStageAt(terms, at);
        if (pair && isAdjectiveIn(*pair))
            return;
        Mention mention;
        mention.entry = &entry;
        if (pair && pair->control == at && pair->knob != entry.control)
            mention.knob = pair->knob;
        mention.words = pending.words + terms[at].text;
        mention.isInstruction = sentence.isInstruction || pending.isAdded || pending.isRestored;
        const bool isNextAdded = sentence.carried.isAdded && pending.saysOnlyHowMuch();
        mention.isAdded = pending.isAdded || isNextAdded; // "add a bit of delay and a bit of reverb"
        mention.isRestored = pending.isRestored;
        mention.isException = sentence.isException;
        mention.isWhole = sentence.isWhole;
        if (const auto noun = boundNoun(terms, at))
            return readBoundAdjective(mention, *noun);
        mention.degree = pending.degree * sense.factor;
        mention.hasDegree = pending.hasDegree || sense.factor != 1;
        mention.isAtMost = pending.isAtMost;
        mention.times = pending.times;
        mention.manner = sentence.isNamed[at] ? Manner::settingOnly : manner();
        mention.isScarce = mention.manner == Manner::less && isScarce();
        if (mention.manner == Manner::denied && isScarce())
            mention.degree = 1; // "there is hardly any bass" misses it as much as "there is no bass"
        if (isContext(sentence, mention))
            mention.manner = Manner::topic;
        readLevelOfIt(sentence, mention);
        bindBackwards(mention);
        takeOverNoun(mention);
        if (auto* const same = sentence.lastOfSegment();
            sense.isComparative && same != nullptr && same->entry == &entry && same->manner == Manner::wanted)
            same->manner = Manner::topic; // "make the clean cleaner"
        if (isVerbOfIt())
            sentence.isJudging = true; // "the low end farts out"
        const bool isSaid = mention.boundStage || mention.knob || !entry.tone.empty() ||
                            !entry.more.empty() || mention.manner == Manner::settingOnly;
        if (isSaid && settleSubject(sentence, mention))
            sentence.reading.mentions.push_back(mention);
        sentence.carried = pending;
        sentence.carried.words.clear();
        pending = {};
    }

private:
    /// Of "delay feedback" only the feedback is spoken of, of "delay volume" only the delay; of "delay
    /// feedback at 30 %" both.
    bool isAdjectiveIn(const KnobOfStage& pair) const
    {
        const bool isLast = at == std::max(pair.effect, pair.control);
        if (!pair.knob)
            return at == pair.control;
        return at == pair.effect && (isLast || pending.saysSomething());
    }

    Manner manner() const
    {
        if (pending.isReplaced)
            return Manner::replaced;
        if (pending.isCompared)
            return Manner::topic;
        const bool isQuality = entry.kind == EntryKind::descriptor || entry.kind == EntryKind::gain;
        const bool isStated = (pending.isStatement || isVerbOfIt()) && isQuality && !sentence.isInstruction;
        const bool isMissed = pending.isStatement && entry.kind == EntryKind::control; // "it has no bass"
        if (pending.isNotTooMuch())
            return isStated ? Manner::fine : Manner::softlyUnwanted;
        if ((pending.isNegated && (isStated || isMissed) && !sense.isComparative) || (isScarce() && isMissed))
            return Manner::denied;
        if (pending.isNegated && sense.isComparative) // "don't make it brighter"
            return Manner::fine;
        if (pending.isNegated && followsStep() &&
            !isNoMoreOfFault()) // "without more gain"; "it needs no reverb"
            return entry.control ? Manner::held : Manner::fine;
        if (pending.isNegated)
            return Manner::unwanted;
        if (pending.isComplaint || sense.isExcess)
            return Manner::complaint;
        if (pending.isRemoved)
            return isStageNoun(entry) || isAllEffects(entry)
                       ? Manner::unwanted
                       : (entry.kind == EntryKind::descriptor ? Manner::complaint : Manner::less);
        if (pending.direction < 0)
            return Manner::less;
        if (pending.direction > 0 || sense.isComparative || (pending.isAdded && hasSteps(entry)))
            return Manner::more;
        if (pending.isHeld && isHeldThing())
            return Manner::held;
        if (isScarce())
            return Manner::less;
        return isStated ? Manner::stated : Manner::wanted;
    }

    /// "Hardly any bass", "very little gain"; but "very little less", and "barely any reverb" is a little of
    /// it.
    bool isScarce() const
    {
        return pending.isAtMost && pending.degreeIsAmount && pending.direction == 0 && !pending.isAdded &&
               (entry.kind == EntryKind::control || entry.kind == EntryKind::gain);
    }

    /// "No more mud"
    bool isNoMoreOfFault() const { return entry.isUnpleasant && pending.words.starts_with("no more "); }

    /// "More", "needs less of the".
    bool followsStep() const
    {
        constexpr std::array<std::string_view, 7> steps{"more",  "less", "fewer",  "mas",
                                                        "menos", "mehr", "weniger"};
        auto before = at;
        while (before > 0 && !terms[before].startsClause && terms[before - 1].as(Role::filler) != nullptr)
            --before;
        return before > 0 && !terms[before].startsClause &&
               std::any_of(steps.begin(), steps.end(),
                           [&](std::string_view step) { return terms[before - 1].text.ends_with(step); });
    }

    /// "It buzzes", "it farts out", "the lows flub out".
    bool isVerbOfIt() const
    {
        if (!entry.isUnpleasant || at == 0 || terms[at].startsClause)
            return false;
        const auto& before = terms[at - 1];
        const auto verb = terms[at].text.substr(0, terms[at].text.find(' '));
        const bool isIt = (before.text == "it" || before.text == "es") && (at == 1 || before.startsClause);
        const bool hasParticle = terms[at].text.ends_with(" out") && before.as(Role::copula) == nullptr;
        return (isIt && verb.ends_with(before.text == "it" ? 's' : 't')) || hasParticle;
    }

    /// "Keep the sparkle" holds it, "keep the tone warm" makes it so.
    bool isHeldThing() const
    {
        return isPlainNoun(entry) || isStageNoun(entry) || isDeterminer(terms[at > 0 ? at - 1 : 0]);
    }

    /// "no dark reverb" and "a touch of dark reverb" speak of the reverb, "too dark reverb" of the dark.
    void readBoundAdjective(Mention& mention, std::size_t noun)
    {
        const auto& owner = *terms[noun].as(Role::entry)->entry;
        mention.boundStage = stageNamedBy(owner);
        mention.times = pending.times;
        const bool isAboutAdjective = owner.control || pending.isComplaint || pending.isSoftlyNegated ||
                                      pending.direction != 0 || sense.isComparative;
        mention.degree = sense.factor * (pending.degreeIsAmount && !isAboutAdjective ? 1 : pending.degree);
        if (isAboutAdjective)
        {
            mention.manner = manner();
            sentence.isNamed[noun] = true;
            pending = {};
        }
        else if (!pending.degreeIsAmount)
        {
            pending.degree = 1;
            pending.hasDegree = false;
        }
        if (isOfSubject(terms, noun))
            mention.manner = Manner::topic;
        if (!pending.isNegated && !pending.isRemoved && !pending.isHeld)
            sentence.reading.mentions.push_back(mention);
        sentence.remember();
    }

    /// "the reverb is too long", "delay a little shorter": the adjective belongs to the effect before it.
    void bindBackwards(Mention& mention) const
    {
        const bool isJudged =
            sense.isComparative || (mention.manner != Manner::wanted && mention.manner != Manner::unwanted);
        auto& mentions = sentence.reading.mentions;
        if (entry.forStage.empty())
            return;
        if (!isJudged && isOfEffectBefore(sentence))
        {
            mention.boundStage = *stageNamedBy(*mentions.front().entry);
            return;
        }
        if (!entry.tone.empty() && !isJudged && !isNoteOfTremolo())
            return;
        if (goesOnAboutEffect() && entry.toneFor(*mentions.back().boundStage) != nullptr)
        {
            mention.boundStage = mentions.back().boundStage;
            return;
        }
        for (auto earlier = mentions.size(); earlier-- > (entry.tone.empty() ? 0 : sentence.segmentStart);)
        {
            auto& noun = mentions[earlier];
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

    /// "Make the reverb bigger but quieter": both are said of the reverb.
    bool goesOnAboutEffect() const
    {
        const auto& mentions = sentence.reading.mentions;
        if (!sense.isComparative || !sentence.isFirstOfSegment() || sentence.thing || mentions.empty() ||
            !mentions.back().boundStage || mentions.back().manner != Manner::more)
            return false;
        for (auto before = at; before > 0 && !terms[before].startsClause; --before)
        {
            const auto& term = terms[before - 1];
            if (term.as(Role::but) != nullptr || term.as(Role::conjunction) != nullptr)
                return true;
            if (term.as(Role::intensity) == nullptr && term.as(Role::filler) == nullptr &&
                term.as(Role::more) == nullptr)
                return false;
        }
        return false;
    }

    /// "Lows tight", "graves apretados": the noun is what the adjective is said of.
    void takeOverNoun(const Mention& adjective) const
    {
        auto* const noun = sentence.lastOfSegment();
        const bool isStep = adjective.manner == Manner::more || adjective.manner == Manner::less;
        const bool isQuality = (adjective.manner == Manner::wanted || isStep) &&
                               entry.kind == EntryKind::descriptor && !entry.tone.empty() &&
                               !adjective.boundStage;
        if (noun == nullptr || !isQuality || terms[at].startsClause || !noun->entry->control ||
            noun->manner != Manner::wanted || noun->hasDegree)
            return;
        if (isStep && !noun->isAdded) // "make the low end tighter", "the mids need more clarity"
            noun->manner = Manner::topic;
        if (isStep || noun->isInstruction)
            return;
        const auto* const before = terms[at - 1].as(Role::entry);
        if (before != nullptr && before->entry == noun->entry)
            noun->manner = Manner::topic;
    }

    /// "Tremolo as quarter notes": the length is not the echo's.
    bool isNoteOfTremolo() const
    {
        auto& mentions = sentence.reading.mentions;
        if (entry.toneFor(StageId::tremolo) == nullptr || entry.stage != StageId::delay ||
            sentence.isFirstOfSegment())
            return false;
        auto& last = mentions.back();
        if (last.boundStage != StageId::tremolo)
            return last.entry->stage == StageId::tremolo;
        last.manner = Manner::topic; // "in sync": with what is said now
        return true;
    }

    void bindForwards(Mention& mention) const
    {
        for (auto next = at + 1; next < terms.size(); ++next)
            if (const auto* const following = terms[next].as(Role::entry))
                if (isStageNoun(*following->entry) &&
                    mention.entry->toneFor(*following->entry->stage) != nullptr)
                {
                    mention.boundStage = following->entry->stage;
                    return;
                }
    }

    /// "More clarity in the low end", "the reverb is too much on the high strings": where it is heard, and
    /// nothing is said of its amount.
    bool isPlace() const
    {
        constexpr std::array<std::string_view, 8> prepositions{"in", "on",  "to",  "from",
                                                               "im", "auf", "bei", "en"};
        const bool isSpokenOfBefore = sentence.isJudging && pending.isComplaint;
        if (entry.kind != EntryKind::control || (pending.saysSomething() && !isSpokenOfBefore) ||
            sentence.isNamed[at] || sentence.isFirstOfSegment() || isStageNoun(entry))
            return false;
        auto before = at;
        while (before > 0 && !terms[before].startsClause && isDeterminer(terms[before - 1]))
            --before;
        return before > 0 && !terms[before].startsClause &&
               std::find(prepositions.begin(), prepositions.end(), terms[before - 1].text) !=
                   prepositions.end();
    }

    /// In "muddy bass" and "smooth highs" the adjective has said it all, and in "delay effects" the delay.
    bool isAbsorbed() const
    {
        if (pending.saysSomething() || sentence.isNamed[at] || at == 0 || terms[at].startsClause ||
            sentence.isFirstOfSegment())
            return false;
        const auto* const before = terms[at - 1].as(Role::entry);
        if (before == nullptr || sentence.reading.mentions.back().entry != before->entry)
            return false;
        return isAllEffects(entry)
                   ? isStageNoun(*before->entry)
                   : before->entry->kind == EntryKind::descriptor && !before->entry->tone.empty();
    }

    /// "No high end fizz", "less low end rumble": what is said is said of the quality.
    bool isPartOfFault() const
    {
        const auto next = at + 1;
        const auto* const fault = entry.kind == EntryKind::control && pending.saysSomething() &&
                                          !sentence.isNamed[at] && next < terms.size() &&
                                          !terms[next].startsClause
                                      ? terms[next].as(Role::entry)
                                      : nullptr;
        const bool isOfColour =
            entry.control != "amp.gain"_p && entry.control != "output.level"_p; // "more gain tight"
        return fault != nullptr && !fault->isComparative &&
               (fault->entry->isUnpleasant || (isOfColour && fault->entry->kind == EntryKind::descriptor));
    }

    /// "Too bright and a bit thin": that it is thin is a complaint as well. "Too bright and a bit of reverb"
    /// asks for some.
    bool isJudgedAlike() const
    {
        const auto& before = sentence.carried;
        return sentence.carriesAny && (before.isComplaint || before.isStatement) &&
               entry.kind == EntryKind::descriptor && pending.saysOnlyHowMuch();
    }

    /// All but how much of it.
    void takeOver(const Pending& before)
    {
        const Pending own = pending;
        pending = before;
        pending.words = own.words;
        if (before.isAtMost && !own.hasDegree)
            return; // "hardly any bass or treble"
        pending.degree = own.degree;
        pending.hasDegree = own.hasDegree;
        pending.isAtMost = own.isAtMost;
        pending.times.reset();
    }

    Sentence& sentence;
    const std::vector<Term>& terms;
    Pending& pending;
    const std::size_t at;
    const Sense& sense;
    const Entry& entry;
};
} // namespace

void readEntry(Sentence& sentence, const Sense& sense)
{
    EntryReader(sentence, sense).run();
}

} // namespace tonewright::offline
