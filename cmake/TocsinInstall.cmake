# What `cmake --install` puts down: the static library, the headers, and a package for find_package(tocsin CONFIG).
include(CMakePackageConfigHelpers)

set(tocsin_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tocsin")

install(
  TARGETS tocsin
  EXPORT tocsin-targets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
)
install(
  DIRECTORY cpp/include/tocsin "${PROJECT_BINARY_DIR}/generated/include/tocsin"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  COMPONENT development
  FILES_MATCHING PATTERN "*.hpp"
)
install(
  EXPORT tocsin-targets
  NAMESPACE tocsin::
  DESTINATION "${tocsin_package_dir}"
  COMPONENT development
)

configure_package_config_file(
  cmake/tocsin-config.cmake.in "${PROJECT_BINARY_DIR}/tocsin-config.cmake"
  INSTALL_DESTINATION "${tocsin_package_dir}"
)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/tocsin-config-version.cmake"
  COMPATIBILITY SameMinorVersion
)
install(
  FILES
    "${PROJECT_BINARY_DIR}/tocsin-config.cmake"
    "${PROJECT_BINARY_DIR}/tocsin-config-version.cmake"
    cmake/TocsinLibdeflate.cmake
  DESTINATION "${tocsin_package_dir}"
  COMPONENT development
)
