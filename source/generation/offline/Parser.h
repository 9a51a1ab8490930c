#pragma once

#include "generation/offline/Knowledge.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// How a thing was mentioned.
enum class Manner : std::uint8_t
{
    wanted,
    more,
    less,
    complaint,      ///< "too muddy", "tame the fizz"
    unwanted,       ///< "no reverb"
    softlyUnwanted, ///< "not too bright"
    fine,           ///< "it is not too bright": said of the tone that sounds, so that nothing is to change
    denied,         ///< "it is not bright": less of it is no loss where nobody wants it, else it is missed
    replaced,       ///< X in "swap X for Y"
    settingOnly,    ///< named to say whose number follows: "delay" in "delay 350 ms"
    stated,         ///< said of the tone that sounds: "it is dull"; what nobody wants is a complaint
    topic,          ///< what a statement or a judgement is about: "the low end" in "the low end is flubby"
    held            ///< "keep the gain": stays as it is
};

struct Mention
{
    const Entry* entry = nullptr;
    Manner manner = Manner::wanted;
    double degree = 1;
    bool hasDegree = false;             ///< said how much: "a touch of plate"
    bool isAtMost = false;              ///< "not much reverb"
    bool isScarce = false;              ///< "hardly any bass": of what every tone has, less than usual
    bool isAdded = false;               ///< "add a bit of delay": more of it where there is some
    bool isRestored = false;            ///< "put the delay back": with the settings it had
    bool isInstruction = false;         ///< governed by a verb that changes what is there: "add", "make it"
    std::optional<StageId> boundStage;  ///< an adjective of an effect: "dark reverb"
    std::optional<ParameterIndex> knob; ///< a knob of the stage named with it: "tremolo speed"
    std::optional<double> times;        ///< "half the reverb": by this factor
    bool isException = false;           ///< "all but the reverb"
    bool isWhole = false;               ///< "turn it into a lead sound": with all that belongs to it
    std::string words;                  ///< for explanations: "a touch of plate"
};

/// A prompt as read, before anybody asks what it means for a tone.
struct Reading
{
    std::vector<Mention> mentions;
    std::vector<ParameterWish> settings; ///< "gain at 7", "delay 50 ms shorter"
    std::vector<BandWish> bands;
    std::vector<Placement> placements;
    std::vector<ParameterIndex> exchanges; ///< "a different amp"
    std::vector<StageId> heldStages;       ///< "leave the amp alone"
    std::optional<double> tempo;
    double tempoChange = 0; ///< "20 bpm faster"
    std::vector<std::string> notUnderstood;
    std::vector<std::string> corrections;
    std::size_t understoodWords = 0;
    std::size_t contentWords = 0;
    double again = 0;            ///< "a bit more of that": this share of the last change once more
    bool asksForNew = false;     ///< "give me a ..."
    bool asksForUndo = false;    ///< "undo that"
    bool startsWithEdit = false; ///< the first thing said changes something
    bool hasEdit = false;
    bool wasCut = false;
};

/// [any] Reads a prompt: longest match, misspellings, negation and intensity with their scopes, numbers.
/// At most 10,000 bytes are read.
Reading read(std::string_view prompt, const Knowledge& knowledge);

} // namespace tonewright::offline
