#include "generation/offline/Mapper.h"

#include "generation/offline/AmpProfile.h"
#include "generation/offline/Board.h"
#include "generation/offline/NumberMapping.h"
#include "generation/offline/OrderMapping.h"
#include "generation/offline/StageMapping.h"
#include "generation/offline/Variation.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
/// A pedal of this kind shapes the distortion; the amplifier behind it stays at or below this class.
double ampCeilingBehind(DriveType type)
{
    switch (type)
    {
    case DriveType::fuzz:
    case DriveType::octaveFuzz:
        return 0.45;
    case DriveType::distortion:
        return 0.5;
    case DriveType::transparent:
    case DriveType::overdrive:
        break;
    }
    return 1.0;
}

/// The wish as it is carried out: what follows from it without having been said.
class NewTone
{
public:
    NewTone(const ToneIntent& said, int variation) : intent(said)
    {
        if (variation > 0)
            vary(intent, variation);
        variationOfAmp = ampTurn(variation);
    }

    MappedTone run()
    {
        completeWishes();
        Board board(ParameterSet(), intent);
        mapAmp(board);
        mapColour(board);
        mapEffects(board, intent, true);
        addTightener(board);
        board.set("output.level"_p, estimatedLevel(board));
        board.set("output.width"_p, 100 + 100 * intent.value(Axis::width));
        tone.parameters = board.parameters();
        return std::move(tone);
    }

private:
    void completeWishes()
    {
        const bool hasPedal = isWanted(Axis::drive);
        const auto& gain = intent[Axis::gain];
        gainClass = intent.valueOr(Axis::gain, usualGain(hasPedal));
        if (hasPedal && !intent[Axis::drive].isMentionOnly && gain.rank < Rank::spoken)
            gainClass = std::min(gainClass, ampCeilingBehind(pedalType()));
        else if (hasPedal && gain.target)
            gainClass = std::min(gainClass, std::max(ampCeilingBehind(pedalType()), 0.2));
        tighten();
        widen();
    }

    /// Where nobody spoke of gain: what the amplifier named is known for, else clean, or with a pedal where
    /// most pedals sound best: about to break up.
    double usualGain(bool hasPedal) const
    {
        constexpr double pedalPlatform = 0.3;
        if (hasPedal)
            return pedalPlatform;
        const auto& amp = intent[Axis::amp].target;
        return amp ? profileOf(static_cast<AmpModel>(static_cast<int>(*amp))).usualGainClass
                   : infoOf(Axis::gain).usual;
    }

    bool isWanted(Axis axis) const { return intent[axis].target && !intent[axis].isUnwanted; }

    DriveType pedalType() const
    {
        return static_cast<DriveType>(static_cast<int>(intent[Axis::driveType].target.value_or(
            static_cast<double>(static_cast<int>(DriveType::overdrive)))));
    }

    /// Tight high gain is made with an overdrive that adds level instead of distortion (its low cut and mid
    /// hump come before the amplifier), and with a gate that shuts the gaps.
    void tighten()
    {
        const double tightness = intent.value(Axis::tightness);
        if (gainClass < highGain || tightness < 0.3)
            return;
        if (tightness >= 0.45 && !intent[Axis::drive].isSaid() && !intent[Axis::boost].isSaid())
        {
            isTightener = true;
            tone.notes.push_back("an overdrive with its gain at zero cuts the lows before the amplifier");
        }
        if (!intent[Axis::gate].isSaid())
        {
            wish(Axis::gate, 0.3 + 0.3 * tightness, intent[Axis::tightness].reason);
            tone.notes.push_back("a gate shuts the gaps");
        }
    }

    void addTightener(Board& board) const
    {
        if (!isTightener)
            return;
        board.switchOn("drive.enabled"_p, true);
        board.choose("drive.type"_p, DriveType::overdrive);
        board.set("drive.gain"_p, 0);
        board.set("drive.tone"_p, 5);
        board.set("drive.level"_p, 7);
    }

    /// Width needs something stereo to widen.
    void widen()
    {
        const bool hasStereo = isWanted(Axis::reverb) || isWanted(Axis::delay) || isWanted(Axis::modulation);
        if (intent.value(Axis::width) < 0.2 || hasStereo || intent[Axis::modulation].isUnwanted)
            return;
        wish(Axis::modulation, 0.35, intent[Axis::width].reason);
        tone.notes.push_back("a gentle stereo chorus makes it wide");
    }

    void wish(Axis axis, double amount, const std::string& reason)
    {
        intent[axis].target = amount;
        intent[axis].rank = Rank::descriptor;
        intent[axis].reason = reason;
    }

    // --- The amplifier ------------------------------------------------------------------------------------
    AmpModel chooseAmp()
    {
        if (const auto& said = intent[Axis::amp]; said.target)
        {
            const auto model = static_cast<AmpModel>(static_cast<int>(*said.target));
            const bool reaches = gainClass <= reachOf(model) + tolerated &&
                                 gainClass >= profileOf(model).gainClasses.front() - tolerated;
            // A player's usual amplifier gives way to a sound it cannot make even with the pedals; one named
            // in the prompt does not.
            if (reaches || said.rank == Rank::spoken)
                return model;
        }
        const auto models = modelsFor(gainClass, intent);
        return models[variationOfAmp % models.size()];
    }

    /// "A different amp" in a new tone: not the one it would have had, but one that gets there.
    AmpModel chooseOtherAmp(AmpModel usual) const
    {
        const auto& exchanged = intent.exchanges;
        if (std::find(exchanged.begin(), exchanged.end(), "amp.model"_p) == exchanged.end())
            return usual;
        const auto models = modelsFor(gainClass, intent);
        const auto other =
            std::find_if(models.begin(), models.end(), [usual](AmpModel model) { return model != usual; });
        return other != models.end() ? *other : usual;
    }

    /// The class an amplifier gets to with everything up and the boost that was asked for.
    double reachOf(AmpModel model) const
    {
        constexpr double mostBoosted = 0.3;
        const double pushed = isWanted(Axis::boost) ? mostBoosted * intent.value(Axis::boost) : 0;
        return profileOf(model).gainClasses.back() + pushed;
    }

    void mapAmp(Board& board)
    {
        const auto model = chooseOtherAmp(chooseAmp());
        const auto& profile = profileOf(model);
        board.choose("amp.model"_p, model);
        reachGain(model);
        board.set("amp.gain"_p, gainKnobFor(model, gainClass));
        board.set("amp.bass"_p, profile.bass);
        board.set("amp.mid"_p, profile.mid);
        board.set("amp.treble"_p, profile.treble);
        board.set("amp.presence"_p, profile.presence);
        board.set("amp.resonance"_p, profile.resonance);
        board.set("amp.master"_p, profile.master);
        const bool isDirect = model == AmpModel::studioPreamp && !intent[Axis::cabinet].target;
        board.switchOn("cabinet.enabled"_p, !isDirect);
        board.followChoice("cabinet.model"_p, Axis::cabinet, true, profile.cabinet);
        board.followChoice("cabinet.mic"_p, Axis::microphone, true, usualMicrophone());
        board.followQuantity("cabinet.distance"_p, Axis::distance, true, infoOf(Axis::distance).usual);
    }

    /// An amplifier that stays cleaner than the wish gets a pedal in front.
    void reachGain(AmpModel model)
    {
        const double missing = gainClass - reachOf(model);
        if (missing <= tolerated || intent[Axis::drive].isSaid())
            return;
        wish(Axis::drive, std::clamp(0.35 + missing, 0.35, 0.9), intent[Axis::gain].reason);
        const auto type = gainClass > 0.7 ? DriveType::distortion : DriveType::overdrive;
        intent[Axis::driveType].target = static_cast<double>(static_cast<int>(type));
        tone.notes.push_back("a drive pedal adds the distortion that this amplifier does not reach");
    }

    /// A condenser for open, sparkling cleans, else the usual dynamic one. The ribbon is so much darker
    /// that only a prompt or a style can ask for it.
    Microphone usualMicrophone() const
    {
        const double top = intent.value(Axis::brightness) + intent.value(Axis::top);
        return top > 0.5 && gainClass < 0.35 ? Microphone::condenser : Microphone::dynamic;
    }

    // --- Colour -------------------------------------------------------------------------------------------
    void mapColour(Board& board)
    {
        const double brightness = intent.value(Axis::brightness);
        const double lows = intent.value(Axis::lows);
        const double mids = intent.value(Axis::mids);
        const double presence = intent.value(Axis::presence);
        const double tightness = intent.value(Axis::tightness);
        board.shift("amp.treble"_p, 3.2 * brightness);
        board.shift("amp.presence"_p, 1.5 * brightness + 3 * presence);
        board.shift("amp.bass"_p, 3.2 * lows - 1.2 * tightness);
        board.shift("amp.mid"_p, 4 * mids);
        board.shift("amp.resonance"_p, 2 * lows - 2.5 * tightness);
        board.shift("amp.master"_p, -1.2 * tightness);
        // The tone stack sits before the distortion in most models: what must be heard has to come after it.
        equaliseLows(board, lows - tightensAfter(tightness));
        equaliseAudibly(board, "equaliser.low_mid_gain"_p, 6 * intent.value(Axis::lowMids));
        equaliseAudibly(board, "equaliser.mid_gain"_p, 7 * mids);
        equaliseAudibly(board, "equaliser.high_mid_gain"_p, 4 * brightness + 5 * presence);
        equaliseTop(board, brightness, intent.value(Axis::top));
        if (lows < bandLimited && intent.value(Axis::top) < bandLimited)
            limitBand(board);
    }

    /// At high gain the cabinet's thump blurs palm mutes however lean the preamplifier is.
    double tightensAfter(double tightness) const
    {
        constexpr double share = 0.4;
        return gainClass >= highGain ? share * tightness : 0;
    }

    /// "Thin" takes away more than "fat" adds, and higher up: below 460 Hz against below 200 Hz in what
    /// people set (SAFE user data).
    static void equaliseLows(Board& board, double lows)
    {
        equaliseAudibly(board, "equaliser.low_gain"_p, (lows > 0 ? 6 : 15) * lows);
        if (lows < -0.3)
            board.set("equaliser.low_frequency"_p, 100 - 200 * lows);
    }

    /// A telephone's band is 300 Hz to 3.4 kHz, and ends steeply at both.
    static void limitBand(Board& board)
    {
        constexpr double steep = 1.1; // more would ring at the corners
        board.set("equaliser.low_frequency"_p, 360);
        board.set("equaliser.low_q"_p, steep);
        board.set("equaliser.high_frequency"_p, 2500);
        board.set("equaliser.high_q"_p, steep);
    }

    /// A smooth top only loses its fizz; a dull one is 6 to 8 dB down from 1.5 kHz on (SAFE user data).
    static void equaliseTop(Board& board, double brightness, double top)
    {
        equaliseAudibly(board, "equaliser.high_gain"_p, 5 * brightness + (top > 0 ? 9 : 15) * top);
        constexpr double onlySmooth = 0.6;
        constexpr double octavesPerUnit = 5;
        const double darkness = -top - 0.4 * brightness;
        if (darkness > onlySmooth && top < -0.3)
            board.set("equaliser.high_frequency"_p,
                      6000 * std::exp2(-octavesPerUnit * (darkness - onlySmooth)));
    }

    static void equaliseAudibly(Board& board, ParameterIndex band, double decibels)
    {
        constexpr double barelyHeard = 0.7;
        if (std::abs(decibels) >= barelyHeard)
            equalise(board, band, decibels);
    }

    /// A first guess until the audition measures: what distorts more is denser, hence louder.
    double estimatedLevel(const Board& board) const
    {
        const double distortion = std::max(gainClass, board.isOn("drive.enabled"_p) ? 0.6 : 0.0);
        return -5 * distortion + 6 * intent.value(Axis::level);
    }

    static constexpr double highGain = 0.68;
    static constexpr double bandLimited = -0.7;
    static constexpr double tolerated =
        0.08; // of the gain class: nobody hears whether an amplifier just reaches it

    ToneIntent intent;
    MappedTone tone;
    double gainClass = 0;
    bool isTightener = false;
    std::size_t variationOfAmp = 0;
};

// --- Edits ------------------------------------------------------------------------------------------------

/// "make it crunchy": the gain knob of the amplifier at hand, or a pedal where that does not reach.
void editGain(Board& board, const ToneIntent& intent)
{
    const auto& wish = intent[Axis::gain];
    const bool hasPedal = board.isOn("drive.enabled"_p);
    if (wish.target)
    {
        const double target = *wish.target;
        const auto model = board.parameters().choice<AmpModel>("amp.model"_p);
        board.set("amp.gain"_p, gainKnobFor(model, target));
        const bool needsPedal = target > profileOf(model).gainClasses.back() + 0.08;
        const bool wantsClean = target < 0.25 && hasPedal && !intent[Axis::drive].isSaid();
        if (needsPedal && !hasPedal)
        {
            board.switchOn("drive.enabled"_p, true);
            board.choose("drive.type"_p, target > 0.7 ? DriveType::distortion : DriveType::overdrive);
            board.set("drive.gain"_p, 4 + 5 * (target - profileOf(model).gainClasses.back()));
        }
        else if (wantsClean)
            board.switchOn("drive.enabled"_p, false);
    }
    // One class is ten knob units; a pedal that is on shapes the distortion with the amplifier.
    board.shift("amp.gain"_p, 10 * wish.offset);
    if (hasPedal && !intent[Axis::drive].isSaid())
        board.shift("drive.gain"_p, 8 * wish.offset);
}

void editWidth(Board& board, const ToneIntent& intent)
{
    const auto& wish = intent[Axis::width];
    constexpr double plainStereo = 100;
    if (wish.target)
        board.set("output.width"_p, plainStereo + plainStereo * *wish.target);
    else if (wish.offset > 0 && board["output.width"_p] == 0) // of nothing there is no wider
        board.set("output.width"_p, plainStereo);
    board.shift("output.width"_p, plainStereo * wish.offset);
}

void editColour(Board& board, const ToneIntent& intent)
{
    const auto offset = [&](Axis axis) { return intent[axis].offset; };
    const double brightness = offset(Axis::brightness);
    board.shift("amp.treble"_p, 4 * brightness);
    board.shift("amp.presence"_p, 2 * brightness + 4 * offset(Axis::presence));
    board.shift("amp.bass"_p, 4.5 * offset(Axis::lows) - 1.5 * offset(Axis::tightness));
    board.shift("amp.mid"_p, 5 * offset(Axis::mids));
    if (!board.isOn("compressor.enabled"_p)) // whose attack would let the pick through or soften it
        board.shift("amp.presence"_p, 2.5 * offset(Axis::attack));
    board.shift("amp.resonance"_p, -4 * offset(Axis::tightness));
    equalise(board, "equaliser.low_mid_gain"_p, 8 * offset(Axis::lowMids));
    equalise(board, "equaliser.high_gain"_p, 10 * offset(Axis::top));
    if (board.isOn("equaliser.enabled"_p)) // after the distortion, where it is heard for sure
        equalise(board, "equaliser.high_mid_gain"_p, 4 * brightness);
    board.shift("output.level"_p, 8 * offset(Axis::level));
    editWidth(board, intent);
}
} // namespace

MappedTone mapNewTone(const ToneIntent& intent, int variation)
{
    auto tone = NewTone(intent, variation).run();
    applyNumbers(intent, tone);
    auto others = intent.exchanges;
    std::erase(others, "amp.model"_p);
    exchange(tone.parameters, ParameterSet(tone.parameters), others);
    tone.parameters.order = placed(tone.parameters.order, intent.placements);
    for (const auto& place : intent.placements)
        tone.notes.push_back(placeText(place, tone.parameters.order));
    return tone;
}

MappedTone mapEdit(const ToneIntent& said, const ParameterSet& current)
{
    const auto intent = withPlacesSwapped(said, current);
    Board board(current, intent);
    board.followChoice("amp.model"_p, Axis::amp, false, AmpModel::americanClean);
    board.followChoice("cabinet.model"_p, Axis::cabinet, false, CabinetModel::american1x12Open);
    board.followChoice("cabinet.mic"_p, Axis::microphone, false, Microphone::dynamic);
    board.followQuantity("cabinet.distance"_p, Axis::distance, false, infoOf(Axis::distance).usual);
    editGain(board, intent);
    editColour(board, intent);
    mapEffects(board, intent, false);
    MappedTone tone{board.parameters(), {}};
    applyNumbers(intent, tone);
    tone.parameters.order = placed(current.order, intent.placements);
    exchange(tone.parameters, current, intent.exchanges);
    for (const auto held : intent.held)
        tone.parameters[held] = current[held];
    return tone;
}

} // namespace tonewright::offline
