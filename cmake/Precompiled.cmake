# What most files spend most of their compile time on is reading the standard library's headers: here they are read once.
# A set is used whole or not at all, so there are a few: the smallest for the lower floors, larger ones above, one with GoogleTest.
# Every file still includes what it uses: release builds do without.
option(CHOSO_PCH "Precompile the standard library's headers" OFF)
set(choso_precompiled_headers
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstdlib> <deque> <filesystem>
    <fstream> <functional> <future> <iostream> <map> <memory> <mutex> <optional> <random> <ranges> <set> <span>
    <sstream> <string> <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>)

# A set is used only with the flags it was made with, and some libraries ask for -pthread; where it cannot be used, the
# headers are read as ever. g++ 12 has false alarms about its own std::string, which it keeps to itself only where it reads
# that header as a system's, not from a set: a release build still hears these warnings about our code.
set(choso_precompiled_options -pthread -Wno-error=invalid-pch -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict -Wno-stringop-overread)

# usage: choso_precompiled(choso_pch_tests HEADERS <gtest/gtest.h> LINK GTest::gtest OPTIONS -O0)   the list and more, under a name
#        choso_use_precompiled(target choso_pch_tests)
function(choso_precompiled name)
  cmake_parse_arguments(P "" "" "HEADERS;LINK;OPTIONS" ${ARGN})
  if(CHOSO_PCH)
    file(WRITE ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp "")
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    target_precompile_headers(${name} PRIVATE ${choso_precompiled_headers} ${P_HEADERS})
    target_compile_options(${name} PRIVATE ${choso_precompiled_options} ${P_OPTIONS})
    target_link_libraries(${name} PRIVATE ${P_LINK})
  endif()
endfunction()

function(choso_use_precompiled target name)
  if(CHOSO_PCH)
    target_compile_options(${target} PRIVATE ${choso_precompiled_options})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

# What a folder links it reads in nearly every file: the core's headers for who links the core, the edge's above it. No header of
# these sets may include a generated one, for nothing says that it is made first.
set(choso_core_headers ${CMAKE_SOURCE_DIR}/gateway/payments/book.hpp ${CMAKE_SOURCE_DIR}/gateway/payments/core.hpp)
set(choso_edge_headers ${CMAKE_SOURCE_DIR}/gateway/api/edge.hpp ${CMAKE_SOURCE_DIR}/gateway/api/respond.hpp)
choso_precompiled(choso_pch)
choso_precompiled(choso_pch_core HEADERS ${choso_core_headers})
choso_precompiled(choso_pch_edge HEADERS ${choso_core_headers} ${choso_edge_headers})

# usage: choso_precompile_folder(target links…)
function(choso_precompile_folder target)
  if(target STREQUAL choso_gateway_api OR choso_gateway_api IN_LIST ARGN OR choso_gateway_pages IN_LIST ARGN)
    choso_use_precompiled(${target} choso_pch_edge)
  elseif(target STREQUAL choso_gateway_payments OR choso_gateway_payments IN_LIST ARGN)
    choso_use_precompiled(${target} choso_pch_core)
  else()
    choso_use_precompiled(${target} choso_pch)
  endif()
endfunction()
