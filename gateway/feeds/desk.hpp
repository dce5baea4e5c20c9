#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "gateway/api/observe.hpp"
#include "gateway/api/problem.hpp"
#include "gateway/feeds/refused.hpp"
#include "merchants/directory.hpp"
#include "platform/http/responder.hpp"

namespace choso::feeds {

/// What may be kept of a notice's head: nothing that lets anybody in.
[[nodiscard]] std::string headers_of(http::Request const& request);

/// What every feed does with what it cannot take: count it, log it (some of it as an alarm), keep it raw.
struct Desk {
    RefusedNotices& refused;
    api::Observer& observer;

    /// Keeps the whole notice raw, then answers with the problem.
    void refuse(http::Request const& request, merchants::Feed const* feed, std::string_view verdict, api::Problem problem,
                std::shared_ptr<http::Responder> const& respond) const;
    /// Keeps one part of it raw; nobody waits.
    void refuse_part(http::Request const& request, merchants::Feed const& feed, std::string_view verdict, std::string_view part) const;
};

}  // namespace choso::feeds
