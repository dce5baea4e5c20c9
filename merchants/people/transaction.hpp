#pragma once
#include <stdexcept>

#include "platform/postgres/connection.hpp"

namespace choso::people {

/// One transaction of this connection; undone unless it was committed.
class Transaction {
 public:
    explicit Transaction(postgres::Connection& connection) : connection_{connection} { connection_.execute("begin"); }
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction() {
        if (committed_) return;
        try {
            connection_.execute("rollback");
        } catch (std::runtime_error const&) {
            // The connection is gone, and the transaction with it.
        }
    }
    void commit() {
        connection_.execute("commit");
        committed_ = true;
    }

 private:
    postgres::Connection& connection_;
    bool committed_ = false;
};

}  // namespace choso::people
