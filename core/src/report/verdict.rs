//! The one place where a verdict is made.

use super::{Check, Embedded, Relation};
use crate::codes::{Axis, Outcome, Requirement};

/// The answers to the four questions: the worst check of each, whatever the policy requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axes {
    /// Is it what the issuer signed, and was it the issuer who signed?
    pub authentic: Outcome,
    /// Is it valid now?
    pub current: Outcome,
    /// Is it meant for this person and occasion?
    pub addressed: Outcome,
    /// Is its issuer one whom the policy accepts?
    pub trusted: Outcome,
}

/// The verdict on required checks: any failed, *failed*; any indeterminate, *indeterminate*; else *passed*. With
/// nothing that passed there is nothing to be sure of.
pub(crate) fn fold<'c>(checks: impl IntoIterator<Item = &'c Check>) -> Outcome {
    let mut any_passed = false;
    let mut any_indeterminate = false;
    for check in checks {
        if check.requirement != Requirement::Require {
            continue;
        }
        match check.outcome {
            Outcome::Failed => return Outcome::Failed,
            Outcome::Indeterminate => any_indeterminate = true,
            Outcome::Passed => any_passed = true,
            Outcome::NotApplicable | Outcome::Skipped => {}
        }
    }
    if any_passed && !any_indeterminate { Outcome::Passed } else { Outcome::Indeterminate }
}

/// The axes of a document, the records inside it included. Endorsements are about it, not part of it; a status list counts
/// through the check that used it.
pub(crate) fn axes(checks: &[Check], embedded: &[Embedded]) -> Axes {
    let worst = |axis: Axis, inside: fn(&Axes) -> Outcome| {
        let own = checks.iter().filter(|check| check.id.axis() == Some(axis)).map(|check| check.outcome);
        let part_of = |part: &&Embedded| matches!(part.relation, Relation::Presented | Relation::Nested);
        let parts = embedded.iter().filter(part_of);
        own.chain(parts.map(|part| inside(&part.report.axes))).fold(Outcome::NotApplicable, rank)
    };
    Axes {
        authentic: worst(Axis::Authentic, |axes| axes.authentic),
        current: worst(Axis::Current, |axes| axes.current),
        addressed: worst(Axis::Addressed, |axes| axes.addressed),
        trusted: worst(Axis::Trusted, |axes| axes.trusted),
    }
}

/// The worse of two answers. A check that was switched off is worse than one that passed: the axis cannot be green.
pub(super) fn rank(a: Outcome, b: Outcome) -> Outcome {
    let badness = |outcome| match outcome {
        Outcome::NotApplicable => 0,
        Outcome::Passed => 1,
        Outcome::Skipped => 2,
        Outcome::Indeterminate => 3,
        Outcome::Failed => 4,
    };
    if badness(b) > badness(a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{Code, Finding};

    const OUTCOMES: [Outcome; 5] =
        [Outcome::Passed, Outcome::NotApplicable, Outcome::Skipped, Outcome::Indeterminate, Outcome::Failed];

    fn check(outcome: Outcome, requirement: Requirement) -> Check {
        Check { outcome, ..Check::new(Finding::new(Code::SignatureGood), requirement) }
    }

    /// The whole truth table over two checks of any outcome and requirement.
    #[test]
    fn the_verdict_is_the_worst_required_check() {
        use Requirement::{Report, Require, Skip};
        for a in OUTCOMES {
            for b in OUTCOMES {
                for (ra, rb) in [(Require, Require), (Require, Report), (Report, Report), (Skip, Require)] {
                    let required: Vec<Outcome> =
                        [(a, ra), (b, rb)].iter().filter(|(_, r)| *r == Require).map(|(o, _)| *o).collect();
                    let expected = if required.contains(&Outcome::Failed) {
                        Outcome::Failed
                    } else if required.contains(&Outcome::Indeterminate) {
                        Outcome::Indeterminate
                    } else if required.contains(&Outcome::Passed) {
                        Outcome::Passed
                    } else {
                        Outcome::Indeterminate
                    };
                    assert_eq!(fold([&check(a, ra), &check(b, rb)]), expected, "{a:?} {ra:?} {b:?} {rb:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_required_is_nothing_known() {
        assert_eq!(fold([]), Outcome::Indeterminate);
        assert_eq!(fold([&check(Outcome::Passed, Requirement::Report)]), Outcome::Indeterminate);
    }

    #[test]
    fn a_policy_cannot_colour_an_axis() {
        for requirement in [Requirement::Require, Requirement::Report, Requirement::Skip] {
            let checks = [check(Outcome::Passed, Requirement::Require), check(Outcome::Failed, requirement)];
            assert_eq!(axes(&checks, &[]).authentic, Outcome::Failed);
        }
    }
}
