#include "generation/ChildProcess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t maximumInput = 4096; // what a pipe takes at once, before anybody reads
constexpr std::size_t maximumOutput = 64u << 10;

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int descriptor = -1) : number(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(number, other.number);
        return *this;
    }
    ~Descriptor() { close(); }
    int get() const { return number; }
    void close()
    {
        if (number >= 0)
            ::close(std::exchange(number, -1));
    }

private:
    int number;
};

struct Pipe
{
    Descriptor reader, writer;

    Pipe()
    {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0)
        {
            reader = Descriptor(ends[0]);
            writer = Descriptor(ends[1]);
        }
    }
};

/// The environment without what portable hosts add for their own libraries.
std::vector<char*> environmentForOthers()
{
    std::vector<char*> kept;
    for (char** entry = environ; *entry != nullptr; ++entry)
        if (const std::string_view text(*entry);
            !text.starts_with("LD_LIBRARY_PATH=") && !text.starts_with("LD_PRELOAD="))
            kept.push_back(*entry);
    kept.push_back(nullptr);
    return kept;
}

/// What a child gets: pipes for stdin and stdout, no other file, default signals, a group of its own.
class SpawnPlan
{
public:
    SpawnPlan(int input, int output)
    {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&attributes);
        sigset_t signals;
        sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes, &signals);
        sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&attributes, &signals);
        ::posix_spawnattr_setflags(
            &attributes,
            static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
    }
    ~SpawnPlan()
    {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    /// The process's id, or nothing.
    int spawn(const std::vector<std::string>& command) const
    {
        std::vector<char*> arguments;
        for (const auto& argument : command)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        pid_t process = -1;
        const auto environment = environmentForOthers();
        return ::posix_spawnp(&process, arguments[0], &files, &attributes, arguments.data(),
                              environment.data()) == 0
                   ? process
                   : -1;
    }

private:
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
};

/// Ends a child's group and takes its leave.
void endProcess(int process, bool givenTimeToEnd, steady_clock::time_point end,
                const Cancellation& cancellation)
{
    constexpr milliseconds pause{2};
    // Not reaped yet, so that its number can be nobody else's when the group is killed.
    const auto stillRuns = [process]
    {
        siginfo_t state{};
        return ::waitid(P_PID, static_cast<id_t>(process), &state, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               state.si_pid == 0;
    };
    while (givenTimeToEnd && steady_clock::now() < end && stillRuns() && !cancellation.isCancelled())
        cancellation.waitFor(pause);
    ::kill(-process, SIGKILL);
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR)
    {
    }
}

/// Reads until the other end closes; false when cancelled or late.
bool readAll(int source, std::string& output, steady_clock::time_point end, const Cancellation& cancellation)
{
    const Descriptor wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const Cancellation::WakeUp registration(cancellation,
                                            [&wakeUp]
                                            {
                                                const std::uint64_t one = 1;
                                                (void)!::write(wakeUp.get(), &one, sizeof one);
                                            });
    while (!cancellation.isCancelled())
    {
        const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
        std::array<pollfd, 2> sources{{{source, POLLIN, 0}, {wakeUp.get(), POLLIN, 0}}};
        if (left.count() <= 0)
            return false;
        if (::poll(sources.data(), sources.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
            return false;
        if (sources[0].revents == 0)
            continue;
        std::array<char, 4096> buffer{};
        const auto count = ::read(source, buffer.data(), buffer.size());
        if (count == 0)
            return true;
        if (count < 0 && errno != EINTR)
            return false;
        const auto room = maximumOutput - output.size();
        output.append(buffer.data(), std::min(room, static_cast<std::size_t>(std::max<ssize_t>(count, 0))));
    }
    return false;
}
} // namespace

Result<std::string> runProgram(const std::vector<std::string>& command, std::string_view input,
                               milliseconds timeout, const Cancellation& cancellation)
{
    const auto end = steady_clock::now() + timeout;
    Pipe in, out;
    if (in.writer.get() < 0 || out.writer.get() < 0 || input.size() > maximumInput ||
        ::write(in.writer.get(), input.data(), input.size()) != static_cast<ssize_t>(input.size()))
        return Error{"The program " + command.at(0) + " could not be given its input."};
    in.writer.close(); // all is in the pipe: nothing of ours can block, or raise SIGPIPE, later
    const int process = SpawnPlan(in.reader.get(), out.writer.get()).spawn(command);
    if (process < 0)
        return Error{"The program " + command.at(0) + " is not installed or cannot be started."};
    out.writer.close();
    std::string output;
    const bool isWhole = readAll(out.reader.get(), output, end, cancellation);
    endProcess(process, isWhole, end, cancellation);
    if (!isWhole)
        return Error{"The program " + command.at(0) + " did not answer in time."};
    return output;
}

} // namespace tonewright
