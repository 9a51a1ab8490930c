#include "plugin/editor/ChainView.h"

#include "plugin/editor/RowLayout.h"
#include "plugin/editor/Theme.h"

#include <algorithm>

namespace tonewright::plugin
{
namespace
{
constexpr int gap = theme::grid;
/// Panels grow with the window, but a row of a few small ones is not blown up to fill it.
constexpr double largestStretch = 1.6;
constexpr int largestHeight = 192;

/// Everything the table names that is no stage of the chain comes first (the input), then the stages.
std::vector<std::string_view> stagesOfTable()
{
    std::vector<std::string_view> stages;
    for (const auto& info : parameterTable)
        if (stages.empty() || stages.back() != info.stage())
            stages.push_back(info.stage());
    return stages;
}
} // namespace

ChainView::ChainView(const EditorServices& services)
{
    for (const auto stage : stagesOfTable())
    {
        owned.push_back(StagePanel::make(stage, services));
        content.addAndMakeVisible(*owned.back());
        shown.push_back(owned.back().get());
    }
    setTitle("Chain");
    viewport.setViewedComponent(&content, false);
    viewport.setScrollBarsShown(true, false);
    viewport.setScrollBarThickness(theme::grid);
    viewport.setWantsKeyboardFocus(false);
    addAndMakeVisible(viewport);
}

void ChainView::setOrder(const StageOrder& newOrder)
{
    if (newOrder == order)
        return;
    order = newOrder;
    const auto placeOf = [this](const StagePanel* panel)
    {
        const auto stage = stageNamed(panel->stage());
        return stage ? std::find(order.begin(), order.end(), *stage) - order.begin() : -1;
    };
    std::stable_sort(shown.begin(), shown.end(),
                     [&](const StagePanel* a, const StagePanel* b) { return placeOf(a) < placeOf(b); });
    layOut();
}

void ChainView::showPreset(const Preset& preset)
{
    setOrder(preset.parameters.order);
    for (auto* panel : shown)
        panel->showPreset(preset);
}

void ChainView::follow()
{
    for (auto* panel : shown)
        panel->follow();
}

void ChainView::resized()
{
    viewport.setBounds(getLocalBounds());
    layOut();
}

void ChainView::layOut()
{
    if (getWidth() <= 0)
        return;
    std::vector<int> widths;
    for (const auto* panel : shown)
        widths.push_back(panel->naturalWidth());
    const auto heightOf = [](int rows, int height) { return rows * (height + gap) - gap; };
    int available = getWidth();
    auto starts = breakIntoRows(widths, available, gap);
    if (heightOf(static_cast<int>(starts.size()), StagePanel::minimumHeight) > getHeight())
    {
        available -= viewport.getScrollBarThickness() + gap / 2;
        starts = breakIntoRows(widths, available, gap);
    }
    const int rows = static_cast<int>(starts.size());
    const int height =
        juce::jlimit(StagePanel::minimumHeight, largestHeight, (getHeight() + gap) / rows - gap);
    content.setSize(available, heightOf(rows, height));
    for (std::size_t row = 0; row < starts.size(); ++row)
        layOutRow(starts[row], row + 1 < starts.size() ? starts[row + 1] : shown.size(),
                  {0, static_cast<int>(row) * (height + gap), available, height});
}

void ChainView::layOutRow(std::size_t first, std::size_t last, juce::Rectangle<int> row)
{
    const int gaps = static_cast<int>(last - first - 1) * gap;
    int natural = 0;
    for (std::size_t place = first; place < last; ++place)
        natural += shown[place]->naturalWidth();
    const double stretch = juce::jmin(largestStretch, (row.getWidth() - gaps) / static_cast<double>(natural));
    double right = 0;
    int left = 0;
    for (std::size_t place = first; place < last; ++place)
    {
        right += stretch * shown[place]->naturalWidth();
        const int offset = static_cast<int>(place - first) * gap;
        shown[place]->setBounds(row.getX() + left + offset, row.getY(), juce::roundToInt(right) - left,
                                row.getHeight());
        left = juce::roundToInt(right);
    }
}

void ChainView::Content::focusOfChildComponentChanged(FocusChangeType)
{
    auto* window = findParentComponentOfClass<juce::Viewport>();
    const auto* focused = juce::Component::getCurrentlyFocusedComponent();
    if (window == nullptr || focused == nullptr || !isParentOf(focused))
        return;
    // The keyboard has gone to a control out of sight: its whole panel comes into view.
    const auto* target = focused->findParentComponentOfClass<StagePanel>();
    if (target == nullptr)
        return;
    const auto bounds = getLocalArea(target, target->getLocalBounds());
    const int top = window->getViewPositionY();
    if (bounds.getY() < top)
        window->setViewPosition(0, bounds.getY());
    else if (bounds.getBottom() > top + window->getViewHeight())
        window->setViewPosition(0, bounds.getBottom() - window->getViewHeight());
}

} // namespace tonewright::plugin
