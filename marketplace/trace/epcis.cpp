#include "marketplace/trace/epcis.hpp"

#include <algorithm>
#include <array>

#include "marketplace/trace/gs1.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace choso::marketplace {
namespace {

struct Meaning {
    std::string_view step, action, biz_step, disposition;
};
// CBV 2.0's words for our steps. What it has no word for (growing, processing) is the nearest that is true.
constexpr auto meanings = std::to_array<Meaning>({
    {"growing", "OBSERVE", "inspecting", "in_progress"},
    {"harvesting", "ADD", "commissioning", "active"},
    {"processing", "OBSERVE", "repackaging", "in_progress"},
    {"packing", "OBSERVE", "packing", "in_progress"},
    {"inspecting", "OBSERVE", "inspecting", "in_progress"},
    {"shipping", "OBSERVE", "shipping", "in_transit"},
    {"receiving", "OBSERVE", "receiving", "in_progress"},
    {"retail_selling", "OBSERVE", "retail_selling", "retail_sold"},
    {"recalling", "OBSERVE", "holding", "recalled"},
});

Meaning const& meaning_of(std::string_view step) {
    auto const at = std::ranges::find(meanings, step, &Meaning::step);
    return at == meanings.end() ? meanings[4] : *at;
}

/// A place or a party has no GLN of its own here: an address of ours that stands for its name.
std::string address_of(std::string_view kind, std::string_view name, std::string_view base_url) {
    return std::string{base_url} + "/truy-xuat/" + std::string{kind} + '/' + slug_of(name);
}

void write_event(json::Writer& json, Lot const& lot, TraceEvent const& event, std::string_view base_url) {
    auto const& meaning = meaning_of(event.step);
    auto const item = trace_address(lot, base_url);
    json.object().member("type", "ObjectEvent");
    // The same event of the same lot is the same id, whenever it is exported.
    json.member("eventID", "ni:///sha-256;" + crypto::to_hex(crypto::sha256(item + '\n' + event.step + '\n' + to_rfc3339(event.at) + '\n' + event.place + '\n' + event.party)) +
                               "?ver=CBV2.0");
    json.member("eventTime", to_rfc3339(event.at)).member("eventTimeZoneOffset", "+07:00").member("action", meaning.action);
    json.member("bizStep", meaning.biz_step).member("disposition", meaning.disposition);
    json.key("epcList").array().end();
    json.key("quantityList").array().object().member("epcClass", item).end().end();
    json.key("readPoint").object().member("id", address_of("noi", event.place, base_url)).end();
    json.key("bizLocation").object().member("id", address_of("noi", event.place, base_url)).end();
    json.key("sourceList").array().object().member("type", "owning_party").member("source", address_of("ben", event.party, base_url)).end().end();
    if (!event.note.empty()) json.member("choso:note", event.note);
    json.member("choso:step", event.step).member("choso:place", event.place).member("choso:party", event.party).end();
}

}  // namespace

std::string trace_address(Lot const& lot, std::string_view base_url, std::string_view serial) {
    if (!lot.gtin.empty()) {
        auto elements = std::vector<gs1::Element>{{"01", lot.gtin}, {"10", lot.number}};
        if (!serial.empty()) elements.push_back({"21", std::string{serial}});
        if (auto const uri = gs1::make_digital_link(elements, base_url)) return *uri;
    }
    return std::string{base_url} + "/m/" + (serial.empty() ? lot.code : std::string{serial});
}

std::string epcis_document(Lot const& lot, std::vector<TraceEvent> const& events, std::string_view base_url, Instant now) {
    std::string text;
    auto json = json::Writer{text};
    json.object().key("@context").array().value("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    json.object().member("choso", std::string{base_url} + "/ns#").end().end();
    json.member("type", "EPCISDocument").member("schemaVersion", "2.0").member("creationDate", to_rfc3339(now));
    json.key("epcisBody").object().key("eventList").array();
    for (auto const& event : events) write_event(json, lot, event, base_url);
    json.end().end().end();
    return text;
}

}  // namespace choso::marketplace
