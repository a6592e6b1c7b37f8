# Finds Eigen, nlohmann/json, zlib and the thread library, either as installed on the system or as unpacked by pip
# (cmeel-eigen, cmeel-zlib, nlohmann-json: the build requirements in pyproject.toml).
#
# Defines Eigen3::Eigen, nlohmann_json::nlohmann_json, ZLIB::ZLIB and Threads::Threads, and sets
# TOCSIN_BUNDLED_ZLIB to the shared zlib that a wheel has to carry (empty when the system's is used).

# cmeel packages unpack under <site-packages>/cmeel.prefix, where CMake does not look by itself.
set(tocsin_cmeel_prefixes "")
foreach(prefix IN LISTS CMAKE_PREFIX_PATH)
  if(IS_DIRECTORY "${prefix}/cmeel.prefix")
    list(APPEND tocsin_cmeel_prefixes "${prefix}/cmeel.prefix")
  endif()
endforeach()

# A program takes the system's zlib where there is one; looked for before cmeel.prefix joins the search, or else the header
# of one would meet the library of the other. A wheel takes the one that pip unpacked and carries it along, because a Python
# need not have the system's libz.so.1 at hand. (cmeel-zlib's static libz.a is not position independent, so it cannot go into
# a Python module; hence the shared one.)
set(TOCSIN_BUNDLED_ZLIB "")
if(NOT SKBUILD)
  find_package(ZLIB QUIET)
endif()
if(NOT ZLIB_FOUND AND tocsin_cmeel_prefixes)
  set(in_cmeel PATHS ${tocsin_cmeel_prefixes} NO_DEFAULT_PATH)
  find_path(ZLIB_INCLUDE_DIR zlib.h ${in_cmeel} PATH_SUFFIXES include)
  find_library(ZLIB_LIBRARY z ${in_cmeel} PATH_SUFFIXES lib lib64)
  if(SKBUILD AND ZLIB_LIBRARY AND ZLIB_INCLUDE_DIR)
    set(TOCSIN_BUNDLED_ZLIB "${ZLIB_LIBRARY}")
  endif()
endif()
find_package(ZLIB QUIET)
if(NOT ZLIB_FOUND)
  message(
    FATAL_ERROR
    "tocsin needs zlib. Install zlib1g-dev (Debian), or `pip install cmeel-zlib` and pass its site-packages folder in "
    "CMAKE_PREFIX_PATH."
  )
endif()

# Where libdeflate is there, entries of zip archives are unpacked with it, more than twice as fast.
include("${CMAKE_CURRENT_LIST_DIR}/TocsinLibdeflate.cmake")

list(APPEND CMAKE_PREFIX_PATH ${tocsin_cmeel_prefixes})

# No version in the request: `3.4` refuses Eigen 5, and a range refuses 3.4.0. Found first, compared afterwards.
find_package(Eigen3 CONFIG QUIET)
if(NOT Eigen3_FOUND OR Eigen3_VERSION VERSION_LESS 3.4)
  message(
    FATAL_ERROR
    "tocsin needs Eigen >= 3.4, found \"${Eigen3_VERSION}\". Install libeigen3-dev (Debian), or `pip install cmeel-eigen` "
    "and pass its site-packages folder in CMAKE_PREFIX_PATH."
  )
endif()

find_package(nlohmann_json CONFIG QUIET)
if(NOT TARGET nlohmann_json::nlohmann_json)
  # The PyPI package holds headers only, without a CMake package.
  find_path(
    TOCSIN_JSON_INCLUDE_DIR nlohmann/json.hpp
    HINTS ${CMAKE_PREFIX_PATH}
    PATH_SUFFIXES nlohmann_json/include
  )
  if(NOT TOCSIN_JSON_INCLUDE_DIR)
    message(
      FATAL_ERROR
      "tocsin needs nlohmann/json. Install nlohmann-json3-dev (Debian), or `pip install nlohmann-json` and pass its "
      "site-packages folder in CMAKE_PREFIX_PATH."
    )
  endif()
  add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
  target_include_directories(nlohmann_json::nlohmann_json INTERFACE "${TOCSIN_JSON_INCLUDE_DIR}")
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
message(STATUS "tocsin ${PROJECT_VERSION}: Eigen ${Eigen3_VERSION}, zlib ${ZLIB_VERSION} (${ZLIB_LIBRARIES}), libdeflate ${TOCSIN_LIBDEFLATE_LIBRARY}")
