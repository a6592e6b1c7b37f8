#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gamma_sampler.hpp"
#include "tocsin/composite.hpp"

namespace tocsin {

inline constexpr std::array<Group, component_count> group_of{
    Group::intensity,       Group::intensity,       Group::intensity, Group::momentum,         Group::momentum,
    Group::self_sustaining, Group::self_sustaining, Group::spread,    Group::restraint_deficit};

/// Share of the score, in 0..1, that a component can add.
[[nodiscard]] double weight_of(Component component, const Weights& weights);

/// What the subscores are functions of: central values for the score, posterior draws for its interval.
struct Quantities {
  double level;           // hostile acts a day, of which the slow hostile share lends or takes some
  double hostile;         // n, discounted acts
  double mediation;       // m, discounted acts
  double recent_rate;     // acts a day in the recent window
  double baseline_rate;   // and in the window before
  double material_share;  // NaN without hostile acts
  double forward;         // discounted acts by direction
  double backward;
  double reproduction;  // acts that an act draws
};

[[nodiscard]] Quantities central_quantities(const Composite::Reading& reading, const Goalposts& goal);

/// Independent draws from the posteriors of rates and shares. Rung and breadth are taken as they are.
///
/// A draw of a quantity depends on (seed, pair, quantity, draw) alone, whatever else is drawn.
class QuantityDraws {
 public:
  /// What is drawn; the rest is central.
  struct Needed {
    bool level = false;  // with `hostile` and `mediation`
    bool momentum = false;
    bool material_share = false;
    bool reciprocity = false;
    bool reproduction = false;
  };
  QuantityDraws(const Composite::Reading& reading, const Needed& needed, const Goalposts& goal, std::uint64_t pair_key,
                std::uint64_t seed);

  [[nodiscard]] bool is_empty() const;
  [[nodiscard]] Quantities of(std::uint64_t draw) const;

 private:
  enum class Drawn {
    recent_rate,
    baseline_rate,
    hostile,
    material,
    rhetoric,
    forward,
    backward,
    mediation,
    reproduction
  };
  static constexpr std::size_t drawn_count = 9;

  [[nodiscard]] double take(Drawn quantity, std::uint64_t draw) const;

  Quantities central_;
  Needed needed_;
  double exposure_;  // that a level is of
  double lent_;      // acts that the slow hostile share adds to a level
  std::array<std::uint64_t, drawn_count> keys_{};
  std::array<random::GammaSampler, drawn_count> samplers_;
  std::array<double, drawn_count> scales_{};
};

/// Subscores in 0..1, in the order of `Component`; NaN where `shares` is 0 or the reading does not allow one.
[[nodiscard]] Subscores subscores_from(const Composite::Reading& reading, const Quantities& quantities,
                                       const Shares& shares, const Config& config);

/// The contributions of one day's score, drawn.
class DrawnScores {
 public:
  DrawnScores(const Composite::Reading& reading, const Shares& shares, const Config& config, std::uint64_t pair_key);

  /// That every draw is the same, as of a pair without a hostile act.
  [[nodiscard]] bool is_certain() const { return quantities_.is_empty(); }
  /// NaN: no component of the group could be computed.
  [[nodiscard]] Contributions of(std::uint64_t draw) const;

 private:
  [[nodiscard]] QuantityDraws::Needed needed(const Composite::Reading& reading, const Weights& weights) const;

  Goalposts goal_;
  double evidence_;
  Subscores values_;  // central ones; 0: missing
  QuantityDraws::Needed needed_;
  QuantityDraws quantities_;
  std::array<double, component_count> points_{};  // that each component can add
  Contributions missing_{};                       // 0, NaN of groups without a component
};

/// 5 and 95 % quantiles of the scores, and each part's share of their variance.
[[nodiscard]] ScoreInterval summarise(std::vector<double> scores, const std::vector<Contributions>& parts);

}  // namespace tocsin
