#pragma once
#include <memory>

#include "gateway/cli/context.hpp"
#include "gateway/payments/queue.hpp"
#include "merchants/directory_watch.hpp"

namespace choso::cli {

/// An order to the book through a core of this process' own, like every order: it takes the bucket's lock beside the
/// gateway's lanes. Answers after its commit.
[[nodiscard]] payments::Answer order(Context const& context, merchants::DirectoryWatch const& directory,
                                     std::unique_ptr<payments::Command const> command);

}  // namespace choso::cli
