#pragma once
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/http/client.hpp"
#include "platform/http/server.hpp"

namespace choso::http {

/// Long enough for any machine under load; nothing waits that long when all is well.
inline constexpr auto patience = std::chrono::seconds{20};

/// Hands things from the server's threads to the test, which waits for them.
template <class T>
class Queue {
 public:
    void push(T item) {
        auto const lock = std::lock_guard{mutex_};
        items_.push_back(std::move(item));
        changed_.notify_all();
    }
    std::optional<T> pop() {
        auto lock = std::unique_lock{mutex_};
        if (!changed_.wait_for(lock, patience, [this] { return !items_.empty(); })) return std::nullopt;
        auto item = std::optional<T>{std::move(items_.front())};
        items_.pop_front();
        return item;
    }
    std::size_t size() {
        auto const lock = std::lock_guard{mutex_};
        return items_.size();
    }

 private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<T> items_{};
};

/// What the access log would hold.
struct Logged {
    std::string route{}, path{}, request_id{}, detail{};
    int status = 0;
    bool streaming = false;
};

inline Response text(std::string body, int status = 200) {
    return Response{.status = status, .content_type = "text/plain", .body = std::move(body)};
}

/// A server on a free port of this machine. Give it routes, then start().
class HttpServer : public testing::Test {
 protected:
    HttpServer() { options.port = 0; }

    void start() {
        if (!hooks.on_answer) {
            hooks.on_answer = [this](Request const& request, Response const& response, AnswerInfo const& info) {
                log.push({std::string{info.route}, request.path, request.request_id, std::string{info.detail},
                          response.status, info.streaming});
            };
        }
        server = std::make_unique<Server>(options, std::move(router), hooks);
        server->run_in_background();
    }
    Client client() { return Client{"127.0.0.1", server->port(), patience}; }
    Wire wire() { return Wire{"127.0.0.1", server->port(), patience}; }

    /// Sends raw bytes and reads all answers until the server closes.
    std::vector<Response> exchange(std::string_view bytes) {
        auto connection = wire();
        auto answers = std::vector<Response>{};
        auto in = std::string{};
        try {
            connection.send(bytes);
        } catch (ClientError const&) {
            // Refused and cut while still sending; what it said first can be read.
        }
        connection.finish_sending();
        while (auto answer = read_response(connection, in)) answers.push_back(std::move(*answer));
        return answers;
    }

    ServerOptions options{};
    Router router{};
    Hooks hooks{};
    Queue<Logged> log{};
    std::unique_ptr<Server> server{};
};

}  // namespace choso::http
