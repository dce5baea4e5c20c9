#include "marketplace/trace/gs1_coupon.hpp"

#include <algorithm>

namespace choso::marketplace::gs1 {
namespace {

/// Digits from the left. What is missing or not allowed is remembered; after that nothing more is taken.
class Digits {
 public:
    explicit Digits(std::string_view text) : left_{text} {
        if (std::ranges::any_of(text, [](char c) { return c < '0' || c > '9'; })) wrong_ = "character";
    }
    [[nodiscard]] bool empty() const { return left_.empty() || wrong_; }
    [[nodiscard]] std::optional<std::string_view> wrong() const { return wrong_; }
    void fail(std::string_view code) {
        if (!wrong_) wrong_ = code;
    }

    std::string_view take(std::size_t count) {
        if (wrong_ || left_.size() < count) {
            fail("length");
            return {};
        }
        auto const out = left_.substr(0, count);
        left_.remove_prefix(count);
        return out;
    }
    char one_of(std::string_view allowed) {
        auto const digit = take(1);
        if (digit.empty()) return '\0';
        if (allowed.find(digit[0]) == std::string_view::npos) fail("not_listed");
        return digit[0];
    }
    /// A field that its first digit tells the length of: so many, and `more`.
    void counted(std::string_view allowed, std::size_t more) {
        auto const length = one_of(allowed);
        if (!wrong_) take(static_cast<std::size_t>(length - '0') + more);
    }
    /// The next optional field, if it is this one: they stand in the order of their numbers.
    bool begins(char field) {
        if (empty() || left_[0] != field) return false;
        left_.remove_prefix(1);
        return true;
    }

 private:
    std::string_view left_;
    std::optional<std::string_view> wrong_;
};

constexpr std::string_view prefix_lengths = "0123456";
constexpr std::string_view value_lengths = "12345";
constexpr std::string_view requirement_codes = "012349";

/// How much of which family must be bought.
void requirement(Digits& in) {
    in.counted(value_lengths, 0);
    in.one_of(requirement_codes);
    in.take(3);
}

/// A company prefix; 9 stands for the first purchase's.
void other_prefix(Digits& in) {
    auto const length = in.one_of("01234569");
    if (!in.wrong() && length != '9') in.take(static_cast<std::size_t>(length - '0') + 6);
}

std::string_view date(Digits& in) {
    auto const out = in.take(6);
    if (!in.wrong() && lint("yymmdd", out)) in.fail("day");
    return out;
}

std::optional<std::string_view> end_of(Digits const& in) {
    if (in.wrong()) return in.wrong();
    return in.empty() ? std::nullopt : std::optional<std::string_view>{"too_long"};
}

}  // namespace

std::optional<std::string_view> lint_coupon(std::string_view text) {
    auto in = Digits{text};
    in.counted(prefix_lengths, 6);
    in.take(6);  // offer
    in.counted(value_lengths, 0);  // what is saved
    requirement(in);
    if (in.begins('1')) {
        in.one_of("0123");
        requirement(in);
        other_prefix(in);
    }
    if (in.begins('2')) {
        requirement(in);
        other_prefix(in);
    }
    auto expires = std::string_view{};
    if (in.begins('3')) expires = date(in);
    if (in.begins('4')) {
        auto const starts = date(in);
        if (!in.wrong() && !expires.empty() && expires < starts) in.fail("not_together");
    }
    if (in.begins('5')) in.counted("0123456789", 6);  // serial
    if (in.begins('6')) in.counted("1234567", 6);     // retailer
    if (in.begins('9')) {
        in.one_of("01256");
        in.one_of("012");
        in.take(1);
        in.one_of("01");
    }
    return end_of(in);
}

std::optional<std::string_view> lint_coupon_offer(std::string_view text) {
    auto in = Digits{text};
    in.one_of("01");
    in.counted(prefix_lengths, 6);
    in.take(6);
    in.counted("0123456789", 6);
    return end_of(in);
}

}  // namespace choso::marketplace::gs1
