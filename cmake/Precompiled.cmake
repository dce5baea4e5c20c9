# What most files spend most of their compile time on is reading the standard library's headers: here they are read once.
# Two sets, for a set is used whole or not at all: one for every library, one with GoogleTest for the tests.
# Every file still includes what it uses: release builds do without.
option(CHOSO_PCH "Precompile the standard library's headers" OFF)
set(choso_precompiled_headers
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstdlib> <deque> <filesystem>
    <fstream> <functional> <future> <iostream> <map> <memory> <mutex> <optional> <random> <ranges> <set> <span>
    <sstream> <string> <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>)

# A set is used only with the flags it was made with, and some libraries ask for -pthread; where it cannot be used, the
# headers are read as ever. g++ 12 has false alarms about its own std::string, which it keeps to itself only where it reads
# that header as a system's, not from a set: a release build still hears these warnings about our code.
set(choso_precompiled_options -pthread -Wno-error=invalid-pch -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict)

# usage: choso_precompiled(choso_pch_tests HEADERS <gtest/gtest.h> LINK GTest::gtest)   the list and more, under a name
#        choso_use_precompiled(target choso_pch_tests)
function(choso_precompiled name)
  cmake_parse_arguments(P "" "" "HEADERS;LINK" ${ARGN})
  if(CHOSO_PCH)
    file(WRITE ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp "")
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    target_precompile_headers(${name} PRIVATE ${choso_precompiled_headers} ${P_HEADERS})
    target_compile_options(${name} PRIVATE ${choso_precompiled_options})
    target_link_libraries(${name} PRIVATE ${P_LINK})
  endif()
endfunction()

function(choso_use_precompiled target name)
  if(CHOSO_PCH)
    target_compile_options(${target} PRIVATE ${choso_precompiled_options})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
