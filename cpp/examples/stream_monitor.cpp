// Feeds a file of counts to a monitor day by day. Prints who passes 60 points, and everybody on the last day.
#include <tocsin/tocsin.hpp>

#include <iostream>

tocsin::CountTable rows_of(const tocsin::CountTable& all, tocsin::Day day) {
  tocsin::CountTable rows;
  rows.actors = all.actors;
  rows.is_directed = all.is_directed;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.dates[i] != day) continue;
    rows.dates.push_back(day);
    rows.sources.push_back(all.sources[i]);
    rows.targets.push_back(all.targets[i]);
    for (std::size_t column = 0; column < tocsin::column_count; ++column) {
      if (!all.values[column].empty()) rows.values[column].push_back(all.values[column][i]);
    }
  }
  return rows;
}

int main(int argc, char** argv) try {
  if (argc != 2) throw tocsin::InputError("expected one argument: a CSV of daily counts");
  const tocsin::CountPanel panel = tocsin::read_counts(argv[1]);
  const tocsin::CountTable table = panel.to_table();
  tocsin::Monitor monitor(tocsin::Config{}, panel.collected());
  for (tocsin::Day day = panel.calendar().first; day <= panel.calendar().last; day = day + 1) {
    const tocsin::Reading reading = monitor.push(day, rows_of(table, day));
    for (std::size_t i = 0; i < reading.pairs.size(); ++i) {
      const double score = reading.rows[i][tocsin::ScoreColumn::score];
      if (score > 60 || day == panel.calendar().last) {
        std::cout << to_string(day) << ' ' << to_string(reading.pairs[i]) << ' ' << score << '\n';
      }
    }
  }
} catch (const tocsin::Error& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
