#include "merchants/invoices/signature.hpp"

#include "platform/crypto/crypto.hpp"

namespace choso::invoices {
namespace {

constexpr std::string_view dsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr std::string_view rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

std::string element(std::string_view name, std::string_view inside) { return "<" + std::string{name} + ">" + std::string{inside} + "</" + std::string{name} + ">"; }
std::string algorithm(std::string_view name, std::string_view uri) { return "<" + std::string{name} + " Algorithm=\"" + std::string{uri} + "\"></" + std::string{name} + ">"; }

std::string reference(std::string_view id, bool in_data, std::string_view canonical) {
    auto const transforms = (in_data ? algorithm("Transform", enveloped) : std::string{}) + algorithm("Transform", c14n);
    return "<Reference URI=\"#" + std::string{id} + "\">" + element("Transforms", transforms) + algorithm("DigestMethod", sha256) +
           element("DigestValue", crypto::to_base64(crypto::as_text(crypto::sha256(canonical)))) + "</Reference>";
}

/// Local time without offset, as the national structure writes the time of signing.
std::string local_time(Instant at) { return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)).substr(0, 19); }

}  // namespace

std::string signed_document(Invoice const& invoice, crypto::SigningKey const& key, Instant signed_at) {
    auto const data = data_element(invoice);
    auto const properties = element("SignatureProperties", "<SignatureProperty Id=\"signing-properties\" Target=\"#seller-signature\">" +
                                                               element("SigningTime", local_time(signed_at)) + "</SignatureProperty>");
    // An element that is digested by itself stands alone: what namespace it is in must be written into it. Exclusive C14N of a
    // part of the document writes exactly the namespaces that it uses, once, at its top.
    auto const with_namespace = [](std::string_view tag_and_rest) {
        auto out = std::string{tag_and_rest};
        auto const at = out.find_first_of(" >", 1);
        out.insert(at, " xmlns=\"" + std::string{dsig} + "\"");
        return out;
    };
    auto const object = [&](std::string_view inside) { return "<Object Id=\"signing-time\">" + std::string{inside} + "</Object>"; };
    auto const canonical_object = with_namespace(object(properties));
    auto const signed_info = element("SignedInfo", algorithm("CanonicalizationMethod", c14n) + algorithm("SignatureMethod", rsa_sha256) +
                                                       reference("data", true, data) + reference("signing-time", false, canonical_object));
    auto const value = crypto::to_base64(key.sign_rsa_sha256(with_namespace(signed_info)));
    auto const key_info = element("KeyInfo", element("X509Data", element("X509SubjectName", key.subject()) + element("X509Certificate", key.certificate_base64())));
    auto const signature = "<Signature xmlns=\"" + std::string{dsig} + "\" Id=\"seller-signature\">" + signed_info + element("SignatureValue", value) + key_info +
                           object(properties) + "</Signature>";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element("HDon", data + element("DSCKS", element("NBan", signature)));
}

}  // namespace choso::invoices
