//! Fetched documents on disk, used while they are fresh (RFC 9111 §4.2) and for a day at most.
//!
//! One file per document: a line of JSON that says what it is, then the bytes.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ler_verify::{Resource, ResourceKind, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fetch::{Fetched, header};

/// For how long a document is fresh whose server does not say.
const UNSAID: Duration = Duration::from_secs(5 * 60);
/// For how long a document is fresh at most: a key can be withdrawn.
const MOST: Duration = Duration::from_secs(24 * 60 * 60);
/// The first line of a file is shorter than this.
const HEAD: usize = 64 * 1024;

/// A cache in a directory.
#[derive(Debug)]
pub(crate) struct Cache {
    directory: PathBuf,
}

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    kind: String,
    identifier: String,
    media_type: Option<String>,
    /// Seconds since 1970.
    retrieved_at: u64,
    #[serde(flatten)]
    freshness: Freshness,
    bytes: usize,
}

/// The headers that decide how long a response is fresh, as they came.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Freshness {
    cache_control: Option<String>,
    expires: Option<String>,
    date: Option<String>,
    age: Option<String>,
}

impl Cache {
    /// A cache in this directory, which is made when it is first needed.
    pub(crate) fn new(directory: PathBuf) -> Self {
        Cache { directory }
    }

    /// The directory that the system has for such things, if it has one (XDG Base Directory §3).
    pub(crate) fn default_directory() -> Option<PathBuf> {
        let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let base = variable("XDG_CACHE_HOME")
            .or_else(|| variable("LOCALAPPDATA"))
            .or_else(|| variable("HOME").map(|home| home.join(".cache")))?;
        Some(base.join("ler-verify"))
    }

    /// The document, if it is here and fresh. Whatever cannot be read is not here.
    pub(crate) fn get(
        &self,
        kind: ResourceKind,
        identifier: &str,
        max_bytes: usize,
        now: SystemTime,
    ) -> Option<Resource> {
        let file = fs::File::open(self.path(kind, identifier)).ok()?;
        let most = u64::try_from(max_bytes.saturating_add(HEAD)).ok()?;
        let mut content = Vec::new();
        file.take(most).read_to_end(&mut content).ok()?;
        let end = content.iter().position(|&byte| byte == b'\n')?;
        let bytes = content.split_off(end + 1);
        let head: Head = serde_json::from_slice(&content).ok()?;
        let retrieved_at = UNIX_EPOCH.checked_add(Duration::from_secs(head.retrieved_at))?;
        // A document from the future comes from a clock that was wrong.
        let resident = now.duration_since(retrieved_at).ok()?;
        let whole = head.bytes == bytes.len() && bytes.len() <= max_bytes;
        let asked_for = head.kind == kind.name() && head.identifier == identifier;
        if !whole || !asked_for || !head.freshness.is_fresh(resident) {
            return None;
        }
        let resource =
            Resource::new(bytes).retrieved_at(Timestamp::from_unix(i64::try_from(head.retrieved_at).ok()?));
        Some(match head.media_type {
            Some(media_type) => resource.media_type(media_type),
            None => resource,
        })
    }

    /// Keeps a document, if its server allows that. A cache that cannot be written to is no cache, and no error.
    pub(crate) fn put(&self, kind: ResourceKind, identifier: &str, fetched: &Fetched) {
        let path = self.path(kind, identifier);
        let said = |name| header(&fetched.headers, name).map(str::to_owned);
        let freshness = Freshness {
            cache_control: joined(fetched, "cache-control"),
            expires: said("expires"),
            date: said("date"),
            age: said("age"),
        };
        let Some(retrieved_at) = fetched.at.duration_since(UNIX_EPOCH).ok().map(|at| at.as_secs()) else {
            return;
        };
        if !freshness.is_fresh(Duration::ZERO) {
            let _ = fs::remove_file(path);
            return;
        }
        let head = Head {
            kind: kind.name().to_owned(),
            identifier: identifier.to_owned(),
            media_type: fetched.media_type.clone(),
            retrieved_at,
            freshness,
            bytes: fetched.bytes.len(),
        };
        let _ = self.write(&path, &head, &fetched.bytes);
    }

    /// Written beside its place and then moved there: nobody ever reads half a file.
    fn write(&self, path: &Path, head: &Head, bytes: &[u8]) -> io::Result<()> {
        let head = serde_json::to_vec(head)?;
        if head.len() >= HEAD {
            return Ok(());
        }
        fs::create_dir_all(&self.directory)?;
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
        let beside = path.with_extension(format!("{}.{nanos}.tmp", std::process::id()));
        let written = fs::File::create_new(&beside).and_then(|mut file| {
            file.write_all(&head)?;
            file.write_all(b"\n")?;
            file.write_all(bytes)
        });
        written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
    }

    fn path(&self, kind: ResourceKind, identifier: &str) -> PathBuf {
        let digest =
            Sha256::new().chain_update(kind.name()).chain_update([0]).chain_update(identifier).finalize();
        let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        self.directory.join(name)
    }
}

/// A header that may stand several times is one list (RFC 9110 §5.3).
fn joined(fetched: &Fetched, name: &str) -> Option<String> {
    let values: Vec<&str> =
        fetched.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() { None } else { Some(values.join(", ")) }
}

impl Freshness {
    /// RFC 9111 §4.2, for a cache of one user: fresh while its age is below its lifetime.
    fn is_fresh(&self, resident: Duration) -> bool {
        let age = self.age.as_deref().and_then(|age| age.trim().parse().ok()).unwrap_or(0);
        resident.saturating_add(Duration::from_secs(age)) < self.lifetime()
    }

    fn lifetime(&self) -> Duration {
        let directives = || {
            let text = self.cache_control.as_deref().unwrap_or_default();
            text.split(',').map(|directive| directive.trim().to_ascii_lowercase())
        };
        // `no-cache` asks for a question to the server each time: the same as not keeping it.
        if directives().any(|name| name == "no-store" || name == "no-cache" || name.starts_with("no-cache="))
        {
            return Duration::ZERO;
        }
        let max_age = directives().find_map(|directive| {
            let seconds = directive.strip_prefix("max-age=")?.trim_matches('"').to_owned();
            // RFC 9111 §4.2.1: what cannot be read counts as stale.
            Some(Duration::from_secs(seconds.parse().unwrap_or(0)))
        });
        let date =
            |text: &Option<String>| text.as_deref().and_then(|text| httpdate::parse_http_date(text).ok());
        let lifetime = match (max_age, &self.expires) {
            (Some(max_age), _) => max_age,
            // RFC 9111 §5.3: an `Expires` that is no date is in the past.
            (None, Some(_)) => match (date(&self.expires), date(&self.date)) {
                (Some(expires), Some(date)) => expires.duration_since(date).unwrap_or_default(),
                _ => Duration::ZERO,
            },
            (None, None) => UNSAID,
        };
        lifetime.min(MOST)
    }
}

#[cfg(test)]
mod tests {
    use ureq::http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    const ID: &str = "did:web:example.org";
    const KIND: ResourceKind = ResourceKind::ControlledIdentifierDocument;

    fn fetched(headers: &[(&str, &str)]) -> Fetched {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let at = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        Fetched {
            bytes: b"{}\n{}".to_vec(),
            media_type: Some("application/did".into()),
            headers: map,
            at,
            status: 200,
        }
    }

    /// A directory of its own for each test, removed afterwards.
    struct Place(PathBuf);
    impl Place {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("ler-verify-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Place(path)
        }
        fn cache(&self) -> Cache {
            Cache::new(self.0.join("cache"))
        }
    }
    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// For how many seconds a response with these headers is used.
    fn used_for(name: &str, headers: &[(&str, &str)]) -> u64 {
        let place = Place::new(name);
        let (cache, fetched) = (place.cache(), fetched(headers));
        cache.put(KIND, ID, &fetched);
        let used = |after: &u64| cache.get(KIND, ID, 64, fetched.at + Duration::from_secs(*after)).is_some();
        let steps = [0, 1, 59, 60, 299, 300, 3_599, 3_600, 86_399, 86_400, 1_000_000];
        steps.iter().copied().take_while(used).last().map_or(0, |last| last + 1)
    }

    #[test]
    fn freshness_is_what_the_server_says_within_a_day() {
        let day = ("date", "Tue, 14 Nov 2023 22:13:20 GMT");
        assert_eq!(used_for("none", &[]), 300);
        assert_eq!(used_for("max", &[("cache-control", "public, Max-Age=60")]), 60);
        assert_eq!(used_for("age", &[("cache-control", "max-age=3660"), ("age", "60")]), 3_600);
        assert_eq!(used_for("year", &[("cache-control", "max-age=31536000, immutable")]), 86_400);
        assert_eq!(used_for("store", &[("cache-control", "max-age=60"), ("cache-control", "no-store")]), 0);
        assert_eq!(used_for("nocache", &[("cache-control", "no-cache")]), 0);
        assert_eq!(used_for("bad", &[("cache-control", "max-age=soon")]), 0);
        assert_eq!(used_for("expires", &[day, ("expires", "Tue, 14 Nov 2023 23:13:20 GMT")]), 3_600);
        assert_eq!(used_for("past", &[day, ("expires", "Tue, 14 Nov 2023 22:13:19 GMT")]), 0);
        assert_eq!(used_for("zero", &[day, ("expires", "0")]), 0);
        assert_eq!(
            used_for("both", &[("cache-control", "max-age=60"), day, ("expires", "0")]),
            60,
            "max-age goes before Expires"
        );
    }

    #[test]
    fn a_document_comes_back_as_it_was() {
        let place = Place::new("same");
        let (cache, fetched) = (place.cache(), fetched(&[]));
        cache.put(KIND, ID, &fetched);
        let resource = cache.get(KIND, ID, 64, fetched.at).unwrap();
        assert_eq!(resource.bytes, b"{}\n{}");
        assert_eq!(resource.media_type.as_deref(), Some("application/did"));
        assert_eq!(resource.retrieved_at, Some(Timestamp::from_unix(1_700_000_000)));
        assert!(cache.get(ResourceKind::Context, ID, 64, fetched.at).is_none(), "another kind");
        assert!(cache.get(KIND, "did:web:example.com", 64, fetched.at).is_none(), "another identifier");
        assert!(cache.get(KIND, ID, 4, fetched.at).is_none(), "larger than the request allows");
        assert!(cache.get(KIND, ID, 64, fetched.at - Duration::from_secs(1)).is_none(), "from the future");
    }

    #[test]
    fn half_a_file_is_no_file() {
        let place = Place::new("half");
        let (cache, fetched) = (place.cache(), fetched(&[]));
        cache.put(KIND, ID, &fetched);
        let path = cache.path(KIND, ID);
        let content = fs::read(&path).unwrap();
        for length in 0..content.len() {
            fs::write(&path, &content[..length]).unwrap();
            assert!(cache.get(KIND, ID, 64, fetched.at).is_none(), "{length} bytes");
        }
        fs::write(&path, &content).unwrap();
        assert!(cache.get(KIND, ID, 64, fetched.at).is_some());
    }

    #[test]
    fn no_store_forgets_what_was_kept_before() {
        let place = Place::new("forget");
        let cache = place.cache();
        cache.put(KIND, ID, &fetched(&[]));
        cache.put(KIND, ID, &fetched(&[("cache-control", "no-store")]));
        assert!(!cache.path(KIND, ID).exists());
    }

    #[test]
    fn nothing_is_left_beside_the_file() {
        let place = Place::new("beside");
        let cache = place.cache();
        cache.put(KIND, ID, &fetched(&[]));
        cache.put(KIND, ID, &fetched(&[]));
        assert_eq!(fs::read_dir(&cache.directory).unwrap().count(), 1);
    }
}
