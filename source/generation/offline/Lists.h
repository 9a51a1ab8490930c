#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace tonewright::offline
{

/// [any] "The", "my": what stands between "and" and the next noun of a list.
bool isArticle(const Term& term);

/// [any] The nouns of the list that ends with the one at `last`, that first: "the amp, the chorus and the
/// reverb". "And" joins the last two and nothing but commas, "and" and articles the others; alone where it
/// ends no list.
std::vector<std::size_t> listEndingAt(std::span<const Term> terms, std::size_t last,
                                      const std::function<bool(std::size_t)>& isMember);

} // namespace tonewright::offline
