#pragma once

#include "dsp/Stage.h"

#include <memory>

namespace tonewright::dsp
{

/// [setup] One maker a stage; each is defined beside its stage (Gate.cpp, Amp.cpp, ...).
std::unique_ptr<Stage> makeGate();
std::unique_ptr<Stage> makePitch();
std::unique_ptr<Stage> makeWah();
std::unique_ptr<Stage> makeCompressor();
std::unique_ptr<Stage> makeBoost();
std::unique_ptr<Stage> makeDrive();
std::unique_ptr<Stage> makeAmp();
std::unique_ptr<Stage> makeCabinet();
std::unique_ptr<Stage> makeEqualiser();
std::unique_ptr<Stage> makeModulation();
std::unique_ptr<Stage> makeTremolo();
std::unique_ptr<Stage> makeDelay();
std::unique_ptr<Stage> makeReverb();
std::unique_ptr<Stage> makeOutput();

} // namespace tonewright::dsp
