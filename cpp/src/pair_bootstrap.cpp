#include "pair_bootstrap.hpp"

#include <algorithm>
#include <limits>

#include "random.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_thresholds = 4096;

}  // namespace

Eigen::MatrixXd pair_weights(std::size_t pairs, int draws, std::uint64_t seed) {
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(pairs), draws);
  for (int draw = 0; draw < draws; ++draw) {
    random::Stream stream(random::combine_keys(seed, static_cast<std::uint64_t>(draw)));
    for (std::size_t i = 0; i < pairs; ++i) {
      const double place = stream.next_uniform() * static_cast<double>(pairs);
      weights(static_cast<Eigen::Index>(place), draw) += 1;
    }
  }
  return weights;
}

RankedCases::RankedCases(const PairedCases& cases, const metrics::Values& values,
                         const std::vector<std::uint32_t>& order) {
  const auto n = static_cast<Eigen::Index>(cases.pair_count);
  positives_ = Eigen::VectorXd::Zero(n);
  negatives_ = Eigen::VectorXd::Zero(n);
  wins_ = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t i = 0; i < cases.labels.size(); ++i) {
    (cases.labels[i] == 1 ? positives_ : negatives_)[cases.pairs[i]] += 1;
  }
  const auto all_positives = static_cast<std::size_t>(positives_.sum());
  const std::size_t per_threshold = all_positives / most_thresholds + 1;
  std::vector<Eigen::VectorXd> above;
  Eigen::VectorXd seen = Eigen::VectorXd::Zero(n);  // negatives above the current value
  Eigen::VectorXd tied = Eigen::VectorXd::Zero(n);
  std::vector<std::uint32_t> owners;
  std::vector<std::uint32_t> open;  // positives since the last threshold
  for (auto place = order.rbegin(); place != order.rend();) {
    auto next = place;
    owners.clear();
    for (; next != order.rend() && values[*next] == values[*place]; ++next) {
      if (cases.labels[*next] == 1) owners.push_back(cases.pairs[*next]);
    }
    if (!owners.empty()) {
      tied.setZero();
      for (auto each = place; each != next; ++each) tied[cases.pairs[*each]] += cases.labels[*each] == 1 ? 0 : 1;
      for (const std::uint32_t owner : owners) wins_.row(owner) += (negatives_ - seen - tied / 2).transpose();
    }
    for (; place != next; ++place) seen[cases.pairs[*place]] += cases.labels[*place] == 1 ? 0 : 1;
    open.insert(open.end(), owners.begin(), owners.end());
    if (!owners.empty() && open.size() >= per_threshold) {
      above.push_back(seen);
      found_.push_back(std::move(open));
      open.clear();
    }
  }
  if (!open.empty()) {
    above.push_back(seen);
    found_.push_back(std::move(open));
  }
  above_.resize(static_cast<Eigen::Index>(above.size()), n);
  for (std::size_t i = 0; i < above.size(); ++i) above_.row(static_cast<Eigen::Index>(i)) = above[i].transpose();
}

Separation RankedCases::separation(const Eigen::Ref<const Eigen::VectorXd>& weights) const {
  const auto share = [](double wins, double pairs) { return pairs > 0 ? wins / pairs : nan; };
  const Eigen::VectorXd active = (positives_.array() > 0).select(weights, 0);
  const double won = active.dot(wins_ * weights);
  const double won_active = active.dot(wins_ * active);
  const double positive = active.dot(positives_);
  double within = 0;
  double counted = 0;
  for (Eigen::Index i = 0; i < weights.size(); ++i) {
    if (positives_[i] == 0 || negatives_[i] == 0) continue;
    within += weights[i] * wins_(i, i) / (positives_[i] * negatives_[i]);
    counted += weights[i];
  }
  return {share(won, positive * weights.dot(negatives_)), share(won_active, positive * active.dot(negatives_)),
          share(within, counted)};
}

Eigen::VectorXd RankedCases::average_precision(const Eigen::MatrixXd& weights) const {
  const Eigen::MatrixXd false_above = above_ * weights;
  Eigen::VectorXd result(weights.cols());
  for (Eigen::Index draw = 0; draw < weights.cols(); ++draw) {
    double found = 0;
    double sum = 0;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      double here = 0;
      for (const std::uint32_t owner : found_[i]) here += weights(owner, draw);
      found += here;
      if (here > 0) sum += here * found / (found + false_above(static_cast<Eigen::Index>(i), draw));
    }
    result[draw] = found > 0 ? sum / found : nan;
  }
  return result;
}

}  // namespace tocsin
