#include "generation/GenerationSettings.h"

#include "generation/KeyStore.h"
#include "generation/OnlineSupport.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace tonewright
{
namespace
{
constexpr const char* openAiOrigin = "https://api.openai.com:443";

class GenerationSettingsTest : public testing::Test
{
protected:
    ~GenerationSettingsTest() override
    {
        for (const char* name : {"OPENAI_API_KEY", "OPENAI_BASE_URL", "TONEWRIGHT_MODEL"})
            ::unsetenv(name);
    }

    test::IsolatedEnvironment environment;
};

TEST_F(GenerationSettingsTest, AreTheDefaultsWhereNoFileIs)
{
    const auto settings = loadGenerationSettings();
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->engine, Engine::automatic);
    EXPECT_EQ(settings->baseUrl, "https://api.openai.com/v1");
    const auto resolved = resolveServer(*settings);
    EXPECT_EQ(resolved.keyOrigin, KeyOrigin::none);
    EXPECT_FALSE(resolved.server.isConfigured());
    EXPECT_TRUE(resolved.warning.empty());
}

TEST_F(GenerationSettingsTest, ComeBackAsSavedAndKeepWhatOthersWrote)
{
    std::ofstream(environment.folder() / "settings.json") << R"({"windowWidth": 900})";
    ASSERT_TRUE(saveGenerationSettings({Engine::openAi, "http://LOCALHOST:11434/v1/", "llama3"}));
    const auto settings = loadGenerationSettings();
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->engine, Engine::openAi);
    EXPECT_EQ(settings->baseUrl, "http://localhost:11434/v1");
    EXPECT_EQ(settings->model, "llama3");
    EXPECT_NE(environment.allFileText().find("\"windowWidth\": 900"), std::string::npos);
}

TEST_F(GenerationSettingsTest, RefuseAnAddressThatCannotBeUsed)
{
    EXPECT_FALSE(saveGenerationSettings({Engine::openAi, "http://example.com/v1", "m"}));
    EXPECT_EQ(environment.allFileText(), "");
}

TEST_F(GenerationSettingsTest, SayWhenTheFileIsDamagedAndDoNotOverwriteIt)
{
    std::ofstream(environment.folder() / "settings.json") << "{oops";
    EXPECT_FALSE(loadGenerationSettings());
    EXPECT_FALSE(saveGenerationSettings({}));
    EXPECT_EQ(environment.allFileText(), "{oops");
}

TEST_F(GenerationSettingsTest, TakeTheKeyFromSessionThenEnvironmentThenFile)
{
    const GenerationSettings settings;
    ASSERT_TRUE(KeyStore::keep(openAiOrigin, "key-of-the-file"));
    EXPECT_EQ(resolveServer(settings).server.key, "key-of-the-file");
    EXPECT_EQ(resolveServer(settings).keyOrigin, KeyOrigin::file);

    ::setenv("OPENAI_API_KEY", "key-of-the-environment\n", 1);
    EXPECT_EQ(resolveServer(settings).server.key, "key-of-the-environment");
    EXPECT_EQ(resolveServer(settings).keyOrigin, KeyOrigin::environment);

    SessionEntries session;
    ASSERT_TRUE(enterServer(session, settings, "", "", " key-of-the-session "));
    EXPECT_EQ(resolveServer(settings, session).server.key, "key-of-the-session");
    EXPECT_EQ(nameOf(resolveServer(settings, session).keyOrigin), "session");
}

TEST_F(GenerationSettingsTest, SendNoKeyToAServerItDoesNotBelongTo) // K6
{
    ASSERT_TRUE(KeyStore::keep(openAiOrigin, "key-of-the-file"));
    ::setenv("OPENAI_API_KEY", "key-of-the-environment", 1);
    SessionEntries session;
    ASSERT_TRUE(enterServer(session, {}, "", "", "key-of-the-session"));
    GenerationSettings elsewhere;
    elsewhere.baseUrl = "https://evil.example/v1";
    const auto resolved = resolveServer(elsewhere, session);
    EXPECT_EQ(resolved.server.key, "");
    EXPECT_EQ(resolved.keyOrigin, KeyOrigin::none);
    EXPECT_NE(resolved.warning.find("OPENAI_BASE_URL"), std::string::npos);

    ::setenv("OPENAI_BASE_URL", "https://models.example/v1", 1);
    EXPECT_EQ(resolveServer(elsewhere).server.baseUrl, "https://models.example/v1");
    EXPECT_EQ(resolveServer(elsewhere).server.key, "key-of-the-environment");

    ASSERT_TRUE(enterServer(session, {}, "https://other.example/v1", "", ""));
    EXPECT_EQ(resolveServer({}, session).server.key, "") << "a new address needs the key again";
}

TEST_F(GenerationSettingsTest, TakeAddressAndModelFromSessionThenEnvironmentThenFile)
{
    const GenerationSettings settings{Engine::automatic, "http://localhost:1/v1", "of-the-file"};
    EXPECT_EQ(resolveServer(settings).server.model, "of-the-file");
    ::setenv("TONEWRIGHT_MODEL", "of-the-environment", 1);
    ::setenv("OPENAI_BASE_URL", "http://localhost:2/v1", 1);
    EXPECT_EQ(resolveServer(settings).server.model, "of-the-environment");
    EXPECT_EQ(resolveServer(settings).server.baseUrl, "http://localhost:2/v1");
    EXPECT_TRUE(resolveServer(settings).server.isConfigured()) << "a local server needs no key";
    SessionEntries session;
    ASSERT_TRUE(enterServer(session, settings, "http://localhost:3/v1/", "of-the-session", ""));
    EXPECT_EQ(resolveServer(settings, session).server.model, "of-the-session");
    EXPECT_EQ(resolveServer(settings, session).server.baseUrl, "http://localhost:3/v1");
}

TEST_F(GenerationSettingsTest, RefuseEntriesThatCannotBeUsedAndChangeNothing) // K4, K8
{
    SessionEntries session;
    EXPECT_FALSE(enterServer(session, {}, "ftp://x", "", ""));
    EXPECT_FALSE(enterServer(session, {}, "", "", "two words"));
    EXPECT_FALSE(enterServer(session, {}, "", "", "zero\xE2\x80\x8Bwidth"));
    EXPECT_FALSE(enterServer(session, {}, "", "sk-1234567890abcdef", ""))
        << "a key in the model's field would end up in presets";
    EXPECT_EQ(session.baseUrl + session.model + session.key + session.keyServer, "");
}

TEST_F(GenerationSettingsTest, RefuseABrokenEnvironmentWithoutRepeatingIt) // K4, K8
{
    ::setenv("OPENAI_API_KEY", "half a key\r\nX-Injected: yes", 1);
    const auto resolved = resolveServer({});
    EXPECT_EQ(resolved.server.key, "");
    EXPECT_NE(resolved.warning, "");
    EXPECT_EQ(resolved.warning.find("half a key"), std::string::npos);
    ::setenv("OPENAI_BASE_URL", "https://user:secret-pass@host/v1", 1);
    EXPECT_EQ(resolveServer({}).warning.find("secret-pass"), std::string::npos);
    EXPECT_FALSE(resolveServer({}).server.isConfigured());
}

TEST_F(GenerationSettingsTest, KeyFileIsForItsOwnerAlone)
{
    ASSERT_TRUE(KeyStore::keep(openAiOrigin, "a-key"));
    struct ::stat status = {};
    const auto file = environment.folder() / "credentials";
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    const auto found = KeyStore::find(openAiOrigin);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, "a-key");
    EXPECT_EQ(*KeyStore::find("https://other.example:443"), std::nullopt);

    for (const unsigned mode : {0640u, 0604u, 0660u, 0622u})
    {
        ::chmod(file.c_str(), mode);
        EXPECT_FALSE(KeyStore::find(openAiOrigin)) << std::oct << mode;
        EXPECT_FALSE(KeyStore::keep(openAiOrigin, "new")) << std::oct << mode;
    }
}

TEST_F(GenerationSettingsTest, KeyFolderIsCreatedForItsOwnerAlone)
{
    const auto folder = environment.folder() / "deep" / "tonewright";
    ::setenv("TONEWRIGHT_CONFIG_DIR", folder.c_str(), 1);
    ASSERT_TRUE(KeyStore::keep(openAiOrigin, "a-key"));
    struct ::stat status = {};
    ASSERT_EQ(::stat(folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0700u);
}

TEST_F(GenerationSettingsTest, KeyFileIsNotReadThroughALinkNorWhenDamaged)
{
    const auto file = environment.folder() / "credentials";
    const auto target = environment.folder() / "elsewhere";
    std::ofstream(target) << R"({"https://api.openai.com:443": "linked"})";
    ::chmod(target.c_str(), 0600);
    std::filesystem::create_symlink(target, file);
    EXPECT_FALSE(KeyStore::find(openAiOrigin));
    std::filesystem::remove(file);
    std::ofstream(file) << "not json";
    ::chmod(file.c_str(), 0600);
    EXPECT_FALSE(KeyStore::find(openAiOrigin));
}

TEST_F(GenerationSettingsTest, AForgottenKeyLeavesNothing)
{
    ASSERT_TRUE(KeyStore::keep(openAiOrigin, "a-key"));
    EXPECT_FALSE(KeyStore::keep(openAiOrigin, "")) << "an empty key is none";
    ASSERT_TRUE(KeyStore::forget(openAiOrigin));
    EXPECT_EQ(*KeyStore::find(openAiOrigin), std::nullopt);
    EXPECT_EQ(environment.allFileText().find("a-key"), std::string::npos);
}
} // namespace
} // namespace tonewright
