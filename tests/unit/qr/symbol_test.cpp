#include "qr/symbol.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "qr/render/pdf.hpp"
#include "qr/render/png.hpp"
#include "qr/svg.hpp"
#include "support.hpp"

namespace choso::qr {
namespace {

constexpr std::string_view payload =
    "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac "
    "Xin63043ACF";

/// What a command prints, and whether it ended well.
struct Ran {
    bool ok;
    std::string printed;
};

Ran run(std::string const& command) {
    std::string printed;
    auto* const pipe = popen((command + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return {false, {}};
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) printed += static_cast<char>(c);
    return {pclose(pipe) == 0, printed};
}

bool has(std::string const& tool) { return run("command -v " + tool).ok; }

/// A folder of this test's own, gone with it.
class Drawn : public ::testing::Test {
 protected:
    Drawn() : folder_{std::filesystem::temp_directory_path() / ("choso-qr-" + std::to_string(getpid()))} {
        std::filesystem::create_directories(folder_);
    }
    ~Drawn() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string file(std::string const& name, std::string_view bytes = {}) const {
        auto const path = (folder_ / name).string();
        std::ofstream{path, std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }
    static std::string scan(std::string const& picture) { return run("zbarimg --quiet --raw '" + picture + "'").printed; }

 private:
    std::filesystem::path folder_;
};

TEST_F(Drawn, png_is_scanned) {
    auto const png = to_png(*encode(payload), 4);
    ASSERT_TRUE(png.ok());
    // IHDR: one bit a pixel, grey; 45 modules and twice the quiet zone of 4, 4 pixels each.
    EXPECT_EQ(png->substr(0, 8), "\x89PNG\r\n\x1a\n");
    auto const side = static_cast<char>(static_cast<unsigned char>(encode(payload)->side_with_quiet_zone() * 4));
    EXPECT_EQ((*png)[19], side);
    EXPECT_EQ((*png)[24], 1);
    EXPECT_EQ((*png)[25], 0);
    if (!has("zbarimg")) GTEST_SKIP() << "zbarimg is not installed (zbar-tools)";
    EXPECT_EQ(scan(file("code.png", *png)), std::string{payload} + '\n');
}

TEST_F(Drawn, svg_is_scanned) {
    auto const svg = to_svg(*encode(payload), "Quét <mã> & trả \"tiền\"\x01\xFF");
    EXPECT_NE(svg.find("role=\"img\"><title>Quét &lt;mã&gt; &amp; trả \"tiền\"</title>"), std::string::npos);
    if (!has("rsvg-convert") || !has("zbarimg")) GTEST_SKIP() << "rsvg-convert or zbarimg is not installed";
    auto const png = file("svg.png");
    ASSERT_TRUE(run("rsvg-convert -o '" + png + "' '" + file("code.svg", svg) + "'").ok);
    EXPECT_EQ(scan(png), std::string{payload} + '\n');
}

TEST_F(Drawn, pdf_is_scanned) {
    auto const pdf = to_pdf(*encode(payload), 80);
    if (!has("pdftoppm") || !has("zbarimg")) GTEST_SKIP() << "pdftoppm or zbarimg is not installed";
    auto const path = file("code.pdf", pdf);
    ASSERT_TRUE(run("pdftoppm -r 150 -png -singlefile '" + path + "' '" + path + "'").ok);
    EXPECT_EQ(scan(path + ".png"), std::string{payload} + '\n');
}

TEST(Pdf, finds_its_objects) {
    auto const pdf = to_pdf(*encode(payload), 80);
    auto const table = std::stoul(pdf.substr(pdf.rfind("startxref\n") + 10));
    ASSERT_EQ(pdf.substr(table, 11), "xref\n0 5\n00");
    for (std::size_t object = 1; object <= 4; ++object) {
        auto const offset = std::stoul(pdf.substr(table + 9 + object * 20, 10));
        EXPECT_EQ(pdf.substr(offset, 7), std::to_string(object) + " 0 obj");
    }
    EXPECT_NE(pdf.find("/MediaBox[0 0 226.77165 226.77165]"), std::string::npos);  // 80 mm
    auto const stream = pdf.find("stream\n") + 7;
    auto const length = std::stoul(pdf.substr(pdf.find("/Length ") + 8));
    EXPECT_EQ(pdf.substr(stream + length, 10), "\nendstream");
}

TEST(Encode, is_the_version_that_byte_mode_needs) {
    EXPECT_EQ(encode(std::string(91, '0'))->side(), 41);                             // version 6 at M
    EXPECT_EQ(encode(std::string(91, '0'), ErrorCorrection::quartile)->side(), 49);  // version 8
    EXPECT_EQ(encode(std::string(91, '0'), ErrorCorrection::high)->side(), 53);      // version 9
    EXPECT_EQ(encode(std::string(106, '0'))->side(), 41);
    EXPECT_EQ(encode(std::string(107, '0'))->side(), 45);
}

TEST(Encode, says_what_does_not_fit) {
    EXPECT_EQ(encode("").error(), SymbolError::empty);
    EXPECT_EQ(encode(std::string(2332, 'x')).error(), SymbolError::too_long);
    EXPECT_TRUE(encode(std::string(2331, 'x')).ok());
    EXPECT_EQ(encode(std::string(1'000'000, 'x')).error(), SymbolError::too_long);
}

TEST(Runs, cover_exactly_the_dark_modules) {
    auto const symbol = *encode(payload);
    auto const side = symbol.side_with_quiet_zone();
    std::vector<int> painted(static_cast<std::size_t>(side * side), 0);
    for (auto const& run : runs_of(symbol))
        for (int i = 0; i < run.length; ++i) ++painted[static_cast<std::size_t>(run.row * side + run.column + i)];
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            ASSERT_EQ(painted[static_cast<std::size_t>(row * side + column)],
                      symbol.is_dark(column - quiet_zone, row - quiet_zone) ? 1 : 0);
}

TEST(Png, refuses_a_bitmap_of_another_size) {
    EXPECT_EQ(image::to_png(image::Bitmap{}).error(), image::ImageError::bad_size);
    EXPECT_EQ(image::to_png(image::Bitmap{2, 2, {0, 1, 0}}).error(), image::ImageError::bad_size);
    EXPECT_EQ(image::to_png(image::Bitmap{20'001, 1, std::vector<std::uint8_t>(20'001)}).error(), image::ImageError::bad_size);
}

}  // namespace
}  // namespace choso::qr
