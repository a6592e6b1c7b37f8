// A stranger's program: counts in, the scores document out. The version goes to standard error.

#include <exception>
#include <iostream>

#include <tocsin/tocsin.hpp>

int main(int argc, char** argv) {
  std::cerr << "tocsin " << tocsin::version << '\n';
  if (argc != 2) {
    std::cerr << "usage: consumer COUNTS.csv\n";
    return 2;
  }
  try {
    const tocsin::CountPanel panel = tocsin::read_counts(argv[1]);
    const tocsin::Scores scores = tocsin::score(panel, tocsin::Config{});
    std::cout << tocsin::to_json(scores) << '\n';
  } catch (const std::exception& error) {
    // The library's own errors must be catchable on this side of the link.
    std::cerr << error.what() << '\n';
    return 2;
  }
  return 0;
}
