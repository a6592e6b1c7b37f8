// Codes and names of any system, on any day.
#include <string>

#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/error.hpp"

namespace tocsin::fuzz {
namespace {

bool is_known(CodeSystem system, const std::string& text, Day day) {
  try {
    static_cast<void>(place_of(system, text, day));
    return true;
  } catch (const InputError&) {
    return false;
  }
}

void try_one(FuzzedText input) {
  const auto names = code_system_names();
  const CodeSystem from = code_system_of(names[input.choice() % names.size()]);
  const unsigned choice = input.choice();
  const CodeSystem to = code_system_of(names[choice % names.size()]);
  const auto days = static_cast<unsigned>(latest_day - earliest_day + 1);
  const unsigned day = (unsigned{input.choice()} << 16U | input.number()) % days;
  const Day date = earliest_day + static_cast<std::int32_t>(day);
  const std::string text{input.text()};

  const std::string actor = rolled_up(text, from);
  expect(rolled_up(actor, from) == actor, "rolling up twice is rolling up once");
  const Place* const place = find_place(from, text, date);
  if (place == nullptr) {
    // Looking for names that are near takes long.
    expect(choice < 192 || !is_known(from, text, date), "there is an error where there is no place");
    return;
  }
  expect(&place_of(from, text, date) == place, "both find the same place");
  expect(!place->id.empty() && !place->name.empty(), "a place has an id and a name");
  if (const auto code = code_of(*place, to, date)) {
    const Place* const back = find_place(to, *code, date);
    expect(back == place, "a code that is given leads back to its place");
  }
  static_cast<void>(converted(text, from, to, date));
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
