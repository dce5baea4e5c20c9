#include "platform/pdf/document.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace choso::pdf {
namespace {

struct Ran {
    bool ok;
    std::string printed;
};

Ran run(std::string const& command) {
    std::string printed;
    auto* const pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return {false, {}};
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) printed += static_cast<char>(c);
    return {pclose(pipe) == 0, printed};
}

bool has(std::string const& tool) { return run("command -v " + tool).ok; }

class Pdf : public ::testing::Test {
 protected:
    Pdf() : path_{std::filesystem::temp_directory_path() / ("choso-pdf-" + std::to_string(getpid()) + ".pdf")} {}
    ~Pdf() override { std::filesystem::remove(path_); }
    [[nodiscard]] std::string file(std::string_view bytes) const {
        std::ofstream{path_, std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path_.string();
    }

 private:
    std::filesystem::path path_;
};

std::string two_pages() {
    auto document = Document{"Phiếu thu số 7"};
    document.page(a5);
    document.box(0, 0, 148, 20, {0.9, 0.95, 1});
    document.text(10, 10, 128, "Trường Tiểu học Đồng Quang – lớp 2A, học sinh Nguyễn Thị Ngọc Ánh", {.size_pt = 14, .bold = true});
    document.line(10, 40, 138, 40);
    document.page(a4);
    document.text(10, 10, 190, "Trang hai", {.align = Align::right});
    document.symbol(50, 50, 40, 3, [](std::size_t column, std::size_t row) { return (column + row) % 2 == 0; });
    return document.finish();
}

TEST_F(Pdf, is_a_clean_file_with_its_texts) {
    auto const path = file(two_pages());
    if (!has("qpdf") || !has("pdftotext")) GTEST_SKIP() << "qpdf or pdftotext is not installed";
    auto const checked = run("qpdf --check '" + path + "'");
    EXPECT_TRUE(checked.ok) << checked.printed;
    auto const text = run("pdftotext -layout '" + path + "' -").printed;
    EXPECT_NE(text.find("Trường Tiểu học Đồng Quang"), std::string::npos) << text;
    EXPECT_NE(text.find("Nguyễn Thị Ngọc Ánh"), std::string::npos) << text;
    EXPECT_NE(text.find("Trang hai"), std::string::npos) << text;
    auto const info = run("pdfinfo -l 2 '" + path + "'").printed;
    EXPECT_NE(info.find("Phiếu thu số 7"), std::string::npos) << info;
    EXPECT_NE(info.find("419.528 x 595.276"), std::string::npos) << "A5: " << info;
    EXPECT_EQ(info.find("CreationDate"), std::string::npos) << info;
}

TEST_F(Pdf, is_the_same_bytes_each_time) { EXPECT_EQ(two_pages(), two_pages()); }

TEST_F(Pdf, breaks_lines_and_says_how_high_they_are) {
    auto document = Document{""};
    document.page(a6);
    auto const one = document.height_of(200, "Một dòng");
    EXPECT_NEAR(one, 10 * 25.4 / 72 * 1.164, 0.3);
    auto const many = std::string_view{"Kiểm tra tên người nhận trước khi chuyển tiền, rồi mới bấm xác nhận"};
    EXPECT_GT(document.height_of(30, many), 3 * one);
    EXPECT_DOUBLE_EQ(document.text(0, 0, 30, many), document.height_of(30, many));
    EXPECT_NEAR(document.height_of(200, "a\nb"), 2 * one, 0.01);
    EXPECT_EQ(document.text(0, 0, 30, ""), 0);
    EXPECT_GT(document.width_of("rộng", {.size_pt = 20}), document.width_of("rộng", {.size_pt = 10}) * 1.9);
}

TEST_F(Pdf, takes_any_bytes_as_text) {
    using namespace std::string_view_literals;
    auto document = Document{"\xFF\0x"};
    document.page(a6);
    document.text(5, 5, 50, "\xFF\xC3 a\0b\x01 \xED\xA0\x80 <b>&amp;"sv);
    document.text(5, 20, 0.1, "hẹp");
    // No characters, and cairo gives up for each: a fuzzer's find.
    document.text(5, 30, 50, "a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90\xF0\x9F\xBF\xBE z");
    document.text(5, 40, 90, std::string(200'000, 'x'), {.size_pt = 1});
    auto const path = file(document.finish());
    if (!has("qpdf")) GTEST_SKIP() << "qpdf is not installed";
    EXPECT_TRUE(run("qpdf --check '" + path + "'").ok);
}

}  // namespace
}  // namespace choso::pdf
