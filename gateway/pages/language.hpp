#pragma once
#include <string>

#include "base/money.hpp"
#include "gateway/api/problem.hpp"
#include "platform/http/message.hpp"

namespace choso::pages {

/// The tongue a page is drawn in.
enum class Language { vi, en };

/// `?lang=vi` or `?lang=en`, else what Accept-Language prefers; Vietnamese in doubt.
[[nodiscard]] Language language_of(http::Request const& request);
[[nodiscard]] Language language_of(api::Audience const& audience);
/// `vi`, `en`: for `lang`, `Content-Language` and `?lang=`.
[[nodiscard]] std::string_view code_of(Language language);

/// `Năm mươi nghìn đồng`, `Fifty thousand đồng`.
[[nodiscard]] std::string amount_in_words(Language language, Money amount);

}  // namespace choso::pages
