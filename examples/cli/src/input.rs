//! What is to be verified: files, folders, URLs, standard input.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::escape::shown;
use crate::fetch::Fetcher;

/// The endings of files that are taken from a folder.
const ENDINGS: [&str; 8] = ["json", "jsonld", "jwt", "jws", "sd-jwt", "cose", "png", "svg"];
/// How deep a folder is searched, and how many files are taken from it.
const DEPTH: usize = 64;
const FILES: usize = 1_000_000;
/// What a record on the web may be.
const ACCEPT: &str = "application/vc, application/vp, application/ld+json, application/json, application/vc+jwt, \
                      application/vc+sd-jwt, application/dc+sd-jwt, application/vc+cose, application/jwt, image/png, image/svg+xml, */*;q=0.1";

/// Why nothing was verified.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It was asked for in a way that makes no sense (exit code 64).
    Usage(String),
    /// Something cannot be read (exit code 66).
    Unreadable(String),
}

/// One thing to verify.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// A file.
    File(PathBuf),
    /// What stands at a URL.
    Url(String),
    /// Standard input.
    Stdin,
}

/// A document as it was read.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) bytes: Vec<u8>,
    /// The media type that came with it.
    pub(crate) media_type: Option<String>,
}

impl Source {
    /// Its name, as it can be shown.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::File(path) => shown(&path.to_string_lossy()),
            Source::Url(url) => shown(url),
            Source::Stdin => "standard input".to_owned(),
        }
    }

    /// Its name, whole and as it is.
    pub(crate) fn raw_name(&self) -> String {
        match self {
            Source::File(path) => path.to_string_lossy().into_owned(),
            Source::Url(url) => url.clone(),
            Source::Stdin => "-".to_owned(),
        }
    }

    /// Reads it. One byte more than `max_bytes` is read, so that whoever judges sees that it is too large.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) fn read(&self, max_bytes: usize, fetcher: Option<&Fetcher>) -> Result<Document, Failure> {
        let plain = |bytes| Document { bytes, media_type: None };
        match (self, fetcher) {
            (Source::File(path), _) => read_file(path, max_bytes).map(plain),
            (Source::Stdin, _) => {
                let read = bounded(io::stdin().lock(), max_bytes);
                read.map(plain).map_err(|error| Failure::Unreadable(format!("standard input: {error}")))
            }
            (Source::Url(url), None) => {
                Err(Failure::Unreadable(format!("{}: not fetched, because of --offline", shown(url))))
            }
            (Source::Url(url), Some(fetcher)) => match fetcher.fetch(url, ACCEPT, max_bytes, 3) {
                Ok(fetched) => Ok(Document { bytes: fetched.bytes, media_type: fetched.media_type }),
                Err(reason) => Err(Failure::Unreadable(format!("{}: {reason}", shown(url)))),
            },
        }
    }
}

/// What the arguments name, and whether that is many by its nature (several arguments, or a folder).
///
/// # Errors
/// If there is nothing, or a folder cannot be read.
pub(crate) fn sources(arguments: &[OsString]) -> Result<(Vec<Source>, bool), Failure> {
    let mut sources = Vec::new();
    let mut many = arguments.len() > 1;
    for argument in arguments {
        let path = Path::new(argument);
        // A name that is no Unicode can only be that of a file.
        let text = argument.to_str().unwrap_or_default();
        let begins =
            |scheme: &str| text.get(..scheme.len()).is_some_and(|is| is.eq_ignore_ascii_case(scheme));
        if text == "-" {
            if sources.contains(&Source::Stdin) {
                return Err(Failure::Usage("standard input can be read only once".to_owned()));
            }
            sources.push(Source::Stdin);
        } else if begins("https://") {
            sources.push(Source::Url(text.to_owned()));
        } else if begins("http://") {
            return Err(Failure::Usage(format!("{}: only https is fetched", shown(text))));
        } else if path.is_dir() {
            many = true;
            let before = sources.len();
            folder(path, &mut sources)?;
            if sources.len() == before {
                let name = shown(&path.to_string_lossy());
                return Err(Failure::Unreadable(format!(
                    "{name}: no file in it has one of the endings {ENDINGS:?}"
                )));
            }
        } else {
            sources.push(Source::File(path.to_owned()));
        }
    }
    Ok((sources, many))
}

/// The records of a folder.
fn folder(path: &Path, sources: &mut Vec<Source>) -> Result<(), Failure> {
    sources.extend(files_below(path, has_ending)?.into_iter().map(Source::File));
    Ok(())
}

/// The files of a folder and of those in it, sorted; links to folders are not followed, so there are no circles.
pub(crate) fn files_below(path: &Path, wanted: fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let unreadable =
            |error| Failure::Unreadable(format!("{}: {error}", shown(&folder.to_string_lossy())));
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                if depth < DEPTH {
                    folders.push((path, depth + 1));
                }
            } else if wanted(&path) && path.is_file() {
                found.push(path);
            }
            if found.len() > FILES {
                return Err(Failure::Usage(format!("more than {FILES} files")));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// A file, and no more than one byte more than `max_bytes` of it.
pub(crate) fn read_file(path: &Path, max_bytes: usize) -> Result<Vec<u8>, Failure> {
    let read = File::open(path).and_then(|file| bounded(file, max_bytes));
    read.map_err(|error| {
        Failure::Unreadable(format!("{}: {}", shown(&path.to_string_lossy()), plain(&error)))
    })
}

fn bounded(from: impl Read, max_bytes: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What went wrong, without the number of the operating system.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        kind => kind.to_string(),
    }
}
