#include "platform/xml/schema.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>

namespace choso::xml {
namespace {

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* it) const { release(it); }
};
using Reader = std::unique_ptr<xmlTextReader, Release<xmlTextReader, xmlFreeTextReader>>;
using Schema = std::unique_ptr<xmlSchema, Release<xmlSchema, xmlSchemaFree>>;
using SchemaParser = std::unique_ptr<xmlSchemaParserCtxt, Release<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt>>;

struct Complaints {
    std::size_t most;
    std::vector<std::string> lines;
};

/// libxml2's own call; the texts end in a line end.
void complain(void* to, xmlErrorPtr error) {
    auto& complaints = *static_cast<Complaints*>(to);
    if (complaints.lines.size() >= complaints.most) return;
    auto text = std::string{error->message != nullptr ? error->message : "not valid"};
    while (text.ends_with('\n')) text.pop_back();
    complaints.lines.push_back("line " + std::to_string(error->line) + ": " + text);
}
void ignore(void*, xmlErrorPtr) {}

/// What libxml2 would write to stderr by itself is kept from it, on this thread and for so long.
class Silence {
 public:
    Silence() { xmlSetStructuredErrorFunc(nullptr, ignore); }
    Silence(Silence const&) = delete;
    Silence& operator=(Silence const&) = delete;
    ~Silence() { xmlSetStructuredErrorFunc(nullptr, nullptr); }
};

}  // namespace

std::vector<std::string> schema_complaints(std::string const& schema, std::string_view document, std::size_t most) {
    if (document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {"the document is too long for a schema"};
    auto const silence = Silence{};
    auto const parser = SchemaParser{xmlSchemaNewParserCtxt(schema.c_str())};
    if (!parser) return {"the schema cannot be read"};
    xmlSchemaSetParserStructuredErrors(parser.get(), ignore, nullptr);
    auto const rules = Schema{xmlSchemaParse(parser.get())};
    if (!rules) return {"the schema cannot be read"};
    auto const reader = Reader{xmlReaderForMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT)};
    auto out = Complaints{most, {}};
    if (!reader || xmlTextReaderSetSchema(reader.get(), rules.get()) != 0) return {"the document cannot be read"};
    xmlTextReaderSetStructuredErrorHandler(reader.get(), complain, &out);
    while (out.lines.size() < most && xmlTextReaderRead(reader.get()) == 1)
        if (xmlTextReaderNodeType(reader.get()) == XML_READER_TYPE_DOCUMENT_TYPE) return {"a document type has no place in a message"};
    return std::move(out.lines);
}

std::string message_name(std::string_view document) {
    constexpr auto mark = std::string_view{"urn:iso:std:iso:20022:tech:xsd:"};
    constexpr auto head = std::size_t{4} << 10U;
    auto const at = document.substr(0, head).find(mark);
    if (at == std::string_view::npos) return {};
    document.remove_prefix(at + mark.size());
    auto const end = std::find_if_not(document.begin(), document.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.'; });
    return std::string{document.begin(), end};
}

}  // namespace choso::xml
