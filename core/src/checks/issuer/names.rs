//! Names of issuers: anyone can claim any, so what is claimed is held against what is registered (threats P01, P02).
//!
//! Two names look alike if they have one *skeleton*, after the idea of Unicode Technical Standard #39 §4, with a small table
//! in place of its large one: letters of Cyrillic, Greek, Armenian and Cherokee that look Latin, accents, full-width and
//! mathematical letters, digits that pass for letters. It is a warning and no proof either way.

use std::collections::BTreeMap;

use crate::codes::{Code, Finding};
use crate::json::Value;

use super::Answers;

/// So much of a name is looked at.
const LONGEST: usize = 256;
/// So many names of one issuer are looked at: one in each language.
const MOST: usize = 16;

/// Characters that look like a Latin letter or a digit: the letter, then those that look like it, in lower case.
const LOOK_ALIKES: [(char, &str); 26] = [
    ('a', "аαàáâãäåāăąǎɑ@"),
    ('b', "ьвβъƀꮟ"),
    ('c', "сϲçćĉċčꮯ"),
    ('d', "ԁďđɗꮷ"),
    ('e', "еєёεèéêëēĕėęěҽꭼ"),
    ('f', "ғƒ"),
    ('g', "ԍɡĝğġģꮐ"),
    ('h', "һнħĥηꮒ"),
    ('j', "јĵϳꭻ"),
    ('k', "кκķĸꮶ"),
    // Lower and upper case of I, of l, the digit and the bar are one: in many typefaces they are.
    ('l', "i1|!іїιìíîïĩīĭįıłĺļľӏꮮꭵ"),
    ('m', "мμꮇ"),
    ('n', "пñńņňոᑎ"),
    ('o', "0оοöòóôõōŏőøθօဝ"),
    ('p', "рρþꮲ"),
    ('q', "ԛգ"),
    ('r', "гŕŗřꭱ"),
    ('s', "ѕśŝşšșꮪ5$"),
    ('t', "тτţťŧțꭲ"),
    ('u', "цυùúûüũūŭůűųս"),
    ('v', "ѵνꮩ"),
    ('w', "ԝшωŵꮃ"),
    ('x', "хχ×"),
    ('y', "уүγýÿŷꭹ"),
    ('z', "ᴢźżžζꮓ"),
    ('3', "зʒ"),
];

/// The scripts whose letters are mistaken for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

fn script(character: char) -> Option<Script> {
    let code = u32::from(character);
    Some(match code {
        _ if !character.is_alphabetic() => return None,
        0x41..=0x24F | 0x1E00..=0x1EFF | 0xFF21..=0xFF5A => Script::Latin,
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Script::Cyrillic,
        0x530..=0x58F => Script::Armenian,
        0x13A0..=0x13FF | 0xAB70..=0xABBF => Script::Cherokee,
        _ => return None,
    })
}

/// Characters that are not seen, and those that change the direction of others.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180E | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xE0000..=0xE0FFF)
}

/// Why a name is not what it looks like, if it is not.
fn misleading(name: &str) -> Option<&'static str> {
    // In scripts with joining letters or from right to left, these shape the word.
    let shapes = name.chars().any(|character| {
        u32::from(character) >= 0x590 && character.is_alphabetic() && script(character).is_none()
    });
    let is_shaping = |character: char| shapes && matches!(u32::from(character), 0x200C..=0x200F | 0x61C);
    if name.chars().any(|character| is_hidden(character) && !is_shaping(character)) {
        return Some("hiddenCharacters");
    }
    for word in name.split(|character: char| !character.is_alphanumeric()) {
        let mut scripts = word.chars().filter_map(script);
        if let Some(first) = scripts.next()
            && scripts.any(|other| other != first)
        {
            return Some("mixedScripts");
        }
    }
    None
}

/// What is left of a name that is looked at and not read.
fn skeleton(name: &str) -> String {
    let mut skeleton = String::new();
    for character in name.chars().take(LONGEST).map(unstyled).flat_map(char::to_lowercase) {
        // Nearly all are.
        let is_plain = character.is_ascii_lowercase() && character != 'i';
        let is_mark = matches!(u32::from(character), 0x300..=0x36F);
        let alike = |(_, alike): &&(char, &str)| !is_plain && alike.contains(character);
        match LOOK_ALIKES.iter().find(alike) {
            Some((letter, _)) => skeleton.push(*letter),
            None if character.is_alphanumeric() && !is_mark => skeleton.push(character),
            None => {}
        }
    }
    skeleton.replace("rn", "m").replace("vv", "w")
}

/// Full-width (U+FF01 …) and mathematical (U+1D400 …) characters as the plain ones that they are styles of.
fn unstyled(character: char) -> char {
    let code = u32::from(character);
    let plain = match code {
        0xFF01..=0xFF5E => code.saturating_sub(0xFEE0),
        0x1D400..=0x1D6A3 => match code.saturating_sub(0x1D400) % 52 {
            upper @ 0..=25 => upper.saturating_add(0x41),
            lower => lower.saturating_add(0x61 - 26),
        },
        0x1D7CE..=0x1D7FF => (code.saturating_sub(0x1D7CE) % 10).saturating_add(0x30),
        _ => code,
    };
    char::from_u32(plain).unwrap_or(character)
}

/// The same name to a reader: case and white space aside.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The names that a registry lists, by skeleton.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, Vec<(String, String)>>);

/// A registered issuer whose name another one has, or one that looks like it.
#[derive(Debug)]
pub(crate) struct Namesake {
    id: String,
    registry: String,
    /// It is not the same name.
    pub(super) looks_like: bool,
}

impl Names {
    pub(super) fn add(&mut self, id: &str, name: &str) {
        let skeleton = skeleton(name);
        if !skeleton.is_empty() {
            self.0.entry(skeleton).or_default().push((plain(name), id.to_owned()));
        }
    }

    pub(super) fn namesake(&self, name: &str, issuer: &str, registry: &str) -> Option<Namesake> {
        let others = self.0.get(&skeleton(name))?.iter().filter(|(_, id)| id != issuer);
        let name = plain(name);
        let other = others.min_by_key(|(other, _)| *other != name)?;
        Some(Namesake { id: other.1.clone(), registry: registry.to_owned(), looks_like: other.0 != name })
    }
}

/// What a party calls itself, in every language: `name` as a string, as a value object, as a map of languages.
fn claimed_by(party: Value<'_>) -> Vec<(Value<'_>, &str)> {
    let Some(name) = party.get("name") else { return Vec::new() };
    let mut names = Vec::new();
    for item in name.one_or_many().take(MOST) {
        let Some(object) = item.as_object() else {
            names.extend(item.as_str().map(|text| (item, text)));
            continue;
        };
        for (key, value) in object.iter().take(MOST) {
            if matches!(key, "@value" | "@none") || !key.starts_with('@') {
                names.extend(value.one_or_many().take(MOST).filter_map(|text| Some((text, text.as_str()?))));
            }
        }
    }
    names.truncate(MOST);
    names
}

/// Holds the names that an issuer gives itself against the registered ones; `party` is where it speaks of itself.
/// `namesake` finds another registered issuer with such a name; none if no registry was asked.
pub(crate) fn check(
    party: Option<Value<'_>>,
    answers: Option<&Answers>,
    namesake: &dyn Fn(&str) -> Option<Namesake>,
) -> Vec<Finding> {
    let names = party.map(claimed_by).unwrap_or_default();
    let Some((first, _)) = names.first() else { return vec![Finding::new(Code::IssuerNameNone)] };
    let mut found = Vec::new();
    for (place, name) in &names {
        if let Some(reason) = misleading(name) {
            found.push(Finding::at(Code::IssuerNameMisleading, place.pointer()).with("reason", reason));
        }
        // Who is registered under the name is who is meant by it.
        if answers.is_some_and(|answers| answers.has_name(name)) {
            continue;
        }
        if let Some(namesake) = namesake(name) {
            let code = if namesake.looks_like { Code::IssuerNameLooksLike } else { Code::IssuerNameTaken };
            let finding = Finding::at(code, place.pointer());
            found.push(finding.with("registered", namesake.id).with("registry", namesake.registry));
        }
    }
    if found.is_empty() {
        let code = match answers {
            None => Code::IssuerNameClaimed,
            Some(answers) if names.iter().all(|(_, name)| answers.has_name(name)) => {
                Code::IssuerNameRegistered
            }
            Some(answers) if answers.listing().next().is_some() => Code::IssuerNameOther,
            Some(_) => Code::IssuerNameNotRegistered,
        };
        found.push(Finding::at(code, first.pointer()));
    }
    found
}

impl Answers {
    /// Whether a registry lists the issuer under this name.
    fn has_name(&self, name: &str) -> bool {
        let name = plain(name);
        let is =
            |registered: &Option<String>| registered.as_deref().is_some_and(|other| plain(other) == name);
        self.listing().any(|report| is(&report.registered.name) || is(&report.registered.legal_name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        skeleton(a) == skeleton(b)
    }

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for other in [
            "МIТ University",
            "MlT University",
            "M1T Universlty",
            "mit university",
            "MIT  University",
            "M.I.T. University",
            "MIT\u{200B} University",
            "ＭＩＴ University",
            "𝐌𝐈𝐓 𝑈niversity",
            "MÍT Üniversity",
            "MIT Univer\u{301}sity",
            "rnIT University",
            "\u{202E}MIT University",
        ] {
            assert!(
                alike("MIT University", other),
                "{other}: {} {}",
                skeleton("MIT University"),
                skeleton(other)
            );
        }
        for other in ["MIX University", "MIT", "NIT University", "University MIT", "大学"] {
            assert!(!alike("MIT University", other), "{other}");
        }
        assert!(!alike("東京大学", "京都大学"));
        // A name without letters is like no other.
        assert!(Names::default().namesake("!?", "did:a:b", "https://r.example").is_none());
    }

    #[test]
    fn a_name_is_not_misleading_for_being_foreign() {
        for name in [
            "MIT",
            "Université de Montréal",
            "Московский университет",
            "Πανεπιστήμιο Αθηνών",
            "東京大学 UTokyo",
            "جامعة القاهرة",
            "دانشگاه\u{200C}ها",
            "האוניברסיטה\u{200F} (HUJI)",
            "हिन्दी\u{200D}",
            "3M Школа",
            "École 42",
        ] {
            assert_eq!(misleading(name), None, "{name}");
        }
        for (name, reason) in [
            ("MI\u{422}", "mixedScripts"),
            ("Ηarvard", "mixedScripts"),
            ("MIT\u{202E}", "hiddenCharacters"),
            ("M\u{200B}IT", "hiddenCharacters"),
            ("MIT\u{200F}", "hiddenCharacters"),
            ("M\u{AD}IT", "hiddenCharacters"),
            ("MIT\u{1B}[2J", "hiddenCharacters"),
            ("جامعة\u{202E}", "hiddenCharacters"),
        ] {
            assert_eq!(misleading(name), Some(reason), "{name}");
        }
    }

    #[test]
    fn every_look_alike_is_in_the_table_once_and_in_lower_case() {
        let mut seen = std::collections::BTreeSet::new();
        for (letter, alike) in LOOK_ALIKES {
            for character in alike.chars() {
                assert!(seen.insert(character), "{character} looks like two letters, one is {letter}");
                assert_eq!(
                    skeleton(&character.to_string()),
                    skeleton(&letter.to_string()),
                    "{character} {letter}"
                );
            }
        }
    }
}
