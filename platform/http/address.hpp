#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace choso::http {

/// An IPv4 or IPv6 address; IPv4 inside IPv6 (`::ffff:1.2.3.4`) is the IPv4 address.
class Address {
 public:
    /// Without port, brackets, zone or blanks.
    [[nodiscard]] static std::optional<Address> parse(std::string_view text);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_loopback() const;
    [[nodiscard]] std::string text() const;
    /// Whom limits count as one: the address, or the /64 that an IPv6 customer is given whole.
    [[nodiscard]] std::string neighbourhood() const;
    [[nodiscard]] std::array<std::uint8_t, 16> const& bytes() const { return bytes_; }

 private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// A network in CIDR notation, `10.0.0.0/8`; an address alone is the network of just it.
class Network {
 public:
    /// None also if bits stand behind the prefix (`10.0.0.1/8`): that is a typing error more often than not.
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(Address const& address) const;

 private:
    Address base_{};
    int bits_ = 128;
};

/// Who sent a request: the peer, or, where the peer is a proxy of ours, the last address of `X-Forwarded-For` that is
/// not one. What stands to the left of that was written by the client and is not believed.
///
/// `forwarded_for` is all fields of that name, in order, joined by commas.
[[nodiscard]] std::string client_address(std::string_view peer, std::string_view forwarded_for, std::vector<Network> const& proxies);

}  // namespace choso::http
