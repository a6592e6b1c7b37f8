#include <atomic>
#include <sstream>
#include <tuple>
#include <utility>
#include <vector>

#include "event_checks.hpp"
#include "event_scan.hpp"
#include "expect.hpp"

namespace tocsin::fuzz {

namespace {

// Rows as they come, with what they hold.
class Rows : public RowSink {
 public:
  void take(const EventRow& row, const Record& record) override {
    rows_.emplace_back(row.date, row.last_day, row.date_added, std::string{row.id}, std::string{row.source},
                       std::string{row.target}, std::string{row.code}, std::string{record.whole()});
  }
  friend bool operator==(const Rows& a, const Rows& b) { return a.rows_ == b.rows_; }

 private:
  std::vector<std::tuple<Day, Day, Day, std::string, std::string, std::string, std::string, std::string>> rows_;
};

struct Sums {
  std::int64_t lines = 0;
  std::int64_t rows = 0;
  std::map<RejectReason, std::int64_t> rejected;

  void add(const UnitReport& report) {
    lines += report.lines;
    rows += report.rows;
    for (const auto& [reason, found] : report.rejected) rejected[reason] += found.rows;
  }
  friend bool operator==(const Sums&, const Sums&) = default;
};

// Behind the first line that is not blank: real pieces are longer than any header.
std::size_t end_of_header(const std::string& text, const EventInput& input) {
  const std::size_t header = text.find_first_not_of("\r\n", input.begin);
  return input.layout.has_header ? text.find('\n', header) : input.begin;
}

}  // namespace

void check_pieces(const std::string& text, const ReadOptions& options, unsigned cut) {
  std::istringstream stream(text);
  const std::vector<EventInput> inputs = event_inputs(parts_of_stream(stream, "stream"), options);
  const EventInput& input = inputs.front();
  if (input.part.packing != Packing::plain || input.layout.is_quoted) return;
  const std::size_t least = end_of_header(text, input);
  if (least >= text.size() || text.find("\n#") != std::string::npos) return;
  const std::uint64_t place = least + 1 + cut % (text.size() - least);
  const std::atomic<bool> never{false};
  Rows whole;
  Sums sum_of_whole;
  sum_of_whole.add(scan(input, {0, input.begin, text.size(), true}, options.actors, whole, never));
  Rows pieces;
  Sums sum_of_pieces;
  sum_of_pieces.add(scan(input, {0, input.begin, place, true}, options.actors, pieces, never));
  sum_of_pieces.add(scan(input, {0, place, text.size() + 1, false}, options.actors, pieces, never));
  expect(whole == pieces, "two pieces hold the rows of the whole");
  expect(sum_of_whole == sum_of_pieces, "the lines and rejects of two pieces are those of the whole");
}

}  // namespace tocsin::fuzz
