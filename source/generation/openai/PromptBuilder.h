#pragma once

#include "generation/PresetGenerator.h"
#include "generation/ToneFeatures.h"
#include "generation/openai/Chat.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// [any] What a model is told once: its task, the answer's form, and every parameter with range and meaning.
/// The same bytes every time, so that servers can cache it.
std::string systemPrompt();

/// [any] The conversation for a request: the system prompt; then, as one JSON object that is data and not
/// instruction, the player's words, the tempo, the present settings, how they measure (`heard`) and the words
/// that led to them, the answers an alternative shall differ from, and up to three presets of `examples` that
/// are nearest to what the embedded generator makes of the words.
std::vector<ChatMessage> buildPrompt(const GenerationRequest& request, std::span<const Preset> examples,
                                     const std::optional<ToneFeatures>& heard = std::nullopt);

/// [any] What is said after an answer that could not be used.
std::string repairPrompt(std::string_view whatWasWrong);

} // namespace tonewright
