// The speaker on the counter, played by the reference client (tests/support/sound_box.mjs): it says each receipt once, also after
// a cut, and what it did not acknowledge it is told again.
#include <sstream>

#include "base/id.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

/// A box as its maker would write it, running until the test ends it.
class Box {
 public:
    Box(Province const& province, std::string const& token, std::string const& acks = "Infinity")
        : process_{{{"node", project("tests/support/sound_box.mjs").string(), province.base_url, token, acks},
                    {},
                    province.folder.path() / ("box-" + std::to_string(next_number())),
                    {}}} {}

    /// What it was told so far, in order.
    [[nodiscard]] std::vector<json::Value> told() const {
        auto out = std::vector<json::Value>{};
        auto lines = std::istringstream{process_.output()};
        for (std::string line; std::getline(lines, line) && !lines.eof();) out.push_back(parsed(line));
        return out;
    }
    [[nodiscard]] std::vector<std::string> sentences() const {
        auto out = std::vector<std::string>{};
        for (auto const& each : told()) out.push_back(text_at(each, "text"));
        return out;
    }
    [[nodiscard]] bool comes_to_say(std::vector<std::string> const& wanted) const {
        return support::eventually(patience, [&] { return sentences() == wanted; });
    }
    support::Process& process() { return process_; }

 private:
    support::Process process_;
};

class SoundBox : public testing::Test {
 protected:
    Province province;
    Stall stall = province.stall(0);

    std::string pairs(Stall const& with, std::string const& serial, std::string const& dialect = "north") const {
        return text_at(province.choso_json({"admin", "sound-box", "pair", "--stall", with.id, "--serial", serial, "--dialect", dialect}).front(), "token");
    }
    /// Waits until the server has taken the box in: from then on it hears.
    [[nodiscard]] bool is_heard(std::string const& serial) const {
        return support::eventually(patience, [&] { return province.sql("select count(*) from sound_box where acked is not null and serial = '" + serial + "'") == "1"; });
    }
    [[nodiscard]] std::string acked(std::string const& serial) const { return province.sql("select acked from sound_box where serial = '" + serial + "'"); }
};

TEST_F(SoundBox, says_each_receipt_once_in_order_and_after_a_restart_what_it_missed) {
    auto const box = Box{province, pairs(stall, "LOA-1")};
    ASSERT_TRUE(is_heard("LOA-1"));
    auto const short_one = stall.asks(200'000);
    province.bank().credits(short_one, 200);
    province.bank().credits(stall.asks(50'000), 50'000);
    province.bank().credits(province.stall(1).asks(10'000), 10'000);  // another stall's is nobody's business here
    auto heard = std::vector<std::string>{
        "Cảnh báo. Thiếu tiền. Chỉ nhận hai trăm đồng, còn thiếu một trăm chín mươi chín nghìn tám trăm đồng", "Đã nhận đủ năm mươi nghìn đồng"};
    ASSERT_TRUE(box.comes_to_say(heard)) << testing::PrintToString(box.sentences());
    auto const first = box.told().front();
    EXPECT_EQ(text_at(first, "kind"), "short");
    EXPECT_EQ(text_at(first, "alarm"), "true");
    EXPECT_EQ(text_at(first, "amount"), "200");
    EXPECT_EQ(text_at(first, "payment").rfind("pay_", 0), 0U) << text_at(first, "payment");

    auto const missed = stall.asks(30'000);
    auto const other = province.another_gateway();
    province.stop();
    auto const notice = province.bank().transfer(missed, 45'000);
    auto const taken = post_to(other->port(), "/feeds/sepay", {{"Authorization", "Apikey " + text_at(province.demo, "sepay.api_key")}, {"Content-Type", "application/json"}}, notice.json());
    ASSERT_EQ(taken.status(), 200) << taken.response.body;
    province.start();
    heard.emplace_back("Đã nhận bốn mươi lăm nghìn đồng. Thừa mười lăm nghìn đồng, mời trả lại khách");
    EXPECT_TRUE(box.comes_to_say(heard)) << testing::PrintToString(box.sentences());
}

TEST_F(SoundBox, what_was_not_acknowledged_is_told_again_and_what_was_is_not) {
    auto const token = pairs(stall, "LOA-2");
    auto const tell = [&](std::int64_t amount) { province.bank().credits(stall.asks(amount), amount); };
    auto const words = std::vector<std::string>{"Đã nhận đủ một nghìn đồng", "Đã nhận đủ hai nghìn đồng", "Đã nhận đủ ba nghìn đồng"};
    auto start = std::string{};
    {
        auto dies = Box{province, token, "1"};  // says all, acknowledges only the first
        ASSERT_TRUE(is_heard("LOA-2"));
        start = acked("LOA-2");
        for (auto const amount : {1'000, 2'000, 3'000}) tell(amount);
        ASSERT_TRUE(dies.comes_to_say(words)) << testing::PrintToString(dies.sentences());
        ASSERT_TRUE(support::eventually(patience, [&] { return acked("LOA-2") != start; })) << "the acknowledgement was not kept";
    }
    {
        auto const again = Box{province, token};
        EXPECT_TRUE(again.comes_to_say({words[1], words[2]})) << testing::PrintToString(again.sentences());
        tell(4'000);
        EXPECT_TRUE(again.comes_to_say({words[1], words[2], "Đã nhận đủ bốn nghìn đồng"})) << testing::PrintToString(again.sentences());
        auto const last = province.sql("select max(seq) from event where bucket = (select bucket from event where type = 'payment.received' order by at desc limit 1) "
                                       "and type = 'payment.received'");
        ASSERT_TRUE(support::eventually(patience, [&] { return acked("LOA-2") == last; })) << acked("LOA-2") << " of " << last;
    }
    auto const third = Box{province, token};
    tell(5'000);
    EXPECT_TRUE(third.comes_to_say({"Đã nhận đủ năm nghìn đồng"})) << testing::PrintToString(third.sentences());
}

TEST_F(SoundBox, where_nothing_was_asked_a_twentieth_of_the_usual_is_an_alarm) {
    auto const reference = province.sql("select reference from stall where id = '" + to_hyphenated(StallId::parse(stall.id)->uuid()) + "'");
    auto const comes = [&](std::int64_t amount) { ASSERT_EQ(province.bank().sends(province.bank().transfer(stall.account, reference + " tien hang", amount)).status(), 200); };
    for (auto n = 0; n < 5; ++n) comes(60'000);
    auto const box = Box{province, pairs(stall, "LOA-6")};
    ASSERT_TRUE(is_heard("LOA-6"));
    comes(3'000);
    comes(2'900);
    EXPECT_TRUE(box.comes_to_say({"Đã nhận ba nghìn đồng", "Cảnh báo. Tiền nhỏ. Chỉ nhận hai nghìn chín trăm đồng"})) << testing::PrintToString(box.sentences());
}

TEST_F(SoundBox, two_boxes_of_one_stall_speak_their_own_dialects) {
    auto const north = Box{province, pairs(stall, "LOA-3")};
    auto const south = Box{province, pairs(stall, "LOA-4", "south")};
    ASSERT_TRUE(is_heard("LOA-3"));
    ASSERT_TRUE(is_heard("LOA-4"));
    province.bank().credits(stall.asks(25'000), 25'000);
    EXPECT_TRUE(north.comes_to_say({"Đã nhận đủ hai mươi lăm nghìn đồng"})) << testing::PrintToString(north.sentences());
    EXPECT_TRUE(south.comes_to_say({"Đã nhận đủ hai mươi lăm ngàn đồng"})) << testing::PrintToString(south.sentences());
}

TEST_F(SoundBox, a_revoked_one_ends_at_its_next_word_and_its_token_opens_nothing) {
    auto const token = pairs(stall, "LOA-5");
    auto box = Box{province, token};
    ASSERT_TRUE(is_heard("LOA-5"));
    EXPECT_NE(province.choso({"admin", "sound-box", "pair", "--stall", stall.id, "--serial", "LOA-5"}).status, 0) << "a serial is paired twice";
    EXPECT_EQ(province.choso({"admin", "sound-box", "revoke", "LOA-5"}).status, 0);
    EXPECT_NE(province.choso({"admin", "sound-box", "revoke", "LOA-5"}).status, 0);
    province.bank().credits(stall.asks(5'000), 5'000);
    EXPECT_EQ(box.process().wait(patience), 1) << "it goes on: " << box.process().output();
}

/// What no maker's client would send.
class SoundBoxEdge : public SharedProvince {
 protected:
    static std::vector<http::Header> asking(std::string const& token) {
        return {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                {"Authorization", "Bearer " + token}};
    }
    static int status_of(std::vector<http::Header> headers) {
        return http::Client{"127.0.0.1", province().port, patience}.request(http::Method::get, "/sound-box", headers).status;
    }
};

TEST_F(SoundBoxEdge, who_asks_wrongly_is_refused) {
    EXPECT_EQ(status_of(asking("sb_khong-co")), 401);
    EXPECT_EQ(status_of(asking(text_at(province().demo, "api_key"))), 401);
    EXPECT_EQ(status_of({{"Authorization", "Bearer sb_khong-co"}}), 400);
    auto old = asking("sb_khong-co");
    old[2].value = "8";
    EXPECT_EQ(status_of(old), 400);
}

TEST_F(SoundBoxEdge, a_broken_frame_is_answered_by_its_code_and_the_line_ends) {
    auto const stall = province().stall(2);
    auto const token = text_at(province().choso_json({"admin", "sound-box", "pair", "--stall", stall.id, "--serial", "LOA-9"}).front(), "token");
    auto const ends_with = [&](std::string_view bytes) {
        auto head = std::string{"GET /sound-box HTTP/1.1\r\nHost: 127.0.0.1\r\n"};
        for (auto const& [name, value] : asking(token)) head += name + ": " + value + "\r\n";
        auto wire = http::Wire{"127.0.0.1", province().port, patience};
        wire.send(head + "\r\n" + std::string{bytes});  // at once: what comes with the request is read too
        auto in = std::string{};
        while (wire.receive(in)) {
        }
        EXPECT_TRUE(in.starts_with("HTTP/1.1 101 Switching Protocols\r\n")) << in;
        EXPECT_NE(in.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos) << in;
        return in.substr(in.find("\r\n\r\n") + 4);
    };
    EXPECT_EQ(ends_with("\x81\x02hi"), "\x88\x02\x03\xea");                              // not masked: 1002
    EXPECT_EQ(ends_with(std::string_view{"\x82\x81" "abcd" "x", 7}), "\x88\x02\x03\xeb");  // binary: 1003
    EXPECT_EQ(ends_with(std::string_view{"\x88\x80" "abcd", 6}), "\x88\x02\x03\xe8");      // an end in order
    EXPECT_EQ(ends_with(std::string_view{"\x81\xff\0\0\0\0\x10\0\0\0" "abcd", 14}), "\x88\x02\x03\xf1");  // 256 MB announced: 1009
}

}  // namespace
}  // namespace choso::stories
