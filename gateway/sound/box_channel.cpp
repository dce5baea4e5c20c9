#include "gateway/sound/box_channel.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include "gateway/api/auth.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/sound/boxes.hpp"
#include "gateway/sound/sentence.hpp"
#include "platform/http/websocket.hpp"
#include "platform/log/log.hpp"

namespace choso::sound {
namespace {

namespace ws = http::websocket;
using api::Code;
using api::Problem;

/// Sent and not acknowledged, at most: then the rest waits in the table and comes after a new connection.
constexpr std::size_t unheard_max = 200;
constexpr std::size_t token_bytes_max = 100;
/// What the stall usually gets is asked again after so long: a box stays on the line for weeks.
constexpr auto usual_for = std::chrono::minutes{10};

/// Who waits for the answer of a note: nobody.
class Nobody final : public http::detail::Reply {
 public:
    void answer(http::Response response) override {
        if (response.status >= 500) log::warn("sound_box_ack_not_kept", {{"status", response.status}});
    }
    void stream(http::StreamStart) override {}
    void drop() override {}
    [[nodiscard]] bool abandoned() const override { return false; }
    [[nodiscard]] http::Request const& request() const override { return request_; }

 private:
    http::Request request_;
};

/// One event of a text/event-stream, as the hub tells it.
struct Told {
    std::string_view type, data, id;
};
Told told_in(std::string_view chunk) {
    auto out = Told{};
    while (!chunk.empty()) {
        auto const end = std::min(chunk.find('\n'), chunk.size());
        auto const row = chunk.substr(0, end);
        chunk.remove_prefix(std::min(end + 1, chunk.size()));
        if (row.starts_with("event: ")) out.type = row.substr(7);
        if (row.starts_with("data: ")) out.data = row.substr(6);
        if (row.starts_with("id: ")) out.id = row.substr(4);
    }
    return out;
}

/// Between the hub, which tells events as text, and a box, which hears sentences. Lives as long as either holds it.
class Box final : public http::Stream, public std::enable_shared_from_this<Box> {
 public:
    Box(api::Edge& edge, SoundBox const& box, merchants::Stall stall, Bucket bucket, Money usual, std::shared_ptr<http::Stream> line)
        : edge_{edge}, box_{box}, stall_{std::move(stall)}, bucket_{bucket}, line_{std::move(line)}, usual_{usual}, usual_until_{edge.clock.now() + usual_for} {}

    /// From the hub, on its threads.
    bool send(std::string_view chunk) override {
        auto const told = told_in(chunk);
        auto const event = json::parse(told.data);
        auto const heard = event ? heard_in(told.type, *event) : std::nullopt;
        if (!heard) return line_->open();
        {
            auto const lock = std::lock_guard{mutex_};
            if (unheard_.size() >= unheard_max) {
                line_->close();
                return false;
            }
            unheard_.emplace_back(told.id);
        }
        return line_->send(ws::text_frame(message(*heard, *event, told.id)));
    }
    [[nodiscard]] bool open() const override { return line_->open(); }
    void close() override { line_->close(); }
    void on_close(std::function<void()> callback) override { line_->on_close(std::move(callback)); }

    /// From the box, on the connection's thread.
    void hear(std::string_view bytes) {
        for (auto const& said : reader_.take(bytes)) {
            if (said.kind == ws::Message::Kind::ping) (void)line_->send(ws::pong_frame(said.payload));
            if (said.kind == ws::Message::Kind::close) return end(ws::in_order);
            if (said.kind == ws::Message::Kind::text) acknowledge(said.payload);
        }
        if (auto const code = reader_.broken()) end(*code);
    }

 private:
    [[nodiscard]] std::string message(Heard const& heard, json::Value const& event, std::string_view id) const {
        auto const kind = kind_of(heard, usual_receipt());
        auto const member = [&event](std::string_view name) {
            auto const* found = event.find(name);
            return found != nullptr ? found->as_string().value_or("") : std::string_view{};
        };
        auto out = std::string{};
        json::Writer{out}.object().member("type", "receipt").member("id", id).member("at", member("at")).member("payment", member("subject"))
            .member("kind", word(kind)).member("alarm", is_alarm(kind)).member("amount", heard.amount)
            .member("text", sentence_of(kind, heard, box_.dialect)).end();
        return out;
    }

    [[nodiscard]] Money usual_receipt() const {
        auto const lock = std::lock_guard{mutex_};
        return usual_;
    }
    void ask_usual(postgres::Connection& connection) {
        auto const now = edge_.clock.now();
        {
            auto const lock = std::lock_guard{mutex_};
            if (now < usual_until_) return;
            usual_until_ = now + usual_for;
        }
        auto const usual = api::usual_receipt(connection, bucket_, stall_, now);
        auto const lock = std::lock_guard{mutex_};
        usual_ = usual;
    }

    void end(std::uint16_t code) {
        (void)line_->send(ws::close_frame(code));
        line_->close();
    }

    void acknowledge(std::string_view text) {
        auto const body = json::parse(text);
        auto const* member = body ? body->find("ack") : nullptr;
        auto const id = member != nullptr ? member->as_string().value_or("") : std::string_view{};
        auto const cursor = events::Cursor::parse(id);
        {
            auto const lock = std::lock_guard{mutex_};
            auto const at = std::find(unheard_.begin(), unheard_.end(), id);
            // What was not sent cannot have been said.
            if (!cursor || at == unheard_.end()) return;
            unheard_.erase(unheard_.begin(), at + 1);
        }
        auto nobody = std::make_shared<http::Responder>(std::make_shared<Nobody>());
        edge_.reads.ask(std::move(nobody), {}, [self = shared_from_this(), seq = cursor->at(bucket_)](postgres::Connection& connection) {
            if (!note_ack(connection, self->box_.id, seq)) return self->close();  // revoked meanwhile
            self->ask_usual(connection);
        });
    }

    api::Edge& edge_;
    SoundBox box_;
    merchants::Stall stall_;
    Bucket bucket_;
    std::shared_ptr<http::Stream> line_;
    ws::Reader reader_;
    mutable std::mutex mutex_;
    Money usual_;  ///< the stall's median receipt
    Instant usual_until_;
    std::deque<std::string> unheard_;  ///< ids, in the order they were sent
};

/// What a box listens to: its stall's events behind what it has said; a new one from now on.
std::optional<events::Subscription> subscription_of(api::Edge& edge, merchants::Directory const& directory, merchants::Stall const& stall, SoundBox const& box) {
    auto const* merchant = directory.merchant(stall.merchant);
    auto const* collector = merchant != nullptr ? directory.collector(merchant->collector) : nullptr;
    if (collector == nullptr) return std::nullopt;
    auto out = events::Subscription{};
    out.merchants = {stall.merchant};
    out.buckets = {collector->bucket};
    out.stall = stall.id;
    out.after = edge.hub.now(out.buckets);
    if (box.acked) out.after->set(collector->bucket, *box.acked);
    out.still_allowed = [&edge, id = stall.id] { return edge.directory.current()->stall(id) != nullptr; };
    return out;
}

/// Turns the answer into a line that the box speaks and hears on.
http::StreamStart start_of(api::Edge& edge, SoundBox const& box, merchants::Stall const& stall, Money usual, events::Subscription what, std::string accept) {
    auto start = http::StreamStart{};
    start.websocket_accept = std::move(accept);
    auto const line = std::make_shared<std::shared_ptr<Box>>();
    start.receive = [line](std::string_view bytes) {
        if (*line) (*line)->hear(bytes);
    };
    start.attach = [&edge, line, box, stall, usual, what = std::move(what)](std::shared_ptr<http::Stream> opened) mutable {
        auto const bucket = what.buckets.front();
        *line = std::make_shared<Box>(edge, box, stall, bucket, usual, std::move(opened));
        edge.hub.subscribe(std::move(what), *line);
    };
    return start;
}

}  // namespace

http::Handler box_channel(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = api::audience_of(request);
        auto const accept = ws::accept_of(request);
        if (!accept) return respond(api::to_response(Problem{Code::bad_request, "Upgrade", {"phải là WebSocket phiên bản 13", "must ask for a WebSocket, version 13"}}, audience));
        auto const token = std::string{api::credential(request, "Bearer").value_or("")};
        if (!token.starts_with("sb_") || token.size() > token_bytes_max) return respond(api::to_response(Problem{Code::unauthorized}, audience));
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, audience, token, accept = *accept](postgres::Connection& connection) {
            auto const box = find_box(connection, token);
            auto const directory = edge.directory.current();
            auto const* stall = box ? directory->stall(box->stall) : nullptr;
            auto what = stall != nullptr ? subscription_of(edge, *directory, *stall, *box) : std::nullopt;
            if (!what) return (*later)(api::to_response(Problem{Code::unauthorized}, audience));
            // A new one begins here: what came before it was paired it shall not say.
            if (!note_ack(connection, box->id, what->after->at(what->buckets.front()))) return (*later)(api::to_response(Problem{Code::unauthorized}, audience));
            auto const usual = api::usual_receipt(connection, what->buckets.front(), *stall, edge.clock.now());
            (*later)(start_of(edge, *box, *stall, usual, std::move(*what), accept));
        });
    };
}

void add_routes(http::Router& router, api::Edge& edge) { router.add(http::Method::get, "/sound-box", "sound_box", box_channel(edge)); }

}  // namespace choso::sound
