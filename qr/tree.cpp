#include "qr/tree.hpp"

#include <array>

#include "base/assert.hpp"

namespace choso::qr {
namespace {

constexpr int depth_max = 3;

/// Whether the standard (or NAPAS) says that objects stand inside: `above` are the ids on the way from the root.
bool may_be_template(std::array<int, depth_max> const& above, int depth, int id) {
    if (depth == 0) return (id >= 26 && id <= 51) || id == 62 || id == 64 || id >= 80;
    if (depth == 1) return (above[0] == 38 && id == 1) || (above[0] == 62 && id >= 50);
    return false;
}

bool comes_apart(Element const& element, Counting counting) {
    TlvCursor cursor{element.value, element.value_offset(), counting};
    bool any = false;
    for (Element inner; cursor.next(inner);) any = true;
    return any && !cursor.fault();
}

}  // namespace

Tree read_tree(std::string_view payload, Counting counting) {
    Tree tree;
    std::array<int, depth_max> above{};
    std::vector<TlvCursor> levels{{payload, 0, counting}};
    levels.reserve(depth_max);
    while (!levels.empty()) {
        auto const depth = static_cast<int>(levels.size()) - 1;
        Element element;
        if (!levels.back().next(element)) {
            if (auto const& fault = levels.back().fault()) tree.rest = payload.substr(fault->offset);
            levels.pop_back();
            continue;
        }
        bool const opens = may_be_template(above, depth, element.id) && comes_apart(element, counting);
        tree.nodes.push_back({element.id, depth, opens, element.value, element.offset});
        if (!opens) continue;
        above[static_cast<std::size_t>(depth)] = element.id;
        levels.emplace_back(element.value, element.value_offset(), counting);
    }
    return tree;
}

std::string write_tree(Tree const& tree, Counting counting) {
    // The texts of the levels that are open, the root's first, and the ids of the templates that they stand in.
    std::vector<std::string> texts(1);
    std::vector<int> ids;
    auto const close_to = [&](std::size_t depth) {
        while (ids.size() > depth) {
            auto const inside = std::move(texts.back());
            texts.pop_back();
            Element const whole{ids.back(), inside, 0};
            texts.back() += write_tlv({&whole, 1}, counting);
            ids.pop_back();
        }
    };
    for (auto const& node : tree.nodes) {
        CHOSO_ASSERT(node.depth >= 0 && static_cast<std::size_t>(node.depth) <= ids.size());
        close_to(static_cast<std::size_t>(node.depth));
        if (node.is_open) {
            ids.push_back(node.id);
            texts.emplace_back();
        } else {
            Element const leaf{node.id, node.value, node.offset};
            texts.back() += write_tlv({&leaf, 1}, counting);
        }
    }
    close_to(0);
    return texts.front() += tree.rest;
}

}  // namespace choso::qr
