#pragma once

#include "generation/GenerationSettings.h"
#include "generation/SettingsWriter.h"
#include "generation/openai/ServerCheck.h"
#include "plugin/ToneSession.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tonewright::plugin
{

/// A session's engine, server and key: as typed in this run, else as saved. What is typed holds at once and
/// is saved behind the message thread's back. All [message].
class SessionSettings
{
public:
    /// The engine and server that a prompt goes to.
    struct Target
    {
        Engine engine = Engine::offline;
        ServerSettings server;
        std::string warning; ///< one sentence on what is wrong with the settings, or empty
    };

    /// Settings that cannot be read never widen what leaves the machine.
    Target target() const;

    Engine engine() const;
    std::string serverAddress() const;
    std::string modelName() const;
    std::string keyOrigin() const;

    /// As ToneSession::applySettings, forgetKey and testConnection.
    std::string apply(Engine engine, const std::string& serverAddress, const std::string& modelName,
                      const std::string& key, SavedHandler whenSaved);
    std::string forgetKey(SavedHandler whenDone);
    std::string testConnection(const std::string& serverAddress, const std::string& modelName,
                               const std::string& key, std::function<void(const ConnectionTest&)> whenDone);
    void endConnectionTest();

    /// Whether dispatch() is to be called again: something is being saved or tested.
    bool isUnderWay() const;
    /// Calls the handlers of what has ended.
    void dispatch();

private:
    GenerationSettings present() const;
    ResolvedServer resolved() const;

    SessionEntries entries;
    std::optional<GenerationSettings> unsaved; ///< hold until the file has them
    unsigned lastNumber = 0;                   ///< of what was applied
    std::string forgotten;              ///< the origin whose key is being taken out of the file, or empty
    std::unique_ptr<ServerCheck> check; ///< made for the first test of a connection
    SettingsWriter writer;
};

} // namespace tonewright::plugin
