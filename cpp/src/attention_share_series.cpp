#include <cmath>
#include <limits>

#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

Share attention_share(const Counts& y, const Counts& total, const AttentionShare::Options& options) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  require_counts(y, "y");
  require_amounts(total, "total");
  require_equal_length(y.size(), total.size(), "y and total");
  require_above(options.prior_acts, 0, "prior[0]");
  require_above(options.prior_others, 0, "prior[1]");
  Share result{Array(y.size()), Array(y.size()), Array(y.size())};
  AttentionShare recursion(options);
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if (total[t] < y[t]) {
      throw InputError(concat("total[", t, "] is ", shortest(total[t]), ", expected at least y[", t,
                              "] = ", shortest(y[t]), ": all events of the day, these among them"));
    }
    const bool is_known = !std::isnan(y[t]) && !std::isnan(total[t]);
    const BetaPosterior posterior = recursion.step(y[t], total[t]);
    const Interval interval = is_known ? posterior.interval() : Interval{nan, nan};
    result.share[t] = posterior.mean();
    result.low[t] = interval.low;
    result.high[t] = interval.high;
  }
  return result;
}

}  // namespace tocsin::series
