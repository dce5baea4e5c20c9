#include "merchants/benefits/benefit.hpp"

#include <algorithm>
#include <array>

namespace choso::benefits {
namespace {

constexpr std::array<std::string_view, 5> status_words{"checked", "rejected", "approved", "handed_over", "closed"};
constexpr std::array<std::string_view, 2> way_words{"transfer", "cash"};

constexpr std::array all_words{
    Words{"code_missing", "Thiếu mã người hưởng", "The person's code is missing"},
    Words{"code_too_long", "Mã người hưởng dài quá 40 ký tự", "The person's code is longer than 40 characters"},
    Words{"name_missing", "Thiếu họ tên", "The name is missing"},
    Words{"name_too_long", "Họ tên dài quá 120 ký tự", "The name is longer than 120 characters"},
    Words{"amount_invalid", "Số tiền phải là số nguyên đồng từ 1 đến 499.999.999", "The amount must be whole đồng from 1 to 499 999 999"},
    Words{"way_unknown", "Hình thức chi phải là CK (chuyển khoản) hoặc TM (tiền mặt)", "The way must be CK (transfer) or TM (cash)"},
    Words{"bank_unknown", "Không có ngân hàng này", "There is no such bank"},
    Words{"account_missing", "Chi chuyển khoản nhưng thiếu số tài khoản", "To be paid by transfer, and there is no account"},
    Words{"account_format", "Số tài khoản phải có 4–19 chữ số hoặc chữ cái", "An account has 4 to 19 digits or letters"},
    Words{"duplicate_in_file", "Trùng người hưởng với một dòng trước trong tệp", "The same person stands in an earlier row of the file"},
    Words{"already_listed", "Người này đã có trong danh sách khác của kỳ này", "The person is on another list of this period"},
    Words{"account_shared", "Nhiều người dùng chung một tài khoản", "Several people share this account"},
    Words{"account_changed", "Tài khoản khác với lần chi trước", "The account differs from the last payment's"},
    Words{"", "", ""},
};

}  // namespace

std::string_view word(ListStatus status) { return status_words[static_cast<std::size_t>(status)]; }
std::string_view word(Way way) { return way_words[static_cast<std::size_t>(way)]; }

std::optional<ListStatus> list_status_of(std::string_view text) {
    auto const found = std::find(status_words.begin(), status_words.end(), text);
    if (found == status_words.end()) return std::nullopt;
    return static_cast<ListStatus>(found - status_words.begin());
}

std::optional<Way> way_of(std::string_view text) {
    if (text == "transfer") return Way::transfer;
    if (text == "cash") return Way::cash;
    return std::nullopt;
}

Words const& words_of(std::string_view wanted) {
    auto const found = std::find_if(all_words.begin(), all_words.end(), [&](Words const& each) { return each.word == wanted; });
    return found == all_words.end() ? all_words.back() : *found;
}

}  // namespace choso::benefits
