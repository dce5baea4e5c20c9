#include "gateway/api/tickets.hpp"

#include "platform/crypto/crypto.hpp"

namespace choso::api {

void Tickets::drop_old(std::chrono::steady_clock::time_point now) {
    std::erase_if(issued_, [&](auto const& each) {
        if (each.second.until > now) return false;
        if (--held_[each.second.key_hash] == 0) held_.erase(each.second.key_hash);
        return true;
    });
}

std::optional<std::string> Tickets::issue(std::string const& key_hash, std::chrono::steady_clock::time_point now) {
    auto ticket = crypto::to_base64url(crypto::random_bytes(24));
    auto const lock = std::lock_guard{mutex_};
    if (auto const held = held_.find(key_hash); held != held_.end() && held->second >= per_key_max) {
        drop_old(now);
        if (held_[key_hash] >= per_key_max) return std::nullopt;
    }
    if (issued_.size() >= 10 * per_key_max) drop_old(now);
    issued_.emplace(ticket, Issued{key_hash, now + life});
    ++held_[key_hash];
    return ticket;
}

std::optional<std::string> Tickets::redeem(std::string_view ticket, std::chrono::steady_clock::time_point now) {
    auto const lock = std::lock_guard{mutex_};
    auto const found = issued_.find(ticket);
    if (found == issued_.end()) return std::nullopt;
    auto const issued = found->second;
    issued_.erase(found);
    if (--held_[issued.key_hash] == 0) held_.erase(issued.key_hash);
    if (issued.until <= now) return std::nullopt;
    return issued.key_hash;
}

}  // namespace choso::api
