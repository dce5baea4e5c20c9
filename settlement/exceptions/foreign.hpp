#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// References that are not ours: an invoice's number, a contract's, a pupil's. How they look is learned of what people matched by
/// hand, account by account; what is learned only ever suggests.
namespace choso::settlement {

/// A text as banks leave it: letters and digits alone, upper case, O and I as digits.
[[nodiscard]] std::string compact(std::string_view text);

/// A request that somebody found for a payment, and what the payment said.
struct PastMatch {
    std::string content, order_code, description;
};

/// What may name a request of another's making: its order code, and words of its description with at least three digits; compact.
[[nodiscard]] std::vector<std::string> codes_of(std::string_view order_code, std::string_view description);
/// `HD######`: letters as they are, a # for each digit.
[[nodiscard]] std::string shape_of(std::string_view code);
/// Whether a text of such a shape stands in a compact content, with no digit before it or behind it that would belong to it.
[[nodiscard]] bool stands_in(std::string_view content, std::string_view shape);
/// The shapes of codes that stood in the payment's content too, at least twice. Pure.
[[nodiscard]] std::set<std::string> learned_shapes(std::span<PastMatch const> past);
/// What of a compact content has a learned shape.
[[nodiscard]] std::vector<std::string> foreign_references(std::string_view content, std::set<std::string> const& shapes);

}  // namespace choso::settlement
