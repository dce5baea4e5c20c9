#include "load-tests/catalogue/goods.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <sstream>

namespace choso::load {
namespace {

constexpr std::array heads{"Chè xanh", "Trà ướp hoa", "Mật ong", "Miến dong", "Mì gạo", "Bánh đa", "Vải thiều", "Gạo nếp", "Gạo thơm", "Nấm hương", "Măng khô", "Thịt trâu",
                           "Gà đồi", "Trứng gà", "Dầu lạc", "Tương nếp", "Rượu nếp", "Nước ép", "Hạt dẻ", "Bưởi", "Na dai", "Hồng", "Khoai môn", "Rau cải", "Bánh chưng"};
constexpr std::array kinds{"đặc sản", "thượng hạng", "loại một", "truyền thống", "hữu cơ", "sạch", "tươi", "khô", "rừng", "nguyên chất", "thủ công", "gia đình", "quà biếu", "mới"};
constexpr std::array places{"Thái Nguyên", "Bắc Giang", "Tân Cương", "La Bằng", "Lục Ngạn", "Yên Thế", "Định Hóa", "Ba Bể", "Võ Nhai", "Sơn Động", "Phú Bình", "Hiệp Hòa"};
constexpr std::array packs{"gói 500 g", "hộp 200 g", "chai 500 ml", "túi 1 kg", "hũ 300 g", "combo 2 gói", "thùng 5 kg", "bó 1 kg"};
// Names that few products share, as makers' names are.
constexpr std::array first_syllables{"An", "Bảo", "Cao", "Đào", "Giang", "Hà", "Khánh", "Lâm", "Minh", "Nga", "Oanh", "Phúc", "Quỳnh", "Sơn", "Tâm", "Uyên", "Vân", "Xuân", "Yến"};
constexpr std::array second_syllables{"Bình", "Châu", "Diệp", "Đông", "Hạnh", "Khoa", "Lan", "Mai", "Ngọc", "Phương", "Quế", "Thảo", "Trúc", "Tường", "Vinh", "Vỹ", "Yên"};

std::string name_of(std::int64_t n) {
    auto random = std::minstd_rand{static_cast<std::uint32_t>(n * 2'654'435 + 12'345)};
    random.discard(3);
    // Squared: the first of a list are the common ones.
    auto const pick = [&](auto const& list) -> std::string {
        auto const x = static_cast<double>(random()) / static_cast<double>(std::minstd_rand::max());
        return list[std::min(list.size() - 1, static_cast<std::size_t>(x * x * static_cast<double>(list.size())))];
    };
    return pick(heads) + ' ' + pick(kinds) + ' ' + pick(places) + ' ' + pick(first_syllables) + ' ' + pick(second_syllables) + ' ' + pick(packs);
}

}  // namespace

std::string goods_csv(std::int64_t first, std::int64_t count) {
    auto out = std::string{"id,name,category,price,stock,unit,description\r\n"};
    for (auto n = first; n < first + count; ++n)
        out += "T" + std::to_string(n) + ',' + name_of(n) + ",Nông sản " + std::to_string(n % 40) + ',' + std::to_string(10'000 + n % 900 * 1'000) +
               ",100,gói,Hàng nhà làm ở vùng đồi và đóng gói trong ngày\r\n";
    return out;
}

std::vector<std::string> commonest_words() {
    std::map<std::string, int> counted;
    for (auto n = 0; n < 5'000; ++n) {
        auto words = std::istringstream{name_of(n)};
        for (std::string word; words >> word;) ++counted[word];
    }
    std::vector<std::pair<int, std::string>> ranked;
    for (auto const& [word, times] : counted) ranked.emplace_back(-times, word);
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (auto const& [times, word] : ranked)
        if (out.size() < 50) out.push_back(word);
    return out;
}

}  // namespace choso::load
