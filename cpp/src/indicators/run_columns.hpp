#pragma once

#include <cstddef>

/// The arithmetic of ChangePoint over all runs, several side by side in the registers of the processor.
///
/// Every width of the registers (2, 4 or 8 numbers) gives the same bits: the lanes of a sum are those of a block.
namespace tocsin::run_columns {

inline constexpr std::size_t run_block = 16;

/// A count up to this is a product of so many factors.
inline constexpr double largest_product = 256;

/// Of a value.
inline constexpr double lowest_power = -800;

/// Of this machine. A wider one cannot be asked for below.
std::size_t widest_registers();

/// Columns of whole blocks. A run weighs weight * 2^power: no weight leaves the range of the numbers, however faint.
struct Runs {
  double* weights;  // above 0
  double* powers;   // whole numbers
  double* shapes;   // 1e-200 to 1e15
  double* rates;    // 1e-90 to 1e90
  const double* first_days;
  double* values;  // filled: weight * 2^power, a power below lowest_power taken as that
  std::size_t blocks;
};

/// What a day says.
struct Day {
  double count;     // at most largest_product
  double exposure;  // 0: nothing is learned
  double dispersion;
  double days;         // steps, this one included
  bool is_normalised;  // brings weights back to between 1 and 2; days with acts do so, others move them by 2^(1/2)
};

/// Of the values after the day.
struct Sums {
  double total;
  double rate;         // of value * shape / rate
  double run;          // of value * days in the run
  double largest;      // value
  double largest_day;  // the first of the run that has it
};

/// weight = weight * P(count | run), to a relative error of about 1e-15 times the logarithm of the latter; adds the day
/// to the posteriors, and sums.
Sums follow(const Runs& runs, const Day& day, std::size_t width = widest_registers());

}  // namespace tocsin::run_columns
