#pragma once
#include <functional>
#include <string>
#include <vector>

#include "gateway/payments/core.hpp"
#include "merchants/directory.hpp"
#include "settlement/imports/store.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::imports {

struct StatementTag { static constexpr std::string_view prefix = "stm"; };
using StatementId = Id<StatementTag>;

/// What became of one statement of a file.
struct ImportedStatement {
    std::string id;       ///< `stm_…`; empty: of no account of ours, or in the book before
    std::string account;  ///< as the file names it
    std::string format, proof, state, why;
    std::size_t lines = 0, confirmed = 0, posted = 0, repeated = 0, kept_out = 0;
};

struct Imported {
    Uuid file{};
    bool known = false;  ///< these bytes were here before
    std::optional<statements::Refused> refused;
    std::vector<ImportedStatement> statements;
    [[nodiscard]] bool ok() const { return !refused; }
};

/// Seconds spent so far, for load tests.
struct Spent {
    double parse_match = 0, confirm = 0, post = 0, keep = 0;
};

/// Takes statements' files into the book. One thread at a time; the core answers on its own.
class Importer {
 public:
    /// Whether the sender may speak of an account; a statement of another is not looked at.
    using May = std::function<bool(merchants::BankAccount const&)>;

    Importer(std::string const& database_url, payments::Core& core, std::function<std::shared_ptr<merchants::Directory const>()> directory, Clock const& clock);

    /// Throws postgres::ConnectionLost or StatementFailed; the file may be given again.
    Imported take(std::string_view name, std::string_view bytes, Origin const& origin, May const& may = {});
    /// What a stopped process left half done is finished, and what was held judged again.
    void resume();

    /// Asked between lines: true ends what is under way with an exception; it is gone on with later.
    void stop_when(std::function<bool()> stopping) { stopping_ = std::move(stopping); }

    /// Where XML schemas lie whose findings are kept as a statement's warnings.
    void advise_by(std::string schemas) { schemas_ = std::move(schemas); }

    [[nodiscard]] Spent const& spent() const { return spent_; }

 private:
    /// `only`: those of its statements, by place, which were taken before.
    Imported read(Uuid file, std::string_view bytes, May const& may, std::optional<std::set<std::size_t>> const& only = {});
    [[nodiscard]] statements::Parsed parsed(std::string_view bytes, May const& may);
    [[nodiscard]] Prepared prepare(statements::Statement& statement, merchants::BankAccount const& account, Uuid file);
    void judge(Prepared& prepared, statements::Summary const& summary, Uuid file);
    void judge_again(Bucket bucket, AccountId account, Uuid just_read);
    void match(Prepared& prepared);
    void confirm(Prepared& prepared);
    void post(Prepared& prepared);
    void book(Prepared& prepared);
    /// Throws when it is time to stop.
    void go_on() const;
    [[nodiscard]] std::unique_ptr<payments::RecordCredit> credit_of(Prepared const& prepared, matching::LineFact const& line) const;

    Store store_;
    payments::Core& core_;
    std::function<std::shared_ptr<merchants::Directory const>()> directory_of_;
    std::shared_ptr<merchants::Directory const> directory_;
    Clock const& clock_;
    Spent spent_;
    std::function<bool()> stopping_;
    bool judging_again_ = false;
    std::string schemas_;
};

/// The number under which statements of a format tell sightings; no feed has such.
[[nodiscard]] std::int32_t source_of(std::string_view format, bool proved);

}  // namespace choso::imports
