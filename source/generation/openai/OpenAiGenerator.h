#pragma once

#include "generation/PresetGenerator.h"
#include "generation/openai/ServerSettings.h"

#include <chrono>
#include <memory>

namespace tonewright
{

class ApiClient;

/// Asks an OpenAI-compatible server (Chat Completions with a strict JSON schema derived from the parameter
/// table) and validates and clamps whatever it answers.
class OpenAiGenerator final : public PresetGenerator
{
public:
    /// [setup] Contacts nobody. Loads libcurl at the first request.
    OpenAiGenerator();
    ~OpenAiGenerator() override;

    /// [any] For the next request on.
    void setServer(ServerSettings settings);
    ServerSettings server() const; ///< [any] a copy
    bool isConfigured() const;     ///< [any]

    Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                             const Cancellation& cancellation,
                                             const ProgressCallback& progress) override;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
