#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tocsin {

/// Files that texts name: a file, a folder (the regular files directly in it, hidden ones left out, in alphabetical
/// order) or a pattern with * ? [ ] (glob(3); folders that fit are left out). An existing file whose name contains a
/// bracket is the file. What is named twice is given twice.
///
/// @throws InputError  naming the pattern without a match, the empty folder, the missing file
[[nodiscard]] std::vector<std::filesystem::path> input_files(const std::vector<std::string>& names);

}  // namespace tocsin
