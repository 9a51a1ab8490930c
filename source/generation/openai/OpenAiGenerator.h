#pragma once

#include "generation/PresetGenerator.h"
#include "generation/openai/ModelList.h"
#include "generation/openai/ServerSettings.h"

#include <chrono>
#include <memory>

namespace tonewright
{

class HttpTransport;

/// Asks an OpenAI-compatible server (Chat Completions with a strict JSON schema derived from the parameter
/// table) for an intent, for settings or both, and validates and clamps whatever it answers.
class OpenAiGenerator final : public PresetGenerator
{
public:
    /// [setup] Contacts nobody. Loads libcurl at the first request.
    OpenAiGenerator();

    /// [setup] With another way to carry requests.
    explicit OpenAiGenerator(std::unique_ptr<HttpTransport> transport);
    ~OpenAiGenerator() override;

    /// [any] For the next request on.
    void setServer(ServerSettings settings);
    ServerSettings server() const;      ///< [any] a copy
    bool isConfigured() const override; ///< [any]
    Traffic traffic() const override;   ///< [any]

    /// [worker] Fetches the key out of the desktop's keyring, where the server's settings say so.
    std::optional<GenerationError> prepare(const Cancellation& cancellation) override;

    /// [worker] The server's models, which says that it answers and takes the key; the error is the sentence
    /// a generation would end with. Blocks for at most `timeout`. For the message thread there is
    /// ServerCheck.
    Result<ServerModels, GenerationError> checkServer(std::chrono::milliseconds timeout,
                                                      const Cancellation& cancellation);

    Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                             const Cancellation& cancellation,
                                             const ProgressCallback& progress) override;
    Result<Draft, GenerationError> draft(const GenerationRequest& request, const Cancellation& cancellation,
                                         const ProgressCallback& progress) override;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
