#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/api/person.hpp"
#include "gateway/api/rows.hpp"
#include "settlement/exceptions/candidates.hpp"
#include "settlement/exceptions/instalments.hpp"

/// Exceptions as people are shown them, and who may see which.
namespace choso::api {

/// Whose work they are.
inline constexpr people::Roles desk_roles{people::Role::reconciler, people::Role::approver};

/// The collectors whose exceptions are the person's, by their own merchants.
[[nodiscard]] Owners desks_of(Person const& person);
/// What `id` names, if it is the person's to see; else it does not exist.
[[nodiscard]] std::optional<settlement::ShownException> exception_of(Person const& person, postgres::Connection& connection, std::string_view id);

/// `candidates`: null where nobody asked for any. With `notes` it is one by itself, with whom its account collects for and the
/// `instalments` it is one of.
[[nodiscard]] std::string to_json(settlement::ShownException const& shown, merchants::Directory const& directory,
                                  std::vector<settlement::Candidate> const* candidates, std::vector<settlement::ShownNote> const* notes, Instant now,
                                  std::optional<settlement::Instalments> const& instalments = {});

}  // namespace choso::api
