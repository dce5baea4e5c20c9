#pragma once
#include <string>
#include <string_view>

#include "merchants/directory.hpp"
#include "merchants/receipts/find.hpp"

namespace choso::receipts {

/// `BASE/bien-lai/<token>`: where anybody who holds the receipt can see whether it is real.
[[nodiscard]] std::string page_url(Receipt const& receipt, std::string_view base_url);

/// The receipt on A5: who, what, the amount in digits and words, and a QR that leads to its page. A cancelled one says so.
[[nodiscard]] std::string to_pdf(Shown const& shown, merchants::Directory const& directory, std::string_view base_url);

/// `Năm mươi nghìn đồng`.
[[nodiscard]] std::string amount_words(Money amount);

}  // namespace choso::receipts
