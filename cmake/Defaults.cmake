# Language level, build type, compiler cache and hidden symbols: the same for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# A plugin shares its process with a host and other plugins: nothing but its entry points may be visible there.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()
# Numbers first: -O3 pays for the filters; errno and trapping are of no use to audio code. Strict IEEE stays, so that
# NaN and infinity can be found and results do not depend on the compiler's mood.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -fno-math-errno -fno-trapping-math -DNDEBUG")

find_program(TONEWRIGHT_CCACHE ccache)
if(TONEWRIGHT_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER "${TONEWRIGHT_CCACHE}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${TONEWRIGHT_CCACHE}")
endif()
