#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

/// What `choso qr` has printed: read by gateway/cli/qr.cpp alone, which also has their usage.
namespace choso::cli {

/// `choso qr standee`: one counter's code as a PDF. Exit code as every command's.
int standee(std::vector<std::string_view> args, std::ostream& out, std::ostream& err);
/// `choso qr prices`: one code a price; `in`: `12000 rau muống`, one a line.
int prices(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
