#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/api/edge.hpp"
#include "gateway/feeds/desk.hpp"
#include "platform/http/responder.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::feeds {

struct CamtEntry;

/// POST /feeds/camt: a bank's camt.054. A file is refused whole (nothing of it happens) when it is no camt.054 or names an
/// account that its sender may not speak for; else every movement in it is taken, found to be a repetition, or refused for
/// itself and kept raw, and the answer says of each which. A file may be sent again at any time, half-way ones too.
///
/// Files are read one after another on a thread of their own, each movement submitted as it is read, at most 256 under
/// way: what a file takes of memory is its bytes. A line that takes a credit back waits for those before it, among which
/// that credit may be.
class CamtDesk {
 public:
    CamtDesk(api::Edge& edge, Desk desk, std::string database_url);
    CamtDesk(CamtDesk const&) = delete;
    CamtDesk& operator=(CamtDesk const&) = delete;
    ~CamtDesk();

    [[nodiscard]] http::Handler handler();
    /// What has begun is finished, what waits is told to come again.
    void stop();

 private:
    struct File;
    class Reading;
    void take_in(http::Request const& request, http::Responder respond);
    void run();
    void read_guarded(File const& file);
    void read(File const& file);
    void submit(Reading& reading, CamtEntry const& entry, std::unique_ptr<payments::RecordCredit> command);
    [[nodiscard]] std::optional<PaymentId> find_original(payments::RecordCredit const& line, std::vector<std::string> const& references);

    api::Edge& edge_;
    Desk desk_;
    std::string database_url_;
    std::unique_ptr<postgres::Connection> connection_;  ///< of the thread's own, to find what a line takes back
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<File> files_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::feeds
