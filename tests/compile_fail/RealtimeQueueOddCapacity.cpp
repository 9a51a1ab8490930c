#include "realtime/RealtimeQueue.h"

tonewright::RealtimeQueue<int, 48> queue; // the index is masked, not divided
