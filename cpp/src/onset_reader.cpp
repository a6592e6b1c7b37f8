#include "tocsin/onset_reader.hpp"

#include <algorithm>

#include "delimited_columns.hpp"
#include "onset_rows.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

struct Kind {
  std::string_view name;
  std::vector<std::string_view> columns;
  void (*read)(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
};

// The first one that fits is taken.
const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"mie", {"ccode1", "ccode2", "styear", "stmon", "stday", "hostlev"}, &read_militarized_events},
      {"mid-incidents", {"ccode", "insidea", "styear", "stmon", "stday", "hostlev"}, &read_incident_participants},
      {"mid-dyads", {"statea", "stateb", "strtyr", "strtmnth", "strtday", "hihost"}, &read_dyadic_disputes},
      {"icb",
       {"crisno", "cracid", "trigent", "yrtrig", "motrig", "datrig", "yrterm", "moterm", "daterm"},
       &read_crisis_actors},
      {"ucdp-ged", {"gwnoa", "gwnob", "type_of_violence", "date_start", "date_end", "date_prec"}, &read_ucdp_events},
      {"table", {"date"}, &read_onset_table}};
  return all;
}

const Kind& kind_of(const OnsetRows& rows, const OnsetOptions& options) {
  for (const Kind& kind : kinds()) {
    if (options.source.empty() ? rows.has_all(kind.columns) : options.source == kind.name) {
      if (!rows.has_all(kind.columns)) {
        std::vector<std::string> names;
        for (const std::string_view name : kind.columns) names.push_back(in_quotes(name));
        fail_header(rows.reader(), concat("expected the columns of ", kind.name, ": ", joined(names)));
      }
      return kind;
    }
  }
  if (!options.source.empty()) {
    throw InputError(concat("source is ", in_quotes(options.source), ", expected one of ", joined(onset_sources())));
  }
  const bool has_sides_apart = !rows.columns_beginning("incidnum").empty();
  fail_header(rows.reader(),
              has_sides_apart
                  ? "this file of MID incidents names no states; expected the one of their participants (MIDIP)"
                  : concat("expected a file of one of the kinds ", joined(onset_sources()),
                           ", or a table with the columns \"date\" and \"pair\""));
}

}  // namespace

std::vector<std::string> onset_sources() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.emplace_back(kind.name);
  return names;
}

OnsetReading read_onsets(std::istream& stream, const std::string& origin, const OnsetOptions& options) {
  DelimitedReader reader(stream, origin);
  OnsetRows rows(reader);
  const Kind& kind = kind_of(rows, options);
  OnsetReading reading;
  reading.report.source = kind.name;
  kind.read(rows, options, reading);
  std::sort(reading.onsets.begin(), reading.onsets.end());
  reading.report.undated = std::count_if(reading.onsets.begin(), reading.onsets.end(),
                                         [](const Onset& onset) { return onset.uncertain_days > 0; });
  return reading;
}

OnsetReading read_onsets(const std::filesystem::path& path, const OnsetOptions& options) {
  std::ifstream stream = opened(path, "onsets");
  return read_onsets(stream, path.string(), options);
}

}  // namespace tocsin
