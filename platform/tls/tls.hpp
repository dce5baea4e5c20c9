#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

/// TLS on a non-blocking socket: the server's side.
namespace choso::tls {

class Session;

/// A certificate chain with its key, as new connections are greeted with it. Any thread.
class Certificates {
 public:
    /// PEM files: the chain, leaf first, and its private key. Throws std::runtime_error that names the file at fault.
    Certificates(std::string chain_file, std::string key_file);
    Certificates(Certificates const&) = delete;
    Certificates& operator=(Certificates const&) = delete;
    ~Certificates();

    /// Reads both files again, for the connections that come from now on; open ones keep what they have. Returns what is
    /// wrong with the files, in which case nothing changed.
    [[nodiscard]] std::optional<std::string> reload();
    /// When the chain in use ends, `2027-01-31T00:00:00Z`.
    [[nodiscard]] std::string valid_until() const;
    /// The server's end of a connection on `socket`, which is non-blocking and outlives it.
    [[nodiscard]] std::unique_ptr<Session> greet(int socket) const;

 private:
    struct Loaded;
    std::string chain_file_, key_file_;
    mutable std::mutex mutex_;
    std::shared_ptr<Loaded const> loaded_;
};

/// What a call came to.
enum class Step {
    done,      ///< it did something; `bytes` says how much
    reads,     ///< try again when the socket has something to read
    writes,    ///< try again when the socket takes something
    ended,     ///< the peer said goodbye or went away in order
    failed,    ///< not TLS, a broken record, a reset
};
struct Progress {
    Step step = Step::failed;
    std::size_t bytes = 0;
};

/// One connection. Only one thread; no call waits.
class Session {
 public:
    struct Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;
    ~Session();

    [[nodiscard]] Step handshake();
    [[nodiscard]] Progress read(char* to, std::size_t bytes_max);
    /// After `reads` or `writes` the same bytes must be given again; where they stand may change.
    [[nodiscard]] Progress write(std::string_view bytes);
    /// Tells the peer that nothing more comes, if the socket takes it at once.
    void say_goodbye();
    /// Decrypted bytes that wait in here, where no waiting on the socket would find them.
    [[nodiscard]] bool holds_input() const;

 private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace choso::tls
