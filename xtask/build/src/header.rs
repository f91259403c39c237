//! The C header, from the sources of `ffi/`: cbindgen makes the declarations, the head of each file its section.

use cbindgen::{Builder, Config, DocumentationStyle, ItemType, Language, Style};

use crate::{Failure, Mode, deliver, root};

const HEAD: &str = "\
/* ler_verify.h: verifies Learning and Employment Records: bytes in, a report out, no I/O.
 *
 * Generated from ffi/src by `cargo xtask-build header`; do not edit.
 *
 *   ler_verifier *verifier = ler_verifier_new(policy, policy_len, &error);
 *   ler_report *report = ler_verify(verifier, document, document_len, occasion, occasion_len, resources, &error);
 *   if (ler_report_is_verified(report)) { ... ler_report_record_json(report, NULL) ... }
 *   ler_report_free(report);
 *
 * What holds of every function (docs/c/conventions.md says more):
 *
 * - Arguments are (pointer, length) pairs, copied where they are needed after the call. Nothing has to end with NUL.
 * - A text that is returned is UTF-8, ends with NUL and has none in it (one in a document becomes U+FFFD). It is a view
 *   into the handle that gave it and lives as long as that handle. `len_out`, which may be NULL, gets its length.
 * - NULL is answered: with NULL, 0 or false, and with an error where there is a place for one. Freeing NULL is nothing.
 * - A handle is freed once, by the function of its type, when no other thread uses it. Nothing else is freed.
 * - There are no callbacks, no state of a thread or process, no hidden network access, file access or clock.
 * - A defect of the library ends in LER_ERROR_INTERNAL, not in the end of the program. A handle that was in use then
 *   answers as NULL does from then on: it is never verified.
 */";

/// The files in the order in which a reader needs them.
const SECTIONS: [&str; 10] = [
    "version",
    "error",
    "names",
    "verification",
    "resources",
    "report",
    "record",
    "checks",
    "requests",
    "embedded",
];

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
    let path = root().join("ffi/include/ler_verify.h");
    deliver(mode, &path, &header()?, "cargo xtask-build header")
}

fn header() -> Result<String, Failure> {
    let sources = root().join("ffi/src");
    let mut config = Config {
        language: Language::C,
        cpp_compat: true,
        header: Some(HEAD.to_owned()),
        no_includes: true,
        sys_includes: ["stdbool.h", "stddef.h", "stdint.h"].map(str::to_owned).to_vec(),
        include_guard: Some("LER_VERIFY_H".to_owned()),
        style: Style::Type,
        usize_is_size_t: true,
        documentation_style: DocumentationStyle::Doxy,
        line_length: 110,
        ..Config::default()
    };
    config.export.item_types = vec![ItemType::Constants, ItemType::OpaqueItems, ItemType::Functions];
    let mut builder = Builder::new().with_config(config);
    for section in SECTIONS {
        builder = builder.with_src(sources.join(section).with_extension("rs"));
    }
    let mut text = Vec::new();
    builder.generate()?.write(&mut text);
    let mut text = String::from_utf8(text)?.replace(" * # Safety\n", " * Required of the caller:\n");
    for section in SECTIONS {
        let source = std::fs::read_to_string(sources.join(section).with_extension("rs"))?;
        text = with_section(&text, &source).ok_or_else(|| format!("{section}.rs has no function"))?;
    }
    Ok(text)
}

/// Puts the head of a source file before the documentation of its first function.
fn with_section(header: &str, source: &str) -> Option<String> {
    let (_, declaration) = source.split_once("extern \"C\" fn ")?;
    let function = format!("{}(", declaration.split('(').next()?);
    let place = header.match_indices(&function).map(|(place, _)| place).find(|place| {
        // Documentation mentions functions too; a declaration begins its line.
        let line = header[..*place].rfind('\n').map_or(0, |end| end + 1);
        !header[line..*place].trim_start().starts_with('*')
    })?;
    let before = header[..place].rfind("/**")?;
    let rule = "-".repeat(110);
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let head: String = lines.map(|line| format!(" *{line}\n")).collect();
    Some(format!("{}/* {rule}\n{head} */\n\n{}", &header[..before], &header[before..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked_in() -> String {
        std::fs::read_to_string(root().join("ffi/include/ler_verify.h")).unwrap()
    }

    #[test]
    fn the_header_says_what_the_sources_say() {
        run(Mode::Check).unwrap();
    }

    #[test]
    fn every_source_is_a_section() {
        let header = checked_in();
        for file in std::fs::read_dir(root().join("ffi/src")).unwrap() {
            let path = file.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            let first = source.lines().next().unwrap().strip_prefix("//!").unwrap_or_default();
            let exports = source.contains("#[unsafe(no_mangle)]");
            assert_eq!(header.contains(&format!(" *{first}\n")), exports, "{}", path.display());
        }
    }

    #[test]
    fn every_function_has_the_prefix_of_the_library_and_is_documented() {
        let header = checked_in();
        let lines: Vec<&str> = header.lines().collect();
        let mut functions = 0;
        for pair in lines.windows(2) {
            let (before, line) = (pair[0], pair[1]);
            let declares =
                line.contains('(') && !line.starts_with([' ', '/', '#']) && !line.starts_with("extern");
            if declares {
                let name = line.split('(').next().unwrap().rsplit([' ', '*']).next().unwrap();
                assert!(name.starts_with("ler_"), "{line}");
                assert_eq!(before, " */", "{line}");
                functions += 1;
            }
        }
        assert!(functions > 40, "{functions}");
    }

    #[test]
    fn the_macros_are_the_version_of_the_crate() {
        let header = checked_in();
        let [major, minor, patch] = [
            env!("CARGO_PKG_VERSION_MAJOR"),
            env!("CARGO_PKG_VERSION_MINOR"),
            env!("CARGO_PKG_VERSION_PATCH"),
        ];
        for (name, value) in [("MAJOR", major), ("MINOR", minor), ("PATCH", patch)] {
            assert!(header.contains(&format!("#define LER_VERSION_{name} {value}\n")), "{name}");
        }
        let number = |text: &str| text.parse::<u32>().unwrap();
        let all = number(major) << 16 | number(minor) << 8 | number(patch);
        assert!(header.contains(&format!("#define LER_VERSION_NUMBER {all}\n")), "{all}");
    }
}
