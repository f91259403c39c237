<?php
// verify.php DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
//
// FFI reads declarations without a preprocessor: those that are used are copied from ler_verify.h. A `const char *` that is
// returned is copied into a string.
const REQUIRED = 1, PASSED = 1, NOT_APPLICABLE = 4, NOT_VERIFIED = 2;

$ler = FFI::cdef('
    typedef struct ler_error ler_error;
    typedef struct ler_verifier ler_verifier;
    typedef struct ler_resources ler_resources;
    typedef struct ler_report ler_report;
    ler_verifier *ler_verifier_new(const char *policy, size_t policy_len, ler_error **error_out);
    void ler_verifier_free(ler_verifier *verifier);
    ler_report *ler_verify(const ler_verifier *verifier, const char *document, size_t document_len, const char *occasion,
                           size_t occasion_len, const ler_resources *resources, ler_error **error_out);
    bool ler_report_is_verified(const ler_report *report);
    uint32_t ler_report_verdict(const ler_report *report);
    const char *ler_report_record_json(const ler_report *report, size_t *len_out);
    size_t ler_report_check_count(const ler_report *report);
    uint32_t ler_report_check_outcome(const ler_report *report, size_t index);
    uint32_t ler_report_check_requirement(const ler_report *report, size_t index);
    const char *ler_report_check_code(const ler_report *report, size_t index, size_t *len_out);
    const char *ler_report_check_pointer(const ler_report *report, size_t index, size_t *len_out);
    const char *ler_report_check_message(const ler_report *report, size_t index, size_t *len_out);
    void ler_report_free(ler_report *report);
    const char *ler_verdict_name(uint32_t verdict);
    const char *ler_outcome_name(uint32_t outcome);
    const char *ler_error_message(const ler_error *error, size_t *len_out);
    void ler_error_free(ler_error *error);
', 'libler_verify.so.0.1');

function checked(FFI $ler, ?FFI\CData $result, FFI\CData $error): FFI\CData
{
    if ($result !== null) {
        return $result;
    }
    $message = $ler->ler_error_message($error, null);
    $ler->ler_error_free($error);
    throw new InvalidArgumentException($message);
}

[, $path, $issuer, $now] = $argv;
$document = file_get_contents($path);
$policy = json_encode(['acceptedIssuers' => ['oneOf' => [$issuer]]]);
$occasion = json_encode(['now' => $now]);
$error = $ler->new('ler_error *');
$verifier = checked($ler, $ler->ler_verifier_new($policy, strlen($policy), FFI::addr($error)), $error);
$report = checked($ler, $ler->ler_verify($verifier, $document, strlen($document), $occasion, strlen($occasion), null,
    FFI::addr($error)), $error);

$verified = $ler->ler_report_is_verified($report);
$verdict = $ler->ler_report_verdict($report);
printf("verified: %s (%s)\n", $verified ? 'yes' : 'no', $ler->ler_verdict_name($verdict));
for ($i = 0; $i < $ler->ler_report_check_count($report); $i++) {
    $outcome = $ler->ler_report_check_outcome($report, $i);
    if ($ler->ler_report_check_requirement($report, $i) !== REQUIRED || in_array($outcome, [PASSED, NOT_APPLICABLE], true)) {
        continue;
    }
    $pointer = $ler->ler_report_check_pointer($report, $i, null);
    printf("%s %s%s: %s\n", $ler->ler_outcome_name($outcome), $ler->ler_report_check_code($report, $i, null),
        $pointer === null ? '' : " at $pointer", $ler->ler_report_check_message($report, $i, null));
}
echo 'record: ', $ler->ler_report_record_json($report, null), "\n"; // "null" if it is not verified
$ler->ler_report_free($report);
$ler->ler_verifier_free($verifier);
exit($verified ? 0 : ($verdict === NOT_VERIFIED ? 1 : 2));
