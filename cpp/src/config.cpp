#include "tocsin/config.hpp"

#include <cmath>

#include "json.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

void require(bool is_fine, std::string_view pointer, double found, std::string_view expected) {
  if (!is_fine) throw ConfigError(pointer, concat("holds ", shortest(found), ", expected ", expected));
}

void require_days(double days, std::string_view pointer) {
  require(days > 0 && days <= 36500, pointer, days, "a number of days above 0 and up to 36500");
}

void require_window(int days, std::string_view pointer) {
  require(days >= 1 && days <= 3650, pointer, days, "a whole number of days from 1 to 3650");
}

void require_share(double share, std::string_view pointer) {
  require(share >= 0 && share <= 1, pointer, share, "a share from 0 to 1");
}

void require_positive(double value, std::string_view pointer) {
  require(value > 0 && std::isfinite(value), pointer, value, "a number above 0");
}

void check(const Weights& weights) {
  double sum = 0;
  Weights::fields(weights, [&](std::string_view name, double weight) {
    require_share(weight, pointer_to("/weights", name));
    sum += weight;
  });
  require(std::abs(sum - 1) <= 1e-9, "/weights", sum, "weights that sum to 1");
}

void check(const Goalposts& goal) {
  require(std::isfinite(goal.level_low_log2) && goal.level_low_log2 < goal.level_high_log2, "/goalposts/level_low_log2",
          goal.level_low_log2, "a number below level_high_log2");
  require(std::isfinite(goal.level_high_log2), "/goalposts/level_high_log2", goal.level_high_log2, "a finite number");
  require(goal.rung >= 1 && goal.rung <= 7, "/goalposts/rung", goal.rung, "a rung from 1 to 7");
  require(goal.material_share > 0 && goal.material_share <= 1, "/goalposts/material_share", goal.material_share,
          "a share above 0 and up to 1");
  require_positive(goal.momentum_doublings, "/goalposts/momentum_doublings");
  require(goal.reproduction_low >= 0 && goal.reproduction_low < goal.reproduction_high, "/goalposts/reproduction_low",
          goal.reproduction_low, "a number from 0 to below reproduction_high");
  require_positive(goal.reproduction_high, "/goalposts/reproduction_high");
  require_positive(goal.evidence_acts, "/goalposts/evidence_acts");
  require(goal.acts_per_mediation >= 0 && std::isfinite(goal.acts_per_mediation), "/goalposts/acts_per_mediation",
          goal.acts_per_mediation, "a number from 0");
}

}  // namespace

void Config::validate() const {
  require(composite == Config{}.composite, "/composite", composite,
          concat(Config{}.composite, ", the edition that this version computes"));
  require_days(half_life_fast_days, "/half_life_fast_days");
  require_days(half_life_medium_days, "/half_life_medium_days");
  require_days(half_life_slow_days, "/half_life_slow_days");
  require(settle_days >= 0 && settle_days <= 365, "/settle_days", settle_days, "a whole number of days from 0 to 365");
  require(warm_up_days >= 0 && warm_up_days <= 36500, "/warm_up_days", warm_up_days,
          "a whole number of days from 0 to 36500");
  require_window(recent_days, "/recent_days");
  require(baseline_days >= 7 && baseline_days <= 3650, "/baseline_days", baseline_days,
          "a whole number of days from 7, which momentum needs, to 3650");
  require(guard_days >= 0 && guard_days <= 3650, "/guard_days", guard_days, "a whole number of days from 0 to 3650");
  require(hazard > 0 && hazard < 1, "/hazard", hazard, "a chance above 0 and below 1");
  require(draws >= 20 && draws <= 1000000, "/draws", draws, "a whole number from 20 to 1000000");
  require(min_events >= 0 && std::isfinite(min_events), "/min_events", min_events, "a number of acts from 0");
  check(weights);
  check(goalposts);
}

Config Config::from_json(std::string_view text) {
  Config config;
  try {
    fields_from_json(parse_json(text), config, Absent::keeps_default, "");
  } catch (const JsonFault& fault) {
    throw ConfigError(fault.pointer, fault.what);
  }
  config.validate();
  return config;
}

std::string Config::to_json() const { return fields_to_json(*this).dump(2); }

}  // namespace tocsin
