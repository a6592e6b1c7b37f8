# tocsin_own_code(<target>): how our own sources are compiled. Everything is PRIVATE: nothing reaches a consumer.
function(tocsin_own_code target)
  set(gnu_like "$<CXX_COMPILER_ID:GNU,Clang,AppleClang>")
  # No fused multiply-add behind our back: the numbers are to be the same on every machine.
  target_compile_options(${target} PRIVATE $<${gnu_like}:-ffp-contract=off>)
  if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(
      ${target} PRIVATE $<${gnu_like}:-Wall -Wextra -Wpedantic -Wconversion -Wshadow>
    )
  endif()
  if(TOCSIN_NATIVE)
    target_compile_options(${target} PRIVATE $<${gnu_like}:-march=native>)
  endif()
  target_compile_definitions(${target} PRIVATE EIGEN_DONT_PARALLELIZE)
  set_target_properties(
    ${target}
    PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF
  )
endfunction()
