#pragma once

#include "generation/offline/Knowledge.h"

#include <string>

namespace tonewright::offline
{

/// [worker] The C++ source that compiles knowledge in: it defines Knowledge::shared(). Constants only, so
/// that the program starts with it in read-only memory that processes share.
std::string sourceOf(const Knowledge& knowledge);

} // namespace tonewright::offline
