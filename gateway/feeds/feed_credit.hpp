#pragma once
#include <memory>
#include <string>

#include "base/reference.hpp"
#include "gateway/feeds/notice.hpp"
#include "gateway/payments/commands.hpp"
#include "merchants/directory.hpp"

namespace choso::feeds {

/// The command a notice of `feed` about `account` is. `headers` and `raw` are kept beside the payment.
[[nodiscard]] std::unique_ptr<payments::RecordCredit> to_command(BankNotice const& notice, merchants::Feed const& feed,
                                                                 merchants::BankAccount const& account, merchants::Directory const& directory,
                                                                 ReferenceIssuer const& issuer, Instant now);

}  // namespace choso::feeds
