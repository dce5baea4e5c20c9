// A hundred queries as shoppers ask, over the demo's 120 products; what should come was judged by hand: 3 is what was meant,
// 2 would do, 1 is near. nDCG@10 is reported; a floor keeps it from falling unseen.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <map>

#include "gateway/cli/demo_market.hpp"
#include "marketplace/search/index.hpp"

namespace choso::cli::demo {
namespace {

struct Judged {
    std::string_view query;
    std::string_view wanted;   ///< beginnings of names with their grade: `3:Chè nõn tôm;2:Chè búp`
};

constexpr auto judged = std::to_array<Judged>({
    {"chè tân cương", "3:Chè nõn tôm;3:Chè búp móc câu;3:Chè đinh;2:Trà lài"}, {"che tan cuong", "3:Chè nõn tôm;3:Chè búp móc câu;3:Chè đinh;2:Trà lài"},
    {"chè thái nguyên", "3:Chè nõn tôm;3:Chè búp;3:Chè đinh;3:Chè xanh La Bằng;2:Chè vụn"}, {"trà xanh", "3:Chè xanh La Bằng;3:Chè xanh Bản Ven;2:Chè búp"},
    {"chè la bằng", "3:Chè xanh La Bằng;1:Chè vụn"}, {"chè đinh", "3:Chè đinh"}, {"trà nhài", "3:Trà lài"}, {"trà lài", "3:Trà lài"}, {"chè pha đá", "3:Chè vụn"},
    {"trà hoa vàng", "3:Chè hoa vàng"}, {"trà tim sen", "3:Trà tim sen"}, {"trà dây", "3:Trà dây"}, {"nụ vối", "3:Nụ vối;2:Lá vối"}, {"la voi", "3:Lá vối;2:Nụ vối"},
    {"miến dong", "3:Miến dong Đồng Lầy sợi nhỏ;3:Miến dong Đồng Lầy sợi to;2:Miến dong trộn"}, {"mien dong na ri", "3:Miến dong Đồng Lầy sợi nhỏ;3:Miến dong Đồng Lầy sợi to;2:Miến dong trộn"},
    {"mieens dong", "3:Miến dong Đồng Lầy sợi nhỏ;3:Miến dong Đồng Lầy sợi to;2:Miến dong trộn"}, {"bột dong", "3:Tinh bột dong;1:Miến dong trộn"}, {"mì chũ", "3:Mì Chũ"}, {"my chu", "3:Mì Chũ"},
    {"mì gạo lứt", "3:Mì gạo lứt"}, {"mì rau củ", "3:Mì rau củ"}, {"bún khô", "3:Bún khô"}, {"bánh đa nem", "3:Bánh đa nem"}, {"banh da ke", "3:Bánh đa Kế vừng;3:Bánh đa Kế gấc"},
    {"gạo nếp", "3:Gạo nếp Tài;3:Gạo nếp cái"}, {"gao nep", "3:Gạo nếp Tài;3:Gạo nếp cái"}, {"gạo bao thai", "3:Gạo Bao Thai"}, {"gạo thơm", "3:Gạo thơm Yên Dũng"}, {"gạo 5kg", "3:Gạo thơm Yên Dũng"},
    {"cốm", "3:Cốm nếp non"}, {"cám gạo", "3:Cám gạo"}, {"mật ong", "3:Mật ong rừng Hang Dơi;3:Mật ong hoa nhãn;3:Mật ong hoa vải;3:Mật ong rừng Khe Rỗ;3:Mật ong hoa bưởi;1:Phấn hoa;1:Sáp ong"},
    {"mat ong rung", "3:Mật ong rừng Hang Dơi;3:Mật ong rừng Khe Rỗ;1:Mật ong hoa nhãn"}, {"mật ong hoa vải", "3:Mật ong hoa vải"}, {"matong", "3:Mật ong rừng Hang Dơi;3:Mật ong hoa nhãn;3:Mật ong hoa vải;3:Mật ong rừng Khe Rỗ;3:Mật ong hoa bưởi"},
    {"phấn hoa", "3:Phấn hoa"}, {"sáp ong", "3:Sáp ong"}, {"gà đồi", "3:Gà đồi thả vườn;3:Gà đồi Yên Thế;2:Trứng gà đồi"}, {"ga doi yen the", "3:Gà đồi Yên Thế"}, {"trứng gà", "3:Trứng gà đồi"},
    {"giò gà", "3:Giò gà"}, {"chân gà", "3:Chân gà"}, {"gà ủ muối", "3:Gà ủ muối;2:Chân gà rút xương"}, {"xúc xích", "3:Xúc xích"}, {"nấm hương", "3:Nấm hương"}, {"nam huong", "3:Nấm hương"},
    {"mộc nhĩ", "3:Mộc nhĩ"}, {"nấm sò", "3:Nấm sò"}, {"nấm lim", "3:Nấm lim"}, {"ruốc nấm", "3:Ruốc nấm"}, {"cơm lam", "3:Cơm lam"}, {"thịt trâu gác bếp", "3:Thịt trâu"}, {"thit trau", "3:Thịt trâu"},
    {"lạp sườn", "3:Lạp sườn"}, {"lap xuong hun khoi", "3:Lạp sườn"}, {"rau cải", "3:Rau cải"}, {"su hào", "3:Su hào"}, {"cà chua", "3:Cà chua"}, {"rau sạch", "3:Rổ rau;2:Rau cải"}, {"bánh chưng", "3:Bánh chưng"},
    {"banh chung", "3:Bánh chưng"}, {"bánh đậu xanh", "3:Bánh đậu xanh"}, {"kẹo lạc", "3:Kẹo lạc;2:Kẹo dồi"}, {"keo doi", "3:Kẹo dồi"}, {"chè lam", "3:Chè lam"}, {"na dai", "3:Na dai Đá Vách loại một;3:Na dai Đá Vách loại hai;3:Na dai Lục Nam"},
    {"mãng cầu", "3:Na dai Đá Vách loại một;3:Na dai Đá Vách loại hai;3:Na dai Lục Nam"}, {"nhãn", "3:Nhãn muộn;2:Hộp quà;1:Mật ong hoa nhãn"}, {"vải thiều", "3:Vải thiều Lục Ngạn;3:Vải thiều sấy"}, {"vai thieu luc ngan", "3:Vải thiều Lục Ngạn;2:Vải thiều sấy"},
    {"vải sấy", "3:Vải thiều sấy"}, {"nước vải", "3:Nước vải"}, {"vải sớm", "3:Vải sớm"}, {"bưởi", "3:Bưởi Diễn;2:Chè bưởi;2:Tinh dầu vỏ bưởi;2:Mật ong hoa bưởi"}, {"dứa", "3:Dứa Hương Sơn;3:Dứa sấy;2:Nước cốt dứa;2:Mứt dứa"},
    {"thơm", "3:Dứa Hương Sơn;2:Gạo thơm;2:Bí thơm"}, {"dưa hấu", "3:Dưa hấu"}, {"hồng không hạt", "3:Hồng không hạt"}, {"bí thơm", "3:Bí thơm"}, {"khoai môn", "3:Khoai môn"}, {"khoai sọ", "3:Khoai sọ"}, {"hạt dẻ", "3:Hạt dẻ"},
    {"hat sen", "3:Hạt sen;2:Trà tim sen"}, {"củ sen", "3:Củ sen"}, {"mứt sen", "3:Mứt sen"}, {"lạc", "3:Lạc sen;2:Dầu lạc;2:Kẹo lạc"}, {"đậu phộng", "3:Lạc sen;2:Dầu lạc;2:Kẹo lạc"}, {"dầu lạc", "3:Dầu lạc"}, {"đậu phụ", "3:Đậu phụ mơ"},
    {"đậu hũ", "3:Đậu phụ mơ"}, {"tào phớ", "3:Tào phớ"}, {"sữa đậu nành", "3:Sữa đậu nành"}, {"rượu làng vân", "3:Rượu nếp Làng Vân;2:Rượu nếp cẩm"}, {"ruou nep", "3:Rượu nếp Làng Vân;3:Rượu nếp cẩm;2:Cơm rượu"}, {"hạt dổi", "3:Hạt dổi"},
    {"măng ớt", "3:Măng ớt"}, {"tép chua", "3:Tép chua"}, {"ấm trà", "3:Bộ ấm trà;2:Khay tre"}, {"giỏ mây", "3:Giỏ mây"}, {"chum sành", "3:Chum sành"}, {"sâm nam", "3:Sâm nam"}, {"ba kích", "3:Ba kích"}, {"cà gai leo", "3:Cao cà gai leo"},
});

int grade_of(std::string_view name, std::string_view wanted) {
    while (!wanted.empty()) {
        auto const end = std::min(wanted.find(';'), wanted.size());
        auto const one = wanted.substr(0, end);
        if (name.starts_with(one.substr(2))) return one[0] - '0';
        wanted.remove_prefix(std::min(end + 1, wanted.size()));
    }
    return 0;
}

double gain(int grade, std::size_t place) { return (std::pow(2.0, grade) - 1) / std::log2(static_cast<double>(place) + 2); }

TEST(search_intent, a_hundred_queries_of_shoppers) {
    auto index = marketplace::Index{};
    std::vector<std::string_view> names;
    for (auto const& shop : shops())
        for (auto const& goods : shop.goods) {
            auto document = marketplace::Document{};
            document.id = marketplace::ProductId::make(*Bucket::from(1), Instant{});
            document.name = goods.name;
            document.category_name = goods.category;
            document.brand = document.seller_name = shop.name;
            document.commune = shop.commune;
            document.province = shop.province;
            document.unit = goods.unit;
            if (auto const equals = goods.variant.find('='); equals != std::string_view::npos) document.variants.push_back({{}, std::string{goods.variant.substr(0, equals)}, Money{1}, {}, {}, {}, {}});
            names.push_back(goods.name);
            index.put(std::move(document), "");
        }
    ASSERT_EQ(names.size(), 120U);
    auto sum = 0.0;
    for (auto const& [text, wanted] : judged) {
        auto query = marketplace::Query{};
        query.text = text;
        query.limit = 10;
        auto dcg = 0.0;
        auto place = std::size_t{0};
        for (auto const& row : index.find(query).rows) dcg += gain(grade_of(row->name, wanted), place++);
        std::vector<int> grades;
        for (auto const name : names) grades.push_back(grade_of(name, wanted));
        std::sort(grades.rbegin(), grades.rend());
        auto best = 0.0;
        for (auto i = std::size_t{0}; i < 10; ++i) best += gain(grades[i], i);
        ASSERT_GT(best, 0.0) << text << ": what was judged is not in the demo";
        sum += dcg / best;
        if (dcg / best < 0.7) std::cout << text << ": " << dcg / best << '\n';
    }
    auto const mean = sum / static_cast<double>(judged.size());
    std::cout << "nDCG@10 " << mean << " of " << judged.size() << " queries\n";
    EXPECT_GE(judged.size(), 100U);
    EXPECT_GE(mean, 0.85);
}

}  // namespace
}  // namespace choso::cli::demo
