#include "tocsin/count_reader.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "count_header.hpp"
#include "date_texts.hpp"
#include "delimited_columns.hpp"
#include "delimited_reader.hpp"
#include "name_numbers.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/week.hpp"

namespace tocsin {

namespace {

CountHeader read_header(DelimitedReader& reader, CountTable& table) {
  require_header(reader);
  std::vector<std::string> names;
  for (const std::string& field : reader.fields()) names.emplace_back(trimmed(field));
  const CountHeader header = count_header(names, true, table, [&](std::size_t column, const std::string& what) {
    const std::int64_t position = column == CountHeader::absent ? 0 : static_cast<std::int64_t>(column) + 1;
    throw ParseError(reader.origin(), reader.line(), position, what);
  });
  for (std::size_t column = 0; column < column_count; ++column) {
    if (header.values[column] != CountHeader::absent) {
      table.positions[column] = static_cast<std::int64_t>(header.values[column]) + 1;
    }
  }
  table.is_directed = header.is_directed;
  return header;
}

class RowReader {
 public:
  RowReader(DelimitedReader& reader, const CountHeader& header, CountTable& table)
      : reader_(reader), header_(header), width_(reader.fields().size()), table_(table), names_(table.actors) {}

  [[nodiscard]] bool is_weekly() const { return dates_.is_weekly(); }

  void read() {
    const auto& fields = reader_.fields();
    require_width(reader_, width_);
    table_.lines.push_back(reader_.line());
    table_.dates.push_back(date());
    if (header_.pair != CountHeader::absent) {
      const Pair pair = parse_pair(fields[header_.pair]);
      table_.sources.push_back(names_.of(pair.first));
      table_.targets.push_back(names_.of(pair.second));
    } else {
      table_.sources.push_back(actor(header_.source, "source"));
      table_.targets.push_back(actor(header_.target, "target"));
    }
    for (std::size_t column = 0; column < column_count; ++column) {
      if (header_.values[column] != CountHeader::absent) table_.values[column].push_back(number(column));
    }
  }

 private:
  [[noreturn]] void fail(std::size_t field, std::string_view what) const { fail_at(reader_, field, what); }

  Day date() {
    const std::string& text = reader_.fields()[header_.date];
    const auto day = dates_.read(trimmed(text));
    if (!day) {
      fail(header_.date,
           concat("column \"date\" holds ", in_quotes(text), ", expected ", dates_.expected(trimmed(text))));
    }
    return *day;
  }

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
  const CountHeader& header_;
  std::size_t width_;
  CountTable& table_;
  DateTexts dates_;
  NameNumbers names_;
};

CountTable read_table(std::istream& stream, const std::string& origin, const std::optional<Calendar>& calendar) {
  CountTable table;
  table.origin = origin;
  DelimitedReader reader(stream, origin);
  const CountHeader header = read_header(reader, table);
  RowReader rows(reader, header, table);
  while (reader.next()) {
    if (table.size() % rows_between_looks == 0) end_if_stopping();
    rows.read();
  }
  return rows.is_weekly() ? daily_table(std::move(table), calendar) : table;
}

}  // namespace

CountTable read_count_table(std::istream& stream, const std::string& origin) { return read_table(stream, origin, {}); }

CountPanel read_counts(std::istream& stream, const std::string& origin, std::optional<Calendar> calendar) {
  return CountPanel::from_table(read_table(stream, origin, calendar), calendar);
}

CountPanel read_counts(const std::filesystem::path& path, std::optional<Calendar> calendar) {
  std::ifstream stream = opened(path, "daily counts");
  return read_counts(stream, path.string(), calendar);
}

}  // namespace tocsin
