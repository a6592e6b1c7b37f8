// Where the time of reading events goes, stage by stage on one thread: each stage does what the one before does, and
// more. TOCSIN_BENCH_EVENTS names a file to read; without it the rows of an example are repeated.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "event_scan.hpp"
#include "input_part.hpp"
#include "separators.hpp"
#include "stored_bytes.hpp"
#include "text.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 18;
constexpr std::size_t example_size = std::size_t{1} << 26;

// 61 fields of some 400 bytes, as in GDELT 2.0, a quarter of them with a country on both sides.
std::string made_up_rows() {
  std::string text;
  for (int i = 0; text.size() < example_size; ++i) {
    const bool is_between = i % 4 == 0;
    const std::string day = "202504" + std::to_string(10 + i / 8192 % 20);
    std::string row = std::to_string(1'240'000'000 + i) + "\t" + day + "\t202504\t2025\t2025.3\tIND\tINDIA\tIND";
    for (int field = 8; field < 61; ++field) {
      row += '\t';
      if (field == 17 && is_between) row += "PAK";
      if (field == 25) row += "1";
      if (field == 26) row += "190";
      if (field >= 31 && field <= 33) row += "4";
      if (field == 36 || field == 44 || field == 52) row += "Srinagar, Jammu And Kashmir, India";
      if (field == 59) row += day + "120000";
      if (field == 60) row += "https://www.example.org/news/world/a-rather-long-address-of-a-report.html";
    }
    text += row + "\n";
  }
  return text;
}

const std::string& text() {
  static const std::string bytes = [] {
    const char* path = std::getenv("TOCSIN_BENCH_EVENTS");
    if (path == nullptr) return made_up_rows();
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return std::move(all).str();
  }();
  return bytes;
}

void report(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text().size()));
}

// The bound: every byte of the text looked at, eight at a time, and nothing else.
void stage_0_memory_alone(benchmark::State& state) {
  const std::string& bytes = text();
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i, 8);
      sum += word;
    }
    benchmark::DoNotOptimize(sum);
  }
  report(state);
}
BENCHMARK(stage_0_memory_alone)->Unit(benchmark::kMillisecond);

// As the readers take them: in blocks that stay in the cache.
void stage_1_blocks(benchmark::State& state) {
  const auto bytes = in_memory(text());
  std::vector<char> block(block_size);
  for (auto _ : state) {
    for (std::uint64_t place = 0; place < bytes->size(); place += block_size) {
      benchmark::DoNotOptimize(bytes->read_at(place, block.data(), block.size()));
    }
  }
  report(state);
}
BENCHMARK(stage_1_blocks)->Unit(benchmark::kMillisecond);

void stage_2_separators(benchmark::State& state) {
  const auto bytes = in_memory(text());
  std::vector<char> block(block_size);
  Separators found;
  for (auto _ : state) {
    for (std::uint64_t place = 0; place < bytes->size(); place += block_size) {
      find_separators(block.data(), bytes->read_at(place, block.data(), block.size()), '\t', found);
      benchmark::DoNotOptimize(found.count);
    }
  }
  report(state);
}
BENCHMARK(stage_2_separators)->Unit(benchmark::kMillisecond);

class NoSink : public RowSink {
 public:
  void take(const EventRow& row, const Record& /*record*/) override { benchmark::DoNotOptimize(row.date); }
};

void stage_3_rows(benchmark::State& state) {
  const std::vector<EventInput> inputs = event_inputs(parts_of(in_memory(text()), "events"), {});
  const std::vector<Unit> units = units_of(inputs);
  const std::atomic<bool> is_stopping{false};
  NoSink sink;
  for (auto _ : state) {
    for (const Unit& unit : units) {
      benchmark::DoNotOptimize(scan(inputs[0], unit, ActorForm::source, sink, is_stopping));
    }
  }
  report(state);
}
BENCHMARK(stage_3_rows)->Unit(benchmark::kMillisecond);

// From a file in the system's cache to distinct events and the report.
void stage_4_events(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / concat("tocsin-bench-", getpid(), ".CSV");
  std::ofstream(path, std::ios::binary) << text();
  for (auto _ : state) {
    benchmark::DoNotOptimize(read_events(std::vector{path.string()}, {.threads = 1}));
  }
  std::filesystem::remove(path);
  report(state);
}
BENCHMARK(stage_4_events)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace tocsin
