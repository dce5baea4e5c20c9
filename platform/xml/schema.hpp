#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace choso::xml {

/// What an XML schema finds wrong with a document, as advice: nothing is refused for it. At most `most` lines, each with its place;
/// empty when the document is valid. The document is read as a stream; nothing is fetched, no entity is expanded.
/// `schema` is a file; one that cannot be read, or is no schema, is the only line.
[[nodiscard]] std::vector<std::string> schema_complaints(std::string const& schema, std::string_view document, std::size_t most);

/// The name of an ISO 20022 message by its namespace, `camt.053.001.02`; empty if the head of the document names none.
[[nodiscard]] std::string message_name(std::string_view document);

}  // namespace choso::xml
