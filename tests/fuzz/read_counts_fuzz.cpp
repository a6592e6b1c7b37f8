// Tables of daily counts: a panel that was read goes through a table and back unchanged.
#include <algorithm>
#include <sstream>
#include <string>

#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "tocsin/count_reader.hpp"
#include "tocsin/error.hpp"

namespace tocsin::fuzz {
namespace {

// A calendar of centuries for two rows is slow, and shows nothing new.
constexpr std::int32_t most_days = 5000;

void try_one(FuzzedText input) {
  std::istringstream stream{std::string{input.text()}};
  const CountTable table = read_count_table(stream, "stream");
  expect(table.sources.size() == table.size() && table.targets.size() == table.size(), "columns have one length");
  const auto [first, last] = std::minmax_element(table.dates.begin(), table.dates.end());
  if (table.size() == 0 || *last - *first > most_days) return;
  const CountPanel panel = CountPanel::from_table(table);
  const CountPanel again = CountPanel::from_table(panel.to_table(), panel.calendar(), panel.collected());
  expect(again.pairs().size() == panel.pairs().size() && again.calendar() == panel.calendar(),
         "the same pairs and days");
  for (std::size_t i = 0; i < panel.pairs().size(); ++i) {
    expect(again.pairs()[i].pair == panel.pairs()[i].pair, "the same pairs in the same order");
  }
  expect(again.exposure() == panel.exposure(), "the same exposure");
}

}  // namespace
}  // namespace tocsin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    tocsin::fuzz::try_one({data, size});
  } catch (const tocsin::Error&) {
    // What is refused is no finding.
  }
  return 0;
}
