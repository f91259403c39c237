//! Generated statements, as many and as long as those of real badges and records, for measuring RDFC-1.0 alone.

use std::fmt::Write as _;

const BADGES: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
const PREDICATES: [&str; 12] = [
    "achievementType",
    "alignment",
    "creditsAvailable",
    "fieldOfStudy",
    "humanCode",
    "resultDescription",
    "specialization",
    "targetCode",
    "targetFramework",
    "targetUrl",
    "allowedValue",
    "identifierType",
];

/// N-Quads of about `quads` statements; `blanks` of their nodes have no name, and all but every hundredth of those
/// can be told apart by what they say.
pub fn nquads(quads: usize, blanks: usize) -> String {
    let mut text = String::new();
    let mut count = 0;
    for node in 0.. {
        if count >= quads {
            break;
        }
        // A node has about nine statements and stands in one of another node.
        let name = if node < blanks {
            format!("_:n{node}")
        } else {
            format!("<https://college.example/achievements/{node}>")
        };
        writeln!(text, "<https://college.example/credentials/{}> <{BADGES}result> {name} .", node / 20)
            .unwrap();
        let twin = if node < blanks && node % 100 == 1 { node - 1 } else { node };
        let own = (quads / blanks.max(1)).clamp(2, 9);
        for (i, predicate) in PREDICATES.iter().enumerate().take(own - 1) {
            match i % 3 {
                0 => writeln!(text, "{name} <{BADGES}{predicate}> \"{predicate} of number {twin}\" ."),
                1 => writeln!(
                    text,
                    "{name} <{BADGES}{predicate}> <https://skills.example/framework/{}> .",
                    twin % 40
                ),
                _ => writeln!(
                    text,
                    "{name} <{BADGES}{predicate}> \"{i}.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> ."
                ),
            }
            .unwrap();
        }
        count += own;
    }
    text
}
