// Where keys stay. K5 to K8 and the order of precedence are in GenerationSettingsTest.cpp.
#include "generation/KeyStore.h"

#include "generation/ChildProcess.h"
#include "generation/FileLock.h"
#include "generation/GenerationSettings.h"
#include "generation/Keyring.h"
#include "generation/OnlineSupport.h"
#include "generation/openai/OpenAiGenerator.h"
#include "tone/Files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Origins of a test's own: what the keyring said is remembered for as long as the process lives.
std::string newOrigin()
{
    static int count = 0;
    return "https://host" + std::to_string(++count) + ".example:443";
}

class KeyStoreTest : public testing::Test
{
protected:
    KeyStoreTest() { EXPECT_TRUE(KeyStore::forget(origin)); } // and with it what earlier keyrings did not say
    ~KeyStoreTest() override { ::unsetenv("TONEWRIGHT_KEYRING"); }

    /// A stand-in for secret-tool: keeps each key in a file named after its server, and notes how it was
    /// called.
    void useFakeKeyring()
    {
        const auto folder = (environment.folder() / "keyring").string();
        std::filesystem::create_directory(folder);
        useKeyring("cd '" + folder +
                   "'\n"
                   "echo \"$*\" >> calls\n"
                   "for server; do :; done\n" // the last argument
                   "file=$(echo \"$server\" | tr -c 'a-z0-9\\n' _)\n"
                   "case $1 in\n"
                   "store) cat > \"$file\";;\n"
                   "lookup) cat \"$file\" 2>/dev/null;;\n"
                   "clear) rm -f \"$file\";;\n"
                   "esac\n");
    }

    void useKeyring(const std::string& script)
    {
        const auto path = environment.folder() / "fake-secret-tool";
        std::ofstream(path) << "#!/bin/sh\n" << script;
        ::chmod(path.c_str(), 0700);
        ::setenv("TONEWRIGHT_KEYRING", path.c_str(), 1);
    }

    /// As if this server's key had been moved to the keyring in an earlier run.
    void markAsMoved(const std::string& server)
    {
        ASSERT_TRUE(writeFileAtomically(environment.folder() / "credentials", "{\"" + server + "\": null}",
                                        {.permissions = 0600}));
    }

    std::string fileText(const char* name) const
    {
        const auto text = readFile(environment.folder() / name, 1u << 20);
        return text ? *text : "";
    }

    test::IsolatedEnvironment environment;
    const std::string origin = newOrigin();
    const Cancellation never;
};

TEST_F(KeyStoreTest, ATestNeverReachesTheDesktopsKeyring)
{
    EXPECT_FALSE(Keyring::isAllowed());
    EXPECT_FALSE(Keyring::find(origin, never));
}

TEST_F(KeyStoreTest, AKeyMovesFromTheFileToTheKeyringWithTheFirstWorkerThatNeedsIt)
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "secret-key-1"));
    EXPECT_NE(fileText("credentials").find("secret-key-1"), std::string::npos)
        << "no waiting when it is typed";
    EXPECT_EQ(*KeyStore::fetch(origin, never), "secret-key-1");
    EXPECT_EQ(fileText("credentials").find("secret-key-1"), std::string::npos);
    EXPECT_EQ(*Keyring::find(origin, never), "secret-key-1");
    EXPECT_EQ(KeyStore::remembered(origin), "secret-key-1");
    EXPECT_EQ(*KeyStore::find(origin), std::nullopt);
}

TEST_F(KeyStoreTest, ANewerKeyReplacesTheKeyrings)
{
    useFakeKeyring();
    for (const auto* key : {"older-key", "newer-key"})
    {
        ASSERT_TRUE(KeyStore::keep(origin, key));
        EXPECT_EQ(*KeyStore::fetch(origin, never), key);
    }
    EXPECT_EQ(*Keyring::find(origin, never), "newer-key");
}

TEST_F(KeyStoreTest, AKeyIsForItsServerAlone) // K6
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "secret-key-2"));
    ASSERT_TRUE(KeyStore::fetch(origin, never));
    EXPECT_EQ(*KeyStore::fetch(newOrigin(), never), std::nullopt);
}

TEST_F(KeyStoreTest, NoProgramSeesTheKeyInItsArguments) // K7
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "secret-key-3"));
    ASSERT_TRUE(KeyStore::fetch(origin, never));
    const auto calls = fileText("keyring/calls");
    EXPECT_NE(calls.find("store"), std::string::npos);
    EXPECT_NE(calls.find(origin), std::string::npos);
    EXPECT_EQ(calls.find("secret-key-3"), std::string::npos);
}

TEST_F(KeyStoreTest, AForgottenKeyIsNowhere)
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "secret-key-4"));
    ASSERT_TRUE(KeyStore::fetch(origin, never));
    const auto callsBefore = fileText("keyring/calls");
    ASSERT_TRUE(KeyStore::forget(origin));
    EXPECT_EQ(*KeyStore::fetch(origin, never), std::nullopt);
    EXPECT_EQ(fileText("keyring/calls"), callsBefore) << "the message thread forgets without waiting for it";
    KeyStore::clearForgotten(never);
    EXPECT_EQ(environment.allFileText().find("secret-key-4"), std::string::npos);
    EXPECT_EQ(fileText("credentials").find(origin), std::string::npos);
    const auto callsAfter = fileText("keyring/calls");
    KeyStore::clearForgotten(never);
    EXPECT_EQ(fileText("keyring/calls"), callsAfter) << "nothing left to forget";
}

TEST_F(KeyStoreTest, AKeyEnteredAfterForgettingStays)
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "older-key"));
    ASSERT_TRUE(KeyStore::fetch(origin, never));
    ASSERT_TRUE(KeyStore::forget(origin));
    ASSERT_TRUE(KeyStore::keep(origin, "newer-key"));
    KeyStore::clearForgotten(never);
    EXPECT_EQ(*KeyStore::fetch(origin, never), "newer-key");
}

TEST_F(KeyStoreTest, AKeyringThatDoesNotAnswerForgetsLater)
{
    useFakeKeyring();
    ASSERT_TRUE(KeyStore::keep(origin, "secret-key-8"));
    ASSERT_TRUE(KeyStore::fetch(origin, never));
    ::setenv("TONEWRIGHT_KEYRING", "/nonexistent/secret-tool", 1);
    ASSERT_TRUE(KeyStore::forget(origin));
    KeyStore::clearForgotten(never);
    EXPECT_NE(fileText("credentials").find(origin), std::string::npos) << "the mark stays";
    EXPECT_EQ(*KeyStore::fetch(origin, never), std::nullopt);
}

TEST_F(KeyStoreTest, WithoutAKeyringTheFileKeepsTheKey)
{
    for (const auto* program : {"/nowhere/secret-tool", ""})
    {
        ::setenv("TONEWRIGHT_KEYRING", program, 1);
        const auto server = newOrigin();
        ASSERT_TRUE(KeyStore::keep(server, "secret-key-5"));
        EXPECT_EQ(*KeyStore::fetch(server, never), "secret-key-5");
        EXPECT_EQ(*KeyStore::find(server), "secret-key-5");
    }
}

TEST_F(KeyStoreTest, AKeyringThatTakesNothingOrTalksNonsenseLosesNoKey)
{
    for (const auto* script :
         {"cat > /dev/null", "exit 1", "echo two words", "yes | head -c 200000", "kill $$"})
    {
        SCOPED_TRACE(script);
        useKeyring(script);
        const auto server = newOrigin();
        ASSERT_TRUE(KeyStore::keep(server, "secret-key-6"));
        EXPECT_EQ(*KeyStore::fetch(server, never), "secret-key-6");
        EXPECT_EQ(*KeyStore::find(server), "secret-key-6");
    }
}

TEST_F(KeyStoreTest, AHangingKeyringIsLeftAtOnceWhenCancelledAndTheProgramIsGone)
{
    useKeyring("echo $$ > '" + (environment.folder() / "process").string() + "'\nsleep 600 & wait\n");
    Cancellation cancellation;
    std::thread worker([&] { EXPECT_FALSE(Keyring::find(origin, cancellation)); });
    std::string process;
    for (const auto end = steady_clock::now() + std::chrono::seconds(10);
         process.empty() && steady_clock::now() < end; process = fileText("process"))
        std::this_thread::yield();
    const auto begin = steady_clock::now();
    cancellation.cancel();
    worker.join();
    EXPECT_LT(test::millisecondsSince(begin), 5000) << "50 ms where nothing else runs";
    ASSERT_FALSE(process.empty());
    EXPECT_NE(::kill(std::stoi(process), 0), 0) << "it still runs";
}

TEST_F(KeyStoreTest, TheGeneratorFetchesTheKeyOfItsServer)
{
    useFakeKeyring();
    ASSERT_TRUE(Keyring::keep("https://api.openai.com:443", "secret-key-7", never));
    markAsMoved("https://api.openai.com:443");
    OpenAiGenerator generator;
    auto resolved = resolveServer({});
    EXPECT_EQ(resolved.keyOrigin, KeyOrigin::none) << "the message thread does not wait for it";
    generator.setServer(resolved.server);
    EXPECT_FALSE(generator.isConfigured());
    generator.prepare(never);
    EXPECT_TRUE(generator.isConfigured());
    EXPECT_EQ(generator.server().key, "secret-key-7");

    resolved = resolveServer({});
    EXPECT_EQ(nameOf(resolved.keyOrigin), "keyring") << "from then on it is known";
    EXPECT_EQ(resolved.server.key, "secret-key-7");
    ASSERT_TRUE(KeyStore::forget("https://api.openai.com:443"));
}

TEST_F(KeyStoreTest, AKeyringIsAskedOnlyForKeysThatWereMovedThere)
{
    useFakeKeyring();
    OpenAiGenerator generator;
    generator.setServer(resolveServer({}).server);
    EXPECT_FALSE(generator.prepare(never).has_value());
    EXPECT_EQ(*KeyStore::fetch(origin, never), std::nullopt);
    EXPECT_EQ(fileText("keyring/calls"), "") << "a locked keyring would open a dialog";
}

TEST_F(KeyStoreTest, AKeyringThatHoldsTheKeyBackIsTheReasonForTheFallback)
{
    useKeyring("exit 1");
    markAsMoved("https://api.openai.com:443");
    OpenAiGenerator generator;
    generator.setServer(resolveServer({}).server);
    const auto obstacle = generator.prepare(never);
    ASSERT_TRUE(obstacle.has_value());
    EXPECT_EQ(obstacle->kind, GenerationErrorKind::noKey);
    EXPECT_NE(obstacle->message.find("unlock"), std::string::npos);
    ASSERT_TRUE(KeyStore::forget("https://api.openai.com:443"));
}

TEST_F(KeyStoreTest, AProgramThatClosesItsOutputAndStaysIsLeftAtOnceWhenCancelled)
{
    Cancellation cancellation;
    const auto begin = steady_clock::now();
    std::thread worker(
        [&] {
            (void)runProgram({"/bin/sh", "-c", "exec >&-; sleep 60"}, {}, std::chrono::seconds(30),
                             cancellation);
        });
    cancellation.cancel();
    worker.join();
    EXPECT_LT(test::millisecondsSince(begin), 10'000) << "milliseconds where nothing else runs";
}

TEST_F(KeyStoreTest, SessionAndEnvironmentWinOverTheKeyring)
{
    useFakeKeyring();
    ASSERT_TRUE(Keyring::keep("https://api.openai.com:443", "key-of-the-keyring", never));
    markAsMoved("https://api.openai.com:443");
    SessionEntries session;
    ASSERT_TRUE(enterServer(session, {}, "", "", "key-of-the-session"));
    OpenAiGenerator generator;
    generator.setServer(resolveServer({}, session).server);
    generator.prepare(never);
    EXPECT_EQ(generator.server().key, "key-of-the-session");

    ::setenv("OPENAI_API_KEY", "key-of-the-environment", 1);
    generator.setServer(resolveServer({}).server);
    generator.prepare(never);
    EXPECT_EQ(generator.server().key, "key-of-the-environment");
    ::unsetenv("OPENAI_API_KEY");

    auto resolved = resolveServer({});
    completeFromKeyring(resolved, never);
    EXPECT_EQ(resolved.server.key, "key-of-the-keyring");
    EXPECT_EQ(resolved.keyOrigin, KeyOrigin::keyring);
    ASSERT_TRUE(KeyStore::forget("https://api.openai.com:443"));
}

TEST_F(KeyStoreTest, ThreadsAndProcessesThatKeepKeysAtTheSameTimeLoseNone)
{
    constexpr int writers = 4, each = 6;
    const auto originOf = [](const std::string& who, int writer, int count)
    { return "https://" + who + std::to_string(writer) + "-" + std::to_string(count) + ".example:443"; };
    const auto write = [&](const std::string& who, int writer)
    {
        bool isKept = true;
        for (int count = 0; count < each; ++count)
            isKept = static_cast<bool>(KeyStore::keep(originOf(who, writer, count), "a-key")) && isKept;
        return isKept;
    };
    std::vector<pid_t> processes;
    for (int writer = 0; writer < writers; ++writer)
        if (const auto process = ::fork(); process == 0)
            ::_exit(write("process", writer) ? 0 : 1);
        else
            processes.push_back(process);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] { EXPECT_TRUE(write("thread", writer)); });
    for (auto& thread : threads)
        thread.join();
    for (const auto process : processes)
    {
        int status = -1;
        ASSERT_EQ(::waitpid(process, &status, 0), process);
        EXPECT_EQ(status, 0);
    }
    for (const auto* who : {"thread", "process"})
        for (int writer = 0; writer < writers; ++writer)
            for (int count = 0; count < each; ++count)
                EXPECT_EQ(*KeyStore::find(originOf(who, writer, count)), "a-key");
}

TEST_F(KeyStoreTest, AHolderThatNeverLetsGoEndsInASentence)
{
    const auto path = environment.folder() / "held.lock";
    const auto held = FileLock::acquire(path);
    ASSERT_TRUE(held);
    const auto second = FileLock::acquire(path, never, milliseconds(20));
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("try again"), std::string::npos);
    Cancellation cancelled;
    cancelled.cancel();
    EXPECT_FALSE(FileLock::acquire(path, cancelled, std::chrono::hours(1)));
    EXPECT_FALSE(FileLock::acquire(environment.folder() / "no" / "folder"));
}
} // namespace
} // namespace tonewright
