#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"

namespace choso::events {

/// Opens an exception for each fact that is one, as its event comes; ends those that have resolved themselves, and once a day
/// opens what only time makes one (a notice without a line by T+2).
class ExceptionReader {
 public:
    ExceptionReader(Reading from, Clock const& clock, payments::Core& core);
    ~ExceptionReader();
    ExceptionReader(ExceptionReader const&) = delete;
    ExceptionReader& operator=(ExceptionReader const&) = delete;

 private:
    void sweep();
    void sweep_once(postgres::Connection& connection);

    std::string database_url_;
    std::chrono::milliseconds poll_;
    Clock const& clock_;
    payments::Core& core_;
    std::unique_ptr<postgres::Connection> reading_;  ///< the reader thread's own
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread sweeper_;
    std::unique_ptr<LeasedReader> reader_;
};

}  // namespace choso::events
