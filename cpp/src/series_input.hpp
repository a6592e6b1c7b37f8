#pragma once

#include <string_view>

#include "tocsin/indicators/rate_ratio.hpp"
#include "tocsin/posterior.hpp"
#include "tocsin/series.hpp"

/// Checks of what callers pass to the functions over whole series; each throws InputError that names the argument and
/// the place.
namespace tocsin::series {

void require_counts(const Counts& y, std::string_view name);   // whole numbers >= 0, or NaN
void require_amounts(const Counts& y, std::string_view name);  // numbers >= 0, or NaN
void require_exposure(const Counts& exposure, Eigen::Index days);
void require_means(const Counts& mean, Eigen::Index days);  // above 0; one, or one a day
void require_equal_length(Eigen::Index a, Eigen::Index b, std::string_view names);
void require_at_least(double value, double least, std::string_view name);
void require_above(double value, double bound, std::string_view name);
void require_half_life(double days);
void require_windows(const RateRatio::Options& options);
void require_budget(double false_alarm_days);
void require_belief(const Belief& belief);
[[noreturn]] void fail_columns(Eigen::Index found);

}  // namespace tocsin::series
