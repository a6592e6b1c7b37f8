// Scores a file of daily counts; the scores document goes to standard output.
#include <tocsin/tocsin.hpp>

#include <iostream>

int main(int argc, char** argv) try {
  if (argc != 2) throw tocsin::InputError("expected one argument: a CSV of daily counts");
  const tocsin::CountPanel panel = tocsin::read_counts(argv[1]);
  std::cout << tocsin::to_json(tocsin::score(panel));
} catch (const tocsin::Error& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
