#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "http_fixture.hpp"
#include "platform/tls/tls.hpp"

namespace choso::http {
namespace {

/// A folder with a certificate of that name and its key, signed by itself.
class Pair {
 public:
    explicit Pair(std::string const& name) { make(name); }
    Pair(Pair const&) = delete;
    Pair& operator=(Pair const&) = delete;
    ~Pair() { std::filesystem::remove_all(folder_); }

    /// Puts another certificate and key into the same files.
    void make(std::string const& name) {
        auto const command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" + name +
                             " -addext subjectAltName=DNS:localhost -keyout " + key() + " -out " + chain() + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error{"openssl req failed"};
    }
    [[nodiscard]] std::string chain() const { return folder_ + "/chain.pem"; }
    [[nodiscard]] std::string key() const { return folder_ + "/key.pem"; }

 private:
    static std::string new_folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "choso-tls.XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"mkdtemp failed"};
        return pattern;
    }
    std::string folder_ = new_folder();
};

/// A client that trusts anybody and tells whom it met. Empty answers where the connection breaks.
class TlsClient {
 public:
    struct Options {
        int version_max = TLS1_3_VERSION;
        std::string ciphers{};
    };
    explicit TlsClient(std::uint16_t port) : TlsClient{port, Options{}} {}
    TlsClient(std::uint16_t port, Options const& options) {
        context_ = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_, options.version_max);
        SSL_CTX_set_security_level(context_, 0);
        if (!options.ciphers.empty()) SSL_CTX_set_cipher_list(context_, options.ciphers.c_str());
        bio_ = BIO_new_ssl_connect(context_);
        BIO_set_conn_hostname(bio_, ("127.0.0.1:" + std::to_string(port)).c_str());
        open_ = BIO_do_connect(bio_) == 1 && BIO_do_handshake(bio_) == 1;
    }
    TlsClient(TlsClient const&) = delete;
    TlsClient& operator=(TlsClient const&) = delete;
    ~TlsClient() {
        BIO_free_all(bio_);
        SSL_CTX_free(context_);
        ERR_clear_error();
    }
    [[nodiscard]] bool open() const { return open_; }
    [[nodiscard]] std::string met() const {
        auto name = std::string(64, '\0');
        auto* certificate = SSL_get1_peer_certificate(ssl());
        if (certificate == nullptr) return {};
        auto const size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), 64);
        X509_free(certificate);
        name.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return name;
    }
    [[nodiscard]] std::string version() const { return SSL_get_version(ssl()); }
    void send(std::string_view bytes) { BIO_write(bio_, bytes.data(), static_cast<int>(bytes.size())); }
    /// Reads until `text` stands in what has come; all that has come.
    std::string until(std::string_view text) {
        auto chunk = std::array<char, 4096>{};
        while (in_.find(text) == std::string::npos) {
            auto const n = BIO_read(bio_, chunk.data(), chunk.size());
            if (n <= 0) break;
            in_.append(chunk.data(), static_cast<std::size_t>(n));
        }
        return std::exchange(in_, {});
    }

 private:
    [[nodiscard]] SSL* ssl() const {
        SSL* out = nullptr;
        BIO_get_ssl(bio_, &out);
        return out;
    }
    SSL_CTX* context_ = nullptr;
    BIO* bio_ = nullptr;
    bool open_ = false;
    std::string in_{};
};

class Tls : public HttpServer {
 protected:
    Tls() {
        std::signal(SIGPIPE, SIG_IGN);
        options.certificates = certificates;
        options.linger_timeout = std::chrono::milliseconds{50};
        router.add(Method::get, "/hello", "hello", [](Request const& request, Responder respond) { respond(text(request.secure ? "hello" : "plain")); });
        router.add(Method::post, "/echo", "echo", [](Request const& request, Responder respond) { respond(text(request.body)); },
                   {.body_bytes_max = 3'000'000});
        router.add(Method::get, "/stream", "stream", [this](Request const&, Responder respond) {
            respond(StreamStart{.attach = [this](std::shared_ptr<Stream> live) { streams.push(std::move(live)); }});
        });
    }
    Pair pair{"first"};
    std::shared_ptr<tls::Certificates> certificates = std::make_shared<tls::Certificates>(pair.chain(), pair.key());
    Queue<std::shared_ptr<Stream>> streams{};
    std::string const hello = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";
};

TEST_F(Tls, answers_and_asks_to_come_back_by_tls) {
    start();
    auto client = TlsClient{server->port()};
    ASSERT_TRUE(client.open());
    EXPECT_EQ(client.met(), "first");
    EXPECT_EQ(client.version(), "TLSv1.3");
    for (auto i = 0; i < 20; ++i) {
        client.send(hello);
        auto const answer = client.until("hello");
        EXPECT_NE(answer.find("200 OK"), std::string::npos);
        EXPECT_NE(answer.find("Strict-Transport-Security: max-age=31536000\r\n"), std::string::npos);
    }
}

TEST_F(Tls, says_nothing_of_tls_without_it) {
    options.certificates = nullptr;
    start();
    auto const answer = HttpServer::client().get("/hello");
    EXPECT_EQ(answer.body, "plain");
    EXPECT_FALSE(answer.header("Strict-Transport-Security"));
}

struct Offer {
    char const* name;
    int version_max;
    char const* ciphers;
    bool taken;
};
void PrintTo(Offer const& row, std::ostream* out) { *out << row.name; }
class Offers : public Tls, public testing::WithParamInterface<Offer> {};

TEST_P(Offers, are_taken_if_they_are_safe) {
    start();
    auto const client = TlsClient{server->port(), {.version_max = GetParam().version_max, .ciphers = GetParam().ciphers}};
    EXPECT_EQ(client.open(), GetParam().taken);
}

INSTANTIATE_TEST_SUITE_P(tls, Offers,
                         testing::Values(Offer{"tls_1_3", TLS1_3_VERSION, "", true}, Offer{"tls_1_2", TLS1_2_VERSION, "", true},
                                         Offer{"tls_1_1", TLS1_1_VERSION, "", false}, Offer{"tls_1_0", TLS1_VERSION, "", false},
                                         Offer{"gcm", TLS1_2_VERSION, "ECDHE-ECDSA-AES128-GCM-SHA256", true},
                                         Offer{"chacha", TLS1_2_VERSION, "ECDHE-ECDSA-CHACHA20-POLY1305", true},
                                         Offer{"cbc", TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA256", false},
                                         Offer{"no_forward_secrecy", TLS1_2_VERSION, "AES128-GCM-SHA256", false},
                                         Offer{"anonymous", TLS1_2_VERSION, "AECDH-AES128-SHA", false},
                                         Offer{"null", TLS1_2_VERSION, "ECDHE-ECDSA-NULL-SHA", false}),
                         [](auto const& each) { return each.param.name; });

TEST_F(Tls, greets_with_the_new_certificate_and_keeps_who_is_there) {
    start();
    auto before = TlsClient{server->port()};
    before.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    auto const live = streams.pop().value();
    pair.make("second");
    EXPECT_EQ(certificates->reload(), std::nullopt);
    auto after = TlsClient{server->port()};
    EXPECT_EQ(after.met(), "second");
    EXPECT_TRUE(live->send(sse_event("payment", "{}")));
    EXPECT_NE(before.until("event: payment").find("event: payment"), std::string::npos) << "a stream outlives the reload";
    EXPECT_EQ(before.met(), "first");
}

TEST_F(Tls, keeps_the_old_certificate_where_the_new_files_are_bad_and_says_so) {
    start();
    auto const good = certificates->valid_until();
    auto const other = Pair{"other"};
    std::filesystem::copy_file(other.key(), pair.key(), std::filesystem::copy_options::overwrite_existing);
    auto const mismatched = certificates->reload();
    ASSERT_TRUE(mismatched);
    EXPECT_NE(mismatched->find(pair.key()), std::string::npos) << *mismatched;
    std::ofstream{pair.chain()} << "rubbish";
    auto const rubbish = certificates->reload();
    ASSERT_TRUE(rubbish);
    EXPECT_NE(rubbish->find(pair.chain()), std::string::npos) << *rubbish;
    std::filesystem::remove(pair.chain());
    EXPECT_TRUE(certificates->reload());
    EXPECT_EQ(certificates->valid_until(), good);
    auto client = TlsClient{server->port()};
    EXPECT_EQ(client.met(), "first");
    client.send(hello);
    EXPECT_NE(client.until("hello").find("200 OK"), std::string::npos);
}

TEST_F(Tls, does_not_begin_with_a_bad_pair) {
    EXPECT_THROW((tls::Certificates{pair.chain(), "/nowhere"}), std::runtime_error);
    EXPECT_THROW((tls::Certificates{pair.key(), pair.chain()}), std::runtime_error);
}

TEST_F(Tls, takes_large_bodies_and_gives_large_answers) {
    start();
    auto client = TlsClient{server->port()};
    auto const body = std::string(2'500'000, 'x') + "END";
    auto sender = std::thread{[&] { client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body); }};
    sender.join();
    auto const answer = client.until("END");
    EXPECT_TRUE(answer.ends_with(body));
}

TEST_F(Tls, leaves_who_speaks_plainly_and_who_says_nothing) {
    options.header_timeout = std::chrono::milliseconds{100};
    start();
    auto plain = wire();
    plain.send(hello);
    auto in = std::string{};
    EXPECT_FALSE(read_response(plain, in));
    auto silent = wire();
    EXPECT_FALSE(silent.receive(in));
    auto client = TlsClient{server->port()};
    client.send(hello);
    EXPECT_NE(client.until("hello").find("200 OK"), std::string::npos);
}

TEST_F(Tls, tells_a_stream_when_its_client_has_gone) {
    start();
    auto client = std::make_unique<TlsClient>(server->port());
    client->send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    auto const live = streams.pop().value();
    auto ended = Queue<bool>{};
    live->on_close([&] { ended.push(true); });
    client.reset();
    EXPECT_TRUE(ended.pop());
}

}  // namespace
}  // namespace choso::http
