#include "tocsin/trailing_window.hpp"

#include <utility>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

TrailingWindow::TrailingWindow(std::size_t days, State state) : state_(std::move(state)) {
  if (state_.counts.size() != days || state_.exposures.size() != days || state_.newest >= days) {
    throw StateError(concat("the saved window holds ", state_.counts.size(), " days, expected ", days,
                            "; the state was saved under another configuration"));
  }
}

}  // namespace tocsin
