#include "layout_detection.hpp"

#include <algorithm>
#include <optional>

#include "byte_stream.hpp"
#include "event_day.hpp"
#include "records.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t lines_looked_at = 50;

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

std::string lowered(std::string_view text) {
  std::string small;
  for (const char c : text) small += 'A' <= c && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const auto first = small.find_first_not_of(" \r");
  if (first == std::string::npos) return {};
  return small.substr(first, small.find_last_not_of(" \r") - first + 1);
}

[[noreturn]] void fail(const std::string& origin, std::string_view what) {
  throw InputError(concat(origin, ": ", what));
}

void refuse_what_is_no_table(std::string_view text, const std::string& origin) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    fail(origin, "is UTF-16 text; save the file as UTF-8");
  }
  // One byte of a field that went wrong is not yet binary data: such a row is rejected later.
  if (std::count(text.begin(), text.end(), '\0') > static_cast<std::ptrdiff_t>(text.size() / 100)) {
    fail(origin, "holds binary data; expected a table of events as text, plain, gzipped or zipped");
  }
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) fail(origin, "the file is empty; expected a table of events");
  if (text[first] == '<') {
    fail(origin, "is a web page or XML, not a table of events; was an error page saved in its place? Fetch it again");
  }
  if (text[first] == '{' || text[first] == '[') fail(origin, "is JSON; expected a table of events, one a line");
}

// The mark that stands most often in the line.
char delimiter_of(std::string_view line) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char mark : {',', '\t', ';'}) {
    const std::ptrdiff_t n = std::count(line.begin(), line.end(), mark);
    if (n > most) {
      most = n;
      best = mark;
    }
  }
  return best;
}

std::vector<std::string> header_of(std::string_view text, char delimiter) {
  TextStream stream(text);
  QuotedRecords records(stream, delimiter);
  Record record;
  std::vector<std::string> names;
  if (records.next(record) != Found::record) return names;
  for (std::size_t i = 0; i < record.count; ++i) names.push_back(lowered(record[i]));
  return names;
}

// Our names of a tidy table under those of the user.
std::vector<NamedColumn> tidy_columns(std::vector<NamedColumn> columns, const ReadOptions& options,
                                      std::vector<std::string>& names) {
  for (const auto& [ours, theirs] : options.columns) names.push_back(lowered(theirs));
  for (std::size_t i = 0; i < options.columns.size(); ++i) {
    const std::string& ours = options.columns[i].first;
    const auto role = role_named(ours);
    const auto place = std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return role == c.role; });
    if (place == columns.end()) {
      std::vector<std::string> known;
      for (const NamedColumn& column : columns) known.push_back(in_quotes(column.name));
      throw InputError(concat("columns names ", in_quotes(ours), ", expected some of ", joined(known)));
    }
    *place = {names[i], *role, true};
  }
  return columns;
}

// The layout with its places where every required column is there; else what is missing.
struct Fit {
  std::optional<EventLayout> layout;
  std::vector<std::string> missing;
};

Fit fit(const NamedLayout& named, const std::vector<NamedColumn>& columns, const std::vector<std::string>& header,
        const std::string& origin) {
  EventLayout layout = named.layout;
  layout.has_header = true;
  layout.places.fill(no_place);
  layout.fewest_fields = layout.most_fields = header.size();
  Fit found;
  std::string_view twice;
  for (const NamedColumn& column : columns) {
    const auto place = std::find(header.begin(), header.end(), column.name);
    if (place == header.end()) {
      if (column.is_required) found.missing.push_back(in_quotes(column.name));
      continue;
    }
    if (twice.empty() && std::find(place + 1, header.end(), column.name) != header.end()) twice = column.name;
    layout.places[index_of(column.role)] = static_cast<std::uint16_t>(place - header.begin());
  }
  // ICEWS of 2017 names events in words only.
  if (!layout.has(Role::code) && !layout.has(Role::code_name)) found.missing.emplace_back("\"code\"");
  if (!found.missing.empty()) return found;
  // Only now: in a file without a header two fields of its first line may well be alike.
  if (!twice.empty()) fail(origin, concat("column ", in_quotes(twice), " stands twice; keep one of them"));
  found.layout = layout;
  return found;
}

std::optional<EventLayout> by_header(const std::vector<std::string>& header, char delimiter, const std::string& origin,
                                     const ReadOptions& options) {
  for (const NamedLayout& named : named_layouts()) {
    const bool is_tidy = named.layout.name == "tidy";
    if (!is_tidy && !options.columns.empty()) continue;
    if (!options.source.empty() && named.layout.name != options.source) continue;
    std::vector<std::string> names;
    names.reserve(options.columns.size());
    const auto columns = is_tidy ? tidy_columns(named.columns, options, names) : named.columns;
    Fit found = fit(named, columns, header, origin);
    if (!found.layout) continue;
    found.layout->delimiter = delimiter;
    return found.layout;
  }
  return std::nullopt;
}

// How many of the first lines read as events of the layout.
std::size_t lines_that_fit(std::string_view head, const EventLayout& layout) {
  TextStream stream(head);
  LineRecords records(stream, layout.delimiter);
  Record record;
  std::size_t n = 0;
  for (std::size_t i = 0; i < lines_looked_at && records.next(record) == Found::record; ++i) {
    const bool has_tail = record.count == layout.most_fields + 1 && record[record.count - 1].empty();
    if (!has_tail && (record.count < layout.fewest_fields || record.count > layout.most_fields)) continue;
    if (event_day(record[layout.place(Role::date)], SlashOrder::none)) ++n;
  }
  return n;
}

std::optional<EventLayout> by_width(std::string_view head, const ReadOptions& options) {
  if (!options.columns.empty()) return std::nullopt;
  std::optional<EventLayout> best;
  std::size_t most = 0;
  for (const EventLayout& layout : headless_layouts()) {
    if (!options.source.empty() && layout.name != options.source) continue;
    const std::size_t n = lines_that_fit(head, layout);
    if (n <= most) continue;
    most = n;
    best = layout;
  }
  return best;
}

[[noreturn]] void fail_unknown(const std::vector<std::string>& header, const std::string& origin,
                               const ReadOptions& options) {
  std::vector<std::string> found;
  for (const std::string& name : header) found.push_back(in_quotes(name));
  constexpr std::size_t shown = 12;
  const std::size_t rest = found.size() > shown ? found.size() - shown : 0;
  found.resize(found.size() - rest);
  const std::string tail = concat("; found ", joined(found), rest > 0 ? concat(" and ", rest, " more") : "");
  if (!options.source.empty()) {
    for (const NamedLayout& named : named_layouts()) {
      if (named.layout.name != options.source) continue;
      std::vector<std::string> names;
      for (const NamedColumn& column : named.columns) {
        if (column.is_required) names.push_back(in_quotes(column.name));
      }
      fail(origin,
           concat("is not of kind ", in_quotes(options.source), ": expected the columns ", joined(names), tail));
    }
    fail(origin, concat("is not of kind ", in_quotes(options.source), tail));
  }
  fail(origin,
       concat("expected the columns \"date\", \"source\", \"target\" and \"code\", or a kind of event file that "
              "is known (source= names them)",
              tail));
}

}  // namespace

Detected detect_layout(std::string_view head, const std::string& origin, const ReadOptions& options) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::size_t begin = head.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  head.remove_prefix(begin);
  refuse_what_is_no_table(head, origin);
  const std::string_view first = head.substr(head.find_first_not_of("\r\n"));
  const char delimiter = delimiter_of(first.substr(0, first.find('\n')));
  const std::vector<std::string> header = header_of(first, delimiter);
  if (auto layout = by_header(header, delimiter, origin, options)) return {*layout, begin};
  if (auto layout = by_width(head, options)) return {*layout, begin};
  fail_unknown(header, origin, options);
}

std::vector<std::string> event_sources() {
  std::vector<std::string> names;
  for (const EventLayout& layout : headless_layouts()) names.emplace_back(layout.name);
  for (const NamedLayout& named : named_layouts()) names.emplace_back(named.layout.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace tocsin
