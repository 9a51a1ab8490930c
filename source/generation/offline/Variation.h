#pragma once

#include "generation/offline/ToneIntent.h"

#include <cstddef>

namespace tonewright::offline
{

/// [any] Turns an intent into the `variation`th alternative (from 1): leaves what was said in so many words,
/// moves what was left open.
void vary(ToneIntent& intent, int variation);

/// [any] Which of the fitting amplifiers a variation takes: 0 for the plain answer.
std::size_t ampTurn(int variation) noexcept;

} // namespace tonewright::offline
