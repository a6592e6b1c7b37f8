#include "indicators/run_columns.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sample_series.hpp"

namespace tocsin::run_columns {
namespace {

TEST(RunColumns, MergingMovesTheLeastWhereNeighboursAreAlike) {
  // 2, 94 and 1 days between the first days, the younger one being 96, 2 and 1 days old.
  std::vector<double> weights(16), shapes(16, 1), rates(16, 1), costs(16);
  std::vector<double> first_days{2, 4, 98, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  std::vector<double> fresh{0.2, 0.3, 0.1, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const Runs runs{weights.data(), shapes.data(), rates.data(), first_days.data(), 1};
  EXPECT_EQ(cheapest_merge(runs, fresh.data(), 4, 100, costs.data()), 0);
  EXPECT_CLOSE(costs[0], 0.2 * 2 / (96.0 * 96));
  EXPECT_CLOSE(costs[1], 0.1 * 94 / 4);
  EXPECT_CLOSE(costs[2], 0.1);
}

TEST(RunColumns, GivesTheSameBitsWhateverTheWidthOfTheRegisters) {
  random::Stream stream(8);
  constexpr std::size_t size = 24;
  std::vector<double> weights(size), shapes(size), rates(size), first_days(size + run_block);
  for (std::size_t i = 0; i < size; ++i) {
    weights[i] = i == 5 ? -800 : stream.next_uniform();
    shapes[i] = 0.1 + 30 * stream.next_uniform();
    rates[i] = 1 + 20 * stream.next_uniform();
    first_days[i] = static_cast<double>(i);
  }
  for (const double count : {0.0, 1.0, 7.0, 120.0}) {
    for (const double phi : {1.0, 2.5}) {
      std::vector<std::vector<double>> all;
      for (const std::size_t width : {2, 4, 8}) {
        if (width > widest_registers()) continue;
        std::vector<double> w = weights, a = shapes, b = rates, likelihoods(size), fresh(size + run_block);
        const Runs runs{w.data(), a.data(), b.data(), first_days.data(), size / run_block};
        bool is_found = false;
        const Mass mass = weigh(runs, {count, 0.8, phi}, likelihoods.data(), fresh.data(), is_found, width);
        const std::size_t merge = cheapest_merge(runs, fresh.data(), size - 3, 30, likelihoods.data(), width);
        const Sums sums = settle(runs, fresh.data(), {0.5, count / phi, 0.8 / phi, 30, 14}, width);
        std::vector<double> one{
            mass.total,  mass.least,  static_cast<double>(is_found), static_cast<double>(merge), sums.rate, sums.run,
            sums.recent, sums.largest};
        for (const auto& column : {w, a, b, likelihoods, fresh}) one.insert(one.end(), column.begin(), column.end());
        all.push_back(one);
        EXPECT_EQ(one, all.front()) << "count " << count << ", width " << width;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::run_columns
