#include <istream>

#include "actor_names.hpp"
#include "delimited_columns.hpp"
#include "delimited_reader.hpp"
#include "tocsin/event.hpp"

namespace tocsin {

namespace {

struct EventHeader {
  std::size_t date = absent_column;
  std::size_t source = absent_column;
  std::size_t target = absent_column;
  std::size_t code = absent_column;
  std::size_t width = 0;
};

// Event files carry many columns (places, texts, urls); what is not asked for is passed over without a word.
EventHeader read_event_header(DelimitedReader& reader) {
  require_header(reader);
  EventHeader header;
  header.width = reader.fields().size();
  for (std::size_t i = 0; i < header.width; ++i) {
    const std::string_view name = trimmed(reader.fields()[i]);
    if (name == "date")
      set_once(header.date, i, name, reader);
    else if (name == "source")
      set_once(header.source, i, name, reader);
    else if (name == "target")
      set_once(header.target, i, name, reader);
    else if (name == "code")
      set_once(header.code, i, name, reader);
  }
  for (const std::size_t place : {header.date, header.source, header.target, header.code}) {
    if (place == absent_column) {
      fail_header(reader, "expected the columns \"date\", \"source\", \"target\" and \"code\"");
    }
  }
  return header;
}

}  // namespace

EventTable read_events(std::istream& stream, const std::string& origin) {
  EventTable events;
  events.origin = origin;
  ActorNames names(events.actors);
  DelimitedReader reader(stream, origin);
  const EventHeader header = read_event_header(reader);
  while (reader.next()) {
    require_width(reader, header.width);
    const Day day = day_at(reader, header.date);
    if (day < earliest_day || day > latest_day) {
      fail_at(reader, header.date,
              concat("the date ", to_string(day), " is out of range, expected a day from ", to_string(earliest_day),
                     " to ", to_string(latest_day)));
    }
    events.dates.push_back(day);
    events.sources.push_back(names.id(text_at(reader, header.source, "source", "an actor")));
    events.targets.push_back(names.id(text_at(reader, header.target, "target", "an actor")));
    events.codes.emplace_back(text_at(reader, header.code, "code", "an event code"));
  }
  if (events.size() == 0)
    throw InputError(concat(origin, ": there is a header but no row; expected at least one event"));
  return events;
}

EventTable read_events(const std::filesystem::path& path) {
  std::ifstream stream = opened(path, "events");
  return read_events(stream, path.string());
}

}  // namespace tocsin
