// The table of contents of tocsin._core. Each part is bound in the file of its name.
#include "bindings.hpp"

PYBIND11_MODULE(_core, m) {
  m.doc() = "The C++ core of tocsin. Use the functions of the package `tocsin`; names in here may change.";
  tocsin::bind_error(m);
  tocsin::bind_config(m);
  tocsin::bind_panel(m);
  tocsin::bind_arrow(m);
  tocsin::bind_events(m);
  tocsin::bind_crosswalk(m);
  tocsin::bind_scores(m);
  tocsin::bind_monitor(m);
  tocsin::bind_cross_excitation(m);
  tocsin::bind_indicators(m);
  tocsin::bind_change_point(m);
  tocsin::bind_phase(m);
  tocsin::bind_reproduction_number(m);
  tocsin::bind_attention_share(m);
  tocsin::bind_ears(m);
  tocsin::bind_post_mediation_change(m);
  tocsin::bind_slowing_down(m);
  tocsin::bind_onset(m);
  tocsin::bind_backtest(m);
  tocsin::bind_risk(m);
}
