#pragma once

#include "tone/EmbeddedFile.h"

#include <span>

namespace tonewright
{

/// [any] The files of resources/knowledge: what the offline generator knows about words, players, songs,
/// styles and gear. Compiled in.
std::span<const EmbeddedFile> knowledgeFiles();

} // namespace tonewright
