# Looks for libdeflate, which has no CMake package everywhere; defines tocsin::libdeflate where it is found. Also used by
# the installed package: the static library keeps asking for what it was built with.

find_path(TOCSIN_LIBDEFLATE_INCLUDE_DIR libdeflate.h)
find_library(TOCSIN_LIBDEFLATE_LIBRARY NAMES deflate libdeflate)
mark_as_advanced(TOCSIN_LIBDEFLATE_INCLUDE_DIR TOCSIN_LIBDEFLATE_LIBRARY)
if(TOCSIN_LIBDEFLATE_INCLUDE_DIR AND TOCSIN_LIBDEFLATE_LIBRARY AND NOT TARGET tocsin::libdeflate)
  add_library(tocsin::libdeflate UNKNOWN IMPORTED)
  set_target_properties(
    tocsin::libdeflate
    PROPERTIES
      IMPORTED_LOCATION "${TOCSIN_LIBDEFLATE_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${TOCSIN_LIBDEFLATE_INCLUDE_DIR}"
  )
endif()
