#include "platform/http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "platform/http/message.hpp"

namespace choso::http {
namespace {

constexpr auto v4_prefix = std::array<std::uint8_t, 12>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool equal_bits(std::array<std::uint8_t, 16> const& a, std::array<std::uint8_t, 16> const& b, int bits) {
    for (auto i = std::size_t{0}; bits > 0; ++i, bits -= 8) {
        auto const mask = static_cast<std::uint8_t>(bits >= 8 ? 0xFF : 0xFF << (8 - bits));
        if ((a[i] & mask) != (b[i] & mask)) return false;
    }
    return true;
}

bool is_trusted(Address const& address, std::vector<Network> const& proxies) {
    return std::any_of(proxies.begin(), proxies.end(), [&](Network const& network) { return network.contains(address); });
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (text.empty() || text.size() > 45) return std::nullopt;
    auto const terminated = std::string{text};
    auto out = Address{};
    if (text.find(':') != std::string_view::npos) {
        if (inet_pton(AF_INET6, terminated.c_str(), out.bytes_.data()) != 1) return std::nullopt;
        return out;
    }
    std::copy(v4_prefix.begin(), v4_prefix.end(), out.bytes_.begin());
    if (inet_pton(AF_INET, terminated.c_str(), out.bytes_.data() + v4_prefix.size()) != 1) return std::nullopt;
    return out;
}

bool Address::is_v4() const { return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes_.begin()); }

bool Address::is_loopback() const {
    static auto const v6 = std::array<std::uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return is_v4() ? bytes_[12] == 127 : bytes_ == v6;
}

std::string Address::text() const {
    auto out = std::array<char, INET6_ADDRSTRLEN>{};
    auto const v4 = is_v4();
    inet_ntop(v4 ? AF_INET : AF_INET6, bytes_.data() + (v4 ? v4_prefix.size() : 0), out.data(), out.size());
    return out.data();
}

std::string Address::neighbourhood() const {
    if (is_v4()) return text();
    auto first = *this;
    std::fill(first.bytes_.begin() + 8, first.bytes_.end(), std::uint8_t{0});
    return first.text() + "/64";
}

std::optional<Network> Network::parse(std::string_view text) {
    auto const slash = text.find('/');
    auto const base = Address::parse(text.substr(0, slash));
    if (!base) return std::nullopt;
    auto out = Network{};
    out.base_ = *base;
    if (slash == std::string_view::npos) return out;
    auto const digits = text.substr(slash + 1);
    auto bits = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.size() > 3 || digits.starts_with('-')) return std::nullopt;
    if (bits > (base->is_v4() ? 32 : 128)) return std::nullopt;
    out.bits_ = base->is_v4() ? bits + 96 : bits;
    for (auto bit = out.bits_; bit < 128; ++bit)
        if ((base->bytes()[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
    return out;
}

bool Network::contains(Address const& address) const { return equal_bits(base_.bytes(), address.bytes(), bits_); }

std::string client_address(std::string_view peer, std::string_view forwarded_for, std::vector<Network> const& proxies) {
    auto const at = Address::parse(peer);
    if (!at) return std::string{peer};
    auto client = *at;
    for (auto rest = forwarded_for; is_trusted(client, proxies) && !rest.empty();) {
        auto const comma = rest.rfind(',');
        auto const last = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
        rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
        auto const named = Address::parse(last);
        if (!named) break;
        client = *named;
    }
    return client.text();
}

}  // namespace choso::http
