#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso serve [--config FILE]`: the gateway, until SIGTERM or SIGINT; then no new connections, what runs is finished and
/// answered, and it ends. Returns 0 after a graceful end, 1 when it cannot start (the reason on `err`), 2 for a wrong
/// command line. "ready" and its address are a line of the log.
int serve(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
