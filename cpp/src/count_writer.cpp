#include "tocsin/count_writer.hpp"

#include <string>
#include <vector>

#include "csv_text.hpp"
#include "parallel.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

void write_counts(const CountPanel& panel, std::ostream& out, const RunControl& control) {
  const CountTable table = panel.to_table();
  std::vector<std::string> actors;
  for (const std::string& actor : table.actors) actors.push_back(csv_field(actor));
  std::string text = table.is_directed ? "date,source,target" : "date,actor_1,actor_2";
  for (std::size_t i = 0; i < column_count; ++i) {
    if (!table.values[i].empty()) text.append(",").append(column_names[i]);
  }
  text += '\n';
  constexpr std::size_t rows_at_once = 10'000;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (row % rows_at_once == 0) {
      stop_if_asked(control);
      if (control.progress) control.progress(row, table.size());
      out << text;
      text.clear();
    }
    text.append(to_string(table.dates[row])).append(",").append(actors[table.sources[row]]);
    text.append(",").append(actors[table.targets[row]]);
    for (const std::vector<double>& column : table.values) {
      if (column.empty()) continue;
      text += ',';
      append_csv_number(text, column[row]);
    }
    text += '\n';
  }
  out << text;
  if (control.progress) control.progress(table.size(), table.size());
  if (!out.flush()) throw Error("writing the CSV failed; is the disk full?");
}

}  // namespace tocsin
