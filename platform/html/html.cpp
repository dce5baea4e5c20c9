#include "platform/html/html.hpp"

#include <utility>

#include "base/assert.hpp"

namespace choso::html {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (auto const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

void Html::start(std::string_view name, Attributes attributes) {
    out_ += '<';
    out_ += name;
    for (auto const& [attribute, value] : attributes) {
        out_ += ' ';
        out_ += attribute;
        out_ += "=\"";
        out_ += escaped(value);
        out_ += '"';
    }
    out_ += '>';
}

Html& Html::open(std::string_view name, Attributes attributes) {
    start(name, attributes);
    open_.emplace_back(name);
    return *this;
}

Html& Html::close() {
    CHOSO_ASSERT(!open_.empty());
    out_ += "</" + open_.back() + ">\n";
    open_.pop_back();
    return *this;
}

Html& Html::line(std::string_view name, std::string_view words, Attributes attributes) {
    return open(name, attributes).text(words).close();
}

Html& Html::lone(std::string_view name, Attributes attributes) {
    start(name, attributes);
    out_ += '\n';
    return *this;
}

Html& Html::text(std::string_view words) {
    out_ += escaped(words);
    return *this;
}

Html& Html::trusted(std::string_view html) {
    out_ += html;
    return *this;
}

std::string Html::take() {
    CHOSO_ASSERT(open_.empty());
    return std::move(out_);
}

}  // namespace choso::html
