#pragma once
#include <string>

#include "base/clock.hpp"
#include "gateway/api/reads.hpp"
#include "gateway/api/tickets.hpp"
#include "gateway/events/hub.hpp"
#include "gateway/payments/core.hpp"
#include "merchants/directory_watch.hpp"

namespace choso::api {

/// What the endpoints work with, by reference; gateway/serve.cpp owns it all and outlives every connection.
struct Edge {
    std::string base_url;  ///< how payers reach us; no `/` at its end
    Clock const& clock;    ///< business time: a test's advance included
    merchants::DirectoryWatch const& directory;
    payments::Core& core;
    events::Hub& hub;
    Reads& reads;
    Reads& drawing;  ///< where pictures are drawn: one at a time, so that nobody's picture keeps others from an answer
    Reads& hashing;  ///< where passwords are tried: two at a time, few in the queue, after everything else
    Tickets& tickets;
};

}  // namespace choso::api
