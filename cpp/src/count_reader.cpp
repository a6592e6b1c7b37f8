#include "tocsin/count_reader.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "delimited_columns.hpp"
#include "delimited_reader.hpp"
#include "name_numbers.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

// Where each known column stands in the file.
struct Header {
  std::size_t date = absent_column;
  std::size_t source = absent_column;
  std::size_t target = absent_column;
  std::size_t pair = absent_column;
  std::array<std::size_t, column_count> values{};
  std::size_t width = 0;
};

void require_columns(const Header& header, const DelimitedReader& reader) {
  const auto fail = [&](std::string_view expected) { fail_header(reader, expected); };
  if (header.date == absent_column) fail("expected a column \"date\"");
  const bool has_direction = header.source != absent_column && header.target != absent_column;
  if (header.pair == absent_column && !has_direction) fail("expected columns \"source\" and \"target\", or \"pair\"");
  if (header.pair != absent_column && (header.source != absent_column || header.target != absent_column)) {
    fail("expected either \"source\" and \"target\" or \"pair\", not both");
  }
  for (const Signal signal : hostile_signals) {
    if (header.values[index_of(signal)] != absent_column) return;
  }
  fail("expected at least one of the columns \"rhetoric\", \"military\", \"punitive\"");
}

Header read_header(DelimitedReader& reader, CountTable& table) {
  require_header(reader);
  Header header;
  header.values.fill(absent_column);
  header.width = reader.fields().size();
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < header.width; ++i) {
    const std::string name{trimmed(reader.fields()[i])};
    if (name == "date")
      set_once(header.date, i, name, reader);
    else if (name == "source" || name == "actor_1")
      set_once(header.source, i, name, reader);
    else if (name == "target" || name == "actor_2")
      set_once(header.target, i, name, reader);
    else if (name == "pair")
      set_once(header.pair, i, name, reader);
    else if (const auto column = find_column(name)) {
      set_once(header.values[*column], i, name, reader);
      table.positions[*column] = static_cast<std::int64_t>(i) + 1;
    } else {
      unknown.push_back(in_quotes(name));
    }
  }
  require_columns(header, reader);
  if (!unknown.empty()) {
    table.warnings.push_back(concat(reader.origin(), ": ignored ", unknown.size() == 1 ? "column " : "columns ",
                                    joined(unknown),
                                    "; known value columns are rhetoric, military, punitive, mediation, "
                                    "cooperation, exposure, total, rung_1 to rung_7 and the other extra columns"));
  }
  const auto is_named = [&](std::size_t column, std::string_view name) {
    return column != absent_column && trimmed(reader.fields()[column]) == name;
  };
  if (is_named(header.source, "actor_1") != is_named(header.target, "actor_2")) {
    fail_header(reader, "expected \"source\" with \"target\", or \"actor_1\" with \"actor_2\"");
  }
  table.is_directed = header.pair == absent_column && is_named(header.source, "source");
  return header;
}

class RowReader {
 public:
  RowReader(DelimitedReader& reader, const Header& header, CountTable& table)
      : reader_(reader), header_(header), table_(table), names_(table.actors) {}

  void read() {
    const auto& fields = reader_.fields();
    require_width(reader_, header_.width);
    table_.lines.push_back(reader_.line());
    table_.dates.push_back(day_at(reader_, header_.date));
    if (header_.pair != absent_column) {
      const Pair pair = parse_pair(fields[header_.pair]);
      table_.sources.push_back(names_.of(pair.first));
      table_.targets.push_back(names_.of(pair.second));
    } else {
      table_.sources.push_back(actor(header_.source, "source"));
      table_.targets.push_back(actor(header_.target, "target"));
    }
    for (std::size_t column = 0; column < column_count; ++column) {
      if (header_.values[column] != absent_column) table_.values[column].push_back(number(column));
    }
  }

 private:
  [[noreturn]] void fail(std::size_t field, std::string_view what) const { fail_at(reader_, field, what); }

  Pair parse_pair(const std::string& text) const {
    try {
      return Pair::parse(trimmed(text));
    } catch (const InputError& error) {
      fail(header_.pair, error.what());
    }
  }

  std::uint32_t actor(std::size_t field, std::string_view name) {
    return names_.of(text_at(reader_, field, name, "an actor"));
  }

  double number(std::size_t column) const {
    const std::size_t field = header_.values[column];
    const std::string_view text = trimmed(reader_.fields()[field]);
    if (text.empty() || text == "NA" || text == "NaN" || text == "nan") return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) {
      fail(field, concat("column \"", column_names[column], "\" holds ", in_quotes(text),
                         ", expected a number; leave the cell empty if it was not collected"));
    }
    return value;
  }

  DelimitedReader& reader_;
  const Header& header_;
  CountTable& table_;
  NameNumbers names_;
};

}  // namespace

CountTable read_count_table(std::istream& stream, const std::string& origin) {
  CountTable table;
  table.origin = origin;
  DelimitedReader reader(stream, origin);
  const Header header = read_header(reader, table);
  RowReader rows(reader, header, table);
  while (reader.next()) rows.read();
  return table;
}

CountPanel read_counts(std::istream& stream, const std::string& origin, std::optional<Calendar> calendar) {
  return CountPanel::from_table(read_count_table(stream, origin), calendar);
}

CountPanel read_counts(const std::filesystem::path& path, std::optional<Calendar> calendar) {
  std::ifstream stream = opened(path, "daily counts");
  return read_counts(stream, path.string(), calendar);
}

}  // namespace tocsin
