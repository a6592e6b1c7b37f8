// How fast daily counts are read: the rows alone, and arranged into a panel.

#include <benchmark/benchmark.h>

#include <sstream>
#include <string>

#include "tocsin/count_reader.hpp"

namespace tocsin {
namespace {

constexpr int pairs = 100;
constexpr int days = 300;
constexpr std::int32_t first_day = 19'000;  // 2022-01-08

// Both directions of every pair on every day, out of order: days outside, pairs inside.
std::string counts_as_csv() {
  std::ostringstream csv;
  csv << "date,source,target,rhetoric,military,punitive,mediation,cooperation\n";
  for (int day = 0; day < days; ++day) {
    const std::string date = to_string(Day{first_day + day});
    for (int pair = 0; pair < pairs; ++pair) {
      csv << date << ",A" << pair << ",B" << pair << ',' << day % 7 << ',' << pair % 3 << ",0,0.5,12\n";
      csv << date << ",B" << pair << ",A" << pair << ',' << day % 5 << ",0,,0,3\n";
    }
  }
  return csv.str();
}

void read_table(benchmark::State& state) {
  const std::string csv = counts_as_csv();
  for (auto _ : state) {
    std::istringstream stream(csv);
    benchmark::DoNotOptimize(read_count_table(stream, "counts.csv"));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(csv.size()));
}
BENCHMARK(read_table)->Unit(benchmark::kMillisecond);

void read_panel(benchmark::State& state) {
  const std::string csv = counts_as_csv();
  for (auto _ : state) {
    std::istringstream stream(csv);
    benchmark::DoNotOptimize(read_counts(stream, "counts.csv"));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(csv.size()));
}
BENCHMARK(read_panel)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin
