#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace choso::xml {

enum class ErrorCode {
    syntax,             ///< not well-formed, cut off, or in an encoding that is not read (UTF-8, UTF-16 and those of one byte a character are)
    document_type,      ///< a DTD: entities are never expanded here
    too_deep,
    text_too_long,
    control_character,  ///< a text holds one that no text column takes; only TAB, CR and LF pass
};
/// "document_type".
[[nodiscard]] std::string_view to_text(ErrorCode code);

struct Error {
    ErrorCode code;
    std::size_t offset;   ///< byte of the document
    std::string message;  ///< one English sentence; quotes nothing of the document
};

struct Limits {
    std::size_t depth = 32;
    std::size_t text_bytes = std::size_t{64} << 10U;  ///< of one element's own text
};

/// What a reader hears. `text` holds all characters that stand directly in the element, entities resolved, untrimmed; it
/// comes with the end, since expat cuts texts where it likes.
class Handler {
 public:
    Handler() = default;
    Handler(Handler const&) = delete;
    Handler& operator=(Handler const&) = delete;
    virtual ~Handler() = default;
    /// `offset`: of the tag's `<`.
    virtual void begin(std::string_view name, std::size_t offset) = 0;
    /// An attribute of the element that has just begun.
    virtual void attribute(std::string_view name, std::string_view value) = 0;
    /// `offset`: behind the tag's `>`.
    virtual void end(std::string_view name, std::string_view text, std::size_t offset) = 0;
};

/// Reads one document to its end or to its first error; what was heard before stays heard. An exception of the handler
/// ends the reading and comes out of here.
[[nodiscard]] std::optional<Error> read(std::string_view document, Handler& handler, Limits limits = {});

}  // namespace choso::xml
