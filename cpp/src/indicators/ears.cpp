#include "tocsin/indicators/ears.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double sigmas = 3;        // C1 and C2 above which there is an alarm
constexpr double excess_limit = 2;  // the same of C3

struct Window {
  double mean;
  double sd;
};

// Both NaN where a day is missing.
Window window_of(std::span<const double> days) {
  double sum = 0;
  for (const double count : days) sum += count;
  const double mean = sum / static_cast<double>(days.size());
  double squares = 0;
  for (const double count : days) squares += (count - mean) * (count - mean);
  return {mean, std::sqrt(squares / static_cast<double>(days.size() - 1))};
}

void push_front(std::vector<double>& values, double newest) {
  std::shift_right(values.begin(), values.end(), 1);
  values.front() = newest;
}

}  // namespace

Ears::Ears(Options options, State state) : options_(options), state_(std::move(state)) {
  if (state_.past.size() != days_kept || state_.excess.size() != 2) {
    throw StateError(concat("the saved state of EARS holds ", state_.past.size(), " days and ", state_.excess.size(),
                            " excesses, expected ", days_kept, " and 2; it was saved by another version"));
  }
}

Ears::Reading Ears::step(double count, double exposure) {
  const double today = exposure > 0 ? count : nan;
  const std::size_t guard = options_.method == Method::c1 ? 0 : 2;
  const Window window = window_of(std::span(state_.past).subspan(guard, window_days));
  // std::max would turn a NaN into min_sigma, depending on the order of its arguments.
  const double floored = std::isnan(window.sd) ? nan : std::max(window.sd, options_.min_sigma);
  const double scale = floored > 0 ? floored : nan;
  const double sigmas_above = (today - window.mean) / scale;
  push_front(state_.past, today);

  const double upper = window.mean + sigmas * scale;
  if (options_.method != Method::c3) return {sigmas_above, upper, sigmas_above > sigmas};

  const double excess = std::isnan(sigmas_above) ? nan : std::max(0.0, sigmas_above - 1);
  const double statistic = excess + state_.excess[0] + state_.excess[1];
  push_front(state_.excess, excess);
  return {statistic, upper, statistic > excess_limit};
}

Ears::Method Ears::method_named(std::string_view name) {
  if (name == "C1") return Method::c1;
  if (name == "C2") return Method::c2;
  if (name == "C3") return Method::c3;
  throw InputError(concat("method is ", in_quotes(name), R"(, expected "C1", "C2" or "C3")"));
}

}  // namespace tocsin
