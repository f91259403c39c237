//! Skill frameworks, recognised by the form of URLs, codes and types. Nothing is looked up.

use super::Framework;

/// The framework that the target of an alignment belongs to, by its URL, its code and its stated type.
pub(super) fn recognise(url: Option<&str>, code: Option<&str>, kind: Option<&str>) -> Option<Framework> {
    let url = url.unwrap_or("");
    let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let coded = |form: fn(&str) -> bool| code.is_some_and(form) || form(last);
    if esco(url).is_some() {
        Some(Framework::Esco)
    } else if url.contains("/api/skills/") && is_uuid(last) {
        Some(Framework::Rsd)
    } else if url.contains("/ims/case/v1p") || kind.is_some_and(|kind| kind.starts_with("CF")) {
        Some(Framework::Case)
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

/// The path in ESCO's namespace.
fn esco(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    rest.strip_prefix("data.europa.eu/esco/")
}

/// A CTID: `ce-` and a UUID (CTDL handbook, "CTID").
pub(super) fn is_ctid(text: &str) -> bool {
    text.strip_prefix("ce-").is_some_and(is_uuid)
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
}
