#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin::event_files {

using Fields = std::vector<std::string>;

inline std::string line(const Fields& fields, char delimiter = '\t', const std::string& end = "\n") {
  std::string text;
  for (const std::string& field : fields) {
    if (&field != fields.data()) text += delimiter;
    text += field;
  }
  return text + end;
}

/// An event as GDELT writes it; what is not told stands in every row.
struct Gdelt {
  std::string id = "1";
  std::string date = "20250507";
  std::string source = "IND";
  std::string target = "PAK";
  std::string code = "190";
  std::string added = "20250507";
  std::string is_root = "1";
  std::string mentions = "10";
  std::string sources = "2";
  std::string articles = "8";
};

/// The fields by their places in the published list of columns, counted from 1 as there.
/// @param width  57 or 58 (GDELT 1.0) or 61 (2.0)
inline Fields gdelt_fields(const Gdelt& event, std::size_t width) {
  Fields fields(width);
  const auto at = [&](std::size_t number) -> std::string& { return fields[number - 1]; };
  at(1) = event.id;
  at(2) = event.date;
  at(3) = "209912";
  at(4) = "2099";
  at(5) = "2099.9";
  at(6) = event.source.empty() ? "" : event.source + "GOV";
  at(7) = "SOURCE NAME";
  at(8) = event.source;
  at(16) = event.target.empty() ? "" : event.target + "MIL";
  at(17) = "TARGET NAME";
  at(18) = event.target;
  at(26) = event.is_root;
  at(27) = event.code;
  at(28) = event.code.substr(0, 3);
  at(29) = event.code.substr(0, 2);
  at(30) = "4";
  at(31) = "-10";
  at(32) = event.mentions;
  at(33) = event.sources;
  at(34) = event.articles;
  at(35) = "1.5";
  if (width == 61) {
    at(54) = "IN";
    at(57) = "28.5";
    at(58) = "77.25";
    at(60) = event.added;
    at(61) = "http://a.example/2";
  } else {
    at(52) = "PK";
    at(54) = "33.5";
    at(55) = "73.25";
    at(57) = event.added;
    if (width == 58) at(58) = "http://a.example/1";
  }
  return fields;
}

inline std::string gdelt2_row(const Gdelt& event) { return line(gdelt_fields(event, 61)); }
inline std::string gdelt1_row(const Gdelt& event, std::size_t width = 58) { return line(gdelt_fields(event, width)); }

inline EventReading reading_of(const std::string& text, const ReadOptions& options = {},
                               const std::string& origin = "events") {
  std::istringstream stream(text);
  return read_events(stream, origin, options);
}

/// "2025-05-07 IND>PAK 190", by day, names and code.
inline std::string short_row(const EventTable& events, std::size_t row) {
  return to_string(events.dates[row]) + " " + events.actors[events.sources[row]] + ">" +
         events.actors[events.targets[row]] + " " + std::string{events.code(row)};
}

inline Fields short_rows(const EventTable& events) {
  Fields rows;
  for (std::size_t row = 0; row < events.size(); ++row) rows.push_back(short_row(events, row));
  return rows;
}

/// The same with all else that the table says: "... added 2025-05-08 root 1 events 1 mentions 10 sources 2 articles 8".
/// What it does not say is left out.
inline Fields long_rows(const EventTable& events) {
  const Fields names{" events ", " mentions ", " sources ", " articles "};
  Fields rows;
  for (std::size_t row = 0; row < events.size(); ++row) {
    std::string text = short_row(events, row);
    if (!events.dates_added.empty()) text += " added " + to_string(events.dates_added[row]);
    if (!events.superseded_on.empty() && events.superseded_on[row] != EventTable::never) {
      text += " until " + to_string(events.superseded_on[row]);
    }
    if (!events.is_root.empty()) text += " root " + std::to_string(events.is_root[row]);
    for (std::size_t i = 0; i < weight_count; ++i) {
      if (!events.weights[i].empty()) text += names[i] + std::to_string(events.weights[i][row]);
    }
    rows.push_back(text);
  }
  return rows;
}

/// The message with which a text is refused.
inline std::string fault_of(const std::string& text, const ReadOptions& options = {},
                            const std::string& origin = "events") {
  try {
    static_cast<void>(reading_of(text, options, origin));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

inline std::int64_t rows_accounted_for(const ReadReport& report) {
  return report.kept + report.one_sided + report.imprecise + report.duplicates + report.superseded +
         report.rejected_rows();
}

}  // namespace tocsin::event_files
