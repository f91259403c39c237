//! The published contexts: documents of others, beside the workspace and never in the repository.

use std::path::{Path, PathBuf};

use sha2::Digest;

/// The folder beside the workspace that holds the documents of others; `LER_SHARED` names another.
pub fn shared() -> PathBuf {
    std::env::var_os("LER_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from)
}

/// One byte-version of one context.
#[derive(Clone, Debug)]
pub struct Published {
    /// The URL under which it is or was served.
    pub url: String,
    /// Where it lies, below [`shared`].
    pub file: String,
    /// The day of the snapshot (`2024-03-04`), for documents of `history/`.
    pub date: Option<String>,
    /// The bytes as they were published.
    pub bytes: Vec<u8>,
}

impl Published {
    /// SHA-256 of the published bytes.
    pub fn sha256(&self) -> [u8; 32] {
        sha2::Sha256::digest(&self.bytes).into()
    }

    /// SHA-384 of the published bytes: the digest that `relatedResource` entries mostly give.
    pub fn sha384(&self) -> [u8; 48] {
        sha2::Sha384::digest(&self.bytes).into()
    }

    /// The name of the file alone.
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    /// Whether it is a snapshot of a context that was edited in place.
    pub fn is_history(&self) -> bool {
        self.file.contains("/history/")
    }
}

/// Every context of `contexts/index.tsv`, with its bytes checked against the digest that stands there.
///
/// # Errors
/// What is missing or differs, in words; in particular when the folder is absent.
pub fn index() -> Result<Vec<Published>, String> {
    let root = shared();
    let path = root.join("contexts/index.tsv");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut all = Vec::new();
    for line in text.lines().skip(1) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or_default().to_owned();
        let (url, file, sha256) = (column(), column(), column());
        if !file.starts_with("contexts/") {
            continue;
        }
        let bytes = std::fs::read(root.join(&file)).map_err(|error| format!("{file}: {error}"))?;
        let date = line.split_once("commit date ").map(|(_, date)| date.trim().to_owned());
        let published = Published { url, file, date, bytes };
        if hex(&published.sha256()) != sha256 {
            return Err(format!("{}: not the bytes that the index describes", published.file));
        }
        all.push(published);
    }
    Ok(all)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
