#include "generation/LogDigest.h"

#include "generation/Log.h"
#include "tone/Files.h"
#include "tone/Text.h"

#include <sstream>

namespace tonewright
{

LogDigest digestLog()
{
    constexpr std::size_t maximumFileSize = 2u << 20;
    constexpr std::size_t longestLine = 500;
    LogDigest digest;
    digest.file = Log::file();
    const auto text = readFile(digest.file, maximumFileSize);
    digest.exists = static_cast<bool>(text);
    if (!digest.exists)
        return digest;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);)
    {
        ++digest.lines;
        // "TIME LEVEL [THREAD] request N: ..."
        const auto time = line.find(' ');
        const auto level = time == std::string::npos
                               ? std::string{}
                               : line.substr(time + 1, line.find(' ', time + 1) - time - 1);
        if (level != "warning" && level != "error")
            continue;
        ++(level == "error" ? digest.errors : digest.warnings);
        digest.lastProblem = cleanText(line, longestLine);
    }
    return digest;
}

} // namespace tonewright
