//! Term tables: published contexts, compiled into a sorted text that people can read and compare.
//!
//! One file per version of a context. Its head names the URL, the date and the digests of the published bytes. Then
//! come the contexts, each definition on a line, scoped contexts indented below their term:
//!
//! ```text
//! url https://example.org/context/v1
//! date 2024-05-06
//! sha256 …
//! sha384 …
//!
//! context
//!   @protected
//!   Person <https://schema.org/Person> scoped
//!     context
//!       born <https://schema.org/birthDate> type=xsd:date
//!   type @type
//! ```
//!
//! `<…>` is an IRI that the file itself resolves: nothing outside can change it. Anything else is *open* and is
//! expanded when the table is applied (`xsd:date` above, where another context may define `xsd`). `-` is `null`,
//! `.` a definition without `@id`, `!` one that JSON-LD ignores, `^` a reverse property. `simple` marks a definition
//! that was a plain string, where that still matters. Names that are not plain words are JSON strings.

mod index;
mod read;
pub mod reserved;
mod resolve;
mod write;

use sha2::{Digest as _, Sha256, Sha384};

use super::error::{Error, Result};
use super::local::{Definitions, Item, LocalContext, Reader};
use crate::json::Tree;
use crate::limits::Limits;

pub use index::TABLES;
pub(crate) use resolve::resolve;

/// A context that is compiled into the library.
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    /// The URL under which it is published.
    pub url: &'static str,
    /// Other URLs that give the same context.
    pub aliases: &'static [&'static str],
    /// The first day of this version (`2026-06-29`).
    pub date: &'static str,
    /// The SHA-256 of the published bytes.
    pub sha256: [u8; 32],
    /// The table; empty where a dated version is not built in (feature `history`).
    pub text: &'static str,
}

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The URL under which it is published.
    pub url: String,
    /// The first day of this version.
    pub date: String,
    /// The SHA-256 of the published bytes.
    pub sha256: [u8; 32],
    /// Their SHA-384.
    pub sha384: [u8; 48],
}

/// A compiled context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it comes from.
    pub head: Head,
    /// What it says.
    pub context: LocalContext,
}

/// A text that is not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not a line of a term table")]
pub struct TableError {
    /// The line, from 1.
    pub line: usize,
}

/// Compiles a published context. `import` gets what `@import` names.
///
/// # Errors
/// What JSON-LD says is wrong with the context.
pub fn compile(
    published: &[u8],
    url: &str,
    date: &str,
    import: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Table> {
    Ok(Table {
        head: Head {
            url: url.to_owned(),
            date: date.to_owned(),
            sha256: Sha256::digest(published).into(),
            sha384: Sha384::digest(published).into(),
        },
        context: read_published(published, &Limits::default(), import)?,
    })
}

/// Reads a table.
///
/// # Errors
/// The first line that is wrong.
pub fn read(text: &str) -> std::result::Result<Table, TableError> {
    read::table(text)
}

/// The SHA-384 in the head of a table.
pub(crate) fn read_sha384(text: &str) -> Option<[u8; 48]> {
    read::sha384(text)
}

/// A digest of all embedded tables: with the version, it says what a report was made with.
pub fn digest() -> [u8; 32] {
    let mut hash = Sha256::new();
    for table in TABLES {
        hash.update(table.text.as_bytes());
    }
    hash.update(reserved::RESERVED.as_bytes());
    hash.finalize().into()
}

/// Writes a table; `read` gives it back.
pub fn write(table: &Table) -> String {
    write::table(table)
}

/// A published document as a local context, resolved as far as it goes.
pub(crate) fn read_published(
    published: &[u8],
    limits: &Limits,
    import: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<LocalContext> {
    let tree = Tree::parse(published, limits).map_err(|_| Error::new("loading document failed"))?;
    let reader = Reader { mode_1_0: false, base: None, import: &|url| imported(url, limits, import) };
    let mut context = LocalContext::from_document(tree.root(), &reader)?;
    resolve(&mut context);
    Ok(context)
}

/// §4.1.2 step 5.6: what is imported is one context definition that imports nothing itself.
pub(crate) fn imported(
    url: &str,
    limits: &Limits,
    get: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Definitions> {
    let bytes = get(url).ok_or(Error::new("loading remote context failed"))?;
    let tree = Tree::parse(&bytes, limits).map_err(|_| Error::new("loading remote context failed"))?;
    let reader =
        Reader { mode_1_0: false, base: None, import: &|_| Err(Error::new("invalid context entry")) };
    let object = tree.root().get("@context").and_then(|context| context.as_object());
    reader.definitions(object.ok_or(Error::new("invalid remote context"))?)
}

/// Applies `change` to every context definition, scoped ones first.
fn for_each_definitions(context: &mut LocalContext, change: &mut dyn FnMut(&mut Definitions)) {
    for item in &mut context.items {
        let Item::Definitions(definitions) = item else { continue };
        let definitions = std::sync::Arc::make_mut(definitions);
        for term in &mut definitions.terms {
            if let Some(scoped) = &mut term.context {
                for_each_definitions(std::sync::Arc::make_mut(scoped), change);
            }
        }
        change(definitions);
    }
}
