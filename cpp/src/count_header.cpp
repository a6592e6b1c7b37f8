#include "count_header.hpp"

#include "text.hpp"

namespace tocsin {

namespace {

// Says what was expected of the whole header, and which columns it has.
void fail_whole(std::string_view expected, const std::vector<std::string>& names, const HeaderFault& fail) {
  std::vector<std::string> found;
  for (const std::string& name : names) found.push_back(in_quotes(name));
  fail(CountHeader::absent, concat(expected, "; found ", found.empty() ? "no column" : joined(found)));
}

void require_columns(const CountHeader& header, bool needs_date, const std::vector<std::string>& names,
                     const HeaderFault& fault) {
  const auto fail = [&](std::string_view expected) { fail_whole(expected, names, fault); };
  if (header.date == CountHeader::absent && needs_date) fail("expected a column \"date\"");
  const bool has_direction = header.source != CountHeader::absent && header.target != CountHeader::absent;
  if (header.pair == CountHeader::absent && !has_direction) {
    fail("expected columns \"source\" and \"target\", or \"pair\"");
  }
  if (header.pair != CountHeader::absent &&
      (header.source != CountHeader::absent || header.target != CountHeader::absent)) {
    fail("expected either \"source\" and \"target\" or \"pair\", not both");
  }
  for (const Signal signal : hostile_signals) {
    if (header.values[index_of(signal)] != CountHeader::absent) return;
  }
  fail("expected at least one of the columns \"rhetoric\", \"military\", \"punitive\"");
}

// The place of a known name, or none.
std::size_t* place_of(std::string_view name, CountHeader& header) {
  if (name == "date") return &header.date;
  if (name == "source" || name == "actor_1") return &header.source;
  if (name == "target" || name == "actor_2") return &header.target;
  if (name == "pair") return &header.pair;
  const auto column = find_column(name);
  return column ? &header.values[*column] : nullptr;
}

}  // namespace

CountHeader count_header(const std::vector<std::string>& names, bool needs_date, CountTable& table,
                         const HeaderFault& fail) {
  CountHeader header;
  header.values.fill(CountHeader::absent);
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::size_t* const place = place_of(names[i], header);
    if (place == nullptr) {
      unknown.push_back(in_quotes(names[i]));
    } else if (*place != CountHeader::absent) {
      fail(i, concat("column ", in_quotes(names[i]), " stands twice; keep one of them"));
    } else {
      *place = i;
    }
  }
  require_columns(header, needs_date, names, fail);
  if (!unknown.empty()) {
    table.warnings.push_back(concat(table.origin, ": ignored ", unknown.size() == 1 ? "column " : "columns ",
                                    joined(unknown),
                                    "; known value columns are rhetoric, military, punitive, mediation, "
                                    "cooperation, exposure, total, rung_1 to rung_7 and the other extra columns"));
  }
  const auto is_named = [&](std::size_t column, std::string_view name) {
    return column != CountHeader::absent && names[column] == name;
  };
  if (is_named(header.source, "actor_1") != is_named(header.target, "actor_2")) {
    fail_whole("expected \"source\" with \"target\", or \"actor_1\" with \"actor_2\"", names, fail);
  }
  header.is_directed = header.pair == CountHeader::absent && is_named(header.source, "source");
  return header;
}

}  // namespace tocsin
