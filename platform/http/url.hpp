#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace choso::http {

/// `%C4%91` → `đ`. None if a `%` is not followed by two hex digits, or if it hides a NUL.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);
/// The same, and `+` is a blank (application/x-www-form-urlencoded).
[[nodiscard]] std::optional<std::string> form_decode(std::string_view text);
/// Everything but RFC 3986's unreserved characters becomes `%XX`; right for a path segment and for a query value.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// What bounds a form; the caps hold for the encoded text too, since decoding never lengthens it.
struct FormLimits {
    std::size_t fields_max = 256;
    std::size_t name_bytes_max = 256;
    std::size_t value_bytes_max = 64 * 1024;
};

/// A query or an x-www-form-urlencoded body, decoded, in order.
class Form {
 public:
    explicit Form(std::vector<std::pair<std::string, std::string>> fields) : fields_{std::move(fields)} {}

    /// The first value of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& fields() const { return fields_; }

 private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Reads a query or form body. None if an encoding is broken or a cap is passed: a form is taken whole or not at all.
[[nodiscard]] std::optional<Form> parse_form(std::string_view text, FormLimits limits = {});

}  // namespace choso::http
