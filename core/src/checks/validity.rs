//! Whether the record is valid now (VCDM 2.0 §4.9, VCDM 1.1 §4.6, §4.8).

use crate::codes::{Code, Finding};
use crate::document::{self, DataModel};
use crate::json::Value;
use crate::time::Timestamp;

/// A bound that a token states besides the credential: `nbf` or `exp` (RFC 7519 §4.1.4, §4.1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound<'a> {
    /// The instant.
    pub(crate) instant: Timestamp,
    /// What the finding calls it (`nbf`, `exp`).
    pub(crate) claim: &'a str,
}

/// The answers to `validity.from` and `validity.until`, in this order, at `now`; clocks may differ by `skew_seconds`
/// (negative counts as none). The bounds themselves are within the period. Where a `token` states bounds too,
/// `[from, until]`, both apply: the narrower wins.
pub(crate) fn validity(
    root: Value<'_>,
    model: DataModel,
    token: [Option<Bound<'_>>; 2],
    now: Timestamp,
    skew_seconds: i64,
) -> [Finding; 2] {
    let period = document::validity(root, model);
    let skew = skew_seconds.max(0);
    let [nbf, exp] = token;
    let from = Side {
        absent: Code::ValidityNoBeginning,
        unreadable: Code::ValidityFromUnknown,
        within: Code::ValidityBegun,
        outside: Code::ValidityNotYet,
    };
    let until = Side {
        absent: Code::ValidityNoEnd,
        unreadable: Code::ValidityUntilUnknown,
        within: Code::ValidityLasts,
        outside: Code::ValidityExpired,
    };
    let begun = |begin| now.plus_seconds(skew) >= begin;
    let lasts = |end| now.plus_seconds(skew.saturating_neg()) <= end;
    let mut found = [
        from.judge(period.from, nbf, model, |a, b| a > b, begun),
        until.judge(period.until, exp, model, |a, b| a < b, lasts),
    ];
    if model == DataModel::Vcdm2 {
        let [found_from, found_until] = &mut found;
        from.beside(found_from, root.get("issuanceDate"), begun);
        until.beside(found_until, root.get("expirationDate"), lasts);
    }
    found
}

/// The four answers to one of the two questions.
struct Side {
    absent: Code,
    unreadable: Code,
    within: Code,
    outside: Code,
}

impl Side {
    /// A date of VCDM 1.1 in a document of 2.0, where it means nothing: readers will take it for what it says, so a record
    /// that it would rule out is not valid beyond doubt.
    fn beside(&self, found: &mut Finding, stated: Option<Value<'_>>, holds: impl Fn(Timestamp) -> bool) {
        let Some(stated) = stated.filter(|value| !value.is_null()) else { return };
        let instant = stated.as_str().and_then(|text| DataModel::Vcdm1.instant(text).ok());
        if found.code != self.outside && !instant.is_some_and(holds) {
            *found = Finding::at(self.unreadable, stated.pointer());
        }
    }

    fn judge(
        &self,
        value: Option<Value<'_>>,
        token: Option<Bound<'_>>,
        model: DataModel,
        narrower: impl Fn(Timestamp, Timestamp) -> bool,
        holds: impl Fn(Timestamp) -> bool,
    ) -> Finding {
        let read = value.map(|value| value.as_str().and_then(|text| model.instant(text).ok()));
        let by_document = |code: Code| match value {
            Some(value) => Finding::at(code, value.pointer()),
            None => Finding::new(code),
        };
        let by_token = |code: Code, bound: Bound<'_>| {
            Finding::new(code).with("claim", bound.claim).with("instant", bound.instant.to_string())
        };
        match (read, token) {
            (None, None) => Finding::new(self.absent),
            // What cannot be read may be narrower than anything; but a bound that is broken is broken.
            (Some(None), Some(bound)) if !holds(bound.instant) => by_token(self.outside, bound),
            (Some(None), _) => by_document(self.unreadable),
            (Some(Some(instant)), Some(bound)) if !narrower(bound.instant, instant) => {
                let code = if holds(instant) { self.within } else { self.outside };
                by_document(code).with("instant", instant.to_string())
            }
            (Some(Some(instant)), None) => {
                let code = if holds(instant) { self.within } else { self.outside };
                by_document(code).with("instant", instant.to_string())
            }
            (_, Some(bound)) => {
                by_token(if holds(bound.instant) { self.within } else { self.outside }, bound)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Tree;
    use crate::limits::Limits;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn judge(document: &str, model: DataModel, now: &str, skew: i64) -> [Finding; 2] {
        let tree = Tree::parse(document.as_bytes(), &Limits::default()).unwrap();
        validity(tree.root(), model, [None, None], at(now), skew)
    }

    fn codes(findings: &[Finding; 2]) -> [Code; 2] {
        [findings[0].code, findings[1].code]
    }

    const YEAR: &str = r#"{"validFrom":"2025-01-01T00:00:00Z","validUntil":"2025-12-31T23:59:59Z"}"#;
    use Code::*;
    use DataModel::{Vcdm1, Vcdm2};

    /// threats.md T21: both bounds are inside; one second beyond is outside; the skew moves each outwards.
    #[test]
    fn the_bounds_are_inside() {
        for (now, skew, from, until) in [
            ("2024-12-31T23:59:59Z", 0, ValidityNotYet, ValidityLasts),
            ("2025-01-01T00:00:00Z", 0, ValidityBegun, ValidityLasts),
            ("2025-12-31T23:59:59Z", 0, ValidityBegun, ValidityLasts),
            ("2025-12-31T23:59:59.000000001Z", 0, ValidityBegun, ValidityExpired),
            ("2026-01-01T00:00:00Z", 0, ValidityBegun, ValidityExpired),
            ("2024-12-31T23:55:00Z", 300, ValidityBegun, ValidityLasts),
            ("2024-12-31T23:54:59Z", 300, ValidityNotYet, ValidityLasts),
            ("2026-01-01T00:04:59Z", 300, ValidityBegun, ValidityLasts),
            ("2026-01-01T00:05:00Z", 300, ValidityBegun, ValidityExpired),
            ("2025-01-01T00:00:00Z", -300, ValidityBegun, ValidityLasts),
            ("1970-01-01T00:00:00Z", 300, ValidityNotYet, ValidityLasts),
        ] {
            assert_eq!(codes(&judge(YEAR, Vcdm2, now, skew)), [from, until], "{now} {skew}");
        }
    }

    #[test]
    fn a_date_of_the_other_model_raises_doubt_only_where_it_would_rule_the_record_out() {
        for (document, expected) in [
            (r#"{"expirationDate":"2025-01-01T00:00:00Z"}"#, [ValidityNoBeginning, ValidityUntilUnknown]),
            (r#"{"expirationDate":"2027-01-01T00:00:00Z"}"#, [ValidityNoBeginning, ValidityNoEnd]),
            (r#"{"expirationDate":7}"#, [ValidityNoBeginning, ValidityUntilUnknown]),
            (r#"{"issuanceDate":"2027-01-01T00:00:00Z"}"#, [ValidityFromUnknown, ValidityNoEnd]),
            (r#"{"issuanceDate":"2025-01-01T00:00:00Z"}"#, [ValidityNoBeginning, ValidityNoEnd]),
            (
                r#"{"validUntil":"2025-12-31T00:00:00Z","expirationDate":"2025-01-01T00:00:00Z"}"#,
                [ValidityNoBeginning, ValidityExpired],
            ),
        ] {
            assert_eq!(codes(&judge(document, Vcdm2, "2026-06-01T00:00:00Z", 0)), expected, "{document}");
        }
    }

    #[test]
    fn the_finding_says_where_and_when() {
        let [from, until] = judge(YEAR, Vcdm2, "2026-06-01T00:00:00Z", 0);
        assert_eq!(from.pointer.as_deref(), Some("/validFrom"));
        assert_eq!(until.pointer.as_deref(), Some("/validUntil"));
        assert_eq!(until.details["instant"], "2025-12-31T23:59:59Z".into());
    }

    #[test]
    fn what_is_not_there_does_not_apply() {
        assert_eq!(
            codes(&judge("{}", Vcdm2, "2026-06-01T00:00:00Z", 0)),
            [ValidityNoBeginning, ValidityNoEnd]
        );
        assert_eq!(
            codes(&judge("{}", Vcdm1, "2026-06-01T00:00:00Z", 0)),
            [ValidityNoBeginning, ValidityNoEnd]
        );
    }

    /// threats.md T19, J18: what cannot be read is unknown, never absent and never in force.
    #[test]
    fn what_cannot_be_read_is_unknown() {
        for bad in ["null", "5", "[]", "{}", "true", "\"\"", "\"2025-01-01\"", "[\"2025-01-01T00:00:00Z\"]"] {
            let text = format!(r#"{{"validFrom":{bad},"validUntil":{bad}}}"#);
            let found = codes(&judge(&text, Vcdm2, "2025-06-01T00:00:00Z", 0));
            assert_eq!(found, [ValidityFromUnknown, ValidityUntilUnknown], "{bad}");
            let text = format!(r#"{{"issuanceDate":{bad},"expirationDate":{bad}}}"#);
            let found = codes(&judge(&text, Vcdm1, "2025-06-01T00:00:00Z", 0));
            assert_eq!(found, [ValidityFromUnknown, ValidityUntilUnknown], "{bad}");
        }
    }

    /// threats.md T20: a period that ends before it begins contains no instant.
    #[test]
    fn a_reversed_period_is_never_in_force() {
        let text = r#"{"validFrom":"2026-01-01T00:00:00Z","validUntil":"2025-01-01T00:00:00Z"}"#;
        for now in ["2024-06-01T00:00:00Z", "2025-06-01T00:00:00Z", "2026-06-01T00:00:00Z"] {
            let found = codes(&judge(text, Vcdm2, now, 0));
            assert!(found.contains(&ValidityNotYet) || found.contains(&ValidityExpired), "{now}");
        }
    }

    /// threats.md T23: each model has its own names.
    #[test]
    fn each_model_reads_its_own_names() {
        let old = r#"{"issuanceDate":"2025-01-01T00:00:00","expirationDate":"2025-12-31T23:59:59"}"#;
        assert_eq!(codes(&judge(old, Vcdm1, "2026-06-01T00:00:00Z", 0)), [ValidityBegun, ValidityExpired]);
        assert_eq!(
            codes(&judge(old, Vcdm2, "2025-06-01T00:00:00Z", 0)),
            [ValidityNoBeginning, ValidityNoEnd]
        );
        // 1.1 reserves the names of 2.0: they narrow, they never widen.
        let both = r#"{"issuanceDate":"2025-01-01T00:00:00Z","expirationDate":"2030-01-01T00:00:00Z",
                       "validUntil":"2025-12-31T23:59:59Z"}"#;
        assert_eq!(codes(&judge(both, Vcdm1, "2026-06-01T00:00:00Z", 0)), [ValidityBegun, ValidityExpired]);
    }

    #[test]
    fn of_token_and_document_the_narrower_counts() {
        let tree = Tree::parse(YEAR.as_bytes(), &Limits::default()).unwrap();
        let tell = |from: Option<&str>, until: Option<&str>, now: &str| {
            let bound = |text: Option<&str>, claim| text.map(|text| Bound { instant: at(text), claim });
            validity(tree.root(), Vcdm2, [bound(from, "nbf"), bound(until, "exp")], at(now), 0)
        };
        let narrow = tell(Some("2025-06-01T00:00:00Z"), Some("2025-07-01T00:00:00Z"), "2025-08-01T00:00:00Z");
        assert_eq!(codes(&narrow), [ValidityBegun, ValidityExpired]);
        assert_eq!(narrow[1].details["claim"], "exp".into());
        assert_eq!(narrow[1].pointer, None);
        let wide = tell(Some("2020-06-01T00:00:00Z"), Some("2030-07-01T00:00:00Z"), "2026-08-01T00:00:00Z");
        assert_eq!(codes(&wide), [ValidityBegun, ValidityExpired]);
        assert_eq!(wide[1].pointer.as_deref(), Some("/validUntil"));
        let bad = Tree::parse(br#"{"validUntil":5}"#, &Limits::default()).unwrap();
        let exp = |text| [None, Some(Bound { instant: at(text), claim: "exp" })];
        let now = at("2025-06-01T00:00:00Z");
        let found = |token| codes(&validity(bad.root(), Vcdm2, token, now, 0))[1];
        assert_eq!(found(exp("2025-01-01T00:00:00Z")), ValidityExpired);
        assert_eq!(found(exp("2026-01-01T00:00:00Z")), ValidityUntilUnknown);
        let none = Tree::parse(b"{}", &Limits::default()).unwrap();
        assert_eq!(
            codes(&validity(none.root(), Vcdm2, exp("2026-01-01T00:00:00Z"), now, 0))[1],
            ValidityLasts
        );
    }
}
