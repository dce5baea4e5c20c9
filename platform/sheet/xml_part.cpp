#include "platform/sheet/xml_part.hpp"

#include <expat.h>
#include <zip.h>

#include <array>
#include <exception>
#include <memory>

namespace choso::sheet {
namespace {

constexpr std::size_t depth_max = 64;
/// No honest sheet packs so well over so much; a bomb packs a thousandfold.
constexpr std::size_t ratio_max = 200;
constexpr std::size_t ratio_counts_from = std::size_t{32} << 20U;
constexpr char separator = '\x1F';

std::string_view local_name(char const* name) {
    auto const text = std::string_view{name};
    auto const at = text.rfind(separator);
    return at == std::string_view::npos ? text : text.substr(at + 1);
}

/// expat around one handler; no exception passes through expat.
class Parsing {
 public:
    Parsing(PartHandler& handler, std::size_t text_max) : handler_{handler}, text_max_{text_max}, parser_{XML_ParserCreateNS(nullptr, separator), XML_ParserFree} {
        auto* parser = parser_.get();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, [](void* me, char const* name, char const** list) { as(me).begin(name, list); },
                              [](void* me, char const* name) { as(me).end(name); });
        XML_SetCharacterDataHandler(parser, [](void* me, char const* text, int length) { as(me).text({text, static_cast<std::size_t>(length)}); });
        XML_SetStartDoctypeDeclHandler(parser, [](void* me, char const*, char const*, char const*, int) {
            as(me).stop(Problem{"xml_forbidden", 0, "the workbook's XML has a document type, which is refused"});
        });
    }

    /// False: no more is wanted.
    bool feed(std::string_view piece, bool last) {
        auto const status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
        if (thrown_) std::rethrow_exception(thrown_);
        if (stopped_) return false;
        if (status == XML_STATUS_OK) return true;
        problem_ = Problem{"bad_xml", 0, XML_ErrorString(XML_GetErrorCode(parser_.get()))};
        return false;
    }
    [[nodiscard]] std::optional<Problem> const& problem() const { return problem_; }

 private:
    static Parsing& as(void* me) { return *static_cast<Parsing*>(me); }

    void stop(std::optional<Problem> problem) {
        stopped_ = true;
        if (!problem_) problem_ = std::move(problem);
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    void begin(char const* name, char const** list) {
        if (stopped_) return;
        if (depth_ == depth_max) return stop(Problem{"bad_xml", 0, "elements are nested too deeply"});
        if (texts_.size() == depth_) texts_.emplace_back();
        texts_[depth_++].clear();
        attributes_.clear();
        for (auto const** at = list; *at != nullptr; at += 2) attributes_.push_back({local_name(at[0]), at[1]});
        try {
            handler_.begin(local_name(name), attributes_);
        } catch (...) {
            thrown_ = std::current_exception();
            stop(std::nullopt);
        }
    }

    void text(std::string_view part) {
        if (depth_ == 0 || stopped_) return;
        auto& text = texts_[depth_ - 1];
        if (text.size() + part.size() > text_max_) return stop(Problem{"too_large", 0, "a text is longer than is read"});
        text += part;
    }

    void end(char const* name) {
        if (stopped_) return;
        auto go_on = true;
        try {
            go_on = handler_.end(local_name(name), texts_[depth_ - 1]);
        } catch (...) {
            thrown_ = std::current_exception();
            go_on = false;
        }
        --depth_;
        if (!go_on) stop(handler_.problem);
    }

    PartHandler& handler_;
    std::size_t text_max_;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
    std::vector<std::string> texts_;  ///< of the open elements; their memory is used again
    std::size_t depth_ = 0;
    std::vector<PartHandler::Attribute> attributes_;
    bool stopped_ = false;
    std::optional<Problem> problem_;
    std::exception_ptr thrown_;
};

}  // namespace

Package::Package(std::string_view file, Limits const& limits) : limits_{limits}, packed_bytes_{file.size()} {
    auto error = zip_error_t{};
    zip_error_init(&error);
    auto* const source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    if (source != nullptr) zip_ = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip_ == nullptr) {
        if (source != nullptr) zip_source_free(source);
        problem_ = Problem{"not_a_table", 0, "the file is no whole zip"};
    } else if (zip_get_num_entries(zip_, 0) > 10'000) {
        problem_ = Problem{"zip_bomb", 0, "the zip has more entries than a workbook"};
    }
    zip_error_fini(&error);
}

Package::~Package() {
    if (zip_ != nullptr) zip_discard(zip_);
}

bool Package::has(std::string const& name) const { return zip_name_locate(zip_, name.c_str(), ZIP_FL_NOCASE) >= 0; }

std::optional<Problem> Package::read(std::string const& name, PartHandler& handler) {
    auto const at = zip_name_locate(zip_, name.c_str(), ZIP_FL_NOCASE);
    if (at < 0) return Problem{"not_a_table", 0, "a part of the workbook is missing"};
    auto const file = std::unique_ptr<zip_file_t, int (*)(zip_file_t*)>{zip_fopen_index(zip_, static_cast<zip_uint64_t>(at), 0), zip_fclose};
    if (!file) return Problem{"not_a_table", 0, "a part of the workbook cannot be unpacked (encrypted, or an unknown packing)"};
    auto parsing = Parsing{handler, limits_.cell_bytes_max};
    auto piece = std::vector<char>(std::size_t{64} << 10U);
    for (;;) {
        auto const got = zip_fread(file.get(), piece.data(), piece.size());
        if (got < 0) return Problem{"not_a_table", 0, "the zip is damaged"};
        unpacked_ += static_cast<std::size_t>(got);
        if (unpacked_ > limits_.unpacked_bytes_max || (unpacked_ > ratio_counts_from && unpacked_ / ratio_max > packed_bytes_))
            return Problem{"zip_bomb", 0, "the file unpacks to more than is read"};
        auto const more = parsing.feed({piece.data(), static_cast<std::size_t>(got)}, got == 0);
        if (parsing.problem()) return parsing.problem();
        if (!more || got == 0) return std::nullopt;
    }
}

}  // namespace choso::sheet
