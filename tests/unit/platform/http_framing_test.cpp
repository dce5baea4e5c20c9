#include <random>
#include <set>

#include "framing_cases.hpp"
#include "http_fixture.hpp"
#include "platform/http/body_reader.hpp"
#include "platform/http/gate.hpp"

namespace choso::http {
namespace {

class Framing : public HttpServer, public testing::WithParamInterface<FramingCase> {
 protected:
    Framing() {
        options.body_bytes_max = 1000;
        auto const size = [](Request const& request, Responder respond) {
            respond(text(std::to_string(request.body.size())));
        };
        for (auto const method : {Method::get, Method::post, Method::options}) router.add(method, "/size", "size", size);
        start();
    }
};

TEST_P(Framing, is_read_one_way_only) {
    auto const answers = exchange(GetParam().bytes);
    auto statuses = std::vector<int>{};
    for (auto const& answer : answers) statuses.push_back(answer.status);
    EXPECT_EQ(statuses, GetParam().statuses);
    if (!GetParam().last_body.empty() && !answers.empty()) {
        EXPECT_EQ(answers.back().body, GetParam().last_body);
    }
}

TEST_P(Framing, leaves_the_connection_as_the_table_says) {
    auto const& row = GetParam();
    if (row.after == After::waits) return;  // what it waits for is the end, which the test above brings
    auto connection = wire();
    auto in = std::string{};
    auto next = std::optional<Response>{};
    try {
        connection.send(row.bytes);
        for (auto const status : row.statuses) {
            auto const answer = read_response(connection, in);
            ASSERT_TRUE(answer && answer->status == status);
        }
        connection.send(framing::second());
        next = read_response(connection, in);
    } catch (ClientError const&) {
        // Closed while the bytes were still being sent.
    }
    EXPECT_EQ(next.has_value(), row.after == After::lives);
    if (next) {
        EXPECT_EQ(next->status, 200);
    }
}

INSTANTIATE_TEST_SUITE_P(Table, Framing, testing::ValuesIn(framing_cases()), [](auto const& param) { return param.param.name; });

TEST(FramingTable, is_large_and_names_each_case_once) {
    auto names = std::set<std::string>{};
    for (auto const& row : framing_cases()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_GE(names.size(), 150U);
}

TEST(Bodies, are_read_the_same_however_they_are_cut) {
    auto const rows = std::vector<std::string>{"0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "1\r\nx\r\n00;a=b\r\n\r\n", "5;a=b\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"};
    for (auto const& body : rows) {
        auto const head_bytes = framing::chunked("");
        auto const head = gate::read(head_bytes);
        ASSERT_TRUE(head.ok());
        auto whole = BodyReader{*head, head_bytes, 1000};
        EXPECT_EQ(whole.feed(body), body.size());
        ASSERT_TRUE(whole.complete()) << body;
        auto const expected = whole.take();
        for (auto piece = std::size_t{1}; piece < body.size(); ++piece) {
            auto reader = BodyReader{*head, head_bytes, 1000};
            auto in = std::string{};
            for (auto at = std::size_t{0}; at < body.size(); at += piece) {
                in.append(body, at, piece);
                in.erase(0, reader.feed(in));
            }
            ASSERT_TRUE(reader.complete()) << body << " in pieces of " << piece;
            EXPECT_EQ(reader.take(), expected);
        }
    }
}

class Gate : public testing::Test {};

TEST_F(Gate, finds_the_same_head_however_it_is_cut) {
    auto const bytes = framing::post("Content-Length: 5\r\nX: y\r\n", "hello");
    auto const whole = gate::Finder{}.look(bytes);
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(*whole, bytes.size() - 5);
    for (auto cut = std::size_t{1}; cut < bytes.size(); ++cut) {
        auto finder = gate::Finder{};
        auto first = finder.look(std::string_view{bytes}.substr(0, cut));
        ASSERT_TRUE(first.ok()) << cut;
        auto const found = *first > 0 ? first : finder.look(bytes);
        ASSERT_TRUE(found.ok()) << cut;
        EXPECT_EQ(*found, *whole) << cut;
    }
}

TEST_F(Gate, never_lets_a_damaged_head_frame_a_body_two_ways) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    auto const original = framing::post("Content-Length: 5\r\nConnection: keep-alive\r\nX-A: b\r\n", "");
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto bytes = original;
        for (auto edits = 1 + random() % 3; edits > 0; --edits) {
            auto const at = random() % bytes.size();
            auto const with =
                static_cast<char>(random() % 4 == 0 ? "\r\n\t :,"[random() % 6] : static_cast<char>(random() % 256));
            if (random() % 2 == 0) {
                bytes[at] = with;
            } else {
                bytes.insert(at, 1, with);
            }
        }
        auto const read = gate::read(bytes);
        if (!read.ok()) continue;
        auto lengths = 0;
        for (auto const& [name, value] : read->fields) lengths += equals_ignoring_case(name, "Content-Length") ? 1 : 0;
        ASSERT_LE(lengths, 1) << "seed " << seed << ": " << bytes;
        ASSERT_EQ(read->framing == gate::Framing::length, lengths == 1 && read->content_length > 0)
            << "seed " << seed << ": " << bytes;
        ASSERT_EQ(bytes.find("\n\r\n"), bytes.size() - 3) << "seed " << seed << ": " << bytes;
    }
}

}  // namespace
}  // namespace choso::http
