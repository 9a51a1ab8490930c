#pragma once

#include <CLI/CLI.hpp>

#include <cmath>
#include <string>

namespace tonewright::cli
{

/// A number from `low` to `high`; unlike CLI::Range it refuses "nan".
inline CLI::Validator numberBetween(double low, double high)
{
    const auto range = CLI::detail::to_string(low) + " to " + CLI::detail::to_string(high);
    return {[=](std::string& text) -> std::string
            {
                double value = 0;
                if (!CLI::detail::lexical_cast(text, value) || !std::isfinite(value) || value < low ||
                    value > high)
                    return "'" + text + "' is not a number from " + range;
                return "";
            },
            range};
}

} // namespace tonewright::cli
