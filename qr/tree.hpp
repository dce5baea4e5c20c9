#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "qr/tlv.hpp"

namespace choso::qr {

/// One object of a payload, at any depth.
struct Node {
    int id = 0;
    int depth = 0;           ///< 0 on the root's level
    bool is_open = false;    ///< a template: what follows one deeper is inside it, and its own value is not written
    std::string_view value;  ///< points into what was read, or wherever a caller made it point
    std::size_t offset = 0;  ///< byte at which the id stands
};

/// A whole payload, object by object in reading order, unknown and doubled ones included. Nothing is lost: what cannot be
/// read as objects stands in `rest`, and a template that does not come apart stays closed.
struct Tree {
    std::vector<Node> nodes;
    std::string_view rest;  ///< after the last readable object of the root
};

/// Reads every level: templates of the root (26–51, 62, 64, 80–99), VietQR's payee (38.01), and payment systems' own
/// templates in 62 (50–99). No recursion; `payload` must outlive the tree.
[[nodiscard]] Tree read_tree(std::string_view payload, Counting counting = Counting::characters);

/// The payload of a tree: of one just read, byte for byte what was read. A value changed must stay at most 99 long, and so
/// must the templates around it; 63 is not made anew.
[[nodiscard]] std::string write_tree(Tree const& tree, Counting counting = Counting::characters);

}  // namespace choso::qr
