#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso catalogue import|export|moderate|sellers …`.
int catalogue(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);
/// `choso seller open|identify|approve|suspend|list`.
int seller(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
