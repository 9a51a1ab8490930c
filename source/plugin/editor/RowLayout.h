#pragma once

#include <vector>

namespace tonewright::plugin
{

/// Breaks boxes of these widths into rows of at most `available` width, as few as possible and as evenly
/// filled as possible, the way a paragraph is set. Returns the index of each row's first box. A box wider
/// than `available` gets a row of its own. [any]
std::vector<std::size_t> breakIntoRows(const std::vector<int>& widths, int available, int gap);

} // namespace tonewright::plugin
