#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/api/auth.hpp"
#include "gateway/api/edge.hpp"
#include "gateway/dialects/picture_cache.hpp"
#include "platform/http/responder.hpp"
#include "qr/banks.hpp"
#include "qr/render/picture.hpp"

namespace choso::dialects {

enum class Format : std::uint8_t { png, jpg, svg };
/// "png", "jpg" or "jpeg", "svg".
[[nodiscard]] std::optional<Format> format_of(std::string_view extension);

/// What a caller asks to have drawn, as it was written. Texts are UTF-8, not yet checked.
struct Order {
    std::string bank;     ///< BIN, code, short name or brand
    std::string account;
    std::string amount;   ///< empty or "0": the payer types it
    std::string purpose;
    std::string name;     ///< whom the caller says it belongs to; believed only under a key, and never of our own payees
    qr::Template which = qr::Template::qr_only;
};

/// What became of an order.
struct Made {
    qr::Bank const* bank = nullptr;
    std::string payload;
    qr::Caption caption;
    std::string holder;      ///< to be shown: registered, or believed; empty if neither
    bool registered = false; ///< an account of our payees
};

/// The names of an order's fields as its dialect spells them, for refusals.
struct FieldNames {
    std::string_view bank, account, amount, purpose;
};

/// Checks an order and finds whose account it is; a refusal names the field and the rule.
[[nodiscard]] Result<Made, api::Problem> make(Order const& order, FieldNames names, merchants::Directory const& directory, bool has_key);

/// Who calls, by `Authorization: Bearer` or `x-api-key`; none if there is no key or an unknown one.
[[nodiscard]] std::optional<api::Caller> caller_of(api::Edge const& edge, http::Request const& request);
/// The account of a payee of ours, also behind a virtual account; null for any other.
[[nodiscard]] merchants::BankAccount const* registered_account(merchants::Directory const& directory, std::string_view bin, std::string_view number);

/// What the drawing routes share.
struct Studio {
    api::Edge& edge;
    std::shared_ptr<PictureCache> cache;

    /// Answers with the picture: from the cache at once, else drawn on the thread for pictures. With ETag, and 304 to who has it.
    void draw(http::Request const& request, http::Responder respond, Order const& order, FieldNames names, Format format,
              std::string_view saved_as = {}) const;
};

/// The file of a picture; empty if it cannot be drawn.
[[nodiscard]] std::string drawn(Made const& made, qr::Template which, Format format);

}  // namespace choso::dialects
