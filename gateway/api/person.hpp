#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/api/edge.hpp"
#include "gateway/api/problem.hpp"
#include "merchants/people/sign_in.hpp"
#include "platform/http/responder.hpp"

/// People who are signed in: the counterpart of auth.hpp, which knows keys. What a person may not see does not exist for
/// them, exactly as for a key (404); what no role of theirs allows anywhere is 403.
namespace choso::api {

using people::Role;
using people::Roles;

/// Who is signed in; valid for as long as `directory`, which it keeps alive.
struct Person {
    people::StaffId id;
    people::SessionId session;
    std::string login, name;
    people::Grants grants;
    people::Standing standing = people::Standing::whole;
    bool has_second_factor = false;
    bool second_factor_fresh = false;  ///< given in the last five minutes
    Instant signed_in_at;
    std::string csrf;                  ///< what every form of this session carries as `csrf`, every other change as X-CSRF-Token
    std::shared_ptr<merchants::Directory const> directory;

    /// Whether one of `roles` reaches the merchant. False for one that does not exist: nobody can tell which.
    [[nodiscard]] bool may(Roles roles, MerchantId about) const;
    /// All merchants that one of `roles` reaches.
    [[nodiscard]] std::vector<merchants::Merchant const*> merchants(Roles roles) const;
    [[nodiscard]] payments::Actor actor() const { return {payments::ActorKind::person, id.uuid()}; }
};

/// What an endpoint asks of a person before it looks at anything.
struct Need {
    Roles roles = Roles::any();  ///< one of them, about whomever; which merchant it reaches is asked with Person::may
    bool fresh = false;          ///< with a second factor of the last five minutes: before money is approved
    bool unfinished = false;     ///< also a session whose second step, password or second factor is still to come
};

/// The person of the request's cookie, or what is missing. A request that changes something must come from our own pages
/// (Origin, Sec-Fetch-Site) and carry the session's CSRF token.
[[nodiscard]] Result<Person, Problem> person_of(Edge const& edge, http::Request const& request, postgres::Connection& connection, Need const& need);

/// A handler's work once it is known who asks; on a reader's thread, with its connection. It answers, now or later.
using PersonHandler =
    std::function<void(Person const& person, std::shared_ptr<http::Responder> const& respond, postgres::Connection& connection)>;
/// A handler's first line for people, as `enter` is for keys: a refusal is answered here.
void enter_person(Edge& edge, http::Responder respond, Need need, PersonHandler go);

/// Whether the browser says that the request comes from another site. A client that says nothing is no browser.
[[nodiscard]] bool is_from_elsewhere(http::Request const& request, std::string_view base_url);

/// Where a session is opened from.
[[nodiscard]] people::Origin origin_of(http::Request const& request);

using SignedIn = std::variant<crypto::Secret, people::WrongCredentials, people::MustWait>;
/// Tries the password on a hashing thread and opens the session on a reader's: a trail that money's commits wait for is
/// written by no thread that gives way to all others.
void sign_in(Edge& edge, std::shared_ptr<http::Responder> const& respond, Audience const& audience, std::string user, crypto::Secret password,
             std::function<void(SignedIn const&, postgres::Connection&)> done);

/// The session cookie: `__Host-phien` over https; `phien` on a plain-http loopback (docs/adr/0015).
[[nodiscard]] std::string_view session_cookie_name(std::string_view base_url);
/// `Set-Cookie`'s value; an empty token takes the cookie away.
[[nodiscard]] std::string session_cookie(std::string_view base_url, std::string_view token);

}  // namespace choso::api
