// One target for each kind of event file, which TOCSIN_FUZZ_SOURCE names; where it is empty, the kind is recognised.
#include <sstream>
#include <string>

#include "../cpp/zip_archive.hpp"
#include "event_checks.hpp"
#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "tocsin/error.hpp"

namespace tocsin::fuzz {
namespace {

// Bits of the first byte of an input.
constexpr unsigned form_bits = 0x03;
constexpr unsigned two_threads = 0x04;
constexpr unsigned packed_too = 0x08;
constexpr unsigned column_by_column_too = 0x10;
constexpr unsigned few_rejects = 0x20;

ReadOptions options_of(unsigned choice) {
  ReadOptions options;
  options.source = TOCSIN_FUZZ_SOURCE;
  const unsigned form = choice & form_bits;
  options.actors = form == 1 ? ActorForm::code : form == 2 ? ActorForm::iso3 : ActorForm::source;
  if (form == 3) options.actor_system = "cameo";
  options.threads = (choice & two_threads) != 0 ? 2 : 1;
  options.max_rejected_share = (choice & few_rejects) != 0 ? 0.05 : 1;
  return options;
}

EventReading reading_of(const std::string& text, const ReadOptions& options) {
  std::istringstream stream(text);
  return read_events(stream, "stream", options);
}

// What could be read once can be read in any other way.
void check_other_ways(const std::string& text, const ReadOptions& options, const EventReading& reading, unsigned choice,
                      unsigned cut) {
  check_pieces(text, options, cut);
  if ((choice & column_by_column_too) != 0) check_columns(text, options, reading);
  // What is packed, or ends like a zip, is something else when it is packed once more.
  const bool is_plain = !text.starts_with('\x1f') && text.find("PK\x05\x06") == std::string::npos;
  if ((choice & packed_too) == 0 || !is_plain) return;
  check_same(reading, reading_of(zip_archive::deflated(text, 16 + MAX_WBITS, Z_BEST_SPEED), options));
}

void try_one(FuzzedText input) {
  const unsigned choice = input.choice();
  const unsigned counting = input.choice();
  const unsigned cut = input.number();
  const std::string text{input.text()};
  const ReadOptions options = options_of(choice);
  const EventReading reading = reading_of(text, options);
  check_report(reading.report);
  check_table(reading);
  try {
    check_other_ways(text, options, reading, choice, cut);
  } catch (const Error& error) {
    expect(false, error.what());
  }
  check_other_order(text, options, reading);
  check_counts(reading.events, counting);
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
