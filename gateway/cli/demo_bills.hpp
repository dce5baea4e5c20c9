#pragma once
#include <string>

#include "gateway/cli/context.hpp"
#include "base/id.hpp"

namespace choso::cli {

/// The demo school's class, made in the transaction that is open; its id as scripts read it.
[[nodiscard]] std::string demo_class(postgres::Connection& connection, MerchantId school);
/// Pupils of that class, with bills to pay. Run again it bills nobody twice.
[[nodiscard]] int bill_demo_class(Context const& context, postgres::Connection& connection, MerchantId school);

}  // namespace choso::cli
