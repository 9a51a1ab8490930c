#include "realtime/ThreadSafeQueue.h"

struct MayThrow
{
    MayThrow(MayThrow&&) noexcept(false);
    MayThrow& operator=(MayThrow&&) noexcept(false);
};

tonewright::ThreadSafeQueue<MayThrow>
    queue; // a throw between taking a node and linking it would lose the node
