//! Skill frameworks, recognised by the form of URLs, codes and types. Nothing is looked up.

use super::{EducationLevel, Framework, LevelScheme, Origin, Text};

/// The framework that the target of an alignment belongs to, by its URL, its code and its stated type.
pub(super) fn recognise(url: Option<&str>, code: Option<&str>, kind: Option<&str>) -> Option<Framework> {
    let url = url.unwrap_or("");
    let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let coded = |form: fn(&str) -> bool| code.is_some_and(form) || form(last);
    if esco(url).is_some() {
        Some(Framework::Esco)
    } else if is_page(url) && url.contains("/api/skills/") && is_uuid(last) {
        Some(Framework::Rsd)
    } else if is_page(url) && url.contains("/ims/case/v1p") || kind.is_some_and(|kind| kind.starts_with("CF"))
    {
        Some(Framework::Case)
    } else if is_ctid(last) && code.is_some_and(|code| is_ctid(code) && code != last) {
        // Two entries of one registry: which one is meant, nobody can tell.
        None
    } else if coded(is_ctid)
        || kind.is_some_and(|k| k == "CTDL" || k.starts_with("ceterms:") || k.starts_with("ceasn:"))
    {
        Some(Framework::Ctdl)
    } else if coded(is_occupation_code) {
        Some(Framework::Onet)
    } else {
        None
    }
}

/// Whether the target is a skill by its stated type or the form of its URL: a competency of CTDL, an item of a CASE
/// framework, an entry of ESCO, O*NET or a collection of rich skill descriptors.
pub(super) fn is_skill(framework: Option<Framework>, kind: Option<&str>) -> bool {
    matches!(kind, Some("ceasn:Competency" | "CFItem"))
        || kind != Some("ceterms:Credential")
            && matches!(framework, Some(Framework::Esco | Framework::Onet | Framework::Rsd))
}

/// The path in ESCO's namespace, of a skill or an occupation: other lists have their place there too, ISCED-F among them.
fn esco(url: &str) -> Option<&str> {
    let rest = without_scheme(url)?.strip_prefix("data.europa.eu/esco/")?;
    (rest.starts_with("skill/") || rest.starts_with("occupation/")).then_some(rest)
}

fn without_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))
}

fn is_page(url: &str) -> bool {
    without_scheme(url).is_some()
}

/// A CTID: `ce-` and a UUID in lower case (CTDL handbook, "CTID").
pub(super) fn is_ctid(text: &str) -> bool {
    text.strip_prefix("ce-")
        .is_some_and(|rest| is_uuid(rest) && !rest.bytes().any(|byte| byte.is_ascii_uppercase()))
}

/// The level that a URL in the namespace of the European Qualifications Framework names.
pub(super) fn eqf_level(url: &str) -> Option<&str> {
    without_scheme(url)?
        .strip_prefix("data.europa.eu/snb/eqf/")
        .filter(|level| number(LevelScheme::Eqf, level).is_some())
}

/// The number of a level: of the forms `6`, `EQF 6`, `level 6` and a URL that ends in it (`…/eqf/6`); only where the
/// framework has such a level (EQF 1 to 8, ISCED 2011 0 to 8). National frameworks count as they like.
pub(super) fn number(scheme: LevelScheme, value: &str) -> Option<u8> {
    let last = value.trim().trim_end_matches('/').rsplit(['/', ' ', '#']).next()?;
    let number: u8 = last.parse().ok().filter(|_| last.bytes().all(|byte| byte.is_ascii_digit()))?;
    let exists = match scheme {
        LevelScheme::Eqf => (1..=8).contains(&number),
        LevelScheme::Isced => number <= 8,
        LevelScheme::Nqf => number <= 20,
        LevelScheme::EducationLevel => false,
    };
    exists.then_some(number)
}

impl EducationLevel {
    /// A level as stated.
    pub(super) fn new(scheme: LevelScheme, value: &str, name: Vec<Text>, origin: Origin) -> Self {
        EducationLevel { scheme, value: value.to_owned(), number: number(scheme, value), name, origin }
    }
}

/// A UUID in lower or upper case (RFC 9562 §4).
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// An O*NET-SOC code: `15-1252.00`.
fn is_occupation_code(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            2 => byte == b'-',
            7 => byte == b'.',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frameworks_are_told_by_form() {
        use Framework::*;
        const UUID: &str = "6b84b429-31ee-4dac-9d20-e5c55881f80e";
        let ctid = format!("ce-{UUID}");
        for (url, code, kind, framework, skill) in [
            ("http://data.europa.eu/esco/skill/x", None, None, Some(Esco), true),
            ("https://data.europa.eu/esco/occupation/x", None, None, Some(Esco), true),
            ("http://data.europa.eu/esco/isced-f/0611", None, None, None, false),
            ("http://data.europa.eu/esco/skill/x", None, Some("ceterms:Credential"), Some(Esco), false),
            ("urn:x/ims/case/v1p0/CFItems/x", None, None, None, false),
            ("https://data.europa.eu.example/esco/skill/x", None, None, None, false),
            (
                "https://example.org/api/skills/6b84b429-31ee-4dac-9d20-e5c55881f80e",
                None,
                None,
                Some(Rsd),
                true,
            ),
            ("https://example.org/api/skills/all", None, None, None, false),
            ("https://example.org/ims/case/v1p0/CFItems/x", None, None, Some(Case), false),
            ("https://example.org/x", None, Some("CFItem"), Some(Case), true),
            ("https://example.org/x", None, Some("CFRubric"), Some(Case), false),
            ("https://example.org/x", Some(ctid.as_str()), None, Some(Ctdl), false),
            ("https://example.org/x", None, Some("ceasn:Competency"), Some(Ctdl), true),
            ("https://example.org/x", None, Some("ceterms:Credential"), Some(Ctdl), false),
            ("https://example.org/x", None, Some("CTDL"), Some(Ctdl), false),
            ("https://example.org/x", Some("15-1252.00"), None, Some(Onet), true),
            ("https://example.org/summary/15-1252.00", None, None, Some(Onet), true),
            ("https://example.org/x", Some("15-1252"), None, None, false),
            ("https://example.org/skill/python", Some("python"), None, None, false),
        ] {
            let found = recognise(Some(url), code, kind);
            assert_eq!(found, framework, "{url} {code:?} {kind:?}");
            assert_eq!(is_skill(found, kind), skill, "{url} {code:?} {kind:?}");
        }
        assert_eq!(
            recognise(Some(&format!("https://example.org/resources/{ctid}/")), None, None),
            Some(Ctdl)
        );
        assert_eq!(recognise(None, None, None), None);
    }

    /// standards.md §18: what can be checked of a CTID without its registry.
    #[test]
    fn a_ctid_has_one_form_and_agrees_with_its_url() {
        let (one, other) =
            ("ce-6b84b429-31ee-4dac-9d20-e5c55881f80e", "ce-00000000-31ee-4dac-9d20-e5c55881f80e");
        assert!(is_ctid(one));
        for text in
            [&one.to_uppercase(), &one[3..], &one[..38], "ce-", "ce-6b84b42931ee4dac9d20e5c55881f80e", "x"]
        {
            assert!(!is_ctid(text), "{text}");
        }
        let resource = |ctid: &str| format!("https://registry.example/resources/{ctid}");
        assert_eq!(recognise(Some(&resource(one)), Some(one), None), Some(Framework::Ctdl));
        assert_eq!(recognise(Some(&resource(one)), Some(other), None), None);
        assert_eq!(recognise(Some(&resource(one)), Some("CS101"), None), Some(Framework::Ctdl));
    }

    #[test]
    fn levels_are_those_that_the_framework_has() {
        use LevelScheme::*;
        for (scheme, value, level) in [
            (Eqf, "6", Some(6)),
            (Eqf, "EQF 6", Some(6)),
            (Eqf, "http://data.europa.eu/snb/eqf/8", Some(8)),
            (Eqf, "9", None),
            (Eqf, "0", None),
            (Eqf, "+6", None),
            (Eqf, "six", None),
            (Eqf, "", None),
            (Isced, "0", Some(0)),
            (Isced, "Level 7", Some(7)),
            (Isced, "9", None),
            (Nqf, "10", Some(10)),
            (EducationLevel, "6", None),
        ] {
            assert_eq!(number(scheme, value), level, "{value}");
        }
        assert_eq!(eqf_level("http://data.europa.eu/snb/eqf/6"), Some("6"));
        assert_eq!(eqf_level("http://data.europa.eu.example/snb/eqf/6"), None);
        assert_eq!(eqf_level("http://data.europa.eu/snb/eqf/9"), None);
    }
}
