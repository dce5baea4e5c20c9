#include "gateway/sound/box_channel.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include "gateway/api/respond.hpp"
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

/// Between the hub, which tells events as text, and a box, which hears sentences. Lives as long as either holds it.
class Box final : public http::Stream, public std::enable_shared_from_this<Box> {
 public:
    Box(api::Edge& edge, SoundBox const& box, std::shared_ptr<http::Stream> line) : edge_{edge}, box_{box}, line_{std::move(line)} {}

    /// From the hub: one event of a text/event-stream.
    bool send(std::string_view chunk) override {
        auto type = std::string_view{};
        auto data = std::string_view{};
        auto id = std::string_view{};
        while (!chunk.empty()) {
            auto const end = std::min(chunk.find('\n'), chunk.size());
            auto const row = chunk.substr(0, end);
            chunk.remove_prefix(std::min(end + 1, chunk.size()));
            if (row.starts_with("event: ")) type = row.substr(7);
            if (row.starts_with("data: ")) data = row.substr(6);
            if (row.starts_with("id: ")) id = row.substr(4);
        }
        auto const event = json::parse(data);
        auto const heard = event ? heard_in(type, *event) : std::nullopt;
        if (!heard) return line_->open();
        {
            auto const lock = std::lock_guard{mutex_};
            if (unheard_.size() >= unheard_max) {
                line_->close();
                return false;
            }
            unheard_.emplace_back(id);
        }
        return line_->send(ws::text_frame(message(*heard, *event, id)));
    }
    [[nodiscard]] bool open() const override { return line_->open(); }
    void close() override { line_->close(); }
    void on_close(std::function<void()> callback) override { line_->on_close(std::move(callback)); }

    /// From the box, on the connection's thread.
    void hear(std::string_view bytes) {
        for (auto const& said : reader_.take(bytes)) {
            if (said.kind == ws::Message::Kind::ping) (void)line_->send(ws::pong_frame(said.payload));
            if (said.kind == ws::Message::Kind::close) return end(1000);
            if (said.kind == ws::Message::Kind::text) acknowledge(said.payload);
        }
        if (auto const code = reader_.broken()) end(*code);
    }

 private:
    [[nodiscard]] std::string message(Heard const& heard, json::Value const& event, std::string_view id) const {
        auto const kind = kind_of(heard, Money{});
        auto out = std::string{};
        auto json = json::Writer{out};
        json.object().member("type", "receipt").member("id", id);
        for (auto const* name : {"stall_n", "at", "subject"})
            if (auto const* member = event.find(name)) json.member(name == std::string_view{"stall_n"} ? "n" : name == std::string_view{"at"} ? "at" : "payment", *member);
        json.member("kind", word(kind)).member("alarm", is_alarm(kind)).member("amount", heard.amount);
        json.member("text", sentence_of(kind, heard, box_.dialect)).end();
        return out;
    }

    void end(std::uint16_t code) {
        (void)line_->send(ws::close_frame(code));
        line_->close();
    }

    void acknowledge(std::string_view text) {
        auto const body = json::parse(text);
        auto const* member = body ? body->find("ack") : nullptr;
        auto const id = std::string{member != nullptr ? member->as_string().value_or("") : ""};
        {
            auto const lock = std::lock_guard{mutex_};
            auto const at = std::find(unheard_.begin(), unheard_.end(), id);
            // What was not sent cannot have been said.
            if (at == unheard_.end()) return;
            unheard_.erase(unheard_.begin(), at + 1);
        }
        auto nobody = std::make_shared<http::Responder>(std::make_shared<Nobody>());
        edge_.reads.ask(std::move(nobody), {}, [box = box_.id, id](postgres::Connection& connection) { note_ack(connection, box, id); });
    }

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

    api::Edge& edge_;
    SoundBox box_;
    std::shared_ptr<http::Stream> line_;
    ws::Reader reader_;
    std::mutex mutex_;
    std::deque<std::string> unheard_;  ///< ids, in the order they were sent
};

/// What a box listens to: its stall's events behind what it has said; a new one from now on.
events::Subscription subscription_of(api::Edge& edge, merchants::Directory const& directory, merchants::Stall const& stall, SoundBox const& box) {
    auto out = events::Subscription{};
    out.merchants = {stall.merchant};
    auto const* merchant = directory.merchant(stall.merchant);
    auto const* collector = merchant != nullptr ? directory.collector(merchant->collector) : nullptr;
    if (collector != nullptr) out.buckets = {collector->bucket};
    out.stall = stall.id;
    out.after = box.acked ? *box.acked : edge.hub.now(out.buckets);
    out.still_allowed = [&edge, id = stall.id] { return edge.directory.current()->stall(id) != nullptr; };
    return out;
}

}  // namespace

http::Handler box_channel(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = api::audience_of(request);
        auto const accept = ws::accept_of(request);
        if (!accept) return respond(api::to_response(Problem{Code::bad_request, "Upgrade", {"phải là WebSocket phiên bản 13", "must ask for a WebSocket, version 13"}}, audience));
        auto const given = request.header("Authorization").value_or("");
        auto const token = given.starts_with("Bearer ") ? std::string{given.substr(7)} : std::string{};
        if (!token.starts_with("sb_") || token.size() > 100) return respond(api::to_response(Problem{Code::unauthorized}, audience));
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, audience, token, accept = *accept](postgres::Connection& connection) {
            auto const box = find_box(connection, token);
            auto const directory = edge.directory.current();
            auto const* stall = box ? directory->stall(box->stall) : nullptr;
            if (stall == nullptr) return (*later)(api::to_response(Problem{Code::unauthorized}, audience));
            // A new one begins here: what came before it was paired it shall not say.
            auto what = subscription_of(edge, *directory, *stall, *box);
            if (!box->acked) note_ack(connection, box->id, what.after->text());
            auto start = http::StreamStart{};
            start.websocket_accept = accept;
            auto const line = std::make_shared<std::shared_ptr<Box>>();
            start.receive = [line](std::string_view bytes) {
                if (*line) (*line)->hear(bytes);
            };
            start.attach = [&edge, line, box = *box, what = std::move(what)](std::shared_ptr<http::Stream> opened) mutable {
                *line = std::make_shared<Box>(edge, box, std::move(opened));
                edge.hub.subscribe(std::move(what), *line);
            };
            (*later)(std::move(start));
        });
    };
}

void add_routes(http::Router& router, api::Edge& edge) { router.add(http::Method::get, "/sound-box", "sound_box", box_channel(edge)); }

}  // namespace choso::sound
