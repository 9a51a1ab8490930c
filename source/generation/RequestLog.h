#pragma once

#include "generation/GenerationStatistics.h"
#include "generation/RequestLedger.h"
#include "messaging/Message.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace tonewright
{

// What the log is told about a request: figures and sentences, never the words of a prompt or an answer. All
// of them write nothing where no log is open.

/// [worker] Taken up after `waited`, while `stillWaiting` others wait.
void noteBegin(const PendingRequest& request, Clock::Time::duration waited, std::size_t stillWaiting);

/// [worker] An attempt failed.
void noteFailedAttempt(const PendingRequest& request, const GenerationError& failure);

/// [worker] There will be another one.
void noteRetry(const PendingRequest& request, std::chrono::milliseconds wait);

/// [worker] Only inside a catch clause: what was thrown, and from where.
void noteException(const PendingRequest& request);

/// [any] Its terminal message is out.
void noteEnd(const PendingRequest& request, const std::string& outcome, Clock::Time::duration took,
             const RequestLedger& ledger);

/// [any] What a terminal message means: "answered by offline", "failed: ...".
std::string outcomeOf(const Message& terminal);

/// [any] "2.3 s".
std::string secondsText(Clock::Time::duration time);

/// [any] All that happened, in one line.
std::string summaryOf(const GenerationStatistics& figures);

} // namespace tonewright
