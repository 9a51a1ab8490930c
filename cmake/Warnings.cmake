# tonewright_warnings: linked by our own targets only; other people's headers are system headers to us.
add_library(tonewright_warnings INTERFACE)
set(TONEWRIGHT_WARNING_FLAGS -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-align -Wnon-virtual-dtor
                             -Woverloaded-virtual)
if(TONEWRIGHT_WARNINGS_AS_ERRORS)
    list(APPEND TONEWRIGHT_WARNING_FLAGS -Werror)
endif()
target_compile_options(tonewright_warnings INTERFACE ${TONEWRIGHT_WARNING_FLAGS})
# GCC 12 sees an impossible overlap inside its own std::string when a literal is put in front of one (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(tonewright_warnings INTERFACE -Wno-restrict)
endif()
