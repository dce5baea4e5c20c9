#include <gtest/gtest.h>

#include <ostream>

#include "platform/http/address.hpp"

namespace choso::http {
namespace {

struct Row {
    char const* name;
    char const* text;
    char const* shown;  ///< empty: no address
    char const* neighbourhood = "";
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }
class Addresses : public testing::TestWithParam<Row> {};

TEST_P(Addresses, are_read_strictly) {
    auto const address = Address::parse(GetParam().text);
    EXPECT_EQ(address ? address->text() : "", GetParam().shown);
    EXPECT_EQ(address ? address->neighbourhood() : "", GetParam().neighbourhood);
}

INSTANTIATE_TEST_SUITE_P(http, Addresses,
                         testing::Values(Row{"v4", "203.0.113.9", "203.0.113.9", "203.0.113.9"},
                                         Row{"v6", "2001:DB8:1:2:3::9", "2001:db8:1:2:3::9", "2001:db8:1:2::/64"},
                                         Row{"v4_in_v6", "::ffff:203.0.113.9", "203.0.113.9", "203.0.113.9"}, Row{"empty", "", ""},
                                         Row{"port", "203.0.113.9:80", ""}, Row{"brackets", "[::1]", ""}, Row{"zone", "fe80::1%eth0", ""},
                                         Row{"too_few", "203.0.113", ""}, Row{"octal", "0203.0.113.9", ""}, Row{"too_large", "203.0.113.256", ""},
                                         Row{"blank", " 203.0.113.9", ""}, Row{"name", "localhost", ""}, Row{"unknown", "unknown", ""}),
                         [](auto const& each) { return each.param.name; });

TEST(Addresses, know_this_machine) {
    for (auto const* text : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) EXPECT_TRUE(Address::parse(text)->is_loopback()) << text;
    for (auto const* text : {"128.0.0.1", "0.0.0.0", "::2", "10.0.0.1"}) EXPECT_FALSE(Address::parse(text)->is_loopback()) << text;
}

struct Inside {
    char const* name;
    char const* network;
    char const* address;
    bool in;
};
void PrintTo(Inside const& row, std::ostream* out) { *out << row.name; }
class Networks : public testing::TestWithParam<Inside> {};

TEST_P(Networks, hold_their_addresses) {
    auto const network = Network::parse(GetParam().network);
    ASSERT_TRUE(network);
    EXPECT_EQ(network->contains(*Address::parse(GetParam().address)), GetParam().in);
}

INSTANTIATE_TEST_SUITE_P(http, Networks,
                         testing::Values(Inside{"first", "10.0.0.0/8", "10.0.0.0", true}, Inside{"last", "10.0.0.0/8", "10.255.255.255", true},
                                         Inside{"next", "10.0.0.0/8", "11.0.0.0", false}, Inside{"odd_bits", "192.168.4.0/22", "192.168.7.255", true},
                                         Inside{"odd_bits_next", "192.168.4.0/22", "192.168.8.0", false},
                                         Inside{"alone", "203.0.113.9", "203.0.113.9", true}, Inside{"alone_next", "203.0.113.9", "203.0.113.8", false},
                                         Inside{"everything", "0.0.0.0/0", "203.0.113.9", true}, Inside{"not_v6", "0.0.0.0/0", "2001:db8::1", false},
                                         Inside{"v6", "2001:db8::/32", "2001:db8:ffff::1", true}, Inside{"v6_next", "2001:db8::/32", "2001:db9::1", false},
                                         Inside{"mapped", "10.0.0.0/8", "::ffff:10.1.2.3", true}),
                         [](auto const& each) { return each.param.name; });

TEST(Networks, are_refused_where_they_say_what_was_not_meant) {
    for (auto const* text : {"", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8 ", "10.0.0.1/8", "2001:db8::/129", "localhost/8", "/8", "10.0.0.0/0x8"})
        EXPECT_FALSE(Network::parse(text)) << text;
}

struct Forwarded {
    char const* name;
    char const* peer;
    char const* header;
    char const* client;
};
void PrintTo(Forwarded const& row, std::ostream* out) { *out << row.name; }
class Clients : public testing::TestWithParam<Forwarded> {};

TEST_P(Clients, are_named_by_our_own_proxies_only) {
    auto const proxies = std::vector{*Network::parse("10.0.0.0/8"), *Network::parse("fd00::/8")};
    EXPECT_EQ(client_address(GetParam().peer, GetParam().header, proxies), GetParam().client);
}

INSTANTIATE_TEST_SUITE_P(http, Clients,
                         testing::Values(Forwarded{"no_proxy", "203.0.113.9", "198.51.100.1", "203.0.113.9"},
                                         Forwarded{"one", "10.0.0.1", "198.51.100.1", "198.51.100.1"},
                                         Forwarded{"none_told", "10.0.0.1", "", "10.0.0.1"},
                                         Forwarded{"client_lies", "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"},
                                         Forwarded{"two_proxies", "10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"},
                                         Forwarded{"lie_behind_two", "10.0.0.1", "1.2.3.4,198.51.100.1 ,10.0.0.2", "198.51.100.1"},
                                         Forwarded{"rubbish_last", "10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"},
                                         Forwarded{"rubbish_before", "10.0.0.1", "rubbish, 10.0.0.2", "10.0.0.2"},
                                         Forwarded{"all_ours", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
                                         Forwarded{"v6", "fd00::1", "2001:db8::9", "2001:db8::9"},
                                         Forwarded{"commas", "10.0.0.1", ",,", "10.0.0.1"}),
                         [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace choso::http
