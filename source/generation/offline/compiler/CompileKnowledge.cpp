// Run by the build: reads resources/knowledge and writes the C++ source that compiles it in. Whatever is
// wrong with the files ends the build.
//
// Usage: tonewright_compile_knowledge SOURCE FILE...

#include "generation/offline/KnowledgeReader.h"
#include "generation/offline/KnowledgeWriter.h"
#include "tone/Files.h"

#include <cstdio>
#include <deque>
#include <filesystem>
#include <vector>

int main(int count, char** arguments)
{
    using namespace tonewright;
    if (count < 3)
    {
        std::fputs("Usage: tonewright_compile_knowledge SOURCE FILE...\n", stderr);
        return 2;
    }
    constexpr std::size_t maximumBytes = 16'000'000;
    std::deque<std::string> bytes;
    std::vector<EmbeddedFile> files;
    for (int i = 2; i < count; ++i)
    {
        auto content = readFile(arguments[i], maximumBytes);
        if (!content)
        {
            std::fprintf(stderr, "%s\n", content.error().message.c_str());
            return 1;
        }
        files.push_back({arguments[i], bytes.emplace_back(std::move(*content))});
    }
    const offline::KnowledgeReader reader(files);
    for (const auto& problem : reader.problems())
        std::fprintf(stderr, "%s\n", problem.c_str());
    if (!reader.problems().empty())
        return 1;
    const auto done = writeFileAtomically(arguments[1], offline::sourceOf(reader.knowledge()));
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return done ? 0 : 1;
}
