#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace choso::tidy {

/// What a pair of braces is, as far as our style lets a reader without a compiler tell.
enum class BraceKind {
    space,     ///< namespace, extern "C"
    type,      ///< class, struct, union, enum
    function,  ///< a function's body, outside of any other
    block,     ///< statements within a function: if, loops, lambdas
    value      ///< an initializer: `Money{5}`, `{1, 2}`, `x{0}`
};

/// `head` is where the text that introduces the brace begins: after the last `;`, `{` or `}` on its level.
struct Brace {
    BraceKind kind;
    std::size_t head;
    std::size_t open;
    std::size_t close;
};

/// All pairs in text that went through without_prose, in the order of their opening. Unbalanced ones end at the text's end.
[[nodiscard]] std::vector<Brace> braces_of(std::string_view text);

}  // namespace choso::tidy
