# tocsin_embed_text(<target> <name> <file>): puts the bytes of a text file into the target as
#
#   namespace tocsin::embedded { extern const std::string_view <name>; }
#
# The generated source is made again when the file changes.
function(tocsin_embed_text target name file)
  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")

  file(READ "${file}" rest)
  set(delimiter "tocsin_text")
  string(FIND "${rest}" ")${delimiter}\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${file} holds )${delimiter}\", which would end the raw string literal")
  endif()

  # Compilers limit the length of one literal, not of adjacent ones: cut after a line feed, or else after a comma.
  set(chunk_bytes 8000)
  set(literals "")
  string(LENGTH "${rest}" rest_bytes)
  while(rest_bytes GREATER 0)
    set(cut ${rest_bytes})
    if(rest_bytes GREATER chunk_bytes)
      string(SUBSTRING "${rest}" 0 ${chunk_bytes} head)
      string(FIND "${head}" "\n" cut REVERSE)
      if(cut EQUAL -1)
        string(FIND "${head}" "," cut REVERSE)
      endif()
      if(cut EQUAL -1)
        message(FATAL_ERROR "${file} has ${chunk_bytes} bytes without a line feed or a comma")
      endif()
      math(EXPR cut "${cut} + 1")
    endif()
    string(SUBSTRING "${rest}" 0 ${cut} head)
    string(SUBSTRING "${rest}" ${cut} -1 rest)
    string(LENGTH "${rest}" rest_bytes)
    string(APPEND literals "\n    R\"${delimiter}(${head})${delimiter}\"")
  endwhile()

  set(source "${PROJECT_BINARY_DIR}/generated/embedded/${name}.cpp")
  set(new_text "// Made by cmake/EmbedText.cmake; do not edit.
#include <string_view>

namespace tocsin::embedded {

extern const std::string_view ${name};
constinit const std::string_view ${name}{\"\"${literals}};

}  // namespace tocsin::embedded
")
  set(old_text "")
  if(EXISTS "${source}")
    file(READ "${source}" old_text)
  endif()
  if(NOT old_text STREQUAL new_text)
    file(WRITE "${source}" "${new_text}")
  endif()
  target_sources(${target} PRIVATE "${source}")
endfunction()
