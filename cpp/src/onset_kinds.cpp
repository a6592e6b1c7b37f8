#include <algorithm>

#include "delimited_columns.hpp"
#include "onset_rows.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

// What all rows with a beginning and an end have, each with what is not known of it.
struct Spell {
  DaySpan begin;
  DaySpan end;
};

// An end before the beginning is a slip of the source; what began is certain.
Spell spell_of(DaySpan begin, std::optional<DaySpan> end) {
  return {begin, end && end->last >= begin.last ? *end : DaySpan{begin.last, begin.last}};
}

Onset onset_of(const Spell& spell, int level, std::string name) {
  Onset onset;
  onset.first = spell.begin.first;
  onset.last = spell.end.last;
  onset.level = level;
  onset.name = std::move(name);
  onset.uncertain_days = spell.begin.last - spell.begin.first;
  onset.end_uncertain_days = spell.end.last - std::max(spell.end.first, spell.begin.first);
  return onset;
}

void count_row(OnsetReport& report, std::string_view reason) {
  if (reason.empty()) {
    ++report.used;
  } else {
    leave_out(report, reason);
  }
}

std::string plain_number(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  return std::string{text};
}

}  // namespace

void read_militarized_events(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  StateWriter states(CodeSystem::cow_number, options, reading.report);
  const auto read_row = [&]() -> std::string_view {
    if (!rows.is_whole()) return broken_row;
    const auto begin = day_span(rows.number("styear"), rows.number("stmon"), rows.number("stday"));
    if (!begin) return no_date;
    const auto level = rows.number("hostlev");
    if (!level) return bad_number;
    cover(reading, *begin);
    const auto end = day_span(rows.number("endyear"), rows.number("endmon"), rows.number("endday"));
    const auto a = states.names_of(plain_number(rows.text("ccode1")), begin->first);
    const auto b = states.names_of(plain_number(rows.text("ccode2")), begin->first);
    return add_onset(reading, a, b, onset_of(spell_of(*begin, end), *level, std::string{rows.text("micnum")}), options);
  };
  while (rows.next(reading.report)) count_row(reading.report, read_row());
}

void read_dyadic_disputes(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  StateWriter states(CodeSystem::cow_number, options, reading.report);
  // A dispute stands in the file once a year, and in some versions once for each order of the two.
  std::set<std::string> seen;
  const auto read_row = [&]() -> std::string_view {
    if (!rows.is_whole()) return broken_row;
    const auto begin = day_span(rows.number("strtyr"), rows.number("strtmnth"), rows.number("strtday"));
    if (!begin) return no_date;
    const auto level = rows.number("hihost");
    if (!level) return bad_number;
    cover(reading, *begin);
    std::string a = plain_number(rows.text("statea"));
    std::string b = plain_number(rows.text("stateb"));
    if (b < a) std::swap(a, b);
    const std::string name{rows.text("disno")};
    const auto end = day_span(rows.number("endyear"), rows.number("endmnth"), rows.number("endday"));
    const Onset onset = onset_of(spell_of(*begin, end), *level, name);
    if (!seen.insert(concat(name, "/", a, "/", b, "/", to_string(onset.first))).second) {
      return "another row of the same dispute";
    }
    return add_onset(reading, states.names_of(a, begin->first), states.names_of(b, begin->first), onset, options);
  };
  while (rows.next(reading.report)) count_row(reading.report, read_row());
}

void read_ucdp_events(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  StateWriter states(CodeSystem::gw_number, options, reading.report);
  constexpr int state_based = 1;
  constexpr int by_week = 3;  // of `date_prec`: such events are given to their first day, vaguer ones to none
  const auto read_row = [&]() -> std::string_view {
    if (!rows.is_whole()) return broken_row;
    constexpr std::size_t day_size = 10;  // a time of day may follow
    const auto first = parse_day(rows.text("date_start").substr(0, day_size));
    const auto last = parse_day(rows.text("date_end").substr(0, day_size));
    if (!first || !last || *last < *first) return no_date;
    const auto precision = rows.number("date_prec");
    if (!precision) return bad_number;
    cover(reading, {*first, *last});
    if (rows.number("type_of_violence") != state_based) return "not between states: of another type of violence";
    if (rows.text("gwnoa").empty() || rows.text("gwnob").empty()) return "not between states: a side is no government";
    const bool is_vague = *precision > by_week;
    Onset onset =
        onset_of({{*first, is_vague ? *last : *first}, {*last, *last}}, 0, std::string{rows.text("dyad_name")});
    const auto a = states.names_of(plain_number(rows.text("gwnoa")), *first);
    const auto b = states.names_of(plain_number(rows.text("gwnob")), *first);
    return add_onset(reading, a, b, onset, options);
  };
  while (rows.next(reading.report)) count_row(reading.report, read_row());
}

void read_onset_table(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  const DelimitedReader& reader = rows.reader();
  const bool has_ends = rows.has_all({"source", "target"});
  const bool has_actors = rows.has_all({"actor_1", "actor_2"});
  if (has_ends + has_actors + rows.has("pair") != 1) {
    fail_header(reader, "expected a column \"pair\", or \"source\" and \"target\", or \"actor_1\" and \"actor_2\"");
  }
  const std::string first = has_ends ? "source" : "actor_1";
  const std::string second = has_ends ? "target" : "actor_2";
  const auto read_pair = [&] {
    const std::size_t field = rows.place_of(rows.has("pair") ? "pair" : first);
    try {
      if (rows.has("pair")) return Pair::parse(rows.text("pair"));
      return Pair::of(rows.text(first), rows.text(second));
    } catch (const ParseError&) {
      throw;
    } catch (const InputError& fault) {
      fail_at(reader, field, fault.what());
    }
  };
  while (rows.next(reading.report)) {
    if (!rows.is_whole()) fail_at(reader, 0, "expected as many fields as in the header");
    Onset onset;
    onset.pair = read_pair();
    onset.first = onset.last = day_at(reader, rows.place_of("date"));
    if (!rows.text("end_date").empty()) {
      const auto last = parse_day(rows.text("end_date"));
      if (!last || *last < onset.first) {
        fail_at(reader, rows.place_of("end_date"),
                concat("column \"end_date\" holds ", in_quotes(rows.text("end_date")),
                       ", expected a day as YYYY-MM-DD that is not before \"date\""));
      }
      onset.last = *last;
    }
    if (!rows.text("level").empty()) {
      const auto level = rows.number("level");
      if (!level || *level < 0) {
        fail_at(reader, rows.place_of("level"),
                concat("column \"level\" holds ", in_quotes(rows.text("level")), ", expected a whole number >= 0"));
      }
      onset.level = *level;
    }
    onset.name = rows.text("name");
    count_row(reading.report, add_onset(reading, {onset.pair.first}, {onset.pair.second}, onset, options));
  }
}

}  // namespace tocsin
