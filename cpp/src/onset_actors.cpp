#include <algorithm>

#include "onset_rows.hpp"
#include "text.hpp"

// Sources whose rows are of one state each: who stood against whom is found in the other rows of the same incident or
// crisis.
namespace tocsin {

namespace {

struct Participant {
  std::string number;  // COW
  std::string side;    // "1" or "0"; in ICB the number of the one who triggered the crisis for it
  DaySpan begin;
  DaySpan end;
  int level = 0;
  std::string name;
  bool is_used = false;
};

using Participants = std::map<std::string, std::vector<Participant>>;  // by incident or crisis

// Every two of an incident or crisis, in no particular order.
template <class Visit>
void visit_pairs(Participants& all, const Visit& visit) {
  for (auto& [key, together] : all) {
    for (std::size_t i = 0; i < together.size(); ++i) {
      for (std::size_t j = i + 1; j < together.size(); ++j) visit(together[i], together[j]);
    }
  }
}

void count_rows(const Participants& all, OnsetReport& report, std::string_view reason) {
  for (const auto& [key, together] : all) {
    for (const Participant& each : together) {
      if (each.is_used) {
        ++report.used;
      } else {
        leave_out(report, reason);
      }
    }
  }
}

// The earlier and the later day of two, with what is not known of it.
DaySpan earlier(DaySpan a, DaySpan b) { return {std::min(a.first, b.first), std::min(a.last, b.last)}; }
DaySpan later(DaySpan a, DaySpan b) { return {std::max(a.first, b.first), std::max(a.last, b.last)}; }

void add(OnsetReading& reading, StateWriter& states, const OnsetOptions& options, Participant& a, Participant& b,
         Onset onset, DaySpan begin, DaySpan end) {
  onset.first = begin.first;
  onset.uncertain_days = begin.last - begin.first;
  onset.last = end.last;
  onset.end_uncertain_days = end.last - std::max(end.first, begin.first);
  const auto names = states.names_of(a.number, begin.first);
  const auto others = states.names_of(b.number, begin.first);
  if (add_onset(reading, names, others, onset, options).empty()) a.is_used = b.is_used = true;
}

}  // namespace

void read_incident_participants(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  const std::vector<std::string> keys = rows.columns_beginning("incidnum");
  const std::vector<std::string> disputes = rows.columns_beginning("dispnum");
  Participants incidents;
  while (rows.next(reading.report)) {
    const auto begin = day_span(rows.number("styear"), rows.number("stmon"), rows.number("stday"));
    const auto end = day_span(rows.number("endyear"), rows.number("endmon"), rows.number("endday"));
    const auto level = rows.number("hostlev");
    if (!rows.is_whole() || !begin || !level) {
      leave_out(reading.report, !rows.is_whole() ? broken_row : !begin ? no_date : bad_number);
      continue;
    }
    cover(reading, *begin);
    std::string key;
    for (const std::string& column : keys) key += concat(rows.text(column), "/");
    const std::string name{disputes.empty() ? std::string_view{} : rows.text(disputes.front())};
    incidents[key].push_back({std::string{rows.text("ccode")}, std::string{rows.text("insidea")}, *begin,
                              end && end->last >= begin->last ? *end : DaySpan{begin->last, begin->last}, *level,
                              name});
  }
  StateWriter states(CodeSystem::cow_number, options, reading.report);
  visit_pairs(incidents, [&](Participant& a, Participant& b) {
    if (a.side == b.side) return;
    // What one of the two did to the other: the target of an act has level 1.
    Onset onset;
    onset.level = std::max(a.level, b.level);
    onset.name = a.name;
    const DaySpan begin = later(a.begin, b.begin);
    const DaySpan end = earlier(a.end, b.end);
    add(reading, states, options, a, b, onset, begin, end.last >= begin.last ? end : DaySpan{begin.last, begin.last});
  });
  count_rows(incidents, reading.report, "nobody on the other side, of a level or with a code that is asked for");
}

void read_crisis_actors(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading) {
  Participants crises;
  while (rows.next(reading.report)) {
    const auto begin = day_span(rows.number("yrtrig"), rows.number("motrig"), rows.number("datrig"));
    const auto end = day_span(rows.number("yrterm"), rows.number("moterm"), rows.number("daterm"));
    if (!rows.is_whole() || !begin || !end || end->last < begin->first) {
      leave_out(reading.report, rows.is_whole() ? no_date : broken_row);
      continue;
    }
    cover(reading, {begin->first, end->last});
    crises[std::string{rows.text("crisno")}].push_back({std::string{rows.text("cracid")},
                                                        std::string{rows.text("trigent")}, *begin, *end, 0,
                                                        std::string{rows.text("crisname")}});
  }
  StateWriter states(CodeSystem::cow_number, options, reading.report);
  visit_pairs(crises, [&](Participant& a, Participant& b) {
    Onset onset;
    onset.are_adversaries = a.side == b.number || b.side == a.number;
    onset.name = a.name;
    add(reading, states, options, a, b, onset, earlier(a.begin, b.begin), later(a.end, b.end));
  });
  count_rows(crises, reading.report, "no other actor of the same crisis that has a code");
}

}  // namespace tocsin
