#include "input_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

namespace fs = std::filesystem;

class InputFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tocsin_files_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "year" / "inner.csv");
    fs::create_directories(folder_ / "empty" / "only_a_folder");
    for (const char* file : {"year/b.csv", "year/a.csv", "year/B.csv", "year/c.zip", "year/.hidden.csv",
                             "year/inner.csv/deep.csv", "odd[1].csv", "empty/.hidden"}) {
      std::ofstream(folder_ / file) << "x";
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Paths below the folder, joined by spaces.
  [[nodiscard]] std::string found(const std::vector<std::string>& names) const {
    std::string all;
    for (const fs::path& file : input_files(at(names))) all += file.lexically_relative(folder_).string() + " ";
    return all;
  }

  [[nodiscard]] std::string fault(const std::string& name) const {
    try {
      (void)input_files(at({name}));
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }

  [[nodiscard]] std::vector<std::string> at(const std::vector<std::string>& names) const {
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back((folder_ / name).string());
    return paths;
  }

  fs::path folder_;
};

TEST_F(InputFiles, AFileIsItself) { EXPECT_EQ(found({"year/c.zip", "year/a.csv"}), "year/c.zip year/a.csv "); }

TEST_F(InputFiles, AFolderGivesItsVisibleFilesInAlphabeticalOrder) {
  EXPECT_EQ(found({"year"}), "year/B.csv year/a.csv year/b.csv year/c.zip ");
  EXPECT_EQ(found({"year/"}), "year/B.csv year/a.csv year/b.csv year/c.zip ");
}

TEST_F(InputFiles, APatternGivesTheFilesThatFitAndNoFolder) {
  EXPECT_EQ(found({"year/*.csv"}), "year/B.csv year/a.csv year/b.csv ");
  EXPECT_EQ(found({"year/?.csv"}), "year/B.csv year/a.csv year/b.csv ");
  EXPECT_EQ(found({"year/[ac].*"}), "year/a.csv year/c.zip ");
  EXPECT_EQ(found({"y*/b.csv"}), "year/b.csv ");
}

TEST_F(InputFiles, TheOrderOfTheNamesIsKept) {
  EXPECT_EQ(found({"year/c.zip", "year/?.csv", "year/a.csv"}),
            "year/c.zip year/B.csv year/a.csv year/b.csv year/a.csv ");
  EXPECT_TRUE(input_files({}).empty());
}

TEST_F(InputFiles, AnExistingFileWithABracketInItsNameIsTheFile) { EXPECT_EQ(found({"odd[1].csv"}), "odd[1].csv "); }

TEST_F(InputFiles, ALinkToAFileCountsAndALinkToNowhereDoesNot) {
  fs::create_symlink(folder_ / "odd[1].csv", folder_ / "year" / "d.csv");
  fs::create_symlink(folder_ / "nowhere", folder_ / "year" / "e.csv");
  EXPECT_EQ(found({"year"}), "year/B.csv year/a.csv year/b.csv year/c.zip year/d.csv ");
}

TEST_F(InputFiles, WhatIsNotThereIsRefusedByName) {
  const std::string root = folder_.string();
  EXPECT_EQ(fault("year/z.csv"), root + "/year/z.csv: there is no such file or folder; is the path right?");
  EXPECT_EQ(fault("year/*.tsv"),
            root + "/year/*.tsv: no file fits this pattern, expected at least one; is the path right?");
  EXPECT_EQ(fault("year/inner*"),
            root + "/year/inner*: no file fits this pattern, expected at least one; is the path right?");
  EXPECT_EQ(fault("empty"), root +
                                "/empty: the folder holds no file (hidden ones and folders inside it are left out), "
                                "expected at least one; is the path right?");
}

TEST_F(InputFiles, NoNameAtAllIsRefused) {
  EXPECT_THROW((void)input_files({""}), InputError);
  EXPECT_THROW((void)input_files({(folder_ / "year/a.csv").string() + '\0' + ".gz"}), InputError);
}

}  // namespace
}  // namespace tocsin
