// What a pair-day costs, and its dearest parts: one recursion step, one row without and with intervals.

#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "beta_functions.hpp"
#include "incomplete_gamma.hpp"
#include "pair_scorer.hpp"

namespace tocsin {
namespace {

constexpr std::size_t days = 1000;
constexpr std::uint64_t pair_key = 1;

// A pair that acts `acts_a_day` times a day, evenly over both directions and the five signals.
std::vector<DayCounts> simulated_days(double acts_a_day) {
  std::mt19937_64 generator(1);
  std::poisson_distribution<int> acts(acts_a_day / (2 * signal_count));
  std::vector<DayCounts> rows(days);
  for (DayCounts& row : rows) {
    for (auto& direction : row.counts) {
      for (double& cell : direction) cell = acts(generator);
    }
  }
  return rows;
}

Collected all_signals() {
  Collected collected;
  collected.signals.set();
  return collected;
}

void step_through(PairScorer& scorer, const std::vector<DayCounts>& rows) {
  for (const DayCounts& row : rows) scorer.update({1, &row});
}

// The argument is acts in 100 days: nearly silent, tense, at war.
double acts_a_day(const benchmark::State& state) { return static_cast<double>(state.range(0)) / 100; }

void update(benchmark::State& state) {
  const std::vector<DayCounts> rows = simulated_days(acts_a_day(state));
  PairScorer scorer({}, all_signals());
  for (auto _ : state) step_through(scorer, rows);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(days));
}
BENCHMARK(update)->Arg(1)->Arg(100)->Arg(1000);

void update_and_read_values(benchmark::State& state) {
  const std::vector<DayCounts> rows = simulated_days(acts_a_day(state));
  PairScorer scorer({}, all_signals());
  for (auto _ : state) {
    for (const DayCounts& row : rows) {
      scorer.update({1, &row});
      benchmark::DoNotOptimize(scorer.read(Detail::values, pair_key, false));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(days));
}
BENCHMARK(update_and_read_values)->Arg(1)->Arg(100)->Arg(1000);

void read_intervals(benchmark::State& state) {
  PairScorer scorer({}, all_signals());
  step_through(scorer, simulated_days(acts_a_day(state)));
  for (auto _ : state) benchmark::DoNotOptimize(scorer.read(Detail::intervals, pair_key, false));
}
BENCHMARK(read_intervals)->Arg(1)->Arg(100)->Arg(1000);

void composite_interval(benchmark::State& state) {
  const Config config;
  Composite composite(config);
  for (const DayCounts& row : simulated_days(acts_a_day(state))) {
    composite.step(Observation::of({1, &row}, all_signals()).day);
  }
  const Composite::Reading reading = composite.read({0.1, 0.05, 0.05, 0.01, 1.5});
  const Shares shares = shares_of(all_signals());
  for (auto _ : state) benchmark::DoNotOptimize(Composite::interval(reading, shares, config, pair_key));
}
BENCHMARK(composite_interval)->Arg(1)->Arg(100)->Arg(1000);

// The argument is twice the shape, so that one half is among them.
void gamma_quantile(benchmark::State& state) {
  double shape = static_cast<double>(state.range(0)) / 2;
  for (auto _ : state) {
    benchmark::DoNotOptimize(shape);
    benchmark::DoNotOptimize(special::gamma_quantile(0.95, shape));
  }
}
BENCHMARK(gamma_quantile)->Arg(1)->Arg(20)->Arg(2000);

void beta_quantile(benchmark::State& state) {
  double shape = static_cast<double>(state.range(0)) / 2;
  for (auto _ : state) {
    benchmark::DoNotOptimize(shape);
    benchmark::DoNotOptimize(special::beta_quantile(0.95, 0.5, shape));
  }
}
BENCHMARK(beta_quantile)->Arg(1)->Arg(20)->Arg(2000);

}  // namespace
}  // namespace tocsin
