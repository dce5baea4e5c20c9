#include <csignal>

#include "gateway.hpp"

namespace choso::edge_tests {
namespace {

class TlsGateway : public testing::Test {
 protected:
    void make(std::string const& name) const {
        auto const done = support::run({.arguments = {"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                                                      "subjectAltName=DNS:localhost", "-keyout", key(), "-out", chain()},
                                        .environment = {}, .output = {}, .input = {}});
        ASSERT_EQ(done.status, 0) << done.output;
    }
    [[nodiscard]] std::string chain() const { return (folder.path() / "chain.pem").string(); }
    [[nodiscard]] std::string key() const { return (folder.path() / "key.pem").string(); }
    [[nodiscard]] support::Finished curl(std::uint16_t port, std::vector<std::string> const& options) const {
        auto command = std::vector<std::string>{"curl", "-sv", "--max-time", "20", "--cacert", chain()};
        command.insert(command.end(), options.begin(), options.end());
        command.push_back("https://localhost:" + std::to_string(port) + "/livez");
        return support::run({.arguments = command, .environment = {}, .output = {}, .input = {}});
    }
    support::TemporaryFolder folder{};
};

TEST_F(TlsGateway, serves_curl_and_takes_a_new_certificate_on_sighup_but_no_bad_one) {
    make("first.example");
    auto const gateway = Gateway{{{"CHOSO_HTTP__TLS_CERTIFICATE", chain()}, {"CHOSO_HTTP__TLS_KEY", key()}}, true};
    auto const first = curl(gateway.port(), {});
    EXPECT_EQ(first.status, 0) << first.output;
    EXPECT_NE(first.output.find("Strict-Transport-Security: max-age=31536000"), std::string::npos) << first.output;
    EXPECT_NE(first.output.find("CN=first.example"), std::string::npos) << first.output;
    EXPECT_EQ(curl(gateway.port(), {"--tls-max", "1.2"}).status, 0);
    EXPECT_NE(curl(gateway.port(), {"--tls-max", "1.2", "--ciphers", "AES128-SHA"}).status, 0);

    make("second.example");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(support::eventually(patience, [&] { return gateway.log().find("certificate_loaded") != std::string::npos; })) << gateway.log();
    auto const second = curl(gateway.port(), {});
    EXPECT_EQ(second.status, 0) << second.output;
    EXPECT_NE(second.output.find("CN=second.example"), std::string::npos) << second.output;

    ASSERT_EQ(support::run({.arguments = {"sh", "-c", "echo rubbish > " + chain()}, .environment = {}, .output = {}, .input = {}}).status, 0);
    gateway.signal(SIGHUP);
    ASSERT_TRUE(support::eventually(patience, [&] { return gateway.log().find("certificate_refused") != std::string::npos; })) << gateway.log();
    auto const kept = support::run({.arguments = {"curl", "-skv", "--max-time", "20", "https://localhost:" + std::to_string(gateway.port()) + "/livez"}, .environment = {}, .output = {}, .input = {}});
    EXPECT_EQ(kept.status, 0) << kept.output;
    EXPECT_NE(kept.output.find("CN=second.example"), std::string::npos) << kept.output;
}

TEST_F(TlsGateway, does_not_start_with_half_a_pair_or_a_bad_file) {
    make("first.example");
    auto const serve = [&](std::map<std::string, std::string> settings) {
        settings.emplace("CHOSO_DATABASE__URL", "postgresql:///nowhere");
        return support::run({.arguments = {support::Cluster::program().string(), "config", "check"}, .environment = std::move(settings), .output = {}, .input = {}});
    };
    auto const half = serve({{"CHOSO_HTTP__TLS_CERTIFICATE", chain()}});
    EXPECT_EQ(half.status, 1);
    EXPECT_NE(half.output.find("http.tls_certificate"), std::string::npos) << half.output;
    EXPECT_EQ(serve({{"CHOSO_HTTP__TLS_CERTIFICATE", chain()}, {"CHOSO_HTTP__TLS_KEY", key()}}).status, 0);
}

}  // namespace
}  // namespace choso::edge_tests
