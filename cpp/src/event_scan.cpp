#include "event_scan.hpp"

#include <filesystem>
#include <sstream>

#include "input_files.hpp"
#include "layout_detection.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t head_size = std::size_t{1} << 16;
constexpr std::uint64_t unit_size = std::uint64_t{1} << 23;

// A plain text from a place on.
class PlainStream : public ByteStream {
 public:
  PlainStream(const InputPart& part, std::uint64_t begin) : bytes_(part.bytes), place_(begin) {}

  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t taken = bytes_->read_at(place_, buffer, size);
    place_ += taken;
    return taken;
  }
  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return place_; }

 private:
  std::shared_ptr<const StoredBytes> bytes_;
  std::uint64_t place_;
};

std::string beginning_of(const InputPart& part) {
  std::string head(head_size, '\0');
  head.resize(unpacked(part, Extent::beginning)->read(head.data(), head.size()));
  return head;
}

void require_one_vocabulary(const std::vector<EventInput>& inputs) {
  for (const EventInput& input : inputs) {
    const EventLayout& first = inputs.front().layout;
    if (input.layout.codebook == first.codebook && input.layout.actor_system == first.actor_system) continue;
    throw InputError(concat(input.part.origin, ": is ", input.layout.title, ", and ", inputs.front().part.origin,
                            " is ", first.title, ": their codes or actors are not the same; read them apart"));
  }
}

// What is wrong with a field or a line, as a message says it.
std::string describe(const Fault& fault, const EventLayout& layout, const Record& record) {
  const std::string column = concat("column \"", name_of(fault.role), "\"");
  const std::uint16_t place = layout.place(fault.role);
  const std::string_view found = place < record.count ? without_missing(record[place], layout) : std::string_view{};
  const std::string holds = concat(column, " holds ", in_quotes(found));
  switch (fault.reason) {
    case RejectReason::wrong_width:
      return concat("expected ", layout.fewest_fields,
                    layout.most_fields > layout.fewest_fields ? concat(" to ", layout.most_fields) : "", " fields",
                    layout.has_header ? " as in the header" : "", ", found ", record.count,
                    "; is the line cut off, or a separator missing?");
    case RejectReason::bad_date:
      return concat(holds, ", expected a day as YYYY-MM-DD");
    case RejectReason::date_out_of_range:
      return concat("the date ", found, " is out of range, expected a day from ", to_string(earliest_day), " to ",
                    to_string(latest_day));
    case RejectReason::no_actor:
      return concat(column, " is empty, expected an actor");
    case RejectReason::no_code:
      return concat(column, " is empty, expected an event code");
    case RejectReason::bad_number:
      return concat(holds, ", expected a whole number");
    case RejectReason::not_text:
      return concat(holds, ", which is not UTF-8 text");
    case RejectReason::too_long:
      return concat(column, " is too long for one: ", found.size(), " characters");
    case RejectReason::open_quote:
    case RejectReason::none:
      break;
  }
  return {};
}

std::string describe(RejectReason broken) {
  return broken == RejectReason::open_quote
             ? "a quote is opened and not closed before the end of the text; close it or remove it"
             : "the line is longer than 1 MiB; expected one short row a line";
}

void reject(UnitReport& report, RejectReason reason, std::int64_t rows, UnitReport::Example example) {
  UnitReport::Rejected& rejected = report.rejected[reason];
  rejected.rows += rows;
  report.rows += rows;
  if (rejected.examples.size() < examples_kept) rejected.examples.push_back(std::move(example));
}

// Copies of the humanitarian data exchange have a second header, of tags; a column may have none.
bool is_tag_row(const Record& record) {
  bool has_tag = false;
  for (std::size_t i = 0; i < record.count; ++i) {
    const std::string_view field = record[i];
    if (!field.empty() && field != "\r" && !field.starts_with('#')) return false;
    has_tag = has_tag || field.starts_with('#');
  }
  return has_tag;
}

template <class Records>
UnitReport scan_records(Records& records, const EventInput& input, const Unit& unit, ActorForm form, RowSink& sink,
                        const std::atomic<bool>& is_stopping) {
  UnitReport report;
  EventDecoder decoder(input.layout, form);
  Record record;
  EventRow row;
  bool is_header = unit.is_first && input.layout.has_header;
  bool may_be_tags = is_header;
  for (Found found = records.next(record); found != Found::end && !is_stopping; found = records.next(record)) {
    if (found == Found::fault) {
      const BrokenText& broken = records.fault();
      reject(report, broken.reason, broken.lines, {broken.line, 0, describe(broken.reason)});
      continue;
    }
    if (is_header) {
      is_header = false;
      continue;
    }
    if (may_be_tags && is_tag_row(record)) continue;
    may_be_tags = false;
    if (const Fault fault = decoder.decode(record, row)) {
      const std::int64_t field = fault.reason == RejectReason::wrong_width ? 0 : input.layout.place(fault.role) + 1;
      reject(report, fault.reason, 1, {record.line, field, describe(fault, input.layout, record)});
      continue;
    }
    ++report.rows;
    sink.take(row, record);
  }
  report.lines = records.lines();
  return report;
}

}  // namespace

std::vector<InputPart> parts_of_files(const std::vector<std::string>& names) {
  std::vector<InputPart> parts;
  for (const std::filesystem::path& path : input_files(names)) {
    const std::vector<InputPart> found = parts_of(open_file(path), path.string());
    parts.insert(parts.end(), found.begin(), found.end());
  }
  return parts;
}

std::vector<InputPart> parts_of_stream(std::istream& stream, const std::string& origin) {
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return parts_of(in_memory(std::move(bytes).str()), origin);
}

std::vector<EventInput> event_inputs(const std::vector<InputPart>& parts, const ReadOptions& options) {
  std::vector<EventInput> inputs;
  for (const InputPart& part : parts) {
    const Detected detected = detect_layout(beginning_of(part), part.origin, options);
    inputs.push_back({part, detected.layout, detected.begin});
  }
  if (inputs.empty()) throw InputError("there is no file to read; name at least one");
  require_one_vocabulary(inputs);
  return inputs;
}

std::vector<Unit> units_of(const std::vector<EventInput>& inputs) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const EventInput& input = inputs[i];
    if (input.part.packing != Packing::plain || input.layout.is_quoted) {
      units.push_back({i, input.begin, ~std::uint64_t{0}, true});
      continue;
    }
    std::uint64_t begin = input.begin;
    do {
      units.push_back({i, begin, begin + unit_size, begin == input.begin});
      begin += unit_size;
    } while (begin < input.part.size);
  }
  return units;
}

UnitReport scan(const EventInput& input, const Unit& unit, ActorForm form, RowSink& sink,
                const std::atomic<bool>& is_stopping) {
  const bool is_plain = input.part.packing == Packing::plain;
  // A piece begins in the middle of a line, or right behind one: the character before tells.
  const std::uint64_t before = unit.is_first ? 0 : 1;
  std::unique_ptr<ByteStream> stream;
  if (is_plain) {
    stream = std::make_unique<PlainStream>(input.part, unit.begin - before);
  } else {
    stream = unpacked(input.part);
    std::string mark(input.begin, '\0');
    static_cast<void>(stream->read(mark.data(), mark.size()));
  }
  if (input.layout.is_quoted) {
    QuotedRecords records(*stream, input.layout.delimiter);
    return scan_records(records, input, unit, form, sink, is_stopping);
  }
  const std::uint64_t limit = is_plain ? unit.end - unit.begin + before : ~std::uint64_t{0};
  LineRecords records(*stream, input.layout.delimiter, {!unit.is_first, limit}, std::move(sink.memory));
  UnitReport report = scan_records(records, input, unit, form, sink, is_stopping);
  sink.memory = records.take_memory();
  return report;
}

}  // namespace tocsin
