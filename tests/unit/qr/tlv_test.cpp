#include "qr/tlv.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace choso::qr {
namespace {

struct Row {
    char const* name;
    std::string_view text;
    Counting counting;
    std::size_t elements;
    std::optional<TlvFault> fault;
    std::size_t fault_offset;  // from the start of the payload; the text begins at 10
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class ReadTlv : public ::testing::TestWithParam<Row> {};

TEST_P(ReadTlv, stops_where_the_structure_breaks) {
    auto const& row = GetParam();
    auto const read = read_tlv(row.text, 10, row.counting);
    EXPECT_EQ(read.elements.size(), row.elements);
    ASSERT_EQ(read.fault.has_value(), row.fault.has_value());
    if (!row.fault) {
        EXPECT_EQ(write_tlv(read.elements, row.counting), row.text);
        return;
    }
    EXPECT_EQ(read.fault->what, *row.fault);
    EXPECT_EQ(read.fault->offset, row.fault_offset);
}

constexpr auto chars = Counting::characters;
constexpr auto bytes = Counting::bytes;

INSTANTIATE_TEST_SUITE_P(
    Levels, ReadTlv,
    ::testing::Values(Row{"nothing", "", chars, 0, {}, 0},  //
                      Row{"one", "0002ab", chars, 1, {}, 0},
                      Row{"empty_value", "0000", chars, 1, {}, 0},
                      Row{"unknown_doubled_out_of_order", "9901x9901y0001z", chars, 3, {}, 0},
                      Row{"header_of_letters", "0002abx102cd", chars, 1, TlvFault::bad_header, 16},
                      Row{"header_with_sign", "00+2ab", chars, 0, TlvFault::bad_header, 10},
                      Row{"one_left_over", "0002ab1", chars, 1, TlvFault::trailing, 16},
                      Row{"three_left_over", "0002ab010", chars, 1, TlvFault::trailing, 16},
                      Row{"too_short", "0003ab", chars, 0, TlvFault::truncated, 10},
                      Row{"header_only", "0002ab6304", chars, 1, TlvFault::truncated, 16},
                      Row{"counts_characters", "0003\xE1\xBA\xA5zz", chars, 1, {}, 0},
                      Row{"counts_bytes", "0005\xE1\xBA\xA5zz", bytes, 1, {}, 0},
                      Row{"bytes_tear_a_character", "0001\xE1\xBA\xA5", bytes, 0, TlvFault::split_utf8, 10},
                      Row{"stray_byte_is_a_character", "0002\xFF\x80", chars, 1, {}, 0},
                      Row{"stray_tail_in_bytes", "0001\x80\x30", bytes, 1, TlvFault::trailing, 15}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(ReadTlv, says_where_values_stand) {
    auto const read = read_tlv("0002ab5101c", 100, Counting::characters);
    ASSERT_EQ(read.elements.size(), 2U);
    EXPECT_EQ(read.elements[1].offset, 106U);
    EXPECT_EQ(read.elements[1].value_offset(), 110U);
    EXPECT_EQ(read.find(51)->value, "c");
    EXPECT_EQ(read.find(52), nullptr);
}

TEST(ReadTlv, loses_nothing_of_any_bytes) {
    auto const seed = fresh_seed();
    std::mt19937_64 random{seed};
    using namespace std::string_view_literals;
    for (int round = 0; round < 20'000; ++round) {
        auto const text = random_text(random, below(random, 60), "0000111234\x80\xC3\xA1\xE1\xBA\xA5\xFFz"sv);
        for (auto const counting : {Counting::characters, Counting::bytes}) {
            auto const read = read_tlv(text, 0, counting);
            auto const end = read.fault ? read.fault->offset : text.size();
            ASSERT_EQ(write_tlv(read.elements, counting), text.substr(0, end)) << "CHOSO_SEED=" << seed;
        }
    }
}

TEST(Utf8, is_counted_by_rfc_3629) {
    EXPECT_EQ(count_characters("Đồng"), 4U);
    EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80"), 4U);
    for (std::string_view const bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8", "\xE1\xBA", ""})
        EXPECT_EQ(utf8_length(bad), 0U);
}

TEST(Crc16, known_answers) {
    EXPECT_EQ(crc16("123456789"), 0x29B1);
    EXPECT_EQ(crc16(""), 0xFFFF);
    EXPECT_EQ(to_hex4(0x007B), "007B");
}

TEST(Crc16, eight_at_a_time_is_one_at_a_time) {
    auto const seed = fresh_seed();
    std::mt19937_64 random{seed};
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (auto n = below(random, 100); n > 0; --n) text += static_cast<char>(random());
        unsigned slow = 0xFFFF;
        for (char const c : text) {
            slow ^= static_cast<unsigned>(static_cast<unsigned char>(c)) << 8U;
            for (int bit = 0; bit < 8; ++bit) slow = ((slow & 0x8000U) != 0 ? (slow << 1U) ^ 0x1021U : slow << 1U) & 0xFFFFU;
        }
        ASSERT_EQ(crc16(text), slow) << "CHOSO_SEED=" << seed;
    }
}

}  // namespace
}  // namespace choso::qr
