#pragma once

#include "generation/offline/ToneIntent.h"

#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// [any] "a, b and c".
std::string joined(const std::vector<std::string>& parts, std::string_view lastGlue = " and ");

/// [any] ASCII letters in lower case.
std::string lowered(std::string_view written);

/// [any] " (warm + thick)": the words something comes from, the first few of them; nothing for none.
std::string because(const std::string& reason);

/// [any] What the player should know beyond the sound: notes, contradictions, guesses, words that meant
/// nothing. Begins with a space where it is not empty.
std::string doubtsText(const ToneIntent& intent, const std::vector<std::string>& notes);

/// [any] Whether no word asks for anything.
bool saysNothing(const ToneIntent& intent);

} // namespace tonewright::offline
