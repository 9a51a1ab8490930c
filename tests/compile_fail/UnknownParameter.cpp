#include "tone/ParameterTable.h"

using namespace tonewright;

constexpr auto typo = "amp.gian"_p; // an id that does not exist is found by the compiler, not by a player
