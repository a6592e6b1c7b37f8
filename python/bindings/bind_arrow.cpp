#include "bindings.hpp"

namespace tocsin {

namespace {

// The stream of what `__arrow_c_stream__` gave. The capsule keeps the struct; reading takes over what is in it.
ArrowArrayStream& stream_in(const py::object& capsule) {
  void* const stream = PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream");
  if (stream == nullptr) throw py::error_already_set();
  return *static_cast<ArrowArrayStream*>(stream);
}

CountTable count_table(const py::object& capsule, const std::string& origin, std::optional<std::int32_t> day,
                       bool is_weekly, const CalendarArgument& calendar) {
  ArrowArrayStream& stream = stream_in(capsule);
  StreamOptions options{.is_weekly = is_weekly, .calendar = calendar_of(calendar)};
  if (day) options.day = Day{*day};
  return watched([&] { return read_count_table(stream, origin, options); });
}

EventTable event_table(const py::object& capsule, const std::string& origin) {
  ArrowArrayStream& stream = stream_in(capsule);
  return watched([&] { return read_event_table(stream, origin); });
}

}  // namespace

void bind_arrow(py::module_& m) {
  m.def("count_table_from_arrow", &count_table, "stream"_a, py::kw_only(), "origin"_a, "day"_a, "is_weekly"_a,
        "calendar"_a);
  m.def("event_table_from_arrow", &event_table, "stream"_a, py::kw_only(), "origin"_a);
}

}  // namespace tocsin
