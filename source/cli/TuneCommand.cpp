#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "dsp/measure/Note.h"
#include "dsp/measure/PitchDetector.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace tonewright::cli
{
namespace
{
constexpr double secondsPerLook = 0.02;
constexpr double longestGap = 0.1; // in seconds: a note that is lost for longer has ended
constexpr std::size_t fewestLooks = 3;

struct TuneArguments
{
    std::string file;
    double reference = dsp::standardReference;
    bool asJson = false;
};

/// One note as long as it sounds.
struct HeardNote
{
    double start = 0; ///< seconds
    double end = 0;
    int number = 0;
    std::vector<double> frequencies;

    /// The middle one of all readings: a pluck starts sharp and an ending note strays.
    double frequency() const
    {
        auto sorted = frequencies;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        return *middle;
    }
};

std::vector<float> asOneChannel(const Recording& recording)
{
    auto sound = recording.channels.front();
    if (recording.channels.size() > 1)
        std::transform(sound.begin(), sound.end(), recording.channels[1].begin(), sound.begin(),
                       [](float left, float right) { return 0.5f * (left + right); });
    return sound;
}

std::vector<HeardNote> notesIn(const Recording& recording, double reference)
{
    const auto sound = asOneChannel(recording);
    dsp::PitchDetector detector(recording.sampleRate);
    const auto step = static_cast<std::size_t>(recording.sampleRate * secondsPerLook);
    std::vector<HeardNote> notes;
    for (std::size_t at = 0; at + step <= sound.size(); at += step)
    {
        detector.add(std::span(sound).subspan(at, step));
        const auto pitch = detector.detect();
        if (!pitch)
            continue;
        const double now = static_cast<double>(at + step) / recording.sampleRate;
        const int number = dsp::nearestNote(pitch->frequency, reference).number;
        if (notes.empty() || notes.back().number != number || now - notes.back().end > longestGap)
            notes.push_back({now, now, number, {}});
        notes.back().end = now;
        notes.back().frequencies.push_back(pitch->frequency);
    }
    std::erase_if(notes, [](const HeardNote& note) { return note.frequencies.size() < fewestLooks; });
    return notes;
}

Result<Done> tune(const TuneArguments& arguments)
{
    const auto recording = readRecording(arguments.file);
    if (!recording)
        return recording.error();
    auto list = nlohmann::ordered_json::array();
    std::string table;
    for (const auto& heard : notesIn(*recording, arguments.reference))
    {
        const double frequency = heard.frequency();
        const auto note = dsp::nearestNote(frequency, arguments.reference);
        const auto name = note.name() + std::to_string(note.octave());
        list.push_back({{"start", heard.start},
                        {"end", heard.end},
                        {"note", name},
                        {"cents", note.cents},
                        {"frequency", frequency}});
        table += paddedLeft(numberText(heard.start, 2), 8) + " s  " + padded(name, 4) +
                 paddedLeft((note.cents < 0 ? "" : "+") + numberText(note.cents, 1), 7) + " cents" +
                 paddedLeft(numberText(frequency, 2), 10) + " Hz\n";
    }
    if (arguments.asJson)
        writeJson(list);
    else if (table.empty())
        say("There is no single note in this recording; chords have no pitch to tune.");
    else
        writeResult(table);
    return Done{};
}
} // namespace

void addTuneCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("tune", "List the single notes of a recording in cents");
    const auto arguments = std::make_shared<TuneArguments>();
    command->add_option("FILE", arguments->file, "Mono or stereo recording, 8 to 192 kHz")->required();
    command->add_option("--reference", arguments->reference, "Frequency of A4 in Hz (default 440)")
        ->check(numberBetween(dsp::lowestReference, dsp::highestReference));
    command->add_flag("--json", arguments->asJson, "As JSON");
    command->callback([arguments, &task] { task = [arguments] { return tune(*arguments); }; });
}

} // namespace tonewright::cli
