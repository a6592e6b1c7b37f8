#pragma once

#include "tocsin/event_reader.hpp"

namespace tocsin {

/// Writes the actors of a reading as the options ask, and reports those that have no code.
void rename_actors(EventReading& reading, const ReadOptions& options);

}  // namespace tocsin
