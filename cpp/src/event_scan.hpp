#pragma once

#include <atomic>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "event_decoder.hpp"
#include "input_part.hpp"
#include "records.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {

/// The texts in files, folders or patterns.
[[nodiscard]] std::vector<InputPart> parts_of_files(const std::vector<std::string>& names);
/// Those in a stream, which is taken into memory.
[[nodiscard]] std::vector<InputPart> parts_of_stream(std::istream& stream, const std::string& origin);

/// A text of events, and how it is read.
struct EventInput {
  InputPart part;
  EventLayout layout;
  std::size_t begin = 0;  // behind a byte order mark
};

/// @throws InputError  as `read_events` does for files that are no event files, or do not go together
[[nodiscard]] std::vector<EventInput> event_inputs(const std::vector<InputPart>& parts, const ReadOptions& options);

/// A piece of an input that one thread reads.
struct Unit {
  std::size_t input = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  // lines that begin before it
  bool is_first = true;   // of its input
};

/// Plain files of lines are cut into pieces; whatever is packed or quoted is read from its beginning.
[[nodiscard]] std::vector<Unit> units_of(const std::vector<EventInput>& inputs);

/// What a unit's rows come to; lines count from its beginning.
struct UnitReport {
  struct Example {
    std::int64_t line = 0;
    std::int64_t field = 0;  // from 1; 0: the whole line
    std::string what;
  };
  struct Rejected {
    std::int64_t rows = 0;
    std::vector<Example> examples;
  };

  std::int64_t lines = 0;
  std::int64_t rows = 0;
  std::map<RejectReason, Rejected> rejected;
};

/// As many examples of each reason as a report holds.
inline constexpr std::size_t examples_kept = 5;

class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void take(const EventRow& row, const Record& record) = 0;

  LineMemory memory;  // lent to each scan in turn: fresh pages for every unit took a quarter of it all
};

/// Reads the rows of a unit one by one. @return early, with what was read so far, where the work is stopping
[[nodiscard]] UnitReport scan(const EventInput& input, const Unit& unit, ActorForm form, RowSink& sink,
                              const std::atomic<bool>& is_stopping);

}  // namespace tocsin
