#include "merchants/stalls/places.hpp"

#include <algorithm>
#include <array>

#include "base/vietnamese.hpp"
#include "merchants/people/transaction.hpp"
#include "merchants/stalls/sql.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::merchants {
namespace {

constexpr std::array<std::string_view, 34> today{
    "An Giang", "Bắc Ninh", "Cà Mau", "Cần Thơ", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội",
    "Hà Tĩnh", "Hải Phòng", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hoà", "Lai Châu", "Lâm Đồng", "Lạng Sơn", "Lào Cai", "Nghệ An", "Ninh Bình",
    "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hoá", "Tuyên Quang", "Vĩnh Long"};

struct Merged {
    std::string_view before, now;
};
/// Resolution 202/2025/QH15 of the National Assembly; and names by which some go besides.
constexpr std::array merged{
    Merged{"Hà Giang", "Tuyên Quang"}, Merged{"Yên Bái", "Lào Cai"}, Merged{"Bắc Kạn", "Thái Nguyên"}, Merged{"Bắc Cạn", "Thái Nguyên"},
    Merged{"Vĩnh Phúc", "Phú Thọ"}, Merged{"Hoà Bình", "Phú Thọ"}, Merged{"Bắc Giang", "Bắc Ninh"}, Merged{"Thái Bình", "Hưng Yên"},
    Merged{"Hải Dương", "Hải Phòng"}, Merged{"Hà Nam", "Ninh Bình"}, Merged{"Nam Định", "Ninh Bình"}, Merged{"Quảng Bình", "Quảng Trị"},
    Merged{"Quảng Nam", "Đà Nẵng"}, Merged{"Kon Tum", "Quảng Ngãi"}, Merged{"Bình Định", "Gia Lai"}, Merged{"Ninh Thuận", "Khánh Hoà"},
    Merged{"Đắk Nông", "Lâm Đồng"}, Merged{"Đắc Nông", "Lâm Đồng"}, Merged{"Bình Thuận", "Lâm Đồng"}, Merged{"Phú Yên", "Đắk Lắk"},
    Merged{"Đắc Lắc", "Đắk Lắk"}, Merged{"Bình Dương", "Hồ Chí Minh"}, Merged{"Bà Rịa – Vũng Tàu", "Hồ Chí Minh"}, Merged{"Bà Rịa Vũng Tàu", "Hồ Chí Minh"},
    Merged{"Sài Gòn", "Hồ Chí Minh"}, Merged{"HCM", "Hồ Chí Minh"}, Merged{"Bình Phước", "Đồng Nai"}, Merged{"Long An", "Tây Ninh"},
    Merged{"Sóc Trăng", "Cần Thơ"}, Merged{"Hậu Giang", "Cần Thơ"}, Merged{"Bến Tre", "Vĩnh Long"}, Merged{"Trà Vinh", "Vĩnh Long"},
    Merged{"Tiền Giang", "Đồng Tháp"}, Merged{"Bạc Liêu", "Cà Mau"}, Merged{"Kiên Giang", "An Giang"}, Merged{"Thừa Thiên Huế", "Huế"},
    Merged{"Thừa Thiên – Huế", "Huế"}};

/// The name alone, for comparing.
std::string bare(std::string_view text) {
    auto out = fold_for_match(text);
    for (auto const* title : {"THANHPHO", "TINH", "TP"})
        if (out.starts_with(title) && out.size() > std::string_view{title}.size()) return out.substr(std::string_view{title}.size());
    return out;
}

std::string bare_ward(std::string_view text) {
    auto out = fold_for_match(text);
    for (auto const* title : {"PHUONG", "THITRAN", "DACKHU", "XA"})
        if (out.starts_with(title) && out.size() > std::string_view{title}.size()) return out.substr(std::string_view{title}.size());
    return out;
}

postgres::Statement named(std::string_view name, std::string_view sql) { return {"places_" + std::string{name}, std::string{sql}}; }

}  // namespace

std::span<std::string_view const> provinces() { return today; }

std::optional<std::string_view> province_of(std::string_view text) {
    auto const wanted = bare(text);
    for (auto const name : today)
        if (bare(name) == wanted) return name;
    for (auto const& [before, now] : merged)
        if (bare(before) == wanted) return now;
    return std::nullopt;
}

Result<Place, Refused> place_of(postgres::Connection& connection, std::string_view ward, std::string_view province) {
    static auto const statement = named("find_alias", stalls_sql::find_alias);
    auto const now = province_of(province);
    if (!now) return Refused{"province", "must be one of the 34 of today, or one of the 63 before July 2025"};
    // The same name may have stood in several districts; of one answer, all is well.
    auto const rows = connection.query(statement, postgres::Params::of(bare_ward(ward), bare(province)));
    if (rows.rows() > 1) return Refused{"ward", "was split or stood in several districts: name the ward of today"};
    if (rows.rows() == 1) return Place{std::string{rows.text(0, 0)}, std::string{rows.text(0, 1)}};
    return Place{std::string{ward}, std::string{*now}};
}

Result<std::size_t, Refused> import_aliases(postgres::Connection& connection, std::string_view file) {
    static auto const insert = named("insert_aliases", stalls_sql::insert_aliases);
    static auto const remove = named("delete_aliases", stalls_sql::delete_aliases);
    using postgres::Array;
    auto folded = Array{Array::Type::text};
    auto wards = Array{Array::Type::text};
    auto provinces_now = Array{Array::Type::text};
    auto refused = std::optional<Refused>{};
    auto const problem = sheet::for_each_row(file, {.rows_max = 50'000}, [&](std::size_t row, std::span<std::string const> cells) {
        if (cells.size() < 5) {
            refused = Refused{"row " + std::to_string(row), "must have five columns: old ward, old district, old province, ward, province"};
            return false;
        }
        auto const now = province_of(cells[4]);
        if (!now && row == 1) return true;  // the header
        if (!now) {
            refused = Refused{"row " + std::to_string(row), "must name a province of today in its fifth column"};
            return false;
        }
        folded.add(bare_ward(cells[0]) + "/" + bare(cells[2]));
        wards.add(cells[3]);
        provinces_now.add(*now);
        return true;
    });
    if (problem) return Refused{"file", "must be a table: " + problem->code};
    if (refused) return *refused;
    auto transaction = people::Transaction{connection};
    connection.query(remove);
    connection.query(insert, postgres::Params::of(folded, wards, provinces_now));
    transaction.commit();
    return folded.size();
}

}  // namespace choso::merchants
