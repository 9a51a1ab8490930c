#pragma once

namespace tonewright::test
{

/// A look-up of this name hangs until endHangingLookUps(); every other name below .invalid fails at once.
inline constexpr const char* hangingHost = "hanging.invalid";

/// Waits until a look-up hangs; false after ten seconds without.
bool waitForHangingLookUp();

/// Lets the hanging look-ups fail and waits until they have.
void endHangingLookUps();

} // namespace tonewright::test
