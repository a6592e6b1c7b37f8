#include <algorithm>
#include <cmath>

#include "monitor_core.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

namespace {

// Days before the pair's first are not known: a window that reaches back to them has nothing to say.
SlowingDown::Reading slowing_down_of(const ActHistory& history, const SlowingDown::Options& options) {
  if (options.window_days < 5 || options.window_days > ActHistory::longest) {
    throw InputError(concat("window_days is ", options.window_days, ", expected 5 to ", ActHistory::longest));
  }
  if (options.surrogates < 1) throw InputError(concat("surrogates is ", options.surrogates, ", expected at least 1"));
  SlowingDown recursion(options);
  for (const double acts : history.hostile(std::min(history.size(), options.window_days))) {
    recursion.update(acts, std::isnan(acts) ? 0 : 1);
  }
  return recursion.read();
}

}  // namespace

SlowingDown::Reading Scores::slowing_down(const Pair& pair, Day day, const SlowingDown::Options& options) const {
  return slowing_down_of(history_until(pair, day), options);
}

SlowingDown::Reading Monitor::slowing_down(const Pair& pair, const SlowingDown::Options& options) const {
  return slowing_down_of(core_->history_of(pair), options);
}

}  // namespace tocsin
