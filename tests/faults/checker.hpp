#pragma once
#include "tests/faults/clients.hpp"

namespace choso::faults {

/// Asserts what must be true when all faults are over and every client was answered:
///
/// - no client has a complaint; each was answered in the end;
/// - every acknowledged request and notice stands in the book once, with its amount, and nothing else does; each has one
///   event of each kind, one journal, one sighting;
/// - no command is in quarantine;
/// - `choso verify` is clean; hledger accepts the exported ledger and computes the balances we keep (skipped, with a word,
///   where hledger is missing).
///
/// `histories` are all that ever spoke to this database, but for `unpaid` requests that the test made itself.
void expect_sound_book(support::Database const& database, std::vector<Clients const*> const& histories, std::int64_t unpaid = 0);

}  // namespace choso::faults
