#pragma once
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "marketplace/search/index.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::marketplace {

/// The search index of this process, as new as the database: each question first asks which version the catalogue has (one
/// row) and takes in what changed since. So what was imported is found when the import's commit has been, in every process
/// (docs/adr/0044). Any thread.
class LiveIndex {
 public:
    /// The answer as of now. Throws what postgres::Connection throws.
    [[nodiscard]] Found find(postgres::Connection& connection, Query const& query);
    [[nodiscard]] std::vector<std::string> suggest(postgres::Connection& connection, std::string_view typed, std::size_t most);
    [[nodiscard]] std::shared_ptr<Document const> document(postgres::Connection& connection, ProductId id);
    /// Takes in what changed; what `find` does first. Called once at start, so that no shopper waits for the first load.
    void catch_up(postgres::Connection& connection);
    [[nodiscard]] std::size_t size() const;

 private:
    /// Returns how many rows were read; the last of them moves `at`.
    struct At {
        std::int64_t changed = 0;
        Uuid id{};
    };
    int take_in(postgres::Connection& connection, At& at, std::int64_t version);

    std::mutex loading_;
    mutable std::shared_mutex mutex_;
    Index index_;
    std::atomic<std::int64_t> version_{0};
};

/// What can be bought of each product now: on hand less what is promised, all variants together.
[[nodiscard]] std::unordered_map<Uuid, std::int64_t, UuidHash> available(postgres::Connection& connection,
                                                                        std::vector<std::shared_ptr<Document const>> const& rows);

}  // namespace choso::marketplace
