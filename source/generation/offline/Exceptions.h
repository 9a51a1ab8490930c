#pragma once

#include "generation/offline/Sentence.h"

#include <cstddef>
#include <span>

namespace tonewright::offline
{

/// [any] Mentions all effects at once ("everything but").
void nameAllEffects(Sentence& sentence, const Knowledge& knowledge, Manner manner);

/// [any] Whether the clause that begins at `at` goes on with what is excepted: "all but X, Y and Z".
bool continuesException(std::span<const Term> terms, std::size_t at);

/// [any] What an exception is one from: all effects refused, else what was named before it, else after it;
/// null where nothing was.
Mention* generalOf(Reading& reading, const Mention& exception);

/// [any] Treats each exception the other way round: "no effects except chorus" has a chorus, "everything but
/// the reverb" no reverb.
void settleExceptions(Reading& reading);

} // namespace tonewright::offline
