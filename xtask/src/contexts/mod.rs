//! `cargo xtask contexts`: from the published documents to the tables that the library embeds.

pub mod choice;
pub mod history;
pub mod reserved;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ler_verify::jsonld::tables;

use crate::oracle;
use crate::published::{self, Published};
use history::Decision;

/// Where the tables lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/jsonld/tables")
}

/// A context version that is embedded.
#[derive(Clone, Debug)]
pub struct Version {
    /// The published document.
    pub document: Published,
    /// Other URLs of the same document.
    pub aliases: &'static [&'static str],
    /// The first day of this version; `-` where the context is not known to have changed.
    pub date: String,
    /// Whether it is a dated one beside the current one (feature `history`).
    pub dated: bool,
}

impl Version {
    /// The name of its table: that of the current document, and the date of a dated one.
    fn table(&self, current: &str) -> String {
        let stem = current.rsplit_once('.').map_or(current, |(stem, _)| stem);
        if self.dated { format!("{stem}.{}.ctx", self.date) } else { format!("{stem}.ctx") }
    }
}

/// The day on which a current version began, where its own snapshot does not tell.
const SINCE: &[(&str, &str)] = &[
    // Replaced on 2022-11-03 and restored on an unknown day after it; the first possible one keeps the order.
    ("1edtech-ob-v3p0-context-3.0.0.json", "2022-11-04"),
];

/// Every version that is embedded: by URL, the current one first, then from new to old.
///
/// # Errors
/// A document is missing.
pub fn versions() -> Result<Vec<Version>, String> {
    let index = published::index()?;
    let mut all = Vec::new();
    for chosen in choice::EMBEDDED {
        let current = index.iter().find(|document| document.name() == chosen.file);
        let current = current.ok_or_else(|| format!("{}: not in the index", chosen.file))?;
        let snapshots =
            || index.iter().filter(|document| document.is_history() && document.url == current.url);
        let decision = |document: &Published| {
            history::DECISIONS
                .iter()
                .find(|(file, _)| *file == document.name())
                .map(|(_, decision)| *decision)
        };
        let same = snapshots().find(|document| matches!(decision(document), Some(Decision::Current)));
        let since = SINCE.iter().find(|(file, _)| *file == chosen.file).map(|(_, date)| (*date).to_owned());
        all.push(Version {
            document: current.clone(),
            aliases: chosen.aliases,
            date: since.or_else(|| same.and_then(|same| same.date.clone())).unwrap_or("-".to_owned()),
            dated: false,
        });
        all.extend(
            snapshots().filter(|document| matches!(decision(document), Some(Decision::Embed(_)))).map(
                |document| Version {
                    document: document.clone(),
                    aliases: chosen.aliases,
                    date: document.date.clone().unwrap_or_default(),
                    dated: true,
                },
            ),
        );
    }
    all.sort_by(|a, b| (&a.document.url, a.dated, &b.date).cmp(&(&b.document.url, b.dated, &a.date)));
    Ok(all)
}

/// Every generated file with its content, by its name in [`folder`].
///
/// # Errors
/// A document is missing, or is no context.
pub fn generate() -> Result<BTreeMap<String, String>, String> {
    // The oracle, which the reserved vocabularies are read by, recurses.
    oracle::with_stack(generate_files)
}

fn generate_files() -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    let mut index = INDEX_HEAD.to_owned();
    let mut current = String::new();
    for version in versions()? {
        if !version.dated {
            version.document.name().clone_into(&mut current);
        }
        let name = version.table(&current);
        let document = &version.document;
        let table = tables::compile(&document.bytes, &document.url, &version.date, &|_| None)
            .map_err(|error| format!("{}: {error}", document.name()))?;
        let text = tables::write(&table);
        let sha256 =
            document.sha256().iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(", ");
        let included = format!("        text: include_str!({name:?}),\n");
        let text_member = if version.dated {
            let not_built = "        #[cfg(not(feature = \"history\"))]\n        text: \"\",\n";
            format!("        #[cfg(feature = \"history\")]\n{included}{not_built}")
        } else {
            included
        };
        // Writing to a string cannot fail.
        let _ = write!(
            index,
            "    Embedded {{\n        url: {:?},\n        aliases: &{:?},\n        date: {:?},\n        \
             sha256: [{sha256}],\n{text_member}    }},\n",
            document.url, version.aliases, version.date,
        );
        files.insert(name, text);
    }
    index.push_str("];\n");
    files.insert("index.rs".to_owned(), index);
    files.insert("reserved.txt".to_owned(), reserved::write(&reserved::spellings(&versions()?)?));
    Ok(files)
}

const INDEX_HEAD: &str = "//! The contexts that are compiled in. Written by `cargo xtask contexts`.

use super::Embedded;

/// Every embedded context version: sorted by URL, the newest version of a URL first.
#[rustfmt::skip]
pub static TABLES: &[Embedded] = &[
";

/// Writes the tables, or with `check` only says which differ from what is in the repository.
///
/// # Errors
/// What is missing, wrong or different, in words.
pub fn run(check: bool) -> Result<String, String> {
    let files = generate()?;
    let folder = folder();
    let mut different = Vec::new();
    for (name, text) in &files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            different.push(name.clone());
            if !check {
                std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
    }
    for entry in std::fs::read_dir(&folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".ctx") && !files.contains_key(&name) {
            different.push(name);
            if !check {
                std::fs::remove_file(&path).map_err(|error| error.to_string())?;
            }
        }
    }
    let bytes: usize = files.values().map(String::len).sum();
    match different.is_empty() {
        true => Ok(format!("{} files, {bytes} bytes: nothing to change", files.len())),
        false if check => Err(format!("differ from the published documents: {}", different.join(", "))),
        false => Ok(format!("{} files, {bytes} bytes; written: {}", files.len(), different.join(", "))),
    }
}
