#include "plugin/StatusLines.h"

#include <utility>

namespace tonewright::plugin
{
namespace
{
GenerationStatus ended(std::string text, std::string detail, bool isError)
{
    return {.isGenerating = false,
            .text = std::move(text),
            .detail = std::move(detail),
            .progress = -1,
            .isError = isError};
}
} // namespace

GenerationStatus done(std::string text, std::string detail)
{
    return ended(std::move(text), std::move(detail), false);
}

GenerationStatus failed(std::string text, std::string detail)
{
    return ended(std::move(text), std::move(detail), true);
}

GenerationStatus underWay(std::string text, double progress)
{
    return {
        .isGenerating = true, .text = std::move(text), .detail = {}, .progress = progress, .isError = false};
}

GenerationStatus loaded(const std::string& name, const ValidationReport& report)
{
    if (report.empty())
        return done("Loaded " + name + ".");
    std::string detail;
    for (const auto& sentence : report)
        detail.append(detail.empty() ? "" : "\n").append(sentence);
    const auto more =
        report.size() > 1 ? " (and " + std::to_string(report.size() - 1) + " more)" : std::string{};
    return done("Loaded " + name + ": " + report.front() + more, detail);
}

} // namespace tonewright::plugin
