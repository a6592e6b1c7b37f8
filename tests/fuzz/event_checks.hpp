#pragma once

#include <string>

#include "tocsin/event_reader.hpp"

namespace tocsin::fuzz {

/// Each row is in one place, and the files' numbers add up.
void check_report(const ReadReport& report);

/// Columns of one length, in order, each row once; their live events are those that were kept.
void check_table(const EventReading& reading);

/// The same events, and the same numbers of rows.
void check_same(const EventReading& a, const EventReading& b);

/// A plain file of lines reads the same in two pieces, wherever it is cut behind its header.
void check_pieces(const std::string& text, const ReadOptions& options, unsigned cut);

/// The lines from the last to the first read the same.
void check_other_order(const std::string& text, const ReadOptions& options, const EventReading& reading);

/// What is read row by row adds up to the table.
void check_columns(const std::string& text, const ReadOptions& options, const EventReading& reading);

/// Every event that is counted, or not, is in one place of the report. @param choice  of the rules of counting
void check_counts(const EventTable& events, unsigned choice);

}  // namespace tocsin::fuzz
