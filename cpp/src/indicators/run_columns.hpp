#pragma once

#include <cstddef>

/// The arithmetic of ChangePoint over all runs, several side by side in the registers of the processor.
///
/// Every width of the registers (2, 4 or 8 numbers) gives the same bits: the lanes of a sum are those of a block.
namespace tocsin::run_columns {

inline constexpr std::size_t run_block = 8;

/// A count up to this is a product of so many factors.
inline constexpr double largest_product = 256;

/// Of this machine. A wider one cannot be asked for below.
std::size_t widest_registers();

/// Columns of whole blocks.
struct Runs {
  double* weights;
  double* shapes;
  double* rates;
  const double* first_days;
  std::size_t blocks;
};

/// What a day says.
struct Day {
  double count;  // at most largest_product
  double exposure;
  double dispersion;
};

struct Mass {
  double total;  // of the fresh weights
  double least;  // of those of runs whose weight is no logarithm
};

/// likelihoods = P(count | run), 0 where it is below e^-600, to a relative error of about 1e-15 times its logarithm;
/// fresh = weight * likelihood, 0 where the weight is a logarithm.
///
/// @param is_found  false: a run has a rate below the exposure of the day divided by its dispersion, and its likelihood
/// has to be found otherwise
Mass weigh(const Runs& runs, const Day& day, double* likelihoods, double* fresh, bool& is_found,
           std::size_t width = widest_registers());

/// The second half alone, for given likelihoods.
Mass multiply(const Runs& runs, const double* likelihoods, double* fresh);

/// Takes the fresh weights times `scale`, adds the day to the posteriors, and sums.
struct Settling {
  double scale;
  double count;     // divided by the dispersion
  double exposure;  // the same
  double days;      // steps, this one included
  double window_days;
};
struct Sums {
  double rate;     // of weight * shape / rate
  double run;      // of weight * days in the run
  double recent;   // of the weights of runs of at most window_days
  double largest;  // weight
};
Sums settle(const Runs& runs, const double* fresh, const Settling& settling, std::size_t width = widest_registers());

/// What it would move to make one run of two neighbours: min(weight, weight) * days between their first days / (days of
/// the younger)^2. The neighbours are `run` and `run + 1`, both below `count`; columns hold one block more than
/// `blocks`.
/// @param days  steps, this one included
/// @param costs  filled
/// @return      the run where it moves least
std::size_t cheapest_merge(const Runs& runs, const double* fresh, std::size_t count, double days, double* costs,
                           std::size_t width = widest_registers());

}  // namespace tocsin::run_columns
