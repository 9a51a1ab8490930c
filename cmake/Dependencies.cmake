# What the core needs. JUCE is found in source/plugin, the tests' libraries in tests/.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(fftw REQUIRED IMPORTED_TARGET fftw3f)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(samplerate REQUIRED IMPORTED_TARGET samplerate)
pkg_check_modules(ebur128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo)
pkg_check_modules(highway REQUIRED IMPORTED_TARGET libhwy)
# libcurl: its header only. The library is loaded at run time, so that the amplifier works without it.
find_path(CURL_INCLUDE_DIR curl/curl.h REQUIRED)
