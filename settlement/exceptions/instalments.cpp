#include "settlement/exceptions/instalments.hpp"

#include <algorithm>
#include <chrono>

namespace choso::settlement {
namespace {

constexpr auto most_parts = std::size_t{12};
/// Who pays in parts does so within a school term.
constexpr auto longest = std::chrono::days{120};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool waits(Exception const& row) {
    return row.kind == ExceptionKind::unreferenced && (row.state == ExceptionState::open || row.state == ExceptionState::claimed);
}

}  // namespace

std::optional<std::vector<std::size_t>> unique_subset(std::span<Money const> amounts, Money target) {
    auto const count = std::min(amounts.size(), most_parts);
    auto found = std::optional<std::size_t>{};
    // Odd sets alone: those that hold the first.
    for (auto set = std::size_t{3}; set < (std::size_t{1} << count); set += 2) {
        auto sum = Money{};
        for (auto i = std::size_t{0}; i < count; ++i)
            if ((set >> i & 1U) != 0) sum += amounts[i];
        if (sum != target) continue;
        if (found) return std::nullopt;
        found = set;
    }
    if (!found) return std::nullopt;
    auto out = std::vector<std::size_t>{};
    for (auto i = std::size_t{0}; i < count; ++i)
        if ((*found >> i & 1U) != 0) out.push_back(i);
    return out;
}

std::string_view payer_in(std::string_view content) {
    constexpr auto mark = std::string_view{"CT tu "};
    auto const at = content.find(mark);
    if (at == std::string_view::npos) return {};
    content.remove_prefix(at + mark.size());
    auto const end = std::find_if_not(content.begin(), content.end(), is_digit);
    auto const number = content.substr(0, static_cast<std::size_t>(end - content.begin()));
    return number.size() >= 6 && number.size() <= 19 ? number : std::string_view{};
}

std::optional<Instalments> instalments_of(ShownException const& of, std::span<Candidate const> candidates, std::span<ShownException const> waiting) {
    auto const payer = payer_in(of.content);
    if (payer.empty() || !waits(of.row)) return std::nullopt;
    auto parts = std::vector<ShownException const*>{&of};
    for (auto const& each : waiting)
        if (each.row.id != of.row.id && waits(each.row) && each.row.account == of.row.account && payer_in(each.content) == payer &&
            std::chrono::abs(each.row.occurred_at - of.row.occurred_at) <= longest)
            parts.push_back(&each);
    // More than can be tried is more than can be called certain.
    if (parts.size() < 2 || parts.size() > most_parts) return std::nullopt;
    auto amounts = std::vector<Money>{};
    for (auto const* each : parts) amounts.push_back(each->row.amount);
    auto out = std::optional<Instalments>{};
    for (auto const& each : candidates) {
        if (!each.amount) continue;
        auto const set = unique_subset(amounts, *each.amount - each.amount_paid);
        if (!set) continue;
        if (out) return std::nullopt;
        out = Instalments{each.request, {}};
        for (auto const i : *set) out->parts.push_back(parts[i]->row.id);
    }
    return out;
}

}  // namespace choso::settlement
