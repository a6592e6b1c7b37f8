#include "tocsin/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ordered_metrics.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin::metrics {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double positives_in(const Order& order, const Labels& labels) {
  double sum = 0;
  for (const std::uint32_t i : order) sum += labels[i];
  return sum;
}

void require_cases(const Labels& labels, const Values& values) {
  if (static_cast<Eigen::Index>(labels.size()) != values.size()) {
    throw InputError(
        concat("there are ", labels.size(), " labels and ", values.size(), " values; expected one of each"));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != 0 && labels[i] != 1) {
      throw InputError(concat("label ", i, " is ", static_cast<int>(labels[i]), ", expected 0 or 1"));
    }
    if (std::isnan(values[static_cast<Eigen::Index>(i)])) {
      throw InputError(concat("value ", i, " is missing; leave out such cases"));
    }
  }
}

// Calls visit(positives, negatives, value) for each distinct value, in the order given.
template <class Order, class Visit>
void visit_ties(const Labels& labels, const Values& values, Order first, Order last, const Visit& visit) {
  while (first != last) {
    const double value = values[*first];
    double positives = 0;
    double cases = 0;
    for (; first != last && values[*first] == value; ++first) {
      positives += labels[*first];
      ++cases;
    }
    visit(positives, cases - positives, value);
  }
}

double logit(double p) {
  constexpr double edge = 1e-6;
  const double inside = std::clamp(p, edge, 1 - edge);
  return std::log(inside / (1 - inside));
}

}  // namespace

std::vector<std::uint32_t> ascending(const Values& values) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  return order;
}

double auc_in(const Order& order, const Labels& labels, const Values& values) {
  double below = 0;  // negatives of lower values
  double wins = 0;
  visit_ties(labels, values, order.begin(), order.end(), [&](double positives, double negatives, double) {
    wins += positives * (below + negatives / 2);
    below += negatives;
  });
  const double positives = positives_in(order, labels);
  return positives > 0 && below > 0 ? wins / (positives * below) : nan;
}

double auc(const Labels& labels, const Values& values) {
  require_cases(labels, values);
  return auc_in(ascending(values), labels, values);
}

double average_precision_in(const Order& order, const Labels& labels, const Values& values) {
  const double all = positives_in(order, labels);
  double found = 0;
  double seen = 0;
  double sum = 0;
  visit_ties(labels, values, order.rbegin(), order.rend(), [&](double positives, double negatives, double) {
    found += positives;
    seen += positives + negatives;
    sum += positives * found / seen;
  });
  return all > 0 ? sum / all : nan;
}

double average_precision(const Labels& labels, const Values& values) {
  require_cases(labels, values);
  return average_precision_in(ascending(values), labels, values);
}

double brier(const Labels& labels, const Values& probabilities) {
  require_cases(labels, probabilities);
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double miss = probabilities[static_cast<Eigen::Index>(i)] - labels[i];
    sum += miss * miss;
  }
  return labels.empty() ? nan : sum / static_cast<double>(labels.size());
}

double log_score(const Labels& labels, const Values& probabilities) {
  require_cases(labels, probabilities);
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = probabilities[static_cast<Eigen::Index>(i)];
    sum -= labels[i] == 1 ? std::log(p) : std::log1p(-p);
  }
  return labels.empty() ? nan : sum / static_cast<double>(labels.size());
}

Line reliability_line(const Labels& labels, const Values& probabilities) {
  require_cases(labels, probabilities);
  return reliability_line_in(ascending(probabilities), labels, probabilities);
}

Line reliability_line_in(const Order& order, const Labels& labels, const Values& probabilities) {
  // Equal probabilities once, with how many cases they have: calibrated ones are few.
  std::vector<double> x;
  std::vector<double> positives;
  std::vector<double> cases;
  visit_ties(labels, probabilities, order.begin(), order.end(), [&](double hits, double misses, double p) {
    const double place = logit(p);
    if (x.empty() || x.back() != place) {
      x.push_back(place);
      positives.push_back(0);
      cases.push_back(0);
    }
    positives.back() += hits;
    cases.back() += hits + misses;
  });
  const double all = positives_in(order, labels);
  if (x.size() < 2 || all == 0 || all == static_cast<double>(order.size())) return {nan, nan};
  double slope = 1;
  double intercept = 0;
  constexpr int most_steps = 50;
  for (int step = 0; step < most_steps; ++step) {
    double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double p = 1 / (1 + std::exp(-(intercept + slope * x[i])));
      const double weight = cases[i] * p * (1 - p);
      const double miss = positives[i] - cases[i] * p;
      g0 += miss;
      g1 += miss * x[i];
      h00 += weight;
      h01 += weight * x[i];
      h11 += weight * x[i] * x[i];
    }
    const double determinant = h00 * h11 - h01 * h01;
    // A line that separates the classes has no finite slope.
    if (!(determinant > 1e-12 * h00 * h11)) return {nan, nan};
    const double step_0 = (h11 * g0 - h01 * g1) / determinant;
    const double step_1 = (h00 * g1 - h01 * g0) / determinant;
    const double shrink = std::min(1.0, 2 / std::max({1e-300, std::abs(step_0), std::abs(step_1)}));
    intercept += shrink * step_0;
    slope += shrink * step_1;
    if (std::abs(step_0) + std::abs(step_1) < 1e-10) return {slope, intercept};
  }
  return {nan, nan};
}

std::vector<Bin> reliability_curve(const Labels& labels, const Values& probabilities, int bins) {
  require_cases(labels, probabilities);
  if (bins < 1) throw InputError(concat("bins is ", bins, ", expected a number >= 1"));
  return reliability_curve_in(ascending(probabilities), labels, probabilities, bins);
}

std::vector<Bin> reliability_curve_in(const Order& order, const Labels& labels, const Values& probabilities, int bins) {
  const double part = static_cast<double>(order.size()) / bins;
  std::vector<Bin> curve;
  double seen = 0;
  Bin open{0, 0, 0};
  visit_ties(labels, probabilities, order.begin(), order.end(), [&](double positives, double negatives, double p) {
    const double cases = positives + negatives;
    open.forecast += cases * p;
    open.realised += positives;
    open.cases += cases;
    seen += cases;
    if (seen + 1e-9 < part * static_cast<double>(curve.size() + 1)) return;
    curve.push_back({open.forecast / open.cases, open.realised / open.cases, open.cases});
    open = {0, 0, 0};
  });
  return curve;
}

Isotonic Isotonic::fit(const Labels& labels, const Values& values, const std::vector<std::uint32_t>& order) {
  if (order.empty()) throw InputError("there is no case to calibrate with");
  struct Block {
    double positives, cases, first, last;
  };
  std::vector<Block> blocks;
  visit_ties(labels, values, order.begin(), order.end(), [&](double positives, double negatives, double value) {
    blocks.push_back({positives, positives + negatives, value, value});
    // A share that is not above the one before it is pooled with it.
    while (blocks.size() > 1) {
      const Block& last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      if (last.positives * before.cases > before.positives * last.cases) break;
      before.positives += last.positives;
      before.cases += last.cases;
      before.last = last.last;
      blocks.pop_back();
    }
  });
  Isotonic function;
  for (const Block& block : blocks) {
    const double share = block.positives / block.cases;
    function.from_.push_back(block.first);
    function.to_.push_back(share);
    if (block.last == block.first) continue;
    function.from_.push_back(block.last);
    function.to_.push_back(share);
  }
  return function;
}

double Isotonic::at(double value) const {
  const auto above = std::lower_bound(from_.begin(), from_.end(), value);
  if (above == from_.end()) return to_.back();
  const auto place = static_cast<std::size_t>(above - from_.begin());
  if (place == 0 || *above == value) return to_[place];
  const double share = (value - from_[place - 1]) / (from_[place] - from_[place - 1]);
  return to_[place - 1] + share * (to_[place] - to_[place - 1]);
}

}  // namespace tocsin::metrics
