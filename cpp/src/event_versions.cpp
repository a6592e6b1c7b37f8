#include "event_versions.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin {

std::int64_t& RowCounts::place_of(const EventRow& row) {
  if (!row.names_both()) return one_sided;
  return row.last_day - row.date >= longest_event_days ? imprecise : kept;
}

Version::Version(const EventRow& row)
    : row_(row), added_(row.added), source_(row.source), target_(row.target), code_(row.code) {}

EventRow Version::row() const {
  EventRow row = row_;
  row.id = row.added = {};
  row.source = source_;
  row.target = target_;
  row.code = code_;
  return row;
}

bool operator<(const Version& a, const Version& b) {
  const auto key = [](const Version& v) {
    return std::tie(v.row_.date_added, v.added_, v.row_.date, v.row_.last_day, v.source_, v.target_, v.code_,
                    v.row_.is_root, v.row_.events, v.row_.mentions, v.row_.sources, v.row_.articles);
  };
  return key(a) < key(b);
}

void VersionSink::take(const EventRow& row, const Record& /*record*/) {
  if (row.id.empty() || !repeated_.contains(SeenIds::key_of(row, identity_))) return;
  const bool is_number = identity_ != Identity::text;
  const Day day = identity_ == Identity::number_and_date ? row.date : Day{};
  versions_[{is_number ? std::to_string(row.id_number) : std::string{row.id}, day}].emplace_back(row);
}

void VersionSink::add_all(VersionSink& others) {
  for (auto& [id, versions] : others.versions_) {
    auto& own = versions_[id];
    own.insert(own.end(), versions.begin(), versions.end());
  }
}

void VersionSink::settle(EventCells& cells, RowCounts& counts, bool has_added) {
  for (auto& [id, versions] : versions_) {
    if (versions.size() < 2) continue;  // two ids that only looked alike
    std::sort(versions.begin(), versions.end());
    for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
      const EventRow old = versions[i].row();
      const Day next = versions[i + 1].row().date_added;
      std::int64_t& place = counts.place_of(old);
      const bool was_kept = &place == &counts.kept;
      --place;
      if (was_kept) cells.add(old, -1);
      if (!has_added || next == old.date_added) {
        ++counts.duplicates;
      } else {
        ++counts.superseded;
        if (was_kept) cells.add(old, 1, next);
      }
    }
  }
}

}  // namespace tocsin
