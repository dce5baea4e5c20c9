#include "platform/log/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cmath>

#include "base/clock.hpp"
#include "platform/json/json.hpp"
#include "platform/log/scrub.hpp"

namespace choso::log {
namespace {

constexpr std::size_t text_bytes_max = 2048;
constexpr std::size_t request_id_max = 64;
constexpr std::array<std::string_view, 4> level_names = {"debug", "info", "warn", "error"};

std::atomic<int> output{STDERR_FILENO};
std::atomic<Level> least_level{Level::info};
std::atomic<std::uint64_t> lines_lost{0};

/// Cuts before the symbol that would pass the limit.
std::string_view cut(std::string_view text) {
    if (text.size() <= text_bytes_max) return text;
    auto end = text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

/// A text with nothing secret in it; `scratch` is reused from field to field.
void write_text(json::Writer& line, std::string& scratch, std::string_view text) {
    scratch.clear();
    // Scrubbed before it is cut, or half a secret could stand at the end; what is scrubbed is bounded all the same.
    auto const part = text.substr(0, 2 * text_bytes_max);
    append_scrubbed(scratch, part);
    auto const shown = cut(scratch);
    if (shown.size() == scratch.size() && part.size() == text.size()) {
        line.value(scratch);
        return;
    }
    scratch.resize(shown.size());
    scratch += "…";
    line.value(scratch);
}

void write_number(json::Writer& line, double number) {
    auto digits = std::array<char, 40>{};
    auto const done = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    if (!std::isfinite(number) || done.ec != std::errc{}) {
        line.null();
        return;
    }
    line.raw({digits.data(), static_cast<std::size_t>(done.ptr - digits.data())});
}

void write_field(json::Writer& line, std::string& scratch, Field const& field) {
    line.key(field.key());
    auto const& data = field.data();
    if (std::holds_alternative<std::nullptr_t>(data)) {
        line.null();
    } else if (is_secret_key(field.key())) {
        line.value(masked);
    } else if (auto const* text = std::get_if<std::string_view>(&data)) {
        write_text(line, scratch, *text);
    } else if (auto const* number = std::get_if<std::int64_t>(&data)) {
        line.value(*number);
    } else if (auto const* yes = std::get_if<bool>(&data)) {
        line.value(*yes);
    } else if (auto const* real = std::get_if<double>(&data)) {
        write_number(line, *real);
    } else if (auto const* number_of_account = std::get_if<Account>(&data)) {
        scratch.clear();
        append_account(scratch, number_of_account->number);
        line.value(scratch);
    }
}

/// A client may choose it, so it is held to harmless symbols; its digits stay, or requests could not be found again.
void write_request_id(json::Writer& line, std::string& scratch, std::string_view id) {
    scratch.clear();
    for (auto const c : id.substr(0, request_id_max)) {
        auto const harmless = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                              c == '_' || c == '-';
        scratch += harmless ? c : '?';
    }
    auto const key = scratch.find("sk_live_") != std::string::npos || scratch.find("sk_test_") != std::string::npos;
    line.member("request_id", key ? masked : std::string_view{scratch});
}

/// False if the line is lost. One write in all but the rarest case (a full pipe takes a part).
bool write_out(std::string_view line) {
    auto const descriptor = output.load(std::memory_order_relaxed);
    while (!line.empty()) {
        auto const written = ::write(descriptor, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void write_line(Level level, Event event, Fields fields, std::string_view request_id) {
    thread_local std::string line;
    thread_local std::string scratch;
    line.clear();
    auto json = json::Writer{line};
    json.object();
    json.member("ts", to_rfc3339(SystemClock{}.now()));
    json.member("level", to_text(level));
    json.member("event", event.name());
    if (!request_id.empty()) write_request_id(json, scratch, request_id);
    for (auto const& field : fields) write_field(json, scratch, field);
    json.end();
    line += '\n';
    if (!write_out(line)) lines_lost.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

std::string_view to_text(Level level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<Level> parse_level(std::string_view text) {
    for (std::size_t n = 0; n < level_names.size(); ++n)
        if (level_names[n] == text) return static_cast<Level>(n);
    return std::nullopt;
}

void write(Level level, Event event, Fields fields, std::string_view request_id) {
    if (!shows(level)) return;
    auto const saved = errno;
    try {
        write_line(level, event, fields, request_id);
    } catch (...) {  // out of memory: whoever logs is often handling a failure already and must not get another
        lines_lost.fetch_add(1, std::memory_order_relaxed);
    }
    errno = saved;
}

void set_level(Level least) { least_level.store(least, std::memory_order_relaxed); }
bool shows(Level level) { return level >= least_level.load(std::memory_order_relaxed); }
void set_output(int descriptor) { output.store(descriptor, std::memory_order_relaxed); }
std::uint64_t lost() { return lines_lost.load(std::memory_order_relaxed); }

}  // namespace choso::log
