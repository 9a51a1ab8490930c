#include "generation/openai/OpenAiGenerator.h"

#include "generation/AuditionEar.h"
#include "generation/ChainSummary.h"
#include "generation/KeyStore.h"
#include "generation/Log.h"
#include "generation/SecretText.h"
#include "generation/offline/Expectation.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/openai/ApiClient.h"
#include "generation/openai/BaseUrl.h"
#include "generation/openai/PromptBuilder.h"
#include "generation/openai/ResponseReader.h"
#include "generation/openai/ServerError.h"
#include "tone/PresetLibrary.h"
#include "tone/Text.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <mutex>
#include <utility>

namespace tonewright
{
namespace
{
/// How much longer an answer that was cut may be at the second try: models that think first need it.
constexpr int longerAnswer = 4;

/// Settings want a steady hand; alternatives shall not come out like the first answer.
constexpr double usualTemperature = 0.3;
constexpr double temperatureOfAlternatives = 0.9;

std::string oneLine(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), '\t', ' ');
    return text;
}

std::string titleFrom(const std::string& prompt)
{
    constexpr std::size_t longestTitle = 40;
    std::string title = oneLine(cleanText(prompt, longestTitle));
    if (title.size() < prompt.size())
        if (const auto space = title.rfind(' '); space != std::string::npos)
            title.resize(space);
    return title;
}

Preset presetFrom(const ModelTone& tone, const GenerationRequest& request, const ServerSettings& server)
{
    const SecretScrubber scrubber(server.key);
    Preset preset;
    preset.name = oneLine(scrubber.scrub(cleanText(tone.name, maximumNameLength)));
    preset.prompt = scrubber.scrub(cleanText(request.prompt, maximumTextLength));
    if (preset.name.find_first_not_of(' ') == std::string::npos)
        preset.name = titleFrom(preset.prompt);
    preset.parameters = tone.parameters;
    if (tone.parameters.impulseResponse != 0) // it kept that of the present tone
        preset.impulseResponseName = request.current->impulseResponseName;
    preset.explanation = tone.isEdit ? changeSummary(request.current->parameters, preset.parameters)
                                     : chainSummary(preset.parameters);
    preset.source.engine = "openai";
    preset.source.model = server.model;
    // How much of the answer could be taken as it was.
    preset.source.confidence =
        std::clamp(1.0 - static_cast<double>(tone.report.size()) / std::max(1, tone.offered), 0.0, 1.0);
    return preset;
}

/// How the present tone measures, where there is one. It takes a tenth of a second, much less than any
/// answer.
std::optional<ToneFeatures> heardNow(const GenerationRequest& request, const Cancellation& cancellation)
{
    return request.current ? AuditionEar().describe(request.current->parameters, cancellation) : std::nullopt;
}

/// Tells the player how the answer grows: never backwards, whatever is asked again, and no more often than
/// somebody can see.
class AnswerProgress
{
public:
    AnswerProgress(const ProgressCallback& callback, std::string modelName)
        : report(callback), model(std::move(modelName))
    {
    }

    void heard(std::size_t textBytes)
    {
        // Nobody knows how long the answer gets. Most are about this long; a longer one comes ever closer to
        // the end, which is the audition's.
        constexpr double usualLength = 1000;
        constexpr double start = 0.1;
        constexpr double end = 0.85;
        constexpr double visibleStep = 0.02;
        const double now =
            start + (end - start) * (1 - std::exp(-static_cast<double>(textBytes) / usualLength));
        if (now < furthest + visibleStep)
            return;
        furthest = now;
        report(model + (textBytes == 0 ? " is thinking" : " is answering"), now);
    }

private:
    const ProgressCallback& report;
    const std::string model;
    double furthest = 0;
};
} // namespace

struct OpenAiGenerator::Implementation
{
    explicit Implementation(std::unique_ptr<HttpTransport> transport) : client(std::move(transport)) {}

    Result<Draft, GenerationError> ask(const GenerationRequest& request, const ServerSettings& server,
                                       const Cancellation& cancellation, AnswerProgress& progress);

    mutable std::mutex mutex;
    ServerSettings settings;
    ApiClient client;
};

OpenAiGenerator::OpenAiGenerator() : OpenAiGenerator(makeCurlTransport())
{
}

OpenAiGenerator::OpenAiGenerator(std::unique_ptr<HttpTransport> transport)
    : implementation(std::make_unique<Implementation>(std::move(transport)))
{
}

OpenAiGenerator::~OpenAiGenerator() = default;

void OpenAiGenerator::setServer(ServerSettings settings)
{
    const std::lock_guard lock(implementation->mutex);
    implementation->settings = std::move(settings);
}

ServerSettings OpenAiGenerator::server() const
{
    const std::lock_guard lock(implementation->mutex);
    return implementation->settings;
}

bool OpenAiGenerator::isConfigured() const
{
    return server().isConfigured();
}

std::optional<GenerationError> OpenAiGenerator::prepare(const Cancellation& cancellation)
{
    KeyStore::clearForgotten(cancellation);
    auto asked = server();
    if (!fetchKey(asked, cancellation))
    {
        if (!asked.keyMayBeInKeyring || !asked.key.empty())
            return std::nullopt;
        return GenerationError{
            GenerationErrorKind::noKey,
            "The desktop's keyring did not hand out the key; please unlock it, or enter the key "
            "again in Settings.",
            {}};
    }
    const std::lock_guard lock(implementation->mutex);
    auto& settings = implementation->settings;
    // Another server may have been set meanwhile, and gets no key of this one.
    if (settings.keyMayBeInKeyring && settings.baseUrl == asked.baseUrl)
        settings.key = asked.key;
    return std::nullopt;
}

Traffic OpenAiGenerator::traffic() const
{
    return implementation->client.traffic();
}

Result<ServerModels, GenerationError> OpenAiGenerator::checkServer(std::chrono::milliseconds timeout,
                                                                   const Cancellation& cancellation)
{
    return implementation->client.check(server(), timeout, cancellation);
}

Result<Preset, GenerationError> OpenAiGenerator::generate(const GenerationRequest& request,
                                                          const Cancellation& cancellation,
                                                          const ProgressCallback& progress)
{
    auto made = draft(request, cancellation, progress);
    return made ? Result<Preset, GenerationError>(std::move(made->preset)) : made.error();
}

Result<Draft, GenerationError> OpenAiGenerator::draft(const GenerationRequest& request,
                                                      const Cancellation& cancellation,
                                                      const ProgressCallback& progress)
{
    const auto settings = server();
    const auto url = parseBaseUrl(settings.baseUrl);
    if (!url)
        return GenerationError{GenerationErrorKind::badRequest, url.error().message, {}};
    if (!settings.isConfigured())
        return GenerationError{GenerationErrorKind::noKey,
                               "No key for the language model is known; please enter one in Settings or set "
                               "OPENAI_API_KEY.",
                               {}};
    progress("Asking " + settings.model + " at " + url->host, -1);
    try
    {
        AnswerProgress answerProgress(progress, settings.model);
        return implementation->ask(request, settings, cancellation, answerProgress);
    }
    catch (const std::exception& exception)
    {
        return GenerationError{
            GenerationErrorKind::internal,
            "Something went wrong inside Tonewright while asking the language model; please "
            "try again.",
            scrubbed(exception.what(), settings.key)};
    }
}

/// Asks, and once more where that helps: with more room when the answer was cut, or with the reason why it
/// could not be used.
Result<Draft, GenerationError> OpenAiGenerator::Implementation::ask(const GenerationRequest& request,
                                                                    const ServerSettings& server,
                                                                    const Cancellation& cancellation,
                                                                    AnswerProgress& progress)
{
    ChatQuestion question;
    question.request = request.id;
    question.messages = buildPrompt(request, factoryPresets(), heardNow(request, cancellation));
    question.temperature = request.variation > 0 ? temperatureOfAlternatives : usualTemperature;
    question.timeout = request.timeout;
    question.deadline = request.deadline;
    question.listener = [&progress](std::size_t textBytes) { progress.heard(textBytes); };
    const AnswerContext context{request.current ? &request.current->parameters : nullptr, request.tempo,
                                OfflineGenerator::isEdit(request)};
    for (bool isSecondTry = false;; isSecondTry = true)
    {
        const auto answer = client.complete(server, question, cancellation);
        if (!answer)
            return answer.error();
        auto tone = readModelTone(answer->content, context);
        if (tone)
        {
            if (question.format != AnswerFormat::strictSchema)
                client.stayWith(server, answer->format);
            Log::acquire()->write(LogLevel::info, request.id,
                                  "answer usable: " + std::to_string(tone->used) + " of " +
                                      std::to_string(tone->offered) + " values, " +
                                      std::to_string(tone->report.size()) + " corrected or ignored");
            Draft draft{presetFrom(*tone, request, server)};
            draft.expectation = offline::expectationFrom(
                tone->intent, tone->isEdit ? context.current : nullptr, draft.preset);
            return draft;
        }
        const bool wasCut = answer->finishReason == "length";
        const auto reason = tone.error().message + (wasCut ? " It was cut off." : "");
        if (isSecondTry)
            return badAnswer(reason + " Finish reason " + answer->finishReason, server.key);
        Log::acquire()->write(LogLevel::warning, request.id, "answer not usable: " + reason);
        if (wasCut)
        {
            question.tokenLimit *= longerAnswer;
            continue;
        }
        question.messages.push_back(
            {"assistant", SecretScrubber(server.key).scrub(cleanText(answer->content, maximumTextLength))});
        question.messages.push_back({"user", repairPrompt(reason)});
        // A server that ignored one way of asking for JSON may know the next; one that answers with an object
        // has not.
        if (answer->format != AnswerFormat::text && objectsIn(answer->content).empty())
            question.format = static_cast<AnswerFormat>(static_cast<int>(answer->format) + 1);
    }
}

} // namespace tonewright
