# One library per folder: every .cpp in it, nothing else. Names follow the folder: gateway/payments → choso_gateway_payments.
# usage: choso_folder(LINK choso_base PkgConfig::X …)   called from the folder's own CMakeLists.txt
function(choso_folder)
  cmake_parse_arguments(F "" "" "LINK" ${ARGN})
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "_" name "choso_${name}")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${F_LINK})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  choso_precompile_folder(${name} ${F_LINK})
endfunction()

# Texts (SQL, templates, data) that live in files beside their only user, embedded at build.
# usage: choso_embed(TARGET t NAMESPACE choso::payments::sql HEADER sql.hpp FILES a.sql b.sql)
# The header declares `inline constexpr std::string_view a = …` for a.sql.
function(choso_embed)
  cmake_parse_arguments(E "" "TARGET;NAMESPACE;HEADER" "FILES" ${ARGN})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(out ${CMAKE_BINARY_DIR}/embedded/${folder}/${E_HEADER})
  list(JOIN E_FILES "|" joined)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${E_NAMESPACE} "-DFILES=${joined}" -P ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${E_FILES} ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    VERBATIM)
  target_sources(${E_TARGET} PRIVATE ${out})
  target_include_directories(${E_TARGET} PUBLIC ${CMAKE_BINARY_DIR}/embedded)
endfunction()
