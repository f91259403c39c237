//! The code table keeps its own rules: a name is never ambiguous, every check can answer, every rule has a source.

use std::collections::BTreeSet;

use ler_verify::codes::{CheckId, Code, Outcome, Requirement};

/// Dotted parts of lower camel case: `proof.suite.notAccepted`.
fn is_dotted_lower_camel(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.chars().all(|character| character.is_ascii_alphanumeric())
    })
}

fn assert_unique<'n>(names: impl Iterator<Item = &'n str>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name), "{name} is there twice");
    }
}

#[test]
fn names_are_unique_and_dotted_lower_camel() {
    assert_unique(Code::ALL.iter().map(|code| code.name()));
    assert_unique(CheckId::ALL.iter().map(|check| check.name()));
    let names = Code::ALL.iter().map(|code| code.name()).chain(CheckId::ALL.iter().map(|check| check.name()));
    for name in names {
        assert!(is_dotted_lower_camel(name), "{name}");
    }
}

#[test]
fn every_check_has_two_answers_or_announces_something() {
    // Their other answer is silence.
    let announcements = [CheckId::PolicyDanger, CheckId::DocumentEmptyMembers, CheckId::Contacts];
    for check in CheckId::ALL {
        let answers = Code::ALL.iter().filter(|code| code.check() == *check).count();
        let least = if announcements.contains(check) { 1 } else { 2 };
        assert!(answers >= least, "{} has {answers} codes", check.name());
    }
}

#[test]
fn every_required_check_can_be_short_of_passed() {
    for check in CheckId::ALL.iter().filter(|check| check.default_requirement() == Requirement::Require) {
        let bad = |code: &&Code| matches!(code.outcome(), Outcome::Failed | Outcome::Indeterminate);
        assert!(
            Code::ALL.iter().filter(|code| code.check() == *check).any(|code| bad(&code)),
            "{}",
            check.name()
        );
    }
}

#[test]
fn the_codes_of_a_check_stand_together() {
    let mut groups: Vec<CheckId> = Code::ALL.iter().map(|code| code.check()).collect();
    groups.dedup();
    let count = groups.len();
    groups.sort_unstable();
    groups.dedup();
    assert_eq!(groups.len(), count, "the codes of some check are scattered");
}

#[test]
fn every_code_cites_its_rule() {
    for code in Code::ALL {
        let (name, spec) = (code.name(), code.spec());
        let (page, fragment) =
            spec.split_once('#').unwrap_or_else(|| panic!("{name}: {spec} has no fragment"));
        assert!(page.starts_with("https://") && !fragment.is_empty(), "{name}: {spec}");
        assert!(spec.bytes().all(|byte| byte.is_ascii_graphic()), "{name}: {spec}");
        if let Some(problem) = code.problem_type() {
            let (page, fragment) = problem.split_once('#').unwrap_or_else(|| panic!("{name}: {problem}"));
            assert!(page.starts_with("https://"), "{name}: {problem}");
            assert!(
                fragment.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'),
                "{name}: {problem}"
            );
            assert_ne!(code.outcome(), Outcome::Passed, "{name} passed and is a problem");
        }
    }
}

#[test]
fn titles_are_sentences_and_questions() {
    for code in Code::ALL {
        assert!(code.title().ends_with('.'), "{}: {}", code.name(), code.title());
    }
    for check in CheckId::ALL {
        assert!(check.title().ends_with('?'), "{}: {}", check.name(), check.title());
    }
}
