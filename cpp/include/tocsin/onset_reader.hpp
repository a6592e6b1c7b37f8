#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tocsin/onset.hpp"

namespace tocsin {

struct OnsetOptions {
  std::string source = {};               // the kind of file, one of `onset_sources()`; empty: recognised by the header
  std::string actor_system = "iso3";     // how states are written, for sources that number them
  std::vector<std::string> actors = {};  // names that the scores use; of several spellings of a state these are taken
  int min_level = 0;                     // onsets below it are left out; those without a level stay
};

/// What became of the rows of a file. Each row is in one place: rows = used + the sum of `unused`.
struct OnsetReport {
  std::string source;
  std::int64_t rows = 0;                                // of data: without the header and blank lines
  std::int64_t used = 0;                                // part of at least one onset
  std::map<std::string, std::int64_t> unused;           // by reason
  std::map<std::string, std::int64_t> unmapped_actors;  // rows by number of a state without a code on that day
  std::int64_t undated = 0;  // onsets of which only the month or the year is known; they are kept, see `Onset`
};

struct OnsetReading {
  std::vector<Onset> onsets;  // by pair, then day: the order of the rows does not matter
  /// From the first to the last day that the file speaks of, whatever level or pair. Absent for a table of one's own,
  /// of which nobody knows where it ends.
  std::optional<Calendar> covered;
  OnsetReport report;
};

/// "mie", "mid-incidents", "mid-dyads", "icb", "ucdp-ged", "table"
[[nodiscard]] std::vector<std::string> onset_sources();

/// Reads when states came to force, or a crisis was on between them: Militarized Interstate Events, participants of MID
/// incidents, dyadic MIDs, actors of International Crisis Behavior, UCDP GED, or a table with the columns `date` and
/// `pair` (or `source` and `target`, or `actor_1` and `actor_2`), and, if it has them, `end_date`, `level` and `name`.
/// CSV or TSV, plain or gzipped; what is made of unknown days and of co-actors is in docs/formats.md.
///
/// @throws InputError  for a file that is missing, empty or of no known kind; for an unknown actor system
/// @throws ParseError  for a broken row of a table of one's own; those of the other sources are counted by reason
[[nodiscard]] OnsetReading read_onsets(const std::filesystem::path& path, const OnsetOptions& options = {});
/// @param origin  names the stream in messages
[[nodiscard]] OnsetReading read_onsets(std::istream& stream, const std::string& origin = "stream",
                                       const OnsetOptions& options = {});

}  // namespace tocsin
