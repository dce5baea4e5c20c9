#pragma once
#include <string>
#include <vector>

#include "simulator/setup.hpp"

namespace choso::bank {

/// A request for money that a gateway has open, as the page offers it.
struct OpenRequest {
    std::string id, reference, description, qr, pay_url;
    Money amount;
};

/// The gateway's newest open requests; none if it cannot be reached. Blocks for two seconds at most.
[[nodiscard]] std::vector<OpenRequest> newest_requests(Place const& gateway, std::string const& key);

}  // namespace choso::bank
