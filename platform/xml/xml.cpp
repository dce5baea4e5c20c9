#include "platform/xml/xml.hpp"

#include <expat.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <vector>

namespace choso::xml {
namespace {

constexpr std::array<std::string_view, 5> words{"syntax", "document_type", "too_deep", "text_too_long", "control_character"};
constexpr std::size_t piece = std::size_t{64} << 10U;
constexpr char separator = '\x1F';

std::string_view local_name(char const* name) {
    auto const text = std::string_view{name};
    auto const at = text.rfind(separator);
    return at == std::string_view::npos ? text : text.substr(at + 1);
}

/// Encodings of one byte a character that expat does not know (windows-1252, windows-1258 …), by libc's tables. Tone marks
/// of windows-1258 come as characters of their own.
int find_encoding(void*, char const* name, XML_Encoding* table) {
    auto* const handle = iconv_open("UCS-4LE", name);
    if (handle == reinterpret_cast<iconv_t>(-1)) return XML_STATUS_ERROR;
    for (auto byte = 0; byte < 256; ++byte) {
        auto from = static_cast<char>(byte);
        auto* in = &from;
        auto to = std::array<unsigned char, 8>{};
        auto* out = reinterpret_cast<char*>(to.data());
        auto in_left = std::size_t{1}, out_left = to.size();
        (void)iconv(handle, nullptr, nullptr, nullptr, nullptr);
        auto const taken = iconv(handle, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1) && iconv(handle, nullptr, nullptr, &out, &out_left) != static_cast<std::size_t>(-1);
        table->map[byte] = taken && out_left == to.size() - 4 ? to[0] | (to[1] << 8) | (to[2] << 16) : -1;
    }
    iconv_close(handle);
    // A table that does not hold ASCII is of another kind of encoding; expat would refuse it too.
    if (table->map['<'] != '<' || table->map['a'] != 'a') return XML_STATUS_ERROR;
    table->data = nullptr;
    table->convert = nullptr;
    table->release = nullptr;
    return XML_STATUS_OK;
}

/// One reading: expat's callbacks end here. No exception may pass through expat, so it is kept and thrown behind it.
class Reading {
 public:
    Reading(Handler& handler, Limits limits) : handler_{handler}, limits_{limits}, parser_{XML_ParserCreateNS(nullptr, separator), XML_ParserFree} {
        auto* parser = parser_.get();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, [](void* me, char const* name, char const** attributes) { as(me).begin(name, attributes); },
                              [](void* me, char const* name) { as(me).end(name); });
        XML_SetCharacterDataHandler(parser, [](void* me, char const* text, int length) { as(me).text({text, static_cast<std::size_t>(length)}); });
        XML_SetUnknownEncodingHandler(parser, find_encoding, nullptr);
        XML_SetStartDoctypeDeclHandler(parser, [](void* me, char const*, char const*, char const*, int) {
            as(me).stop(ErrorCode::document_type, "the document has a document type, which is refused");
        });
    }

    std::optional<Error> run(std::string_view document) {
        do {
            auto const part = document.substr(0, piece);
            document.remove_prefix(part.size());
            auto const status = XML_Parse(parser_.get(), part.data(), static_cast<int>(part.size()), document.empty() ? 1 : 0);
            if (thrown_) std::rethrow_exception(thrown_);
            if (error_) return error_;
            if (status != XML_STATUS_OK) return Error{ErrorCode::syntax, offset(), XML_ErrorString(XML_GetErrorCode(parser_.get()))};
        } while (!document.empty());
        return std::nullopt;
    }

 private:
    static Reading& as(void* me) { return *static_cast<Reading*>(me); }
    [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get()))); }

    void stop(ErrorCode code, std::string message) {
        if (!error_) error_ = Error{code, offset(), std::move(message)};
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    template <class Call>
    void guarded(Call const& call) {
        if (error_ || thrown_) return;
        try {
            call();
        } catch (...) {
            thrown_ = std::current_exception();
            XML_StopParser(parser_.get(), XML_FALSE);
        }
    }

    void begin(char const* name, char const** attributes) {
        if (texts_.size() == limits_.depth) return stop(ErrorCode::too_deep, "elements are nested too deeply");
        texts_.emplace_back();
        guarded([&] {
            handler_.begin(local_name(name), offset());
            for (auto const** at = attributes; *at != nullptr; at += 2) handler_.attribute(local_name(at[0]), at[1]);
        });
    }

    void text(std::string_view part) {
        if (texts_.empty() || error_ || thrown_) return;
        auto& text = texts_.back();
        if (text.size() + part.size() > limits_.text_bytes) return stop(ErrorCode::text_too_long, "a text is too long");
        auto const is_control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F; };
        if (std::any_of(part.begin(), part.end(), is_control)) return stop(ErrorCode::control_character, "a text holds a control character");
        text += part;
    }

    void end(char const* name) {
        if (error_ || thrown_) return;
        auto const behind = offset() + static_cast<std::size_t>(std::max(0, XML_GetCurrentByteCount(parser_.get())));
        guarded([&] { handler_.end(local_name(name), texts_.back(), behind); });
        texts_.pop_back();
    }

    Handler& handler_;
    Limits limits_;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
    std::vector<std::string> texts_;
    std::optional<Error> error_;
    std::exception_ptr thrown_;
};

}  // namespace

std::string_view to_text(ErrorCode code) { return words[static_cast<std::size_t>(code)]; }

std::optional<Error> read(std::string_view document, Handler& handler, Limits limits) { return Reading{handler, limits}.run(document); }

}  // namespace choso::xml
