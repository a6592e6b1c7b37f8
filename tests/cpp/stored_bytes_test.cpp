#include "stored_bytes.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "tocsin_stored_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string read_at(const StoredBytes& bytes, std::uint64_t offset, std::size_t size) {
  std::string text(size, '#');
  text.resize(bytes.read_at(offset, text.data(), size));
  return text;
}

template <class Fault, class Act>
std::string fault_of(const Act& act) {
  try {
    act();
  } catch (const Fault& error) {
    return error.what();
  }
  return "no fault";
}

void expect_places(const StoredBytes& bytes) {
  EXPECT_EQ(bytes.size(), 10U);
  EXPECT_EQ(read_at(bytes, 0, 10), "0123456789");
  EXPECT_EQ(read_at(bytes, 3, 4), "3456");
  EXPECT_EQ(read_at(bytes, 7, 100), "789");
  EXPECT_EQ(read_at(bytes, 10, 1), "");
  EXPECT_EQ(read_at(bytes, ~std::uint64_t{0}, 5), "");
}

TEST(StoredBytes, AreReadFromAnyPlace) {
  const Folder folder;
  expect_places(*in_memory("0123456789"));
  expect_places(*open_file(folder.file("a.csv", "0123456789")));
}

TEST(StoredBytes, AFileIsReadAsLongAsItWasWhenOpened) {
  const Folder folder;
  const fs::path path = folder.file("a.csv", "old");
  const auto bytes = open_file(path);
  std::ofstream(path, std::ios::app) << " and new";
  EXPECT_EQ(bytes->size(), 3U);
  EXPECT_EQ(read_at(*bytes, 0, 100), "old");
}

TEST(StoredBytes, AFileThatBecameShorterIsRefusedByName) {
  const Folder folder;
  const fs::path path = folder.file("a.csv", "0123456789");
  const auto bytes = open_file(path);
  fs::resize_file(path, 4);
  EXPECT_EQ(read_at(*bytes, 1, 3), "123");
  const std::string fault = fault_of<ParseError>([&] { read_at(*bytes, 0, 10); });
  EXPECT_EQ(fault.find(path.string() + ": the file had 10 bytes when it was opened and has become shorter"), 0U)
      << fault;
}

TEST(StoredBytes, WhatIsNoReadableFileIsRefusedByName) {
  const Folder folder;
  const std::string missing = (folder.path() / "missing.csv").string();
  EXPECT_EQ(fault_of<InputError>([&] { (void)open_file(missing); }),
            missing + ": cannot be opened (No such file or directory); is the path right and the file readable?");
  EXPECT_EQ(fault_of<InputError>([&] { (void)open_file(folder.path()); }),
            folder.path().string() + ": this is a folder, expected a file");
}

TEST(StoredBytes, AFileWithoutPermissionIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may read every file";
  const Folder folder;
  const fs::path path = folder.file("a.csv", "secret");
  fs::permissions(path, fs::perms::none);
  EXPECT_NE(fault_of<InputError>([&] { (void)open_file(path); }).find("cannot be opened"), std::string::npos);
}

TEST(StoredBytes, APipeIsTakenIntoMemory) {
  const Folder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::string text;
  while (text.size() < 3'000'000) text += "line " + std::to_string(text.size()) + "\n";
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << text; });
  const auto bytes = open_file(pipe);
  writer.join();
  EXPECT_EQ(bytes->size(), text.size());
  EXPECT_EQ(read_at(*bytes, 0, text.size()), text);
  EXPECT_EQ(open_file("/dev/null")->size(), 0U);
}

TEST(StoredBytes, AnEndlessDeviceIsRefusedAtTheLimit) {
  const std::string fault = fault_of<InputError>([] { (void)open_file("/dev/zero", 5'000'000); });
  EXPECT_EQ(fault.find("/dev/zero: more than 5000000 bytes come through this pipe"), 0U) << fault;
}

TEST(StoredBytes, SeveralThreadsReadOneFileAtOnce) {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += static_cast<char>(i * 7 % 251);
  const auto bytes = open_file(folder.file("a.csv", text));
  std::vector<std::thread> readers;
  std::vector<std::string> found(4);
  for (std::size_t k = 0; k < found.size(); ++k) {
    readers.emplace_back([&, k] {
      for (std::uint64_t at = 0; at < text.size(); at += 100 + k) found[k] += read_at(*bytes, at, 100 + k);
    });
  }
  for (std::thread& reader : readers) reader.join();
  for (const std::string& each : found) EXPECT_EQ(each, text);
}

}  // namespace
}  // namespace tocsin
