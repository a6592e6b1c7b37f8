#include "input_files.hpp"

#include <glob.h>

#include <algorithm>
#include <new>
#include <system_error>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

namespace fs = std::filesystem;

struct Matches {
  ::glob_t found{};
  Matches() = default;
  ~Matches() { ::globfree(&found); }
  Matches(const Matches&) = delete;
  Matches& operator=(const Matches&) = delete;
};

// By bytes: the order of the results must not depend on the locale.
void sort_by_name(std::vector<fs::path>& files) {
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
}

std::vector<fs::path> files_in(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    std::error_code unknown;  // a link to nowhere is no regular file
    const bool is_hidden = entry->path().filename().native().front() == '.';
    if (!is_hidden && entry->is_regular_file(unknown)) files.push_back(entry->path());
  }
  if (error) {
    throw InputError(concat(folder, ": the folder cannot be read (", error.message(), "); may it be listed?"));
  }
  if (files.empty()) {
    throw InputError(concat(folder,
                            ": the folder holds no file (hidden ones and folders inside it are left out), "
                            "expected at least one; is the path right?"));
  }
  sort_by_name(files);
  return files;
}

std::vector<fs::path> files_like(const std::string& pattern) {
  Matches matches;
  const int result = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches.found);
  if (result == GLOB_NOSPACE) throw std::bad_alloc{};
  std::vector<fs::path> files;
  for (std::size_t i = 0; result == 0 && i < matches.found.gl_pathc; ++i) {
    fs::path file = matches.found.gl_pathv[i];
    std::error_code unknown;
    if (!fs::is_directory(file, unknown)) files.push_back(std::move(file));
  }
  if (files.empty()) {
    throw InputError(concat(pattern, ": no file fits this pattern, expected at least one; is the path right?"));
  }
  sort_by_name(files);
  return files;
}

std::vector<fs::path> files_of(const std::string& name) {
  if (name.empty() || name.find('\0') != std::string::npos) {
    throw InputError(concat(in_quotes(name), " is not a file name, expected a file, a folder or a pattern"));
  }
  std::error_code unknown;
  if (fs::is_directory(name, unknown)) return files_in(name);
  if (fs::exists(name, unknown)) return {name};
  if (name.find_first_of("*?[") != std::string::npos) return files_like(name);
  throw InputError(concat(name, ": there is no such file or folder; is the path right?"));
}

}  // namespace

std::vector<fs::path> input_files(const std::vector<std::string>& names) {
  std::vector<fs::path> all;
  for (const std::string& name : names) {
    const std::vector<fs::path> files = files_of(name);
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

}  // namespace tocsin
