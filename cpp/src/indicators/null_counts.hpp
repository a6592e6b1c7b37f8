#pragma once

#include <cstddef>
#include <vector>

#include "gamma_sampler.hpp"
#include "random.hpp"
#include "tocsin/indicators/no_excitation.hpp"

namespace tocsin {

/// One day's counts of a negative binomial with variance phi times the mean: by inversion of a table where that is
/// short, as a Poisson with a gamma mean elsewhere.
class DayCountSampler {
 public:
  /// @param mean        at least 0
  /// @param dispersion  phi >= 1; 1: Poisson
  DayCountSampler(double mean, double dispersion);

  [[nodiscard]] double operator()(random::Stream& stream) const;

 private:
  std::vector<double> at_most_;  // P(count <= 0), P(count <= 1), ...; empty: by gamma and Poisson
  double mean_;
  double scale_;  // phi - 1
  random::GammaSampler gamma_;
};

/// Series of a model without excitation, day after day: the distribution of `simulate` with everything prepared that
/// many draws share.
class NullCounts {
 public:
  explicit NullCounts(const NoExcitation& null);

  [[nodiscard]] std::size_t days() const { return sampler_of_day_.size(); }

  /// Counts of one draw.
  class Draw {
   public:
    /// A function of (key, draw) alone.
    Draw(const NullCounts& counts, std::uint64_t key, std::uint64_t draw)
        : counts_(counts), stream_(random::combine_keys(key, draw)) {}
    /// Of the next day: what happens first, and what is told again.
    double next();

   private:
    const NullCounts& counts_;
    random::Stream stream_;
    std::size_t day_ = 0;
    double first_told_ = 0;
  };

 private:
  double echo_;
  std::vector<DayCountSampler> samplers_;  // one a level
  std::vector<std::size_t> sampler_of_day_;
};

/// How many of so many acts are told again, each with probability `share`.
[[nodiscard]] double told_again(random::Stream& stream, double acts, double share);

}  // namespace tocsin
