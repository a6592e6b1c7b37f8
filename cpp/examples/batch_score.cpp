// From event files to scores: counts the events of every pair of states, and writes the scores document to standard
// output. GDELT, ICEWS and the others are recognised by content; they may be zipped.
//
//   batch_score 2025*.export.CSV.zip > scores.json
#include <tocsin/tocsin.hpp>

#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) try {
  if (argc < 2)
    throw tocsin::InputError("expected at least one argument: a file, a folder or a pattern of event files");
  const std::vector<std::string> files(argv + 1, argv + argc);
  const auto [events, report] = tocsin::read_events(files);
  std::cerr << report.rows << " rows, " << report.kept << " events between two named sides, " << report.rejected_rows()
            << " rows rejected\n";
  const tocsin::Codebook& codebook = tocsin::Codebook::shipped(events.codebook);
  const tocsin::CountResult counted = tocsin::count_events(events, tocsin::PairChoice::states, codebook);
  std::cout << tocsin::to_json(tocsin::score(counted.panel));
} catch (const tocsin::Error& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
