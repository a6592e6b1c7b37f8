// What a series-day of the change point costs: 64 run lengths or all of them, with and without the direction.

#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "tocsin/indicators/change_point.hpp"

namespace tocsin {
namespace {

constexpr std::size_t days = 2000;
constexpr std::size_t all_series = 16;

// Poisson counts; the rate, half an act a day in the median, is drawn anew about every 200 days.
std::vector<double> simulated_counts(std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::lognormal_distribution<double> rates(-0.7, 1.2);
  std::bernoulli_distribution changes(0.005);
  std::vector<double> counts(days);
  double rate = rates(generator);
  for (double& count : counts) {
    if (changes(generator)) rate = rates(generator);
    count = static_cast<double>(std::poisson_distribution<int>(rate)(generator));
  }
  return counts;
}

enum class Asked { reading, reading_and_up, reading_and_above };

void follow(benchmark::State& state, const ChangePoint::Options& options, const Belief& prior, Asked asked) {
  std::vector<std::vector<double>> panel;
  for (std::size_t i = 0; i < all_series; ++i) panel.push_back(simulated_counts(i));
  for (auto _ : state) {
    for (const std::vector<double>& counts : panel) {
      ChangePoint recursion(options);
      for (const double count : counts) {
        benchmark::DoNotOptimize(recursion.step(count, 1, prior));
        if (asked == Asked::reading_and_up) benchmark::DoNotOptimize(recursion.p_recent_up());
        if (asked == Asked::reading_and_above) benchmark::DoNotOptimize(recursion.p_recent_above(0.5));
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(days * all_series));
}

void change_point_keep(benchmark::State& state) {
  follow(state, {0.01, 14, static_cast<int>(state.range(0))}, {1, 1, 1}, Asked::reading);
}
BENCHMARK(change_point_keep)->Arg(16)->Arg(32)->Arg(64)->Arg(128);

void change_point_dispersed(benchmark::State& state) { follow(state, {0.01, 14, 64}, {1, 1, 3}, Asked::reading); }
BENCHMARK(change_point_dispersed);

void change_point_up(benchmark::State& state) { follow(state, {0.01, 14, 64}, {1, 1, 1}, Asked::reading_and_up); }
BENCHMARK(change_point_up);

void change_point_above(benchmark::State& state) { follow(state, {0.01, 14, 64}, {1, 1, 1}, Asked::reading_and_above); }
BENCHMARK(change_point_above);

void change_point_exact(benchmark::State& state) { follow(state, {0.01, 14, {}}, {1, 1, 1}, Asked::reading); }
BENCHMARK(change_point_exact)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin
