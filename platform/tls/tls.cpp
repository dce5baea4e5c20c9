#include "platform/tls/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <stdexcept>
#include <utility>

namespace choso::tls {
namespace {

struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Context = std::unique_ptr<SSL_CTX, Free>;

/// TLS 1.2: forward secrecy and an AEAD, nothing else.
constexpr auto ciphers_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

/// The library's newest complaint, which names functions and reasons but never a secret.
std::string last_error() {
    auto text = std::array<char, 256>{};
    auto const code = ERR_peek_last_error();
    ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    auto const* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : text.data();
}

std::string day_of(ASN1_TIME const* time) {
    auto parts = std::tm{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "?";
    auto text = std::array<char, 32>{};
    auto const size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

Context new_context() {
    auto context = Context{SSL_CTX_new(TLS_server_method())};
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context.get(), ciphers_1_2) != 1) {
        throw std::runtime_error{"TLS cannot be set up: " + last_error()};
    }
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                           SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_TICKET);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_early_data(context.get(), 0);
    // A key behind a passphrase is refused; nobody sits at a server's terminal.
    SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; });
    return context;
}

int as_int(std::size_t size) { return static_cast<int>(std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max()))); }

}  // namespace

struct Certificates::Loaded {
    Context context;
    std::string valid_until;

    static std::shared_ptr<Loaded const> from(std::string const& chain_file, std::string const& key_file) {
        ERR_clear_error();
        auto context = new_context();
        if (SSL_CTX_use_certificate_chain_file(context.get(), chain_file.c_str()) != 1)
            throw std::runtime_error{chain_file + " is no certificate chain in PEM: " + last_error()};
        if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1)
            throw std::runtime_error{key_file + " is no private key of that certificate, in PEM and without a passphrase: " + last_error()};
        if (SSL_CTX_check_private_key(context.get()) != 1)
            throw std::runtime_error{key_file + " does not belong to " + chain_file + ": " + last_error()};
        auto const* leaf = SSL_CTX_get0_certificate(context.get());
        auto out = std::make_shared<Loaded>();
        out->valid_until = day_of(leaf != nullptr ? X509_get0_notAfter(leaf) : nullptr);
        if (leaf != nullptr && X509_cmp_current_time(X509_get0_notAfter(leaf)) <= 0)
            throw std::runtime_error{chain_file + " ended at " + out->valid_until};
        out->context = std::move(context);
        return out;
    }
};

Certificates::Certificates(std::string chain_file, std::string key_file)
    : chain_file_{std::move(chain_file)}, key_file_{std::move(key_file)}, loaded_{Loaded::from(chain_file_, key_file_)} {}

Certificates::~Certificates() = default;

std::optional<std::string> Certificates::reload() {
    try {
        auto fresh = Loaded::from(chain_file_, key_file_);
        auto const lock = std::lock_guard{mutex_};
        loaded_ = std::move(fresh);
        return std::nullopt;
    } catch (std::exception const& wrong) {
        return wrong.what();
    }
}

std::string Certificates::valid_until() const {
    auto const lock = std::lock_guard{mutex_};
    return loaded_->valid_until;
}

struct Session::Impl {
    std::unique_ptr<SSL, Free> ssl;

    Step step_of(int result) const {
        switch (SSL_get_error(ssl.get(), result)) {
            case SSL_ERROR_WANT_READ: return Step::reads;
            case SSL_ERROR_WANT_WRITE: return Step::writes;
            case SSL_ERROR_ZERO_RETURN: return Step::ended;
            default: ERR_clear_error(); return Step::failed;
        }
    }
};

std::unique_ptr<Session> Certificates::greet(int socket) const {
    auto const loaded = [this] {
        auto const lock = std::lock_guard{mutex_};
        return loaded_;
    }();
    auto impl = std::make_unique<Session::Impl>();
    // The SSL keeps its context alive, also when the certificates have been replaced meanwhile.
    impl->ssl.reset(SSL_new(loaded->context.get()));
    if (!impl->ssl || SSL_set_fd(impl->ssl.get(), socket) != 1) return nullptr;
    SSL_set_accept_state(impl->ssl.get());
    return std::make_unique<Session>(std::move(impl));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Session::~Session() = default;

Step Session::handshake() {
    ERR_clear_error();
    auto const result = SSL_do_handshake(impl_->ssl.get());
    return result == 1 ? Step::done : impl_->step_of(result);
}

Progress Session::read(char* to, std::size_t bytes_max) {
    ERR_clear_error();
    auto const result = SSL_read(impl_->ssl.get(), to, as_int(bytes_max));
    if (result > 0) return {Step::done, static_cast<std::size_t>(result)};
    return {impl_->step_of(result), 0};
}

Progress Session::write(std::string_view bytes) {
    if (bytes.empty()) return {Step::done, 0};
    ERR_clear_error();
    auto const result = SSL_write(impl_->ssl.get(), bytes.data(), as_int(bytes.size()));
    if (result > 0) return {Step::done, static_cast<std::size_t>(result)};
    return {impl_->step_of(result), 0};
}

void Session::say_goodbye() {
    if (SSL_is_init_finished(impl_->ssl.get()) != 1) return;
    ERR_clear_error();
    (void)SSL_shutdown(impl_->ssl.get());
    ERR_clear_error();
}

bool Session::holds_input() const { return SSL_has_pending(impl_->ssl.get()) == 1; }

}  // namespace choso::tls
