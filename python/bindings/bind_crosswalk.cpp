#include "bindings.hpp"

namespace tocsin {

namespace {

std::string_view name_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::state:
      return "state";
    case PlaceKind::territory:
      return "territory";
    case PlaceKind::region:
      return "region";
    case PlaceKind::organisation:
      break;
  }
  return "organisation";
}

using Codes = std::vector<std::optional<std::string>>;

// One day for each code. `origin` names what the codes are a column of; without one there is a single code.
Codes convert(const Codes& codes, const DayArray& dates, const std::string& source, const std::string& target,
              const std::optional<std::string>& origin, bool skips_missing) {
  const CodeSystem from = code_system_of(source);
  const CodeSystem to = code_system_of(target);
  const std::vector<std::int32_t> days = to_vector(dates);
  if (days.size() != codes.size()) throw InputError("expected one day for each code");
  py::gil_scoped_release unlocked;
  Codes results(codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (!codes[i]) continue;
    const Day day{days[i]};
    if (skips_missing) {
      const Place* place = find_place(from, *codes[i], day);
      if (place != nullptr) results[i] = code_of(*place, to, day);
      continue;
    }
    try {
      results[i] = converted(*codes[i], from, to, day);
    } catch (const InputError& error) {
      if (origin) throw ParseError(*origin, static_cast<std::int64_t>(i) + 1, 0, error.what());
      throw;
    }
  }
  return results;
}

py::tuple place(const std::string& code, const std::string& system, std::int32_t day) {
  const Place& found = place_of(code_system_of(system), code, Day{day});
  return py::make_tuple(found.id, found.name, name_of(found.kind));
}

}  // namespace

void bind_crosswalk(py::module_& m) {
  m.attr("code_system_names") = code_system_names();
  m.def("convert_codes", &convert, "codes"_a, "dates"_a.noconvert(), "source"_a, "target"_a, "origin"_a,
        "skips_missing"_a);
  m.def("place", &place, "code"_a, "system"_a, "day"_a);
}

}  // namespace tocsin
