// Workbooks that were made to harm: bombs, document types, endless parts.
#include <gtest/gtest.h>
#include <zlib.h>

#include "platform/sheet/sheet.hpp"

namespace choso::sheet {
namespace {

/// A zip by hand: parts deflated, then the directory.
class Zip {
 public:
    Zip& part(std::string const& name, std::string const& body) {
        auto packed = std::string(compressBound(body.size()) + 64, '\0');
        auto stream = z_stream{};
        deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
        stream.avail_in = static_cast<uInt>(body.size());
        stream.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream.avail_out = static_cast<uInt>(packed.size());
        EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
        packed.resize(stream.total_out);
        deflateEnd(&stream);
        auto const crc = crc32(0, reinterpret_cast<Bytef const*>(body.data()), static_cast<uInt>(body.size()));
        auto const facts = two(20) + two(0) + two(8) + four(0) + four(static_cast<std::uint32_t>(crc)) + four(static_cast<std::uint32_t>(packed.size())) +
                           four(static_cast<std::uint32_t>(body.size())) + two(static_cast<std::uint16_t>(name.size())) + two(0);
        directory_ += "PK\x01\x02" + two(20) + facts + two(0) + two(0) + two(0) + four(0) + four(static_cast<std::uint32_t>(bytes_.size())) + name;
        bytes_ += "PK\x03\x04" + facts + name + packed;
        ++parts_;
        return *this;
    }
    [[nodiscard]] std::string finish() const {
        return bytes_ + directory_ + "PK\x05\x06" + four(0) + two(parts_) + two(parts_) + four(static_cast<std::uint32_t>(directory_.size())) +
               four(static_cast<std::uint32_t>(bytes_.size())) + two(0);
    }

 private:
    static std::string two(std::uint16_t n) { return {static_cast<char>(n & 0xFF), static_cast<char>(n >> 8)}; }
    static std::string four(std::uint32_t n) { return two(static_cast<std::uint16_t>(n & 0xFFFF)) + two(static_cast<std::uint16_t>(n >> 16)); }
    std::string bytes_, directory_;
    std::uint16_t parts_ = 0;
};

std::string const workbook = R"(<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>)";

std::string problem_of(std::string const& sheet, std::string const& strings = {}) {
    auto zip = Zip{};
    zip.part("xl/workbook.xml", workbook).part("xl/worksheets/sheet1.xml", sheet);
    if (!strings.empty()) zip.part("xl/sharedStrings.xml", strings);
    auto const problem = for_each_row(zip.finish(), {}, [](std::size_t, std::span<std::string const>) { return true; });
    return problem ? problem->code : "";
}

TEST(sheet_attack, the_zip_by_hand_is_read) { EXPECT_EQ(problem_of(R"(<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>)"), ""); }

TEST(sheet_attack, a_document_type_is_refused_before_anything_is_expanded) {
    EXPECT_EQ(problem_of(R"(<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>)"), "xml_forbidden");
    EXPECT_EQ(problem_of(R"(<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>)"), "xml_forbidden");
}

TEST(sheet_attack, a_bomb_is_stopped_while_it_unpacks) {
    // Refused as it is met; which of the bounds says so first is not the point.
    EXPECT_EQ(problem_of("<worksheet><sheetData/></worksheet>", "<sst>" + std::string(std::size_t{64} << 20U, ' ') + "</sst>"), "too_large");
}

TEST(sheet_attack, what_is_endless_or_broken_is_refused) {
    EXPECT_EQ(problem_of("<worksheet><sheetData><row><c t=\"str\"><v>" + std::string(100'000, 'x') + "</v></c></row></sheetData></worksheet>"), "too_large");
    EXPECT_EQ(problem_of(R"(<worksheet><sheetData><row><c r="ZZZZ1" t="str"><v>x</v></c></row></sheetData></worksheet>)"), "too_large");
    EXPECT_EQ(problem_of(R"(<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>)"), "not_a_table");
    EXPECT_EQ(problem_of("<worksheet><sheetData><row>"), "bad_xml");
    auto deep = std::string{};
    for (auto i = 0; i < 100; ++i) deep += "<x>";
    EXPECT_EQ(problem_of(deep), "bad_xml");
    auto whole = Zip{}.part("xl/workbook.xml", workbook).part("xl/worksheets/sheet1.xml", "<worksheet/>").finish();
    for (auto size = std::size_t{4}; size < whole.size(); size += 7)
        EXPECT_TRUE(for_each_row(std::string_view{whole}.substr(0, size), {}, [](std::size_t, std::span<std::string const>) { return true; })) << size;
}

}  // namespace
}  // namespace choso::sheet
