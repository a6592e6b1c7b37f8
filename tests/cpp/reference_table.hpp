#pragma once

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

/// Tables of reference numbers for the tests of the numerical core.
namespace tocsin::reference_table {

using Table = std::vector<std::vector<std::string>>;

/// The rows of a CSV file without quotes, its header left out; no rows if the file cannot be read.
inline Table read_csv(const std::string& path) {
  Table rows;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::stringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

inline double number(const std::string& cell) { return cell.empty() ? 0.0 : std::strtod(cell.c_str(), nullptr); }

/// Relative error, or the absolute one where 0 is expected; infinite if the value is NaN.
inline double error_of(double value, double expected) {
  if (value == expected) return 0.0;
  const double scale = expected == 0.0 ? 1.0 : std::fabs(expected);
  const double error = std::fabs(value - expected) / scale;
  return std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
}

}  // namespace tocsin::reference_table
