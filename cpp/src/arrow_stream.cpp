#include "tocsin/arrow_stream.hpp"

#include <algorithm>
#include <memory>

#include "arrow_columns.hpp"
#include "count_header.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/week.hpp"

namespace tocsin {

namespace {

// The columns of daily counts, slice by slice.
class CountColumns {
 public:
  CountColumns(const ArrowBatches& batches, const CountHeader& header, std::optional<Day> day, CountTable& table)
      : batches_(batches), day_(day), table_(table), actors_(table.actors), pairs_(pair_names_) {
    if (header.date != CountHeader::absent) date_ = std::make_unique<DateColumn>(batches, header.date, "date");
    const auto names = [&](std::size_t column, NameNumbers& numbers, std::string_view expected) {
      return std::make_unique<NameColumn>(batches, column, batches.columns()[column].name, numbers,
                                          std::string{expected});
    };
    if (header.pair != CountHeader::absent) {
      pair_ = names(header.pair, pairs_, "a pair as \"IND-PAK\"");
    } else {
      source_ = names(header.source, actors_, "the name of an actor");
      target_ = names(header.target, actors_, "the name of an actor");
    }
    for (std::size_t i = 0; i < column_count; ++i) {
      if (header.values[i] == CountHeader::absent) continue;
      values_.emplace_back(i, NumberColumn(batches, header.values[i], std::string{column_names[i]}));
    }
  }

  void read_slice() {
    const std::size_t before = table_.dates.size();
    if (date_) {
      date_->append(table_.dates);
    } else {
      table_.dates.insert(table_.dates.end(), static_cast<std::size_t>(batches_.rows()), *day_);
    }
    if (pair_) {
      std::vector<std::uint32_t> pairs;
      pair_->append(pairs);
      for (std::size_t i = 0; i < pairs.size(); ++i) split(pairs[i], before + i + 1);
    } else {
      source_->append(table_.sources);
      target_->append(table_.targets);
    }
    for (const auto& [column, reader] : values_) reader.append(table_.values[column]);
  }

  [[nodiscard]] bool is_weekly() const { return date_ && date_->is_weekly(); }

 private:
  void split(std::uint32_t pair, std::size_t line) {
    // Numbers come in the order of appearance.
    if (pair == ends_.size()) {
      try {
        const Pair ends = Pair::parse(pair_names_[pair]);
        // One after the other: the order of arguments is the compiler's, and numbers are given in order of appearance.
        const std::uint32_t first = actors_.of(ends.first);
        ends_.emplace_back(first, actors_.of(ends.second));
      } catch (const InputError& fault) {
        throw ParseError(table_.origin, static_cast<std::int64_t>(line), 0,
                         concat("column \"pair\" holds ", in_quotes(pair_names_[pair]), ": ", fault.what()));
      }
    }
    table_.sources.push_back(ends_[pair].first);
    table_.targets.push_back(ends_[pair].second);
  }

  const ArrowBatches& batches_;
  std::optional<Day> day_;
  CountTable& table_;
  NameNumbers actors_;
  std::vector<std::string> pair_names_;
  NameNumbers pairs_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends_;  // of each pair, as numbers of actors
  std::unique_ptr<DateColumn> date_;
  std::unique_ptr<NameColumn> source_;
  std::unique_ptr<NameColumn> target_;
  std::unique_ptr<NameColumn> pair_;
  std::vector<std::pair<std::size_t, NumberColumn>> values_;
};

// Where a column stands. @throws InputError unless it does so once
std::size_t column_named(std::string_view name, const ArrowBatches& batches) {
  const std::vector<std::string> names = batches.names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    std::vector<std::string> shown;
    for (const std::string& each : names) shown.push_back(in_quotes(each));
    throw InputError(concat(batches.origin(),
                            ": expected columns \"date\", \"source\", \"target\" and \"code\"; found ",
                            shown.empty() ? "no column" : joined(shown)));
  }
  if (std::find(found + 1, names.end(), name) != names.end()) {
    throw InputError(concat(batches.origin(), ": column ", in_quotes(name), " stands twice; keep one of them"));
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

CountTable read_count_table(ArrowArrayStream& stream, const std::string& origin, const StreamOptions& options) {
  ArrowBatches batches(stream, origin);
  CountTable table;
  table.origin = origin;
  const CountHeader header =
      count_header(batches.names(), !options.day.has_value(), table,
                   [&](std::size_t, const std::string& what) { throw InputError(concat(origin, ": ", what)); });
  table.is_directed = header.is_directed;
  CountColumns columns(batches, header, options.day, table);
  while (batches.next()) {
    end_if_stopping();
    columns.read_slice();
  }
  return options.is_weekly || columns.is_weekly() ? daily_table(std::move(table), options.calendar) : table;
}

EventTable read_event_table(ArrowArrayStream& stream, const std::string& origin) {
  ArrowBatches batches(stream, origin);
  EventTable table;
  table.origin = origin;
  NameNumbers actors(table.actors);
  NameNumbers codes(table.code_names);
  DateColumn dates(batches, column_named("date", batches), "date");
  NameColumn sources(batches, column_named("source", batches), "source", actors, "the name of an actor");
  NameColumn targets(batches, column_named("target", batches), "target", actors, "the name of an actor");
  NameColumn code(batches, column_named("code", batches), "code", codes,
                  "a text; read codes as texts, or \"010\" becomes 10");
  while (batches.next()) {
    end_if_stopping();
    dates.append(table.dates);
    sources.append(table.sources);
    targets.append(table.targets);
    code.append(table.codes);
  }
  if (dates.is_weekly()) {
    throw InputError(concat(origin, ": column \"date\" holds ISO weeks; an event stands on a day, as YYYY-MM-DD"));
  }
  return table;
}

}  // namespace tocsin
