#pragma once

#include <array>
#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tocsin/event.hpp"
#include "tocsin/run_control.hpp"

namespace tocsin {

/// How actors are written.
enum class ActorForm {
  source,  // the country as the source writes it; where it knows no countries, the actor
  code,    // the whole code or name, so that organisations and groups are actors too
  iso3,    // as `source`, and states by their ISO 3166-1 alpha-3 code of the day
};

/// Why a row is no event.
enum class RejectReason {
  none,
  wrong_width,
  bad_date,
  date_out_of_range,
  no_code,
  no_actor,
  bad_number,
  not_text,
  too_long,
  open_quote,
};
inline constexpr std::size_t reject_reason_count = 10;
/// As in `ReadReport::rejected`: "wrong number of fields".
[[nodiscard]] std::string_view name_of(RejectReason reason);

struct ReadOptions {
  std::string source = {};  // the kind of all files, one of `event_sources()`; empty: recognised by content
  std::vector<std::pair<std::string, std::string>> columns = {};  // of a tidy table: (our name, name in the file)
  ActorForm actors = ActorForm::source;
  std::string actor_system = {};  // that actors are codes of; empty: the one of the source
  double max_rejected_share = 0.05;
  int threads = 0;  // 0: one per core
};

/// The kinds of event files that `read_events` knows.
[[nodiscard]] std::vector<std::string> event_sources();

/// What became of the rows of some files. Each row is in one place, so that
/// rows = kept + one_sided + imprecise + duplicates + superseded + the rejected.
struct ReadReport {
  struct File {
    std::string name;
    std::string source;
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
  };
  struct Rejected {
    std::int64_t rows = 0;
    std::vector<std::string> examples;  // the first ones, with file, line and what was expected
  };

  std::vector<File> files;
  std::int64_t rows = 0;  // of data: without headers and blank lines
  std::int64_t kept = 0;
  std::int64_t one_sided = 0;   // name only one of the two sides, or none
  std::int64_t imprecise = 0;   // last longer than 31 days: known by month or year only
  std::int64_t duplicates = 0;  // another row of the same event stands for them
  std::int64_t superseded = 0;  // a later version has taken their place; `as_of` can still see them
  std::map<RejectReason, Rejected> rejected;
  std::map<std::string, std::int64_t> unmapped_actors;  // events by actor that the crosswalk does not know
  std::map<std::string, std::int64_t> unmapped_codes;   // events by code that the source's codebook does not hold

  [[nodiscard]] std::int64_t rejected_rows() const;
  /// Of the rows that could be read, those that name both sides.
  [[nodiscard]] double share_of_both_sides() const;
};

struct EventReading {
  EventTable events;
  ReadReport report;
};

/// Reads event files: GDELT 1.0, 2.0 and reduced, ICEWS, POLECAT, Phoenix, ACLED, UCDP GED, KEDS, or a tidy table with
/// the columns `date`, `source`, `target` and `code`; plain, gzipped or zipped (docs/formats.md). The kind is
/// recognised by content: by the names in the header, else by the number of fields.
///
/// Rows that cannot be read are counted by reason. Several rows of one event (by its id; for ICEWS by id and date) are
/// one: the version that was added last, of equal ones any. Events of several days stand on each of them.
///
/// Memory grows with the number of distinct (day, source, target, code), not with the size of the files. The result
/// does not depend on the number of threads, nor on the order of files or rows.
///
/// @param names  files, folders or patterns as in "2025*.zip"
/// @throws InputError  for a file that is missing, empty or of no known kind; for files of kinds that do not go
/// together;
///                     for more rejected rows than allowed, with the first examples
/// @throws ParseError  for an archive that is broken
[[nodiscard]] EventReading read_events(const std::vector<std::string>& names, const ReadOptions& options = {},
                                       const RunControl& control = {});
/// One file or archive as a stream; it is held in memory.
[[nodiscard]] EventReading read_events(std::istream& stream, const std::string& origin = "stream",
                                       const ReadOptions& options = {}, const RunControl& control = {});

}  // namespace tocsin
