// ler_verify.hpp: ler_verify.h for C++17. Handles free themselves; what the caller did wrong is thrown as ler::Error.
//
//   ler::Verifier verifier(R"({"acceptedIssuers":{"oneOf":["did:web:university.example"]}})");
//   ler::Report report = verifier.verify(document, R"({"now":"2026-11-21T12:00:00Z"})");
//   if (report.is_verified()) accept(report.record_json());
//
// A record that does not verify throws nothing. No type here converts to bool: there are three answers.
// A std::string_view that is returned is a view into the object that gave it and lives as long as it.
#ifndef LER_VERIFY_HPP
#define LER_VERIFY_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "ler_verify.h"

namespace ler {

enum class Verdict : std::uint32_t {
    verified = LER_VERDICT_VERIFIED,
    not_verified = LER_VERDICT_NOT_VERIFIED,
    indeterminate = LER_VERDICT_INDETERMINATE,
};

enum class Outcome : std::uint32_t {
    passed = LER_OUTCOME_PASSED,
    failed = LER_OUTCOME_FAILED,
    indeterminate = LER_OUTCOME_INDETERMINATE,
    not_applicable = LER_OUTCOME_NOT_APPLICABLE,
    skipped = LER_OUTCOME_SKIPPED,
};

// What the caller did wrong: LER_ERROR_… and a sentence for a developer.
class Error : public std::runtime_error {
public:
    Error(std::uint32_t code, const char *message) : std::runtime_error(message), code_(code) {}
    std::uint32_t code() const noexcept { return code_; }

private:
    std::uint32_t code_;
};

namespace detail {

struct Free {
    void operator()(ler_error *it) const noexcept { ler_error_free(it); }
    void operator()(ler_verifier *it) const noexcept { ler_verifier_free(it); }
    void operator()(ler_resources *it) const noexcept { ler_resources_free(it); }
    void operator()(ler_report *it) const noexcept { ler_report_free(it); }
};

template <typename T> using Handle = std::unique_ptr<T, Free>;

inline const std::uint8_t *bytes(std::string_view text) noexcept {
    return reinterpret_cast<const std::uint8_t *>(text.data());
}

[[noreturn]] inline void fail(ler_error *error) {
    Handle<ler_error> owned(error);
    const char *message = ler_error_message(error, nullptr);
    throw Error(ler_error_code(error), message ? message : "out of order");
}

// Calls a function whose last argument is the place for an error; no handle, or false, is thrown.
template <typename Call> auto checked(Call call) {
    ler_error *error = nullptr;
    auto result = call(&error);
    if (!result) fail(error);
    return result;
}

// Calls an accessor whose last argument is the place for a length.
template <typename Call> std::optional<std::string_view> text(Call call) {
    std::size_t len = 0;
    const char *data = call(&len);
    if (!data) return std::nullopt;
    return std::string_view(data, len);
}

} // namespace detail

// A check of a report: a view into it.
class Check {
public:
    Check(const ler_report *report, std::size_t index) noexcept : report_(report), index_(index) {}

    Outcome outcome() const noexcept { return static_cast<Outcome>(ler_report_check_outcome(report_, index_)); }
    bool is_required() const noexcept {
        return ler_report_check_requirement(report_, index_) == LER_REQUIREMENT_REQUIRE;
    }
    std::string_view id() const { return read(ler_report_check_id).value_or(""); }
    std::string_view code() const { return read(ler_report_check_code).value_or(""); }
    std::string_view question() const { return read(ler_report_check_question).value_or(""); }
    std::string_view message() const { return read(ler_report_check_message).value_or(""); }
    std::string_view spec() const { return read(ler_report_check_spec).value_or(""); }
    std::string_view details_json() const { return read(ler_report_check_details_json).value_or(""); }
    std::optional<std::string_view> pointer() const { return read(ler_report_check_pointer); }

private:
    template <typename Accessor> std::optional<std::string_view> read(Accessor accessor) const {
        return detail::text([&](std::size_t *len) { return accessor(report_, index_, len); });
    }

    const ler_report *report_;
    std::size_t index_;
};

// A request of a report: a view into it.
class Request {
public:
    Request(const ler_report *report, std::size_t index) noexcept : report_(report), index_(index) {}

    std::size_t index() const noexcept { return index_; }
    std::uint32_t kind() const noexcept { return ler_report_request_kind(report_, index_); }
    std::string_view identifier() const { return read(ler_report_request_identifier).value_or(""); }
    std::string_view accept() const { return read(ler_report_request_accept).value_or(""); }
    std::string_view why() const { return read(ler_report_request_why).value_or(""); }
    std::size_t max_bytes() const noexcept { return ler_report_request_max_bytes(report_, index_); }
    std::uint32_t stage() const noexcept { return ler_report_request_stage(report_, index_); }
    bool from_unverified() const noexcept { return ler_report_request_from_unverified(report_, index_); }
    std::size_t location_count() const noexcept { return ler_report_request_location_count(report_, index_); }
    std::string_view location(std::size_t index) const {
        auto found = detail::text(
            [&](std::size_t *len) { return ler_report_request_location(report_, index_, index, len); });
        if (!found) throw std::out_of_range("ler::Request::location");
        return *found;
    }

private:
    template <typename Accessor> std::optional<std::string_view> read(Accessor accessor) const {
        return detail::text([&](std::size_t *len) { return accessor(report_, index_, len); });
    }

    const ler_report *report_;
    std::size_t index_;
};

class Report;

// A report that belongs to another, or to a ler::Report: it must not outlive it.
class ReportView {
public:
    explicit ReportView(const ler_report *report) noexcept : report_(report) {}
    // Nor is it had of one that is gone at the end of the line.
    ReportView(const Report &&) = delete;
    ReportView &operator=(const Report &&) = delete;

    bool is_verified() const noexcept { return ler_report_is_verified(report_); }
    Verdict verdict() const noexcept { return static_cast<Verdict>(ler_report_verdict(report_)); }
    Outcome axis(std::uint32_t axis) const noexcept { return static_cast<Outcome>(ler_report_axis(report_, axis)); }

    // "null" where there is nothing.
    std::string_view record_json() const { return read(ler_report_record_json); }
    std::string_view document_json() const { return read(ler_report_document_json); }
    std::string_view authentic_record_json() const { return read(ler_report_authentic_record_json); }
    std::string_view json() const { return read(ler_report_json); }
    std::optional<std::string_view> view_json(std::uint32_t view) const {
        return detail::text([&](std::size_t *len) { return ler_report_view_json(report_, view, len); });
    }

    std::size_t check_count() const noexcept { return ler_report_check_count(report_); }
    Check check(std::size_t index) const { return Check(report_, within(index, check_count())); }
    std::size_t request_count() const noexcept { return ler_report_request_count(report_); }
    Request request(std::size_t index) const { return Request(report_, within(index, request_count())); }
    std::size_t embedded_count() const noexcept { return ler_report_embedded_count(report_); }
    ReportView embedded(std::size_t index) const {
        return ReportView(ler_report_embedded(report_, within(index, embedded_count())));
    }
    std::uint32_t embedded_relation(std::size_t index) const noexcept {
        return ler_report_embedded_relation(report_, index);
    }
    std::optional<std::string_view> embedded_pointer(std::size_t index) const {
        return detail::text([&](std::size_t *len) { return ler_report_embedded_pointer(report_, index, len); });
    }

    const ler_report *get() const noexcept { return report_; }

protected:
    const ler_report *report_;

private:
    static std::size_t within(std::size_t index, std::size_t count) {
        if (index >= count) throw std::out_of_range("ler::ReportView");
        return index;
    }

    template <typename Accessor> std::string_view read(Accessor accessor) const {
        return detail::text([&](std::size_t *len) { return accessor(report_, len); }).value_or("");
    }
};

// A report of its own.
class Report : public ReportView {
public:
    explicit Report(ler_report *report) noexcept : ReportView(report), owned_(report) {}
    Report(Report &&other) noexcept : ReportView(other.report_), owned_(std::move(other.owned_)) {
        other.report_ = nullptr;
    }
    Report &operator=(Report &&other) noexcept {
        owned_ = std::move(other.owned_);
        report_ = owned_.get();
        other.report_ = nullptr;
        return *this;
    }

    // What is a view into the report is not had of one that is gone at the end of the line.
    std::string_view record_json() const & { return ReportView::record_json(); }
    std::string_view document_json() const & { return ReportView::document_json(); }
    std::string_view authentic_record_json() const & { return ReportView::authentic_record_json(); }
    std::string_view json() const & { return ReportView::json(); }
    std::optional<std::string_view> view_json(std::uint32_t view) const & { return ReportView::view_json(view); }
    Check check(std::size_t index) const & { return ReportView::check(index); }
    Request request(std::size_t index) const & { return ReportView::request(index); }
    ReportView embedded(std::size_t index) const & { return ReportView::embedded(index); }
    std::optional<std::string_view> embedded_pointer(std::size_t index) const & {
        return ReportView::embedded_pointer(index);
    }
    const ler_report *get() const & noexcept { return ReportView::get(); }
    std::string_view record_json() const && = delete;
    std::string_view document_json() const && = delete;
    std::string_view authentic_record_json() const && = delete;
    std::string_view json() const && = delete;
    std::optional<std::string_view> view_json(std::uint32_t view) const && = delete;
    Check check(std::size_t index) const && = delete;
    Request request(std::size_t index) const && = delete;
    ReportView embedded(std::size_t index) const && = delete;
    std::optional<std::string_view> embedded_pointer(std::size_t index) const && = delete;
    const ler_report *get() const && = delete;

private:
    detail::Handle<ler_report> owned_;
};

// What was fetched so far. Any number of threads may use one and add to it at once.
class Resources {
public:
    Resources() : Resources(ler_resources_new()) {}

    static Resources from_json(std::string_view json) {
        return Resources(detail::checked([&](ler_error **error) {
            return ler_resources_from_json(detail::bytes(json), json.size(), error);
        }));
    }
    Resources clone() const { return Resources(ler_resources_clone(owned_.get())); }

    void answer(const ReportView &report, std::size_t request, std::string_view bytes, std::string_view media_type = {},
                std::uint16_t http_status = 0, std::int64_t retrieved_at = 0) {
        detail::checked([&](ler_error **error) {
            return ler_resources_answer(owned_.get(), report.get(), request, detail::bytes(bytes), bytes.size(),
                                        media_type.data(), media_type.size(), http_status, retrieved_at, error);
        });
    }
    void unavailable(const ReportView &report, std::size_t request, std::string_view reason = {}) {
        detail::checked([&](ler_error **error) {
            return ler_resources_unavailable(owned_.get(), report.get(), request, reason.data(), reason.size(), error);
        });
    }
    void insert(std::uint32_t kind, std::string_view identifier, std::string_view bytes,
                std::string_view media_type = {}, std::uint16_t http_status = 0, std::int64_t retrieved_at = 0) {
        detail::checked([&](ler_error **error) {
            return ler_resources_insert(owned_.get(), kind, identifier.data(), identifier.size(), detail::bytes(bytes),
                                        bytes.size(), media_type.data(), media_type.size(), http_status, retrieved_at,
                                        error);
        });
    }

    const ler_resources *get() const & noexcept { return owned_.get(); }
    const ler_resources *get() const && = delete;

private:
    explicit Resources(ler_resources *resources) : owned_(resources) {
        if (!owned_) throw Error(LER_ERROR_INTERNAL, "no resources");
    }
    detail::Handle<ler_resources> owned_;
};

// A policy, ready for use. Immutable: any number of threads may verify with one at once.
class Verifier {
public:
    explicit Verifier(std::string_view policy_json)
        : owned_(detail::checked([&](ler_error **error) {
              return ler_verifier_new(detail::bytes(policy_json), policy_json.size(), error);
          })) {}

    Report verify(std::string_view document, std::string_view occasion_json) const {
        return verify(document, occasion_json, nullptr);
    }
    Report verify(std::string_view document, std::string_view occasion_json, const Resources &resources) const {
        return verify(document, occasion_json, resources.get());
    }
    std::string_view policy_json() const & {
        return detail::text([&](std::size_t *len) { return ler_verifier_policy_json(owned_.get(), len); }).value_or("");
    }
    std::string_view policy_json() const && = delete;
    std::size_t max_document_bytes() const noexcept { return ler_verifier_max_document_bytes(owned_.get()); }

private:
    Report verify(std::string_view document, std::string_view occasion, const ler_resources *resources) const {
        return Report(detail::checked([&](ler_error **error) {
            return ler_verify(owned_.get(), detail::bytes(document), document.size(), detail::bytes(occasion),
                              occasion.size(), resources, error);
        }));
    }

    detail::Handle<ler_verifier> owned_;
};

} // namespace ler

#endif // LER_VERIFY_HPP
