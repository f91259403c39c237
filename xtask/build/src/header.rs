//! The C header, from the sources of `ffi/`.

use cbindgen::{Builder, Config, DocumentationStyle, ItemType, Language, Style};

use crate::{Failure, Mode, deliver, root};

const HEAD: &str = "\
/* ler_verify.h: verifies Learning and Employment Records: bytes in, a report out, no I/O.
 *
 * Generated from ffi/src by `cargo xtask-build header`; do not edit.
 *
 *   ler_report *report = ler_verify_json(policy, policy_len, document, document_len,
 *                                        occasion, occasion_len, NULL, 0, &error);
 *   if (ler_report_is_verified(report)) { ... }
 *   ler_report_free(report);
 *
 * Every argument is copied during the call. Every string is a view into a handle. NULL is always answered.
 */";

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
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
    let bindings = Builder::new().with_config(config).with_src(sources.join("lib.rs")).generate()?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let path = root().join("ffi/include/ler_verify.h");
    deliver(mode, &path, &String::from_utf8(text)?, "cargo xtask-build header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_what_the_sources_say() {
        run(Mode::Check).unwrap();
    }

    #[test]
    fn every_function_has_the_prefix_of_the_library() {
        let header = std::fs::read_to_string(root().join("ffi/include/ler_verify.h")).unwrap();
        let functions: Vec<&str> = header
            .lines()
            .filter(|line| line.ends_with(");") || line.ends_with('(') || line.ends_with(','))
            .filter(|line| line.contains('(') && !line.starts_with([' ', '/']))
            .collect();
        assert!(functions.len() >= 9, "{functions:?}");
        for function in functions {
            let name = function.split('(').next().unwrap().rsplit([' ', '*']).next().unwrap();
            assert!(name.starts_with("ler_"), "{function}");
        }
    }
}
