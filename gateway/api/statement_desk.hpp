#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/api/edge.hpp"
#include "gateway/api/maker.hpp"
#include "settlement/imports/importer.hpp"

namespace choso::api {

/// POST /api/v1/statements: statements' files, one after another, on a thread of their own. What a stopped process left
/// half done is finished when the next one begins, and looked for again every minute.
class StatementDesk {
 public:
    StatementDesk(Edge& edge, std::string database_url, std::string schemas);
    StatementDesk(StatementDesk const&) = delete;
    StatementDesk& operator=(StatementDesk const&) = delete;
    ~StatementDesk();

    [[nodiscard]] http::Handler handler();
    void stop();

 private:
    struct Upload {
        std::shared_ptr<http::Responder> respond;
        Maker maker;
    };
    void take_in(Maker const& maker, std::shared_ptr<http::Responder> const& respond);
    void run();
    [[nodiscard]] imports::Importer& importer();
    void answer(Upload const& upload);

    Edge& edge_;
    std::string database_url_, schemas_;
    std::unique_ptr<imports::Importer> importer_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Upload> uploads_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::api
