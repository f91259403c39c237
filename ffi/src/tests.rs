//! What the boundary promises, asked through the exported functions; small enough for Miri:
//! the JSON of a report, which hashes the tables of the contexts, is for the tests from C.

use std::ffi::{CStr, c_char};
use std::ptr::{null, null_mut};

use verifier::{CompatView, Outcome, ResourceKind, Verdict};

use crate::boundary::{Handle, Poison, Text, ask, attempt, bytes, give, take_back, text, view};
use crate::checks::{ler_report_check_count, ler_report_check_message};
use crate::embedded::ler_report_embedded_count;
use crate::error::{
    LER_ERROR_INTERNAL, LER_ERROR_NULL, LER_ERROR_POISONED, LER_ERROR_UTF8, ler_error, ler_error_code,
    ler_error_free, ler_error_message,
};
use crate::names;
use crate::record::ler_report_record_json;
use crate::report::{
    ler_report, ler_report_free, ler_report_is_verified, ler_report_json, ler_report_verdict,
};
use crate::resources::{
    ler_resources, ler_resources_clone, ler_resources_free, ler_resources_insert, ler_resources_new,
};
use crate::verification::{ler_verifier, ler_verifier_free, ler_verifier_new, ler_verify};

const POLICY: &[u8] = br#"{"acceptedIssuers":"anyone"}"#;
const OCCASION: &[u8] = br#"{"now":"2026-11-21T12:00:00Z"}"#;

#[derive(Default)]
struct Shaky(Poison);

impl Handle for Shaky {
    fn poison(&self) -> &Poison {
        &self.0
    }
}

/// Runs something that panics on purpose without its message on the terminal.
fn quietly<T>(body: impl FnOnce() -> T) -> T {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = body();
    std::panic::set_hook(hook);
    result
}

fn string(text: *const c_char) -> String {
    // SAFETY: the texts of these tests end with NUL and are alive.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned()
}

#[test]
fn a_panic_in_an_accessor_is_nothing_and_poisons_the_handle() {
    let shaky = Shaky::default();
    assert!(ask(Some(&shaky), |_| Some(true)));
    assert!(!quietly(|| ask(Some(&shaky), |_| -> Option<bool> { panic!("on purpose") })));
    assert!(!ask(Some(&shaky), |_| Some(true)), "it was in use when something broke");
    // SAFETY: there is no place for a length.
    assert!(unsafe { view(Some(&shaky), null_mut(), |_| panic!("it is not asked")) }.is_null());
}

#[test]
fn a_panic_in_a_call_is_an_error_and_poisons_every_handle_that_took_part() {
    let (one, other) = (Shaky::default(), Shaky::default());
    let used: [Option<&dyn Handle>; 3] = [Some(&one), None, Some(&other)];
    let mut error: *mut ler_error = null_mut();
    // SAFETY: `error` is writable, and what is written there is alive until it is freed.
    unsafe {
        let reason = String::from("on purpose");
        let nothing: Option<()> =
            quietly(|| attempt(&used, &raw mut error, || std::panic::panic_any(reason)));
        assert!(nothing.is_none());
        assert_eq!(ler_error_code(error), LER_ERROR_INTERNAL);
        assert!(string(ler_error_message(error, null_mut())).contains("on purpose"));
        ler_error_free(error);
        assert!(attempt(&[Some(&other)], &raw mut error, || Ok(())).is_none());
        assert_eq!(ler_error_code(error), LER_ERROR_POISONED);
        ler_error_free(error);
    }
}

#[test]
fn a_panic_while_freeing_ends_nothing() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("on purpose");
        }
    }
    let bomb = give(Some(Bomb));
    // SAFETY: it was given, and is not used again.
    quietly(|| unsafe { take_back(bomb) });
}

#[test]
fn poisoned_handles_are_never_verified() {
    // SAFETY: each handle is alive until it is freed, once.
    unsafe {
        let verifier = ler_verifier_new(POLICY.as_ptr(), POLICY.len(), null_mut());
        let resources = ler_resources_new();
        let report = verify(verifier, resources, b"{}");
        (*report).poison.set();
        assert!(!ler_report_is_verified(report));
        assert_eq!(ler_report_verdict(report), 0);
        assert!(ler_report_json(report, null_mut()).is_null());
        ler_report_free(report);

        (*resources).poison.set();
        assert!(verify(verifier, resources, b"{}").is_null());
        assert!(ler_resources_clone(resources).is_null());
        ler_resources_free(resources);
        (*verifier).poison.set();
        assert!(verify(verifier, null(), b"{}").is_null());
        ler_verifier_free(verifier);
    }
}

/// # Safety
/// Both are NULL or alive.
unsafe fn verify(
    verifier: *const ler_verifier,
    resources: *const ler_resources,
    document: &[u8],
) -> *mut ler_report {
    // SAFETY: as the caller vouches; the rest are slices.
    unsafe {
        ler_verify(
            verifier,
            document.as_ptr(),
            document.len(),
            OCCASION.as_ptr(),
            OCCASION.len(),
            resources,
            null_mut(),
        )
    }
}

#[test]
fn a_report_outlives_what_it_was_made_of() {
    // SAFETY: each handle is alive until it is freed, once.
    unsafe {
        let verifier = ler_verifier_new(POLICY.as_ptr(), POLICY.len(), null_mut());
        let resources = ler_resources_new();
        let identifier = "https://a.example";
        assert!(ler_resources_insert(
            resources,
            names::LER_RESOURCE_CONTEXT,
            identifier.as_ptr().cast(),
            identifier.len(),
            POLICY.as_ptr(),
            POLICY.len(),
            null(),
            0,
            200,
            1,
            null_mut()
        ));
        let document = br#"{"type":"unknown"}"#.to_vec();
        let report = verify(verifier, resources, &document);
        drop(document);
        ler_resources_free(resources);
        ler_verifier_free(verifier);
        assert!(!ler_report_is_verified(report));
        let mut len = 0;
        let json = ler_report_record_json(report, &raw mut len);
        assert_eq!((string(json).as_str(), len), ("null", 4));
        assert_eq!(
            json,
            ler_report_record_json(report, null_mut()),
            "one view, however often it is asked for"
        );
        for index in 0..ler_report_check_count(report) {
            assert!(!string(ler_report_check_message(report, index, null_mut())).is_empty());
        }
        assert_eq!(ler_report_embedded_count(report), 0);
        ler_report_free(report);
    }
}

#[test]
fn threads_read_one_report() {
    struct Shared(*const ler_report);
    // SAFETY: a report is immutable, as the header says.
    unsafe impl Sync for Shared {}
    // SAFETY: each handle is alive until it is freed, once.
    unsafe {
        let verifier = ler_verifier_new(POLICY.as_ptr(), POLICY.len(), null_mut());
        let report = verify(verifier, null(), b"{}");
        let shared = &Shared(report);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(move || {
                    assert_eq!(string(ler_report_record_json(shared.0, null_mut())), "null");
                    assert!(!string(ler_report_check_message(shared.0, 0, null_mut())).is_empty());
                });
            }
        });
        ler_report_free(report);
        ler_verifier_free(verifier);
    }
}

/// The header says so; the compiler has to agree.
#[test]
fn handles_may_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ler_verifier>();
    shared::<ler_resources>();
    shared::<ler_report>();
    shared::<ler_error>();
}

#[test]
fn texts_hold_no_nul() {
    assert_eq!(Text::new("did:web:a.example\0.b.example").as_str(), "did:web:a.example\u{fffd}.b.example");
    assert_eq!(Text::new("").as_str(), "");
    assert_eq!(string(ler_error::new(1, "a\0b").message_pointer()), "a\u{fffd}b");
}

impl ler_error {
    fn message_pointer(&self) -> *const c_char {
        // SAFETY: a reference is a live error.
        unsafe { ler_error_message(self, null_mut()) }
    }
}

#[test]
fn what_is_no_slice_is_not_followed() {
    let byte = 0xff_u8;
    // SAFETY: no pointer is followed but the last, which is one byte long.
    unsafe {
        assert_eq!(bytes("a", null(), 0).unwrap(), None);
        let refused = |result: Result<Option<&[u8]>, ler_error>| {
            ler_error_code(&raw const *result.as_ref().unwrap_err())
        };
        assert_eq!(refused(bytes("a", null(), 1)), LER_ERROR_NULL);
        assert_eq!(refused(bytes("a", &raw const byte, usize::MAX)), LER_ERROR_NULL);
        assert_eq!(refused(bytes("a", &raw const byte, isize::MAX as usize + 1)), LER_ERROR_NULL);
        assert_eq!(bytes("a", &raw const byte, 0).unwrap(), Some(&[][..]));
        let error = text("a", (&raw const byte).cast(), 1).unwrap_err();
        assert_eq!(ler_error_code(&raw const error), LER_ERROR_UTF8);
    }
}

/// A number is a name and back, by the names of the core; a kind or an outcome that is new there has to be added here.
#[test]
fn numbers_are_those_of_the_core() {
    let outcomes =
        [Outcome::Passed, Outcome::Failed, Outcome::Indeterminate, Outcome::NotApplicable, Outcome::Skipped];
    for outcome in outcomes {
        assert_eq!(string(names::ler_outcome_name(names::outcome(outcome))), outcome.name());
    }
    for kind in 1..=10 {
        let found: ResourceKind = names::resource_kind(kind).unwrap();
        assert_eq!(names::kind(found), kind);
        assert_eq!(string(names::ler_resource_kind_name(kind)), found.name());
    }
    for verdict in [Verdict::NotVerified, Verdict::Indeterminate] {
        assert_eq!(string(names::ler_verdict_name(names::verdict(&verdict))), verdict.name());
    }
    assert_eq!(string(names::ler_verdict_name(names::LER_VERDICT_VERIFIED)), "verified");
    assert_eq!((1..=4).filter_map(names::compat_view).collect::<Vec<CompatView>>(), CompatView::ALL);
    assert!(names::compat_view(0).is_none() && names::compat_view(5).is_none());
    assert!(names::resource_kind(0).is_none() && names::resource_kind(11).is_none());
    let relation =
        |number| ["presented", "nested", "endorsement", "statusList", "newerVersion"][number as usize - 1];
    for number in 1..=5 {
        assert_eq!(names::relation(relation(number)), number);
    }
    assert_eq!(names::relation("other"), 0);
}
