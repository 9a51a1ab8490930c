#pragma once

#include <string>
#include <utility>
#include <variant>

namespace tonewright
{

/// Why something could not be done: one clear sentence for a musician that says what to do.
struct Error
{
    std::string message;
};

/// A value or the error that took its place. Check with `if (result)` before `*result`. (std::expected is
/// C++23.)
template <typename T, typename E = Error>
class [[nodiscard]] Result
{
public:
    Result(T value) : content(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : content(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const noexcept { return content.index() == 0; }
    T& operator*() { return std::get<0>(content); }
    const T& operator*() const { return std::get<0>(content); }
    T* operator->() { return &std::get<0>(content); }
    const T* operator->() const { return &std::get<0>(content); }
    const E& error() const { return std::get<1>(content); }

private:
    std::variant<T, E> content;
};

/// Success without a value.
struct Done
{
};

} // namespace tonewright
