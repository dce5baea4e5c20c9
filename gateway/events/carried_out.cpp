#include "gateway/events/carried_out.hpp"

namespace choso::events {

std::future<bool> carried_out(payments::Core& core, std::unique_ptr<payments::Command const> command) {
    auto const answered = std::make_shared<std::promise<bool>>();
    auto done = answered->get_future();
    core.submit(std::move(command), [answered](payments::Answer const& answer) {
        answered->set_value(answer.ok() || answer.error() == payments::Failure::failed);
    });
    return done;
}

std::future<bool> carried_out(bool done) {
    auto answered = std::promise<bool>{};
    answered.set_value(done);
    return answered.get_future();
}

}  // namespace choso::events
