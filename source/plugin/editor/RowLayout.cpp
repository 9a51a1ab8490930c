#include "plugin/editor/RowLayout.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace tonewright::plugin
{

std::vector<std::size_t> breakIntoRows(const std::vector<int>& widths, int available, int gap)
{
    // From the last box to the first: the best way to set the boxes from here on, first by the number of
    // rows, then by the sum of the squared space left over (Knuth and Plass' measure, without its
    // refinements).
    struct Way
    {
        int rows = 0;
        double looseness = 0;
        std::size_t next = 0;
    };
    const std::size_t count = widths.size();
    std::vector<Way> best(count + 1);
    for (std::size_t first = count; first-- > 0;)
    {
        best[first] = {std::numeric_limits<int>::max(), 0, count};
        int width = -gap;
        for (std::size_t next = first + 1; next <= count; ++next)
        {
            width += gap + widths[next - 1];
            if (width > available && next > first + 1)
                break;
            const double left = std::max(0, available - width);
            const Way way{best[next].rows + 1, best[next].looseness + left * left, next};
            if (std::pair(way.rows, way.looseness) < std::pair(best[first].rows, best[first].looseness))
                best[first] = way;
        }
    }
    std::vector<std::size_t> starts;
    for (std::size_t first = 0; first < count; first = best[first].next)
        starts.push_back(first);
    return starts;
}

} // namespace tonewright::plugin
