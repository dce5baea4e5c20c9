// VietQR beside the libraries people use: see README.md.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>

#include "load-tests/qr/cached_picture.hpp"
#include "load-tests/support/measure.hpp"
#include "platform/json/json.hpp"
#include "qr/render/png.hpp"
#include "qr/vietqr.hpp"

namespace {

using namespace choso;

constexpr int rounds = 5;

std::vector<qr::MakeRequest> requests() {
    auto random = std::mt19937_64{20261121};
    auto const below = [&random](std::uint64_t n) { return random() % n; };
    std::vector<qr::MakeRequest> out;
    for (auto n = 0; n < 1000; ++n) {
        auto request = qr::MakeRequest{.bin = "970436", .account = std::to_string(1'000'000'000 + below(9'000'000'000))};
        request.amount = Money{static_cast<std::int64_t>(1'000 + below(900'000))};
        request.purpose = "KX3CM1K61214" + std::to_string(10 + below(90));
        out.push_back(std::move(request));
    }
    return out;
}

/// Times a second that `work` gets through an item, over all of them again and again. What it returns is summed, so that nothing
/// is left out by the compiler.
template <class Items, class Work>
double per_second(Items const& items, double seconds, Work const& work) {
    std::uint64_t done = 0;
    std::size_t sum = 0;
    auto const begin = load::Steady::now();
    auto elapsed = 0.0;
    do {
        for (auto const& item : items) {
            sum += work(item);
            if (++done % 64 == 0 && (elapsed = load::seconds_since(begin)) >= seconds) break;
        }
    } while (elapsed < seconds);
    if (sum == 0) throw std::runtime_error{"nothing was done"};
    return static_cast<double>(done) / elapsed;
}

json::Value baseline(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"node", load::required_variable("CHOSO_SOURCE_DIR") + "/load-tests/qr/baselines.mjs"});
    auto const text = load::output_of(arguments);
    auto read = json::parse(text.substr(0, text.find('\n')));
    if (!read) throw std::runtime_error{"baselines.mjs answered " + text};
    return std::move(read).value();
}

double number_of(json::Value const& object, std::string_view key) {
    auto const* const value = object.find(key);
    if (value == nullptr || !value->as_number_text()) throw std::runtime_error{"no figure " + std::string{key}};
    return std::strtod(std::string{*value->as_number_text()}.c_str(), nullptr);
}

/// One thing measured, ours and others' in turns; medians.
struct Compared {
    std::vector<double> ours;
    std::map<std::string, std::vector<double>> theirs;

    [[nodiscard]] double ratio(std::string const& name) const {
        std::vector<double> each;
        for (std::size_t i = 0; i < ours.size(); ++i) each.push_back(ours[i] / theirs.at(name)[i]);
        return load::median(each);
    }
};

Compared compare(std::string const& what, std::string const& file, int seconds, std::vector<std::string> const& libraries, std::function<double()> const& ours) {
    auto out = Compared{};
    for (auto round = 0; round < rounds; ++round) {
        out.ours.push_back(ours());
        for (auto const& library : libraries) out.theirs[library].push_back(number_of(baseline({"speed", library, what, std::to_string(seconds), file}), "per_s"));
        std::cerr << what << " round " << round + 1 << ": " << out.ours.back() << "/s";
        for (auto const& [name, figures] : out.theirs) std::cerr << ", " << name << ' ' << figures.back();
        std::cerr << '\n';
    }
    return out;
}

void write(json::Writer& json, std::string const& what, Compared const& compared) {
    auto const whole = [](double value) { return static_cast<std::int64_t>(value); };
    json.member(what + "_per_s", whole(load::median(compared.ours)));
    for (auto const& [name, figures] : compared.theirs) {
        json.member(what + "_per_s_" + name, whole(load::median(figures)));
        auto text = std::ostringstream{};
        text.precision(2);
        text << std::fixed << compared.ratio(name);
        json.key(what + "_ratio_" + name).raw(text.str());
    }
}

// ---- accuracy

struct Score {
    std::int64_t valid = 0, invalid = 0, valid_taken = 0, invalid_refused = 0, fields_right = 0, fields_asked = 0;
};

std::string text_of(json::Value const& row, std::string_view key) {
    auto const* const value = row.find(key);
    return std::string{value == nullptr ? "" : value->as_string().value_or("")};
}

Score our_score(std::string const& corpus) {
    auto out = Score{};
    auto in = std::ifstream{corpus};
    for (std::string line; std::getline(in, line);) {
        auto const row = json::parse(line);
        if (!row) throw std::runtime_error{"the corpus is not JSON"};
        auto const valid = row->find("valid")->as_bool().value_or(false);
        auto const payload = text_of(*row, "payload");
        auto const read = qr::parse(payload);
        ++(valid ? out.valid : out.invalid);
        if (valid && read.ok()) ++out.valid_taken;
        if (!valid && !read.ok()) ++out.invalid_refused;
        auto const* const expected = row->find("expect");
        if (!valid || expected == nullptr || text_of(*expected, "bin").empty()) continue;
        ++out.fields_asked;
        auto const amount = text_of(*expected, "amount");
        auto const same = read.bin.value_or("") == text_of(*expected, "bin") && read.account.value_or("") == text_of(*expected, "account") &&
                          read.purpose.value_or("") == text_of(*expected, "purpose") &&
                          (amount.empty() ? !read.amount.has_value() : read.amount == std::strtoll(amount.c_str(), nullptr, 10));
        if (same) ++out.fields_right;
    }
    return out;
}

void write(json::Writer& json, std::string const& name, Score const& score) {
    json.key(name).object()
        .member("valid_taken", score.valid_taken).member("valid", score.valid)
        .member("invalid_refused", score.invalid_refused).member("invalid", score.invalid)
        .member("fields_right", score.fields_right).member("fields_asked", score.fields_asked)
        .end();
    std::cerr << name << ": takes " << score.valid_taken << " of " << score.valid << " good, refuses " << score.invalid_refused << " of " << score.invalid
              << " bad, reads " << score.fields_right << " of " << score.fields_asked << " VietQR right\n";
}

/// False if we judged one wrong.
bool write_accuracy(json::Writer& json) {
    auto const* const folder = std::getenv("CHOSO_CORPORA");
    if (folder == nullptr || *folder == '\0') {
        std::cerr << "CHOSO_CORPORA is not set: no accuracy\n";
        return true;
    }
    auto const corpus = std::string{folder} + "/vietqr/corpus.jsonl";
    auto const ours = our_score(corpus);
    json.key("accuracy").object();
    write(json, "choso", ours);
    for (auto const* name : {"vietnam-qr-pay", "vietqr-ts", "promptparse", "emvqr"}) {
        auto const read = baseline({"accuracy", name, corpus});
        auto const of = [&read](std::string_view key) { return static_cast<std::int64_t>(number_of(read, key)); };
        write(json, name, Score{of("valid"), of("invalid"), of("valid_taken"), of("invalid_refused"), of("fields_right"), of("fields_asked")});
    }
    json.end();
    return ours.valid_taken == ours.valid && ours.invalid_refused == ours.invalid && ours.fields_right == ours.fields_asked;
}

int run(int seconds) {
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const source = load::required_variable("CHOSO_SOURCE_DIR");
    load::output_of({source + "/deploy/packages", "test"});
    load::output_of({"bash", "-c", ". '" + source + "/tests/support/npm.sh'; install_modules '" + source + "/load-tests/qr'"});

    auto const asked = requests();
    std::vector<std::string> payloads;
    for (auto const& request : asked) payloads.push_back(*qr::make(request));
    auto const file = folder + "/payloads.txt";
    {
        auto out = std::ofstream{file};
        for (auto const& payload : payloads) out << payload << '\n';
    }

    std::string text;
    auto json = json::Writer{text};
    json.object();
    auto const right = write_accuracy(json);
    auto const parse = compare("parse", file, seconds, {"vietnam-qr-pay", "vietqr-ts", "promptparse", "emvqr"}, [&] {
        return per_second(payloads, seconds, [](std::string const& payload) { return qr::parse(payload).account->size(); });
    });
    write(json, "parse", parse);
    auto const make = compare("make", file, seconds, {"vietnam-qr-pay", "vietqr-ts"}, [&] {
        return per_second(asked, seconds, [](qr::MakeRequest const& request) { return qr::make(request)->size(); });
    });
    write(json, "make", make);
    write(json, "symbol", compare("symbol", file, seconds, {"node-qrcode"}, [&] {
              return per_second(payloads, seconds, [](std::string const& payload) { return static_cast<std::size_t>(qr::encode(payload)->side()); });
          }));
    write(json, "png", compare("png", file, seconds, {"node-qrcode"}, [&] {
              return per_second(payloads, seconds, [](std::string const& payload) { return qr::to_png(*qr::encode(payload), 8)->size(); });
          }));
    auto const cached = load::cached_picture(folder, rounds, seconds);
    write(json, "cached_picture", Compared{cached.ours, {{"nginx", cached.nginx}}});
    json.member("cached_picture_bytes", cached.bytes).member("rounds", rounds).member("seconds", seconds).end();
    std::cout << text << std::endl;
    return right ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    auto seconds = 2;
    for (auto i = 1; i < count; ++i) {
        auto const word = std::string_view{words[i]};
        if (word == "--json") continue;
        if ((word == "--seconds" || word == "--rows") && i + 1 < count) {
            auto const value = std::atoi(words[++i]);
            if (word == "--seconds") seconds = std::max(1, value);
            continue;
        }
        std::cerr << "usage: load_qr [--seconds N] [--json]\n";
        return 2;
    }
    try {
        return run(seconds);
    } catch (std::exception const& failed) {
        std::cerr << "load_qr: " << failed.what() << '\n';
        return 1;
    }
}
