#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "event_layout.hpp"
#include "record.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/date.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {

/// One row of an event file, as the layout reads it. Texts are views of the record.
struct EventRow {
  Day date{};
  Day last_day{};
  Day date_added{};
  std::string_view added;  // the same as it is written, with the time of day where the source tells it
  std::string_view id;
  std::uint64_t id_number = 0;
  std::string_view source;  // empty: the row does not name one
  std::string_view target;
  std::string_view code;
  bool is_root = true;
  std::int64_t events = 1;
  std::int64_t mentions = 0;
  std::int64_t sources = 0;
  std::int64_t articles = 0;

  [[nodiscard]] bool names_both() const { return !source.empty() && !target.empty(); }
};

/// Why a record is not an event, and where one sees it.
struct Fault {
  RejectReason reason = RejectReason::none;
  Role role = Role::id;  // of the field, where it is one

  explicit operator bool() const { return reason != RejectReason::none; }
};

/// Reads records of one layout. Not shared between threads: codes that are put together live in it.
class EventDecoder {
 public:
  EventDecoder(const EventLayout& layout, ActorForm form);

  [[nodiscard]] Fault decode(const Record& record, EventRow& row);

 private:
  [[nodiscard]] Fault read_days(const Record& record, EventRow& row);
  [[nodiscard]] Fault read_sides(const Record& record, EventRow& row);
  [[nodiscard]] Fault read_code(const Record& record, EventRow& row);
  [[nodiscard]] Fault read_numbers(const Record& record, EventRow& row) const;
  [[nodiscard]] Fault read_id(const Record& record, EventRow& row) const;
  [[nodiscard]] std::string_view text_at(const Record& record, Role role) const;
  [[nodiscard]] std::string_view as_utf8(std::string_view text, std::string& scratch) const;
  void add_context(std::string_view contexts);

  struct ReadDay {
    std::string text;
    Day day;
  };

  EventLayout layout_;
  std::array<ReadDay, 2> last_days_;  // of events, and on which they were added
  Role source_;
  Role target_;
  const Codebook* codebook_;
  std::string code_;         // where it has parts
  std::string source_text_;  // where it was in another encoding
  std::string target_text_;
};

/// The text of a field without what the sources write for a missing one: "", NA, None, NULL, "--".
[[nodiscard]] std::string_view without_missing(std::string_view text, const EventLayout& layout);

}  // namespace tocsin
