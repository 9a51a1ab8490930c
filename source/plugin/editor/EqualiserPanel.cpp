#include "plugin/editor/EqualiserPanel.h"

#include "plugin/editor/Theme.h"

#include <array>

namespace tonewright::plugin
{
namespace
{
constexpr std::string_view frequencyEnding = "_frequency";
constexpr std::array<std::string_view, 3> endings{frequencyEnding, "_gain", "_q"};
constexpr int columnWidth = 66;
constexpr int curveWidth = 112;

/// The ids of a stage's bands without their endings ("equaliser.low_mid"), in the table's order.
std::vector<std::string> bandPrefixes(std::string_view stage)
{
    std::vector<std::string> prefixes;
    for (const auto& info : parameterTable)
        if (info.stage() == stage && info.id.ends_with(frequencyEnding))
            prefixes.emplace_back(info.id.substr(0, info.id.size() - frequencyEnding.size()));
    return prefixes;
}

/// The outermost bands are shelves, the others bells: as the equaliser hears them.
dsp::BandShape shapeOf(std::size_t band, std::size_t count)
{
    if (band == 0)
        return dsp::BandShape::lowShelf;
    return band + 1 == count ? dsp::BandShape::highShelf : dsp::BandShape::bell;
}
} // namespace

bool EqualiserPanel::canShow(std::string_view stage)
{
    const auto prefixes = bandPrefixes(stage);
    std::size_t numbers = 0;
    for (const auto& info : parameterTable)
        if (info.stage() == stage && !info.id.ends_with(".enabled"))
            ++numbers;
    for (const auto& prefix : prefixes)
        for (const auto ending : endings)
            if (!findParameter(prefix + std::string(ending)))
                return false;
    return prefixes.size() > 1 && numbers == prefixes.size() * endings.size();
}

EqualiserPanel::EqualiserPanel(std::string_view stageToShow, const EditorServices& services)
    : StagePanel(stageToShow, services), curve(hue)
{
    content.addAndMakeVisible(curve);
    const auto prefixes = bandPrefixes(stageName);
    for (std::size_t band = 0; band < prefixes.size(); ++band)
        addBand(prefixes[band], shapeOf(band, prefixes.size()), services);
    updateCurve();
}

void EqualiserPanel::addBand(const std::string& prefix, dsp::BandShape shape, const EditorServices& services)
{
    const auto gain = *findParameter(prefix + "_gain");
    const auto frequency = *findParameter(prefix + "_frequency");
    const auto q = *findParameter(prefix + "_q");
    // "Low-mid gain" -> "Low-mid": the column's heading.
    const auto heading = juce::String(infoOf(gain).name.data(), infoOf(gain).name.size())
                             .upToLastOccurrenceOf(" ", false, false);
    Column column{
        &add(std::make_unique<KnobControl>(gain, services.parameter(gain), hue, heading)),
        &add(std::make_unique<FieldControl>(frequency, services.parameter(frequency), hue, juce::String())),
        &add(std::make_unique<FieldControl>(q, services.parameter(q), hue, "Q")),
        {}};
    column.band.shape = shape;
    const std::size_t place = columns.size();
    const auto connect =
        [&](ParameterControl& control, double EqualiserCurve::Band::*member, ParameterIndex index)
    {
        column.band.*member =
            static_cast<double>(fromNormalised(infoOf(index), services.parameter(index).getValue()));
        control.onShown = [this, place, member](float value) { showBand(place, member, value); };
    };
    connect(*column.gain, &EqualiserCurve::Band::decibels, gain);
    connect(*column.frequency, &EqualiserCurve::Band::frequency, frequency);
    connect(*column.q, &EqualiserCurve::Band::q, q);
    columns.push_back(column);
}

void EqualiserPanel::showBand(std::size_t column, double EqualiserCurve::Band::*member, float value)
{
    columns[column].band.*member = static_cast<double>(value);
    updateCurve();
}

void EqualiserPanel::updateCurve()
{
    std::vector<EqualiserCurve::Band> bands;
    for (const auto& column : columns)
        bands.push_back(column.band);
    curve.setBands(std::move(bands));
}

int EqualiserPanel::naturalWidth() const
{
    return curveWidth + static_cast<int>(columns.size()) * columnWidth + 2 * theme::grid;
}

void EqualiserPanel::layOut(juce::Rectangle<int> area)
{
    area.removeFromTop(2);
    const int spare = juce::jmax(0, area.getWidth() - naturalWidth() + 2 * theme::grid);
    curve.setBounds(
        area.removeFromLeft(juce::jmin(curveWidth + spare,
                                       area.getWidth() - static_cast<int>(columns.size()) * columnWidth))
            .withTrimmedBottom(2));
    const int count = static_cast<int>(columns.size());
    for (int place = 0; place < count; ++place)
    {
        const auto& column = columns[static_cast<std::size_t>(place)];
        auto cell = area.withX(area.getX() + area.getWidth() * place / count)
                        .withRight(area.getX() + area.getWidth() * (place + 1) / count)
                        .withTrimmedLeft(theme::grid - 2);
        cell.removeFromBottom(2);
        column.q->setBounds(cell.removeFromBottom(FieldControl::naturalHeight));
        cell.removeFromBottom(2);
        column.frequency->setBounds(cell.removeFromBottom(FieldControl::naturalHeight));
        cell.removeFromBottom(2);
        column.gain->setBounds(cell);
    }
}

} // namespace tonewright::plugin
