#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"
#include "settlement/exceptions/exception.hpp"

/// Questions about exceptions, each one statement over named buckets.
namespace choso::settlement {

/// One as it is shown: with what the bank said, and who has it.
struct ShownException {
    Exception row;
    std::string reference;  ///< the payment carried, or was corrected to
    std::string content;    ///< the bank's text; empty if it was erased
    std::string bank_ref;
    std::string owner_name;
};
struct ExceptionFilter {
    std::string state = "open";  ///< open: all that is not done; all; or one state's word
    std::optional<ExceptionKind> kind;
    std::optional<Uuid> before;
    std::int64_t limit = 50;
};
/// `buckets`, `merchants`: arrays of equal length, the owners whose exceptions are asked for. Newest first.
[[nodiscard]] std::vector<ShownException> list_exceptions(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& merchants,
                                                          ExceptionFilter const& filter);
[[nodiscard]] std::optional<ShownException> find_exception(postgres::Connection& connection, ExceptionId id);

struct ShownNote {
    ExceptionNote note;
    std::string author;
};
[[nodiscard]] std::vector<ShownNote> notes_of(postgres::Connection& connection, ExceptionId id);

/// What waits, by kind, state and age: 0–1, 2–3, 4–7, 8–30 days and older (0 to 4).
struct WorkLeft {
    ExceptionKind kind = ExceptionKind::unreferenced;
    ExceptionState state = ExceptionState::open;
    int age = 0;
    std::int64_t count = 0;
    Money amount;
    Instant oldest;
};
[[nodiscard]] std::vector<WorkLeft> work_left(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& merchants, Instant now);

}  // namespace choso::settlement
