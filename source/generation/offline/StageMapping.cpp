#include "generation/offline/StageMapping.h"

#include "tone/Choices.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
/// Whether the stage is on afterwards and has to be set up whole.
struct StageState
{
    bool isOn = false;
    bool isFresh = false;
};

StageState switchStage(Board& board, const ToneIntent& intent, Axis axis, ParameterIndex enabled,
                       bool isNewTone)
{
    const auto& wish = intent[axis];
    const bool wasOn = !isNewTone && board.isOn(enabled);
    bool isOn = wasOn;
    if (wish.isUnwanted)
        isOn = false;
    else if (wish.target || wish.offset > 0)
        isOn = isNewTone ? intent.valueOr(axis, 0.1) > 0.02 : true;
    board.switchOn(enabled, isOn);
    return {isOn, isOn && !wasOn && (isNewTone || !wish.isRestored)};
}

/// What a stage that "more" switches on starts from: a little, on top of nothing.
double usualAmount(const ToneIntent& intent, Axis axis)
{
    return intent[axis].target ? infoOf(axis).usual : 0.1;
}

void mapGate(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::gate, "gate.enabled"_p, isNewTone);
    if (!isOn)
        return;
    board.follow("gate.threshold"_p, Axis::gate, -68, 30, isFresh, 0.4);
    if (isFresh)
        board.set("gate.release"_p, intent.value(Axis::tightness) > 0.2 ? 40 : 90);
}

void mapPitch(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::pitch, "pitch.enabled"_p, isNewTone);
    if (!isOn)
        return;
    constexpr double detuneCents = 9; // enough to thicken, too little to sound out of tune
    board.followChoice("pitch.type"_p, Axis::pitchType, isFresh, PitchType::polyphonic);
    const auto& interval = intent[Axis::pitchInterval];
    if (interval.target && (isFresh || !interval.isMentionOnly))
    {
        const auto index = static_cast<std::size_t>(*interval.target);
        board.set("pitch.shift"_p, pitchIntervalSemitones[index]);
        board.set("pitch.detune"_p, index == detuneInterval ? detuneCents : 0);
    }
    board.follow("pitch.mix"_p, Axis::pitch, 10, 100, isFresh, usualAmount(intent, Axis::pitch));
}

void mapWah(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::wah, "wah.enabled"_p, isNewTone);
    if (!isOn)
        return;
    const auto before = board["wah.type"_p];
    board.followChoice("wah.type"_p, Axis::wahType, isFresh, WahType::autoUp);
    // What sweeps by itself has to start where there is room to go.
    constexpr std::array<double, wahTypes.size()> usualPositions{40, 10, 85};
    const auto type = static_cast<std::size_t>(board.parameters().choice<WahType>("wah.type"_p));
    const bool isOther = isFresh || before != board["wah.type"_p];
    if (isOther)
        board.set("wah.position"_p, usualPositions[type]);
    if (intent[Axis::wahPosition].isSaid())
        board.follow("wah.position"_p, Axis::wahPosition, 0, 100, isFresh, 0.4);
    board.follow("wah.q"_p, Axis::wah, 2, 5, isFresh, usualAmount(intent, Axis::wah));
}

/// After the medians of what people set for "subtle", "punchy" and "squashed" (SAFE user data).
void mapCompressor(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] =
        switchStage(board, intent, Axis::compression, "compressor.enabled"_p, isNewTone);
    if (!isOn)
        return;
    const double usual = usualAmount(intent, Axis::compression);
    board.followChoice("compressor.type"_p, Axis::compressorType, isFresh, CompressorType::vca);
    board.follow("compressor.threshold"_p, Axis::compression, -18, -22, isFresh, usual);
    board.follow("compressor.makeup"_p, Axis::compression, 1, 8, isFresh, usual);
    if (!isFresh)
    {
        board.shift("compressor.attack"_p, 12 * intent[Axis::attack].offset);
        return;
    }
    const double amount = intent.valueOr(Axis::compression, usual);
    board.set("compressor.ratio"_p, 2 + 6 * amount * amount);
    // A release that keeps up with decaying notes: at 160 ms and more, strummed chords only pump. Squashing
    // takes the pick as well.
    board.set("compressor.attack"_p, (amount > 0.7 ? 4 : 13) + 12 * intent.value(Axis::attack));
    board.set("compressor.release"_p, 100);
    board.set("compressor.mix"_p, 100);
}

void mapBoost(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::boost, "boost.enabled"_p, isNewTone);
    if (!isOn)
        return;
    board.followChoice("boost.type"_p, Axis::boostType, isFresh, BoostType::clean);
    board.follow("boost.level"_p, Axis::boost, 2, 12, isFresh, usualAmount(intent, Axis::boost));
    if (isFresh)
        board.set("boost.tone"_p, 5 + 1.5 * intent.value(Axis::brightness));
}

void mapDrive(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::drive, "drive.enabled"_p, isNewTone);
    if (!isOn)
        return;
    board.followChoice("drive.type"_p, Axis::driveType, isFresh, DriveType::overdrive);
    board.follow("drive.gain"_p, Axis::drive, 0.8, 8.5, isFresh, usualAmount(intent, Axis::drive));
    if (!isFresh)
        return;
    board.set("drive.tone"_p, 5 + 2 * intent.value(Axis::brightness) + 1.5 * intent.value(Axis::top));
    board.set("drive.level"_p, 5.5);
}

struct ModulationCharacter
{
    double rate;
    double depth;
    double mix;
};

/// Customary settings of the classic units, in the order of ModulationType: slow chorus, jet flanger, four-
/// stage phaser, fast vibrato (all wet), slow univibe, chorale rotary.
constexpr std::array<ModulationCharacter, modulationTypes.size()> modulationCharacters{{
    {0.8, 45, 50},
    {0.25, 60, 50},
    {0.5, 60, 50},
    {5.0, 35, 100},
    {1.6, 65, 60},
    {1.1, 60, 70},
}};

void mapModulation(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] =
        switchStage(board, intent, Axis::modulation, "modulation.enabled"_p, isNewTone);
    if (!isOn)
        return;
    const auto before = board["modulation.type"_p];
    board.followChoice("modulation.type"_p, Axis::modulationType, isFresh, ModulationType::chorus);
    const auto type = board.parameters().choice<ModulationType>("modulation.type"_p);
    const auto& character = modulationCharacters[static_cast<std::size_t>(type)];
    board.followQuantity("modulation.rate"_p, Axis::modulationRate, isFresh, character.rate);
    if (!isFresh)
    {
        if (type == ModulationType::vibrato && before != board["modulation.type"_p])
            board.set("modulation.mix"_p, character.mix);
        board.follow("modulation.depth"_p, Axis::modulationDepth, 0, 100, false, 0);
        board.follow("modulation.mix"_p, Axis::modulation, 30, 50, false, 0);
        return;
    }
    const double amount = intent.valueOr(Axis::modulation, usualAmount(intent, Axis::modulation));
    const double usual = infoOf(Axis::modulation).usual;
    const double depthBase = character.depth + 45 * (amount - usual);
    board.set("modulation.depth"_p, intent[Axis::modulationDepth].isSaid()
                                        ? 100 * intent.valueOr(Axis::modulationDepth, depthBase / 100)
                                        : depthBase);
    const bool isAllWet = type == ModulationType::vibrato;
    board.set("modulation.mix"_p, isAllWet ? 100 : std::min(character.mix + 30 * (amount - usual), 75.0));
}

double millisecondsOf(DelaySync note, double tempo)
{
    return 60000.0 / tempo * delaySyncQuarters[static_cast<std::size_t>(note)];
}

void mapTremolo(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::tremolo, "tremolo.enabled"_p, isNewTone);
    if (!isOn)
        return;
    board.followChoice("tremolo.type"_p, Axis::tremoloType, isFresh, TremoloType::bias);
    board.followQuantity("tremolo.rate"_p, Axis::tremoloRate, isFresh, infoOf(Axis::tremoloRate).usual);
    if (const auto& note = intent[Axis::tremoloNote]; note.target && *note.target > 0)
        board.set("tremolo.rate"_p,
                  1000.0 / millisecondsOf(static_cast<DelaySync>(static_cast<int>(*note.target)),
                                          intent.value(Axis::tempo)));
    board.follow("tremolo.depth"_p, Axis::tremolo, 20, 95, isFresh, usualAmount(intent, Axis::tremolo));
    if (isFresh && intent[Axis::tremoloDepth].isSaid())
        board.set(
            "tremolo.depth"_p,
            100 * intent.valueOr(Axis::tremoloDepth, static_cast<double>(board["tremolo.depth"_p]) / 100));
    else if (!isFresh)
        board.follow("tremolo.depth"_p, Axis::tremoloDepth, 0, 100, false, 0);
}

/// The next shorter or longer note, for "a little shorter" on an echo that follows the tempo.
DelaySync neighbourNote(DelaySync note, bool isLonger)
{
    const double quarters = delaySyncQuarters[static_cast<std::size_t>(note)];
    auto nearest = note;
    double nearestQuarters = isLonger ? 100 : 0;
    for (std::size_t index = 1; index < delaySyncQuarters.size(); ++index)
    {
        const double candidate = delaySyncQuarters[index];
        const bool isOnTheSide = isLonger ? candidate > quarters && candidate < nearestQuarters
                                          : candidate < quarters && candidate > nearestQuarters;
        if (isOnTheSide)
        {
            nearest = static_cast<DelaySync>(index);
            nearestQuarters = candidate;
        }
    }
    return nearest;
}

void mapDelayTime(Board& board, const ToneIntent& intent, bool isFresh)
{
    const auto& time = intent[Axis::delayTime];
    const auto& note = intent[Axis::delayNote];
    const double tempo = intent.value(Axis::tempo);
    const auto before = board.parameters().choice<DelaySync>("delay.sync"_p);
    const auto& said = intent[Axis::tempo];
    if (!isFresh && !note.target && !time.isSaid() && said.offset != 0)
    {
        // "20 bpm faster": echoes keep their place in the bar.
        board.set("delay.time"_p, static_cast<double>(board["delay.time"_p]) * std::exp2(-said.offset));
        return;
    }
    if (!isFresh && !note.target && !time.isSaid() && before != DelaySync::off && said.rank == Rank::spoken)
    {
        board.set("delay.time"_p, millisecondsOf(before, tempo));
        return;
    }
    if (note.target && note.rank >= time.rank)
    {
        const auto length = static_cast<DelaySync>(static_cast<int>(*note.target));
        board.choose("delay.sync"_p, length);
        if (length != DelaySync::off)
            board.set("delay.time"_p, millisecondsOf(length, tempo));
        return;
    }
    if (!isFresh && before != DelaySync::off && !time.target && time.offset != 0)
    {
        const auto length = neighbourNote(before, time.offset > 0);
        const double ratio = delaySyncQuarters[static_cast<std::size_t>(length)] /
                             delaySyncQuarters[static_cast<std::size_t>(before)];
        board.choose("delay.sync"_p, length);
        board.set("delay.time"_p, static_cast<double>(board["delay.time"_p]) * ratio);
        return;
    }
    if (isFresh || time.target)
        board.choose("delay.sync"_p, DelaySync::off);
    board.followQuantity("delay.time"_p, Axis::delayTime, isFresh, infoOf(Axis::delayTime).usual);
}

void mapDelay(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::delay, "delay.enabled"_p, isNewTone);
    if (!isOn)
        return;
    board.followChoice("delay.type"_p, Axis::delayType, isFresh, DelayType::digital);
    mapDelayTime(board, intent, isFresh);
    board.follow("delay.feedback"_p, Axis::delayRepeats, 6, 74, isFresh, infoOf(Axis::delayRepeats).usual);
    board.follow("delay.mix"_p, Axis::delay, 8, 38, isFresh, usualAmount(intent, Axis::delay));
    board.follow("delay.tone"_p, Axis::delayTone, 58, 40, isFresh, 0);
}

/// Seconds, in the order of ReverbType; what such spaces usually have.
constexpr std::array<double, reverbTypes.size()> usualDecays{2.2, 1.7, 0.6, 2.8, 6.5, 5.0};
constexpr std::array<double, reverbTypes.size()> usualPredelays{5, 12, 4, 25, 40, 30};

ReverbType usualReverb(double amount)
{
    return amount > 0.65 ? ReverbType::hall : ReverbType::plate;
}

void mapReverb(Board& board, const ToneIntent& intent, bool isNewTone)
{
    const auto [isOn, isFresh] = switchStage(board, intent, Axis::reverb, "reverb.enabled"_p, isNewTone);
    if (!isOn)
        return;
    const double amount = intent.valueOr(Axis::reverb, usualAmount(intent, Axis::reverb));
    board.followChoice("reverb.type"_p, Axis::reverbType, isFresh, usualReverb(amount));
    const auto type = static_cast<std::size_t>(board.parameters().choice<ReverbType>("reverb.type"_p));
    // More of a space is also a longer one: "huge hall".
    const double decay = usualDecays[type] * std::exp2(1.1 * (amount - infoOf(Axis::reverb).usual));
    board.followQuantity("reverb.decay"_p, Axis::reverbDecay, isFresh, decay);
    board.followQuantity("reverb.predelay"_p, Axis::reverbPredelay, isFresh, usualPredelays[type]);
    board.follow("reverb.tone"_p, Axis::reverbTone, 50, 42, isFresh, 0);
    board.follow("reverb.mix"_p, Axis::reverb, 3, 50, isFresh, usualAmount(intent, Axis::reverb));
}
} // namespace

void mapEffects(Board& board, const ToneIntent& intent, bool isNewTone)
{
    mapGate(board, intent, isNewTone);
    mapPitch(board, intent, isNewTone);
    mapWah(board, intent, isNewTone);
    mapCompressor(board, intent, isNewTone);
    mapBoost(board, intent, isNewTone);
    mapDrive(board, intent, isNewTone);
    mapModulation(board, intent, isNewTone);
    mapTremolo(board, intent, isNewTone);
    mapDelay(board, intent, isNewTone);
    mapReverb(board, intent, isNewTone);
    board.follow("output.doubler"_p, Axis::doubler, 0, 100, isNewTone, 0);
}

} // namespace tonewright::offline
