#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tocsin/event.hpp"
#include "tocsin/panel.hpp"

// The C data and stream interfaces of Apache Arrow: a fixed layout in memory, by which programs that share no code hand
// tables to each other. The names of the guards are part of the agreement: whoever comes second leaves the types out.
extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif
}

namespace tocsin {

struct StreamOptions {
  std::optional<Day> day = {};            // of all rows, where the stream has no column `date`
  bool is_weekly = false;                 // rows are weeks, whatever their dates are written as
  std::optional<Calendar> calendar = {};  // of the panel that the table will be: which weeks were quiet
};

/// Daily counts from a stream of record batches, with the columns of `read_counts`. Values are read where they stand:
/// nothing of the stream is copied but numbers, days, and each distinct name once.
///
/// Dates: date32, date64, timestamps of any unit (a zone is resolved: their day in UTC), or texts as YYYY-MM-DD or, all
/// of them, ISO weeks as YYYY-Www (see `daily_table`). Names: utf8, large utf8, utf8 views. Counts: integers of any
/// width, floats, decimals; a null is not collected. Any of them may be dictionary-encoded, and the dictionary another
/// in each batch.
///
/// The stream is taken over and released, whatever happens.
/// @throws ParseError  for a value that cannot be used, with its row; for a column that stands twice
/// @throws InputError  if columns are missing, or the stream fails or breaks the rules of the interface
[[nodiscard]] CountTable read_count_table(ArrowArrayStream& stream, const std::string& origin,
                                          const StreamOptions& options = {});

/// Events from a stream of record batches with the columns `date`, `source`, `target` and `code`, one row each; others
/// are passed over. Codes are texts: numbers are refused. The rest as in `read_count_table`.
[[nodiscard]] EventTable read_event_table(ArrowArrayStream& stream, const std::string& origin);

}  // namespace tocsin
