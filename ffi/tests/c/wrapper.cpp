// wrapper POLICY DOCUMENT OCCASION ANSWER: the C++ header over everything that it wraps. The document asks for one thing,
// and is verified with ANSWER.
#include "ler_verify.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <type_traits>
#include <utility>

static_assert(!std::is_convertible_v<ler::Report, bool> && !std::is_constructible_v<bool, ler::Report>);
static_assert(!std::is_copy_constructible_v<ler::Report> && std::is_nothrow_move_constructible_v<ler::Report>);

// What is a view into a report, a verifier or resources does not compile of one that is gone at the end of the line. It does
// of one that stays: otherwise a name that is no name would be taken for a refusal.
template <typename Object, typename Call> constexpr bool only_of_one_that_stays(Call) {
    return std::is_invocable_v<Call, Object &> && std::is_invocable_v<Call, const Object &> &&
           !std::is_invocable_v<Call, Object> && !std::is_invocable_v<Call, const Object>;
}
#define ONLY_OF_ONE_THAT_STAYS(Type, call)                                                                             \
    static_assert(only_of_one_that_stays<Type>(                                                                        \
        [](auto &&it) -> decltype(std::forward<decltype(it)>(it).call) { throw 0; }))
ONLY_OF_ONE_THAT_STAYS(ler::Report, record_json());
ONLY_OF_ONE_THAT_STAYS(ler::Report, document_json());
ONLY_OF_ONE_THAT_STAYS(ler::Report, authentic_record_json());
ONLY_OF_ONE_THAT_STAYS(ler::Report, json());
ONLY_OF_ONE_THAT_STAYS(ler::Report, view_json(0));
ONLY_OF_ONE_THAT_STAYS(ler::Report, check(0));
ONLY_OF_ONE_THAT_STAYS(ler::Report, request(0));
ONLY_OF_ONE_THAT_STAYS(ler::Report, embedded(0));
ONLY_OF_ONE_THAT_STAYS(ler::Report, embedded_pointer(0));
ONLY_OF_ONE_THAT_STAYS(ler::Report, get());
ONLY_OF_ONE_THAT_STAYS(ler::Resources, get());
ONLY_OF_ONE_THAT_STAYS(ler::Verifier, policy_json());
static_assert(std::is_constructible_v<ler::ReportView, ler::Report &> &&
              !std::is_constructible_v<ler::ReportView, ler::Report>);
static_assert(std::is_assignable_v<ler::ReportView &, ler::Report &> &&
              !std::is_assignable_v<ler::ReportView &, ler::Report>);
// A temporary may be handed to a function that takes a view for as long as it runs.
static_assert(std::is_invocable_v<void (*)(const ler::ReportView &), ler::Report>);

static std::string read(const char *path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

static int wrong = 0;

static void expect(bool condition, const char *what) {
    if (condition) return;
    std::cout << "WRONG: " << what << "\n";
    wrong = 1;
}

template <typename Call> static std::uint32_t thrown(Call call) {
    try {
        call();
    } catch (const ler::Error &error) {
        return std::string_view(error.what()).empty() ? 0 : error.code();
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 5) return 3;
    const std::string policy = read(argv[1]), document = read(argv[2]), occasion = read(argv[3]), answer = read(argv[4]);

    expect(thrown([] { ler::Verifier(""); }) == LER_ERROR_POLICY, "an empty policy");
    expect(thrown([] { ler::Verifier(std::string_view{}); }) == LER_ERROR_NULL, "no policy");
    expect(thrown([] { ler::Resources::from_json("{}"); }) == LER_ERROR_RESOURCES, "resources that are no array");

    const ler::Verifier verifier(policy);
    expect(verifier.policy_json().front() == '{' && verifier.max_document_bytes() > 0, "the policy");
    expect(thrown([&] { verifier.verify(document, "{}"); }) == LER_ERROR_OCCASION, "an occasion without an instant");

    ler::Resources resources;
    ler::Report report = verifier.verify(document, occasion, resources);
    expect(!report.is_verified() && report.verdict() == ler::Verdict::indeterminate, "it is indeterminate");
    expect(report.record_json() == "null", "and has no record");
    expect(report.request_count() == 1, "one request");
    const ler::Request request = report.request(0);
    expect(request.location(0).substr(0, 8) == "https://" && !request.identifier().empty(), "its location");
    expect(thrown([&] { resources.answer(report, 1, answer); }) == LER_ERROR_INDEX, "no such request");
    ler::Resources other = resources.clone();
    other.unavailable(report, 0, "on purpose");
    expect(verifier.verify(document, occasion, other).request_count() == 0, "what is unavailable is not asked for");
    resources.answer(report, 0, answer, "application/did+json", 200, 1763726400);

    report = verifier.verify(document, occasion, resources);
    expect(report.is_verified() && report.verdict() == ler::Verdict::verified, "it is verified");
    expect(report.axis(LER_AXIS_AUTHENTIC) == ler::Outcome::passed, "it is authentic");
    expect(report.record_json().front() == '{' && report.document_json().front() == '{', "it has a record");
    expect(report.view_json(LER_VIEW_DIDKIT).has_value() && !report.view_json(99), "views");
    bool pointed = false;
    for (std::size_t i = 0; i < report.check_count(); i++) {
        const ler::Check check = report.check(i);
        expect(!check.id().empty() && !check.code().empty() && !check.message().empty() && !check.question().empty() &&
                   check.spec().substr(0, 4) == "http" && check.details_json().front() == '{',
               "the texts of a check");
        expect(!check.is_required() || check.outcome() != ler::Outcome::failed, "none failed");
        pointed = pointed || check.pointer();
    }
    expect(report.embedded_count() == 0, "nothing inside");
    const ler::ReportView view = report;
    expect(view.is_verified() && view.get() == report.get(), "a view is of the same report");
    try {
        report.check(report.check_count());
        expect(false, "a check out of range");
    } catch (const std::out_of_range &) {
    }
    ler::Report moved = std::move(report);
    expect(moved.is_verified() && !report.is_verified(), "a report that was moved away is not verified");
    return wrong;
}
