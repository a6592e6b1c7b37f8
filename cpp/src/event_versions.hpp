#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "event_cells.hpp"
#include "event_scan.hpp"
#include "seen_ids.hpp"

namespace tocsin {

/// Rows that could be read, by what becomes of them.
struct RowCounts {
  std::int64_t kept = 0;
  std::int64_t one_sided = 0;
  std::int64_t imprecise = 0;
  std::int64_t duplicates = 0;
  std::int64_t superseded = 0;

  /// The place of a row that nothing else stands for.
  [[nodiscard]] std::int64_t& place_of(const EventRow& row);
};

/// One of several rows of an event, with texts of its own.
class Version {
 public:
  explicit Version(const EventRow& row);

  [[nodiscard]] EventRow row() const;
  /// By the day and time it was added, then by content: the order of versions does not depend on the order of rows.
  friend bool operator<(const Version& a, const Version& b);

 private:
  EventRow row_;
  std::string added_;
  std::string source_;
  std::string target_;
  std::string code_;
};

/// Rows of events that were reported more than once.
class VersionSink : public RowSink {
 public:
  VersionSink(const RepeatedIds& repeated, Identity identity) : repeated_(repeated), identity_(identity) {}

  void take(const EventRow& row, const Record& record) override;
  void add_all(VersionSink& others);

  /// Corrects what was counted row by row: of each event the version that was added last stays; earlier ones are kept
  /// as superseded on the day of the next, and of those of one day one is kept. Where not every file says when its rows
  /// were added, one of all versions is kept.
  void settle(EventCells& cells, RowCounts& counts, bool has_added);

 private:
  // Ids as they are written; for ICEWS the same id on another day is another event.
  using Id = std::pair<std::string, Day>;

  const RepeatedIds& repeated_;
  Identity identity_;
  std::map<Id, std::vector<Version>> versions_;
};

}  // namespace tocsin
