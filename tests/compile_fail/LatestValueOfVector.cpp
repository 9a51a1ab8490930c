#include "realtime/LatestValue.h"

#include <vector>

tonewright::LatestValue<std::vector<float>> value; // copying a vector allocates
