// verify DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
//
//   c++ -std=c++17 verify.cpp $(pkg-config --cflags --libs ler_verify)
#include <ler_verify.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

// What decided: required checks that did not pass.
static void print_reasons(const ler::ReportView &report) {
    for (std::size_t i = 0; i < report.check_count(); i++) {
        const ler::Check check = report.check(i);
        const ler::Outcome outcome = check.outcome();
        if (!check.is_required() || outcome == ler::Outcome::passed || outcome == ler::Outcome::not_applicable) continue;
        std::cout << ler_outcome_name(static_cast<std::uint32_t>(outcome)) << " " << check.code();
        if (const auto pointer = check.pointer()) std::cout << " at " << *pointer;
        std::cout << ": " << check.message() << "\n";
    }
}

int main(int argc, char **argv) try {
    if (argc != 4) return 64;
    std::ifstream file(argv[1], std::ios::binary);
    const std::string document(std::istreambuf_iterator<char>(file), {});
    // ISSUER and NOW are ours: nothing in them needs to be escaped.
    const ler::Verifier verifier(R"({"acceptedIssuers":{"oneOf":[")" + std::string(argv[2]) + R"("]}})");
    const ler::Report report = verifier.verify(document, R"({"now":")" + std::string(argv[3]) + R"("})");

    const bool verified = report.is_verified();
    const ler::Verdict verdict = report.verdict();
    std::cout << "verified: " << (verified ? "yes" : "no") << " ("
              << ler_verdict_name(static_cast<std::uint32_t>(verdict)) << ")\n";
    print_reasons(report);
    std::cout << "record: " << report.record_json() << "\n"; // "null" if it is not verified
    return verified ? 0 : verdict == ler::Verdict::not_verified ? 1 : 2;
} catch (const ler::Error &error) {
    std::cerr << error.what() << "\n";
    return 64;
}
