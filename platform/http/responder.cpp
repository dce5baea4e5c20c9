#include "platform/http/responder.hpp"

#include <utility>

#include "base/assert.hpp"

namespace choso::http {

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        if (reply_) reply_->drop();
        reply_ = std::move(other.reply_);
    }
    return *this;
}

Responder::~Responder() {
    if (reply_) reply_->drop();
}

void Responder::operator()(Response response) {
    CHOSO_ASSERT(reply_ != nullptr);
    std::exchange(reply_, nullptr)->answer(std::move(response));
}

void Responder::operator()(StreamStart start) {
    CHOSO_ASSERT(reply_ != nullptr);
    CHOSO_ASSERT(start.attach != nullptr);
    for (auto const& header : start.headers) {
        CHOSO_ASSERT(is_token(header.name));
        CHOSO_ASSERT(is_field_value(header.value));
    }
    std::exchange(reply_, nullptr)->stream(std::move(start));
}

bool Responder::is_abandoned() const { return !reply_ || reply_->abandoned(); }

Request const& Responder::request() const {
    CHOSO_ASSERT(reply_ != nullptr);
    return reply_->request();
}

std::string sse_event(std::string_view event, std::string_view data, std::string_view id) {
    auto const one_line = [](std::string_view text) {
        return text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos;
    };
    CHOSO_ASSERT(one_line(event));
    CHOSO_ASSERT(one_line(id));
    auto out = std::string{};
    out.reserve(event.size() + data.size() + id.size() + 32);
    if (!id.empty()) out.append("id: ").append(id).append("\n");
    if (!event.empty()) out.append("event: ").append(event).append("\n");
    for (;;) {
        auto const end = data.find_first_of("\r\n");
        out.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == std::string_view::npos) break;
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
    out.append("\n");
    return out;
}

}  // namespace choso::http
