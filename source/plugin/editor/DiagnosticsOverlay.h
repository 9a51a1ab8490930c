#pragma once

#include "plugin/DiagnosticsReport.h"
#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace tonewright::plugin
{

/// A heading and lines of name and value in two columns. Every line is read to screen readers as one
/// sentence. All [message].
class DiagnosticsTable : public juce::Component
{
public:
    explicit DiagnosticsTable(const juce::String& heading);

    /// Shows these lines; keeps the rows there are, so that a number that runs does not make the rest
    /// flicker.
    void show(const std::vector<DiagnosticsLine>& lines);

    int heightNeeded() const;
    void resized() override;
    void paint(juce::Graphics& graphics) override;

private:
    struct Row;
    std::vector<std::unique_ptr<Row>> rows;
};

/// What went on behind the editor: the last message with its technical detail, how generation fared, what the
/// audio side counted, and where the log is; the numbers can be copied as a report. All [message].
class DiagnosticsOverlay : public Overlay
{
public:
    DiagnosticsOverlay(ToneSession& session, std::function<AudioCounters()> audioCounters);
    ~DiagnosticsOverlay() override;

    /// Brings the numbers up to date, for a card that stays open.
    void follow();

    /// What the copy button puts into the clipboard: numbers, versions and the log's place. No prompt, no
    /// key, no server address, and no message either, since one may quote a prompt.
    juce::String report() const;

    void paint(juce::Graphics& graphics) override;

protected:
    void refresh() override;
    juce::Component& firstFocus() override { return copyButton; }
    void layOut(juce::Rectangle<int> area) override;

private:
    std::vector<DiagnosticsSection> sections() const;
    void copyReport();

    ToneSession& session;
    const std::function<AudioCounters()> audioCounters;
    juce::TextEditor message;
    DiagnosticsTable generation{"Generation"};
    DiagnosticsTable sound{"Sound"};
    DiagnosticsTable program{"Program"};
    juce::Label copied;
    juce::TextButton copyButton{"Copy report"};
    juce::TextButton closingButton{"Done"};
};

} // namespace tonewright::plugin
