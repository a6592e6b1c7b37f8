// What the beginning of a text shows, with any kind asked for and any names of columns.
#include <algorithm>
#include <string>

#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "layout_detection.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/error.hpp"

namespace tocsin::fuzz {
namespace {

void try_one(FuzzedText input) {
  const auto sources = event_sources();
  const std::size_t source = input.choice() % (2 * sources.size());
  const unsigned columns = input.choice();
  ReadOptions options;
  if (source < sources.size()) options.source = sources[source];
  if ((columns & 1U) != 0) options.columns.emplace_back("date", "day");
  if ((columns & 2U) != 0) options.columns.emplace_back("code", std::string{input.text().substr(0, columns / 4)});
  const Detected found = detect_layout(input.text(), "text", options);
  const EventLayout& layout = found.layout;
  expect(options.source.empty() || layout.name == options.source, "the kind is the one that was asked for");
  expect(std::find(sources.begin(), sources.end(), layout.name) != sources.end(), "the kind has a known name");
  expect(found.begin == 0 || found.begin == 3, "only a byte order mark stands before the text");
  expect(layout.fewest_fields > 0 && layout.fewest_fields <= layout.most_fields, "there are fields");
  expect(layout.has(Role::date) && layout.has(Role::source) && layout.has(Role::target),
         "what makes an event is there");
  expect(layout.has(Role::code) || layout.has(Role::code_name), "there is a code");
  for (std::size_t i = 0; i < role_count; ++i) {
    const std::uint16_t place = layout.places[i];
    expect(place == no_place || place < layout.most_fields, "every role is one of the fields");
  }
  static_cast<void>(Codebook::shipped(layout.codebook));
  if (!layout.actor_system.empty()) static_cast<void>(code_system_of(layout.actor_system));
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
