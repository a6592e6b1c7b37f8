#include "arrow_columns.hpp"

#include <limits>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::uint32_t not_asked = std::numeric_limits<std::uint32_t>::max();

constexpr bool is_number(ArrowKind kind) {
  return kind == ArrowKind::integer || kind == ArrowKind::floating || kind == ArrowKind::decimal ||
         kind == ArrowKind::null;
}

constexpr bool is_moment(ArrowKind kind) { return kind == ArrowKind::date || kind == ArrowKind::timestamp; }

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t days_since_epoch(const ArrowView& values, std::int64_t place) {
  return floor_divide(values.integer(place), values.type().units_a_day);
}

constexpr bool is_in_range(std::int64_t day) {
  return earliest_day.since_epoch <= day && day <= latest_day.since_epoch;
}

std::string value_in_words(const ArrowView& values, std::int64_t place, std::string_view format) {
  switch (values.type().kind) {
    case ArrowKind::text:
      return in_quotes(values.text(place));
    case ArrowKind::boolean:
      return values.boolean(place) ? "True" : "False";
    case ArrowKind::integer:
    case ArrowKind::floating:
    case ArrowKind::decimal:
      return shortest(values.number(place));
    case ArrowKind::date:
    case ArrowKind::timestamp: {
      const std::int64_t day = days_since_epoch(values, place);
      // What is a little out of range is named by its date, and what is far out cannot be.
      constexpr std::int64_t nameable = 1'000'000;
      if (day < -nameable || nameable < day) return concat("the day ", day, " since 1970-01-01");
      return to_string(Day{static_cast<std::int32_t>(day)});
    }
    case ArrowKind::null:
      return "no value";
    case ArrowKind::other:
      break;
  }
  return std::string{words_for(format)};
}

}  // namespace

void ArrowColumn::fail(std::int64_t row, std::string_view expected) const {
  throw ParseError(batches_.origin(), batches_.first_row() + row + 1, 0,
                   concat("column ", in_quotes(name_), " holds ", shown(row), ", expected ", expected));
}

std::string ArrowColumn::shown(std::int64_t row) const {
  const ArrowView values = batches_.view(column_);
  if (!about().is_dictionary) {
    return values.is_null(row) ? "no value" : value_in_words(values, row, about().format);
  }
  const ArrowView dictionary = batches_.dictionary(column_);
  const std::int64_t at = place(values, dictionary, row);
  return at < 0 ? "no value" : value_in_words(dictionary, at, about().format);
}

std::int64_t ArrowColumn::place(const ArrowView& indices, const ArrowView& dictionary, std::int64_t row) const {
  if (indices.is_null(row)) return -1;
  const std::int64_t at = indices.integer(row);
  if (at < 0 || at >= dictionary.rows()) {
    throw InputError(concat(batches_.origin(), ": column ", in_quotes(name_), " points outside of its dictionary of ",
                            dictionary.rows(), " values; the program that made the Arrow stream is at fault"));
  }
  return dictionary.is_null(at) ? -1 : at;
}

void NumberColumn::append(std::vector<double>& values) const {
  constexpr std::string_view expected = "a number; leave the cell empty if it was not collected";
  const ArrowView view = batches_.view(column_);
  const bool is_usable = is_number(about().type.kind);
  if (!about().is_dictionary && is_usable) return view.append_numbers(values);
  for (std::int64_t row = 0; row < view.rows(); ++row) {
    double value = std::numeric_limits<double>::quiet_NaN();
    if (about().is_dictionary) {
      const ArrowView dictionary = batches_.dictionary(column_);
      const std::int64_t at = place(view, dictionary, row);
      if (at >= 0 && !is_usable) fail(row, expected);
      if (at >= 0) value = dictionary.number(at);
    } else if (!view.is_null(row)) {
      fail(row, expected);
    }
    values.push_back(value);
  }
}

void DateColumn::append(std::vector<Day>& days) {
  const ArrowView view = batches_.view(column_);
  if (about().is_dictionary) {
    const ArrowView dictionary = batches_.dictionary(column_);
    for (std::int64_t row = 0; row < view.rows(); ++row) {
      days.push_back(day_of(dictionary, place(view, dictionary, row), row));
    }
    return;
  }
  const bool has_nulls = view.has_nulls();
  for (std::int64_t row = 0; row < view.rows(); ++row) {
    days.push_back(day_of(view, has_nulls && view.is_null(row) ? -1 : row, row));
  }
}

Day DateColumn::day_of(const ArrowView& values, std::int64_t place, std::int64_t row) {
  const ArrowKind kind = values.type().kind;
  if (place < 0 || !(is_moment(kind) || kind == ArrowKind::text)) fail(row, "a date or a text as YYYY-MM-DD");
  if (is_moment(kind)) {
    const std::int64_t day = days_since_epoch(values, place);
    if (!is_in_range(day)) {
      fail(row, concat("a day from ", to_string(earliest_day), " to ", to_string(latest_day)));
    }
    return Day{static_cast<std::int32_t>(day)};
  }
  const std::string_view text = values.text(place);
  if (!text.empty() && text == last_text_) return last_;
  const auto day = texts_.read(text);
  if (!day) fail(row, texts_.is_weekly() ? texts_.expected(text) : concat("a date or ", texts_.expected(text)));
  last_text_ = text;
  last_ = *day;
  return last_;
}

void NameColumn::append(std::vector<std::uint32_t>& ids) {
  if (about().is_dictionary) return append_from_dictionary(ids);
  const ArrowView view = batches_.view(column_);
  const bool has_nulls = view.has_nulls();
  for (std::int64_t row = 0; row < view.rows(); ++row) {
    ids.push_back(number_of(view, has_nulls && view.is_null(row) ? -1 : row, row));
  }
}

void NameColumn::append_from_dictionary(std::vector<std::uint32_t>& ids) {
  const ArrowView view = batches_.view(column_);
  const ArrowView dictionary = batches_.dictionary(column_);
  if (batch_ != batches_.batch()) {
    batch_ = batches_.batch();
    places_.assign(static_cast<std::size_t>(dictionary.rows()), not_asked);
  }
  for (std::int64_t row = 0; row < view.rows(); ++row) {
    const std::int64_t at = place(view, dictionary, row);
    if (at < 0) fail(row, expected_);
    std::uint32_t& number = places_[static_cast<std::size_t>(at)];
    if (number == not_asked) number = number_of(dictionary, at, row);
    ids.push_back(number);
  }
}

std::uint32_t NameColumn::number_of(const ArrowView& values, std::int64_t place, std::int64_t row) {
  if (place < 0 || values.type().kind != ArrowKind::text) fail(row, expected_);
  const std::string_view text = values.text(place);
  if (text.empty()) fail(row, expected_);
  return numbers_.of(text);
}

}  // namespace tocsin
