#pragma once

#include <cstdio>
#include <cstdlib>

namespace tocsin::fuzz {

/// Ends the program where something does not hold: the fuzzer then keeps the input that shows it.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace tocsin::fuzz
