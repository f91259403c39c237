//! The names that a report can hold, as TypeScript unions.

use std::fmt::Write;

use ler_verify::codes::{CheckId, Code};

use crate::{Failure, Mode, deliver, root};

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
    deliver(mode, &root().join("wasm/js/codes.ts"), &unions(), "cargo xtask-build readme")
}

fn unions() -> String {
    let mut text = String::from("// Generated from the table of codes by `cargo xtask-build readme`.\n");
    let checks = CheckId::ALL.iter().map(|check| (check.name(), check.title().to_owned()));
    union(&mut text, "CheckId", "A question that the verifier asks.", checks);
    let codes =
        Code::ALL.iter().map(|code| (code.name(), format!("{}: {}", code.outcome().name(), code.title())));
    union(&mut text, "Code", "A possible answer to a check.", codes);
    text
}

/// Each name has its meaning as a comment, which editors show.
fn union(text: &mut String, name: &str, title: &str, members: impl Iterator<Item = (&'static str, String)>) {
    let _ = write!(text, "\n/** {title} */\nexport type {name} =");
    for (member, meaning) in members {
        let _ = write!(text, "\n  /** {} */\n  | \"{member}\"", meaning.replace("*/", "* /"));
    }
    text.push_str(";\n");
}
