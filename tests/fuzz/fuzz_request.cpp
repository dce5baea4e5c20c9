#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "platform/http/body_reader.hpp"
#include "platform/http/gate.hpp"
#include "platform/http/router.hpp"
#include "platform/http/url.hpp"

// Any bytes as a connection's input: the gate and Beast behind it. Nothing may crash; however the bytes are cut in pieces,
// the same requests are read; and no message is framed two ways.
namespace {

using namespace choso;
using namespace choso::http;

constexpr auto body_bytes_max = std::size_t{1000};

struct Taken {
    std::string head, body;
    friend bool operator==(Taken const&, Taken const&) = default;
};
struct Reading {
    std::vector<Taken> requests;
    bool refused = false;
};

void is_framed_once(gate::Head const& head, std::string_view bytes) {
    auto lengths = 0, codings = 0, hosts = 0;
    for (auto const& [name, value] : head.fields) {
        CHOSO_ASSERT(is_token(name) && is_field_value(value));
        lengths += equals_ignoring_case(name, "Content-Length") ? 1 : 0;
        codings += equals_ignoring_case(name, "Transfer-Encoding") ? 1 : 0;
        hosts += equals_ignoring_case(name, "Host") ? 1 : 0;
    }
    CHOSO_ASSERT(lengths + codings <= 1 && hosts <= 1 && (hosts == 1 || head.minor == 0));
    CHOSO_ASSERT((head.framing == gate::Framing::chunked) == (codings == 1));
    CHOSO_ASSERT(bytes.ends_with("\r\n\r\n") && bytes.find("\r\n\r\n") == bytes.size() - 4);
    CHOSO_ASSERT(head.path == "*" || head.path.starts_with('/'));
}

/// What a session does with the bytes, as they arrive `piece` at a time.
class Connection {
 public:
    Reading read(std::string_view bytes, std::size_t piece) {
        for (auto at = std::size_t{0}; at < bytes.size() && !out_.refused; at += piece) {
            in_.append(bytes.substr(at, piece));
            while (!out_.refused && step()) {
            }
        }
        return std::move(out_);
    }

 private:
    bool step() {
        if (reader_) return take_body();
        auto const found = finder_.look(in_);
        if (!found.ok()) return refuse();
        if (*found == 0) return false;
        head_bytes_ = in_.substr(0, *found);
        in_.erase(0, *found);
        finder_ = {};
        auto const head = gate::read(head_bytes_);
        if (!head.ok()) return refuse();
        is_framed_once(*head, head_bytes_);
        (void)percent_decode(head->path);
        (void)parse_form(head->query);
        if (head->framing == gate::Framing::none) return finish({});
        if (head->content_length > body_bytes_max) return refuse();
        reader_ = std::make_unique<BodyReader>(*head, head_bytes_, body_bytes_max);
        return true;
    }
    bool take_body() {
        if (reader_->refusal()) return refuse();
        auto const eaten = reader_->feed(in_);
        CHOSO_ASSERT(eaten <= in_.size());
        in_.erase(0, eaten);
        if (reader_->refusal()) return refuse();
        if (!reader_->complete()) return false;
        auto body = reader_->take();
        CHOSO_ASSERT(body.size() <= body_bytes_max);
        reader_.reset();
        return finish(std::move(body));
    }
    bool finish(std::string body) {
        out_.requests.push_back({head_bytes_, std::move(body)});
        return true;
    }
    bool refuse() {
        out_.refused = true;
        return false;
    }

    Reading out_{};
    std::string in_{}, head_bytes_{};
    gate::Finder finder_{};
    std::unique_ptr<BodyReader> reader_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size > 8192) return 0;
    auto const bytes = std::string_view{reinterpret_cast<char const*>(data), size};
    auto const whole = Connection{}.read(bytes, std::max<std::size_t>(1, size));
    for (auto const piece : {std::size_t{1}, std::size_t{7}, 1 + size / 3}) {
        auto const cut = Connection{}.read(bytes, piece);
        // Of an unfinished request one reading may have refused what the other still waits for; neither takes it.
        CHOSO_ASSERT(cut.requests == whole.requests);
    }
    return 0;
}
