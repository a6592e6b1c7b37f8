#include <algorithm>

#include "event_layout.hpp"

namespace tocsin {

namespace {

constexpr bool optional_column = false;

const EventLayout& headless(std::string_view name) {
  const auto all = headless_layouts();
  return *std::find_if(all.begin(), all.end(), [&](const EventLayout& layout) { return layout.name == name; });
}

// The same table under the names that copies in databases and query results have.
NamedLayout gdelt_by_name() {
  std::vector<NamedColumn> columns{{"globaleventid", Role::id},
                                   {"sqldate", Role::date},
                                   {"actor1code", Role::source_code, optional_column},
                                   {"actor1countrycode", Role::source},
                                   {"actor2code", Role::target_code, optional_column},
                                   {"actor2countrycode", Role::target},
                                   {"isrootevent", Role::is_root, optional_column},
                                   {"eventcode", Role::code},
                                   {"quadclass", Role::quad_class, optional_column},
                                   {"goldsteinscale", Role::intensity, optional_column},
                                   {"nummentions", Role::mentions, optional_column},
                                   {"numsources", Role::sources, optional_column},
                                   {"numarticles", Role::articles, optional_column},
                                   {"avgtone", Role::tone, optional_column},
                                   {"actiongeo_countrycode", Role::country, optional_column},
                                   {"actiongeo_lat", Role::latitude, optional_column},
                                   {"actiongeo_long", Role::longitude, optional_column},
                                   {"dateadded", Role::date_added, optional_column},
                                   {"sourceurl", Role::url, optional_column}};
  EventLayout layout = headless("gdelt2");
  layout.is_quoted = true;
  // What a query picked out is no longer everything that was reported on a day.
  layout.is_daily_feed = false;
  layout.collected_by = CollectedBy::event_date;
  return {layout, columns};
}

NamedLayout make_reduced() {
  return {headless("gdelt-reduced"),
          {{"date", Role::date},
           {"source", Role::source},
           {"target", Role::target},
           {"cameocode", Role::code},
           {"numevents", Role::events},
           {"numarts", Role::articles},
           {"quadclass", Role::quad_class},
           {"goldstein", Role::intensity},
           {"actiongeolat", Role::latitude, optional_column},
           {"actiongeolong", Role::longitude, optional_column}}};
}

NamedLayout make_reduced_years() {
  return {headless("gdelt-reduced-years"),
          {{"day", Role::date},
           {"actor1code", Role::source},
           {"actor2code", Role::target},
           {"eventcode", Role::code},
           {"quadcategory", Role::quad_class},
           {"goldsteinscale", Role::intensity, optional_column},
           {"actiongeo_lat", Role::latitude, optional_column},
           {"actiongeo_long", Role::longitude, optional_column}}};
}

NamedLayout make_icews() {
  return {{.name = "icews",
           .title = "ICEWS",
           .codebook = "cameo-1.1b3",
           .actor_system = "name",
           .is_daily_feed = true,
           .slashes = SlashOrder::month_first,  // in the file of 2017
           .identity = Identity::number_and_date},
          {{"event id", Role::id},
           {"event date", Role::date},
           {"source name", Role::source_code},
           {"source country", Role::source},
           {"event text", Role::code_name, optional_column},
           {"cameo code", Role::code, optional_column},  // not in the file of 2017
           {"intensity", Role::intensity, optional_column},
           {"target name", Role::target_code},
           {"target country", Role::target},
           {"country", Role::country, optional_column},
           {"latitude", Role::latitude, optional_column},
           {"longitude", Role::longitude, optional_column}}};
}

NamedLayout make_polecat() {
  return {{.name = "polecat",
           .title = "POLECAT",
           .codebook = "plover",
           .actor_system = "iso3",
           .is_daily_feed = true,
           .may_be_latin1 = true,
           .identity = Identity::text},
          {{"event id", Role::id},
           {"event date", Role::date},
           {"event type", Role::code},
           {"event mode", Role::code_detail},
           {"contexts", Role::code_context},
           {"quad code", Role::quad_class, optional_column},
           {"event intensity", Role::intensity, optional_column},
           {"intensity", Role::intensity, optional_column},
           {"actor name", Role::source_code},
           {"actor country", Role::source},
           {"recipient name", Role::target_code},
           {"recipient country", Role::target},
           {"country", Role::country, optional_column},
           {"latitude", Role::latitude, optional_column},
           {"longitude", Role::longitude, optional_column},
           {"publication date", Role::date_added, optional_column}}};
}

NamedLayout make_cline() {
  return {{.name = "cline-phoenix",
           .title = "Cline Center Phoenix",
           .codebook = "cameo-1.1b3",
           .actor_system = "cameo",
           .is_quoted = true,
           .slashes = SlashOrder::month_first,
           .identity = Identity::text},
          {{"eid", Role::id},
           {"story_date", Role::date},
           {"source", Role::source_code},
           {"source_root", Role::source},
           {"target", Role::target_code},
           {"target_root", Role::target},
           {"code", Role::code},
           {"quad_class", Role::quad_class, optional_column},
           {"goldstein", Role::intensity, optional_column},
           {"lat", Role::latitude, optional_column},
           {"lon", Role::longitude, optional_column},
           {"countryname", Role::country, optional_column}}};
}

NamedLayout make_acled() {
  return {{.name = "acled",
           .title = "ACLED",
           .codebook = "acled",
           .actor_system = "name",
           .is_quoted = true,
           .slashes = SlashOrder::day_first,
           .identity = Identity::text},
          {{"event_id_cnty", Role::id},
           {"event_date", Role::date},
           {"event_type", Role::code},
           {"sub_event_type", Role::code_detail, optional_column},  // not before 2018
           {"actor1", Role::source},
           {"actor2", Role::target},
           {"country", Role::country, optional_column},
           {"latitude", Role::latitude, optional_column},
           {"longitude", Role::longitude, optional_column},
           {"fatalities", Role::intensity, optional_column},
           {"timestamp", Role::date_added, optional_column}}};
}

NamedLayout make_ucdp() {
  return {{.name = "ucdp-ged",
           .title = "UCDP GED",
           .codebook = "ucdp-ged",
           .actor_system = "name",
           .is_quoted = true,
           .identity = Identity::text},
          {{"id", Role::id},
           {"type_of_violence", Role::code},
           {"side_a", Role::source},
           {"side_b", Role::target},
           {"gwnoa", Role::source_number, optional_column},
           {"gwnob", Role::target_number, optional_column},
           {"date_start", Role::date},
           {"date_end", Role::last_day},
           {"country", Role::country, optional_column},
           {"latitude", Role::latitude, optional_column},
           {"longitude", Role::longitude, optional_column},
           {"best", Role::intensity, optional_column}}};
}

// What a tidy table may hold, under these names or those of the user.
NamedLayout make_tidy() {
  return {{.name = "tidy",
           .title = "tidy table",
           .codebook = "cameo-1.1b3",
           .actor_system = "",
           .is_quoted = true,
           .is_bulk = false,
           .identity = Identity::text},
          {{"date", Role::date},
           {"source", Role::source},
           {"target", Role::target},
           {"code", Role::code, optional_column},
           {"code_name", Role::code_name, optional_column},
           {"id", Role::id, optional_column},
           {"date_added", Role::date_added, optional_column},
           {"is_root", Role::is_root, optional_column},
           {"events", Role::events, optional_column},
           {"mentions", Role::mentions, optional_column},
           {"sources", Role::sources, optional_column},
           {"articles", Role::articles, optional_column},
           {"url", Role::url, optional_column}}};
}

}  // namespace

// From the particular to the general: the first that fits is meant.
std::span<const NamedLayout> named_layouts() {
  static const std::vector<NamedLayout> layouts{gdelt_by_name(), make_reduced(), make_reduced_years(),
                                                make_icews(),    make_polecat(), make_cline(),
                                                make_acled(),    make_ucdp(),    make_tidy()};
  return layouts;
}

}  // namespace tocsin
