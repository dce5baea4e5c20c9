#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settlement/statements/statement.hpp"

/// The fields of SWIFT MT940 and MT942, and the dialects in which banks write them.
namespace choso::statements {

struct MtField {
    std::string_view tag;             ///< `61`, `60F`, `86`, `NS`
    std::vector<std::string_view> lines;  ///< the first behind the tag, then those below; no line ends
    std::size_t place = 0;            ///< line in the file, from 1
    bool after_end = false;           ///< a trailer (`-`, `-}`) stands before it
};

/// Cuts a file into fields, one after another. Only tags that MT940 and MT942 know begin one, since a wrapped text may
/// begin with a colon; block headers, trailers and empty lines go. The text must outlive the fields.
class MtFields {
 public:
    explicit MtFields(std::string_view text) : rows_{text, 0} {}
    /// None at the end.
    [[nodiscard]] std::optional<MtField> next();
    /// The reading ended at a row or field longer than any bank writes.
    [[nodiscard]] bool too_long() const { return too_long_; }

 private:
    struct Rows {
        std::string_view left;
        std::size_t place;
        [[nodiscard]] bool next(std::string_view& row);
    };
    /// The field that a row begins, if it does; may take the next row too.
    [[nodiscard]] std::optional<MtField> begun_by(std::string_view row);
    [[nodiscard]] bool begins_message() const;

    Rows rows_;
    std::optional<MtField> begun_;
    bool after_end_ = false, any_ = false, in_text_ = false, too_long_ = false;
};

/// A balance: `C260128VND1151800,`; none if it is not understood.
[[nodiscard]] std::optional<Balance> mt_balance(std::string_view text);
/// `1234,5`, `1.234,50`, `1234.5`.
[[nodiscard]] std::optional<Decimal> mt_amount(std::string_view text);

/// Reads `:61:` with what stands below it. Empty, or the problem's text.
[[nodiscard]] std::string mt_line(MtField const& field, Line& line);

/// Puts what `:86:` (all of a line's, in order) and `:NS:` say of it into the line.
void mt_details(std::vector<MtField const*> const& fields, Line& line);

}  // namespace choso::statements
