#pragma once

#include <cstddef>
#include <functional>

namespace tocsin {

/// How a caller watches and ends a long call. Both are called on the calling thread only, a few times a second.
struct RunControl {
  std::function<bool()> should_stop;                                // true: the call throws `Cancelled`
  std::function<void(std::size_t done, std::size_t all)> progress;  // items finished so far
};

}  // namespace tocsin
