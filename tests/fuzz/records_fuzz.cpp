// The readers of records against naive ones, over the borders of their buffers, and in two pieces.
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "naive_records.hpp"
#include "records.hpp"

namespace tocsin::fuzz {
namespace {

class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string_view text) : text_(text) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t taken = text_.copy(buffer, size);
    text_.remove_prefix(taken);
    return taken;
  }
  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return 0; }

 private:
  std::string_view text_;
};

template <class Records>
std::vector<FoundRecord> all_of(Records& records, std::int64_t lines_before = 0) {
  std::vector<FoundRecord> all;
  Record record;
  for (Found found = records.next(record); found != Found::end; found = records.next(record)) {
    if (found == Found::fault) {
      const BrokenText& broken = records.fault();
      all.push_back({found, broken.line + lines_before, broken.lines, broken.reason, {}});
      continue;
    }
    FoundRecord copy{found, record.line + lines_before, 0, RejectReason::none, {}};
    for (std::size_t i = 0; i < record.count; ++i) copy.fields.emplace_back(record[i]);
    all.push_back(copy);
  }
  return all;
}

void check_lines(std::string_view text, char delimiter, std::size_t cut) {
  TextStream stream(text);
  LineRecords records(stream, delimiter);
  const std::vector<FoundRecord> whole = all_of(records);
  expect(whole == naive_lines(text, delimiter), "lines are those of the naive reader");
  if (text.size() < 2) return;
  const std::size_t place = 1 + cut % (text.size() - 1);
  TextStream begin(text);
  LineRecords first(begin, delimiter, {false, place});
  std::vector<FoundRecord> pieces = all_of(first);
  // One character before its own part, a piece sees whether a line begins there.
  TextStream end(text.substr(place - 1));
  LineRecords second(end, delimiter, {true, ~std::uint64_t{0}});
  const std::vector<FoundRecord> rest = all_of(second, first.lines());
  pieces.insert(pieces.end(), rest.begin(), rest.end());
  expect(whole == pieces, "two pieces hold the lines of the whole");
  expect(first.lines() + second.lines() == records.lines(), "every line is in one piece");
}

void check_quoted(std::string_view text, char delimiter) {
  TextStream stream(text);
  QuotedRecords records(stream, delimiter);
  const std::vector<FoundRecord> all = all_of(records);
  // A longer text may hold a record that is given up, and how much goes with it is the reader's affair.
  if (text.size() >= longest_record) return;
  expect(all == NaiveQuoted(text, delimiter).all(), "quoted records are those of the naive reader");
}

// Ends near the borders of the readers' buffers: 2^17, 2^18 or 2^20 bytes.
std::string filler(unsigned size_choice, unsigned distance, unsigned kind) {
  if (TOCSIN_FUZZ_LONG == 0) return {};
  const unsigned power = size_choice < 120 ? 17 : size_choice < 240 ? 18 : 20;
  std::string text((std::size_t{1} << power) - 128 + distance, 'x');
  const std::size_t step = std::size_t{64} * (1 + kind % 64);
  if (kind >= 64) {
    for (std::size_t i = 0; i < text.size(); i += step) text[i] = "\n\"\t"[kind / 64 - 1];
  }
  return text;
}

void try_one(FuzzedText input) {
  const unsigned choice = input.choice();
  const char delimiter = "\t,;"[choice % 3];
  const unsigned filler_size = input.choice();
  const unsigned distance = input.choice();
  const unsigned filler_kind = input.choice();
  const std::size_t place = input.choice();
  const std::size_t cut = input.number();
  std::string text{input.text()};
  text.insert(std::min(place, text.size()), filler(filler_size, distance, filler_kind));
  check_lines(text, delimiter, text.size() > (std::size_t{1} << 16) ? cut * 17 : cut);
  check_quoted(text, delimiter);
}

}  // namespace
}  // namespace tocsin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tocsin::fuzz::try_one({data, size});
  return 0;
}
