#include "merchants/deposits/deposit.hpp"

#include <algorithm>
#include <array>

namespace choso::deposits {
namespace {

constexpr std::array<std::string_view, 2> status_words{"open", "settled"};
constexpr std::array<std::string_view, 4> move_words{"taken", "withdrawn", "used", "returned"};

}  // namespace

std::string_view word(Status status) { return status_words[static_cast<std::size_t>(status)]; }
std::string_view word(MoveKind kind) { return move_words[static_cast<std::size_t>(kind)]; }

std::optional<Status> status_of(std::string_view text) {
    if (text == "open") return Status::open;
    if (text == "settled") return Status::settled;
    return std::nullopt;
}

std::optional<MoveKind> move_kind_of(std::string_view text) {
    auto const found = std::find(move_words.begin(), move_words.end(), text);
    if (found == move_words.end()) return std::nullopt;
    return static_cast<MoveKind>(found - move_words.begin());
}

}  // namespace choso::deposits
