#include "qr/slot.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support.hpp"

namespace choso::qr {
namespace {

std::string const payload = with_check("00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac Xin");

TEST(Slot, every_codeword_is_counted_once) {
    for (auto const level : {ErrorCorrection::low, ErrorCorrection::medium, ErrorCorrection::quartile, ErrorCorrection::high})
        for (std::size_t const length : {1U, 50U, 91U, 130U, 400U, 1200U}) {
            auto const symbol = encode(std::string(length, 'x'), level);
            ASSERT_TRUE(symbol.ok());
            auto const all = damage_of(*symbol, level, {0, 0, symbol->side(), symbol->side()});
            auto const counted = std::accumulate(all.of_block.begin(), all.of_block.end(), 0);
            // Data modules by eights are the codewords (ISO/IEC 18004 §7.1); a few remainder bits may be left.
            int modules = 0;
            for (int row = 0; row < symbol->side(); ++row)
                for (int column = 0; column < symbol->side(); ++column) modules += symbol->is_function(column, row) ? 0 : 1;
            EXPECT_EQ(counted, modules / 8) << "version " << symbol->version();
            auto const [least, most] = std::ranges::minmax(all.of_block);
            EXPECT_LE(most - least, 1) << "version " << symbol->version();
            EXPECT_TRUE(all.covers_function);
        }
}

struct Known {
    int version;
    ErrorCorrection level;
    std::size_t length;
    std::size_t blocks;
    int correctable;
};

TEST(Slot, blocks_are_those_of_the_standard) {
    // ISO/IEC 18004:2015, table 9.
    for (auto const& known : {Known{1, ErrorCorrection::medium, 14, 1, 5}, Known{5, ErrorCorrection::quartile, 60, 4, 9}, Known{7, ErrorCorrection::high, 64, 5, 13},
                              Known{8, ErrorCorrection::quartile, 108, 6, 11}, Known{9, ErrorCorrection::high, 98, 8, 12}, Known{12, ErrorCorrection::high, 155, 11, 14}}) {
        auto const symbol = encode(std::string(known.length, 'x'), known.level);
        ASSERT_EQ(symbol->version(), known.version);
        auto const damage = damage_of(*symbol, known.level, {symbol->side() / 2, symbol->side() / 2, 1, 1});
        EXPECT_EQ(damage.of_block.size(), known.blocks) << known.version;
        EXPECT_EQ(damage.correctable, known.correctable) << known.version;
    }
}

TEST(Slot, is_given_out_only_where_it_can_be_restored) {
    auto const small = encode_with_slot(payload, 0.04);
    ASSERT_TRUE(small.ok());
    EXPECT_GT(small->damage.worst(), 0);
    EXPECT_LE(small->damage.worst() * 2, small->damage.correctable);
    EXPECT_FALSE(small->damage.covers_function);
    EXPECT_EQ(small->slot.column * 2 + small->slot.columns, small->symbol.side());
    EXPECT_EQ(encode_with_slot(payload, 0.2).error(), SlotError::too_large);
    EXPECT_EQ(encode_with_slot("", 0.05).error(), SlotError::not_encodable);
}

TEST(Slot, never_hides_what_scanners_look_for) {
    auto const symbol = encode(payload, ErrorCorrection::high);
    EXPECT_TRUE(damage_of(*symbol, ErrorCorrection::high, {0, 0, 3, 3}).covers_function);                       // a finder
    EXPECT_TRUE(damage_of(*symbol, ErrorCorrection::high, {20, 5, 3, 3}).covers_function);                      // timing
    EXPECT_TRUE(damage_of(*symbol, ErrorCorrection::high, {symbol->side() - 9, symbol->side() - 9, 5, 5}).covers_function);
    EXPECT_FALSE(damage_of(*symbol, ErrorCorrection::high, {symbol->side() / 2 - 2, symbol->side() / 2 - 2, 5, 5}).covers_function);
}

TEST(Packing, optimal_is_never_larger) {
    for (auto const& text : {payload, std::string(200, '7'), std::string{"a"}, std::string{"Đồng"}, std::string("a\0b", 3)}) {
        auto const bytes = encode(text);
        auto const optimal = encode(text, ErrorCorrection::medium, Packing::optimal);
        ASSERT_TRUE(bytes.ok() && optimal.ok());
        EXPECT_LE(optimal->side(), bytes->side());
    }
    EXPECT_EQ(encode(std::string(200, '7'), ErrorCorrection::medium, Packing::optimal)->side(), 37);
}

}  // namespace
}  // namespace choso::qr
