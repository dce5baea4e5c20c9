#include "simulator/messenger.hpp"

#include <map>
#include <memory>

#include "platform/http/client.hpp"
#include "platform/log/log.hpp"
#include "simulator/sepay.hpp"

namespace choso::bank {
namespace {

constexpr auto patience = std::chrono::seconds{10};
constexpr std::size_t letters_at_once = 256;

/// A connection a subscriber, kept while there is something to say.
class Lines {
 public:
    http::Response post(Subscription const& to, Letter const& letter) {
        auto& client = clients_[to.name];
        if (!client) client = std::make_unique<http::Client>(to.to.host, to.to.port, patience);
        auto headers = proof_of(to, letter.body, SystemClock{}.now());
        headers.push_back({"Content-Type", letter.content_type});
        try {
            return client->post(to.to.path, letter.body, headers);
        } catch (http::ClientError const&) {
            // The other side may have closed a kept connection; a notice may be told twice, so one more try is safe.
            client = std::make_unique<http::Client>(to.to.host, to.to.port, patience);
            return client->post(to.to.path, letter.body, headers);
        }
    }

 private:
    std::map<std::string, std::unique_ptr<http::Client>> clients_;
};

}  // namespace

std::size_t deliver(Bank& bank) {
    auto lines = Lines{};
    auto sent = std::size_t{0};
    for (;;) {
        auto const letters = bank.due(letters_at_once);
        if (letters.empty()) return sent;
        for (auto const& letter : letters) {
            ++sent;
            if (letter.to == nullptr) {
                bank.answered(letter.delivery, 200, R"({"success":true,"nobody":"the subscription is gone"})");
                continue;
            }
            try {
                auto const answer = lines.post(*letter.to, letter);
                bank.answered(letter.delivery, answer.status, answer.body);
            } catch (http::ClientError const& failed) {
                log::warn("not_delivered", {{"to", letter.to->name}, {"delivery", letter.delivery}, {"why", failed.what()}});
                bank.answered(letter.delivery, 0, failed.what());
            }
        }
    }
}

}  // namespace choso::bank
