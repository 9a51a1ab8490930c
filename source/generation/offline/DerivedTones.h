#pragma once

#include "generation/offline/Knowledge.h"

#include <vector>

namespace tonewright::offline
{

/// [any] One step of "more": towards what an entry asks for, its side effects left out. Of an adjective's
/// colour that is the colour alone.
std::vector<ToneEffect> moreOf(ToneEffects tone, EntryKind kindOfEntry);

/// [any] One step against it: "too muddy".
std::vector<ToneEffect> complaintAbout(ToneEffects tone, EntryKind kindOfEntry);

/// [any] What "no X" asks for.
std::vector<ToneEffect> withoutTone(ToneEffects tone, EntryKind kindOfEntry);

} // namespace tonewright::offline
