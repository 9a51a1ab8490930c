#include "realtime/RealtimeQueue.h"

#include <string>

tonewright::RealtimeQueue<std::string, 64> queue; // a string's destructor may free on the audio thread
