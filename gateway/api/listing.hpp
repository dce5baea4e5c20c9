#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/api/auth.hpp"
#include "gateway/api/rows.hpp"

namespace choso::api {

inline constexpr std::int64_t limit_standard = 50;
inline constexpr std::int64_t limit_max = 100;

/// `limit`: 1–100, 50 if absent.
[[nodiscard]] Result<std::int64_t, Problem> limit_of(http::Request const& request);

/// The merchants a list is about: `merchant`, else all the key may name. An unknown one is not found.
[[nodiscard]] Result<std::vector<merchants::Merchant const*>, Problem> merchants_of(http::Request const& request, Caller const& caller);

/// The opaque place of a row in a newest-first list, and back.
[[nodiscard]] std::string place_text(Uuid const& last);
[[nodiscard]] std::optional<Uuid> place_of(std::string_view text);

/// One page of rows that are in memory, oldest first, each with an `id`.
template <class Row>
struct Window {
    std::vector<Row const*> rows;
    std::optional<std::string> next;
};
template <class Row>
[[nodiscard]] Result<Window<Row>, Problem> window_of(http::Request const& request, std::vector<Row const*> rows) {
    auto const limit = limit_of(request);
    if (!limit) return limit.error();
    auto out = Window<Row>{};
    auto after = std::optional<Uuid>{};
    if (auto const text = request.query_value("after"); text && !text->empty()) {
        after = place_of(*text);
        if (!after) return Problem{Code::cursor_invalid, "after"};
    }
    std::sort(rows.begin(), rows.end(), [](auto const* a, auto const* b) { return a->id < b->id; });
    for (auto const* row : rows) {
        if (after && row->id.uuid() <= *after) continue;
        if (static_cast<std::int64_t>(out.rows.size()) == *limit) {
            out.next = place_text(out.rows.back()->id.uuid());
            break;
        }
        out.rows.push_back(row);
    }
    return out;
}

/// What somebody asks for by a list of rows, newest first.
struct AskedList {
    Caller caller;
    std::vector<MerchantId> merchants;  ///< it is about, sorted
    Owners owners;                      ///< the same, with their buckets
    ListOptions options;
};
/// The rows of one page as they are shown, each with its id.
using ListedRows = std::vector<std::pair<Uuid, std::string>>;

/// GET of such a list: `after`, `limit`, `merchant`, and `status` if the rows have any, which must satisfy `is_status`.
/// `read` runs on a reader's thread.
[[nodiscard]] http::Handler newest_first(Edge& edge, std::string_view scope, bool (*is_status)(std::string_view),
                                         std::function<ListedRows(AskedList const& asked, postgres::Connection& connection)> read);

}  // namespace choso::api
