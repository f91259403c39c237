// verify DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
package main

// #cgo pkg-config: ler_verify
// #include <ler_verify.h>
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"unsafe"
)

// The library does not keep what it is given, so Go's own memory will do.
func bytes(data []byte) (*C.uint8_t, C.size_t) {
	if len(data) == 0 {
		return nil, 0
	}
	return (*C.uint8_t)(unsafe.Pointer(&data[0])), C.size_t(len(data))
}

// Errors are handles, not the state of a thread: it does not matter that Go moves goroutines between threads.
func failure(handle *C.ler_error) error {
	defer C.ler_error_free(handle)
	return errors.New(C.GoString(C.ler_error_message(handle, nil)))
}

func verify(path, issuer, now string) (int, error) {
	document, err := os.ReadFile(path)
	if err != nil {
		return 66, err
	}
	policy, _ := json.Marshal(map[string]any{"acceptedIssuers": map[string]any{"oneOf": []string{issuer}}})
	occasion, _ := json.Marshal(map[string]string{"now": now})
	var handle *C.ler_error
	data, length := bytes(policy)
	verifier := C.ler_verifier_new(data, length, &handle)
	if verifier == nil {
		return 64, failure(handle)
	}
	defer C.ler_verifier_free(verifier)
	data, length = bytes(document)
	when, whenLength := bytes(occasion)
	report := C.ler_verify(verifier, data, length, when, whenLength, nil, &handle)
	if report == nil {
		return 64, failure(handle)
	}
	defer C.ler_report_free(report)

	verified, verdict := bool(C.ler_report_is_verified(report)), C.ler_report_verdict(report)
	answer := map[bool]string{true: "yes", false: "no"}[verified]
	fmt.Printf("verified: %s (%s)\n", answer, C.GoString(C.ler_verdict_name(verdict)))
	for i := C.size_t(0); i < C.ler_report_check_count(report); i++ {
		outcome := C.ler_report_check_outcome(report, i)
		if C.ler_report_check_requirement(report, i) != C.LER_REQUIREMENT_REQUIRE ||
			outcome == C.LER_OUTCOME_PASSED || outcome == C.LER_OUTCOME_NOT_APPLICABLE {
			continue
		}
		place := ""
		if pointer := C.ler_report_check_pointer(report, i, nil); pointer != nil {
			place = " at " + C.GoString(pointer)
		}
		fmt.Printf("%s %s%s: %s\n", C.GoString(C.ler_outcome_name(outcome)),
			C.GoString(C.ler_report_check_code(report, i, nil)), place, C.GoString(C.ler_report_check_message(report, i, nil)))
	}
	fmt.Println("record: " + C.GoString(C.ler_report_record_json(report, nil))) // "null" if it is not verified
	return map[C.uint32_t]int{C.LER_VERDICT_VERIFIED: 0, C.LER_VERDICT_NOT_VERIFIED: 1, C.LER_VERDICT_INDETERMINATE: 2}[verdict], nil
}

func main() {
	code, err := verify(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}
