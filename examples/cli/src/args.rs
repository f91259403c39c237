//! The arguments, and the policy and occasion that they make. The help text is here too.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Parser, Subcommand};
use ler_verify::{CompatView, Issuers, Occasion, Policy, Recipient, Timestamp};

use crate::escape::shown;
use crate::input::{Failure, read_file};
use crate::records::Shape;

/// A policy file is never larger.
const POLICY_BYTES: usize = 1024 * 1024;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const VERIFY_EXAMPLES: &str = "\
Examples:
  Is this badge genuine, and from this issuer?
    ler-verify verify badge.json --issuer did:web:university.example
  Is it about Ada, and was it valid on the day she applied?
    ler-verify verify badge.json --issuer did:web:university.example \\
      --recipient ada@example.org --at 2026-03-01T09:00:00Z
  A folder of applications, for a program to read:
    ler-verify verify applications/ --policy policy.json --json
  For a program that reads results of another verifier:
    ler-verify verify badge.json --policy policy.json --format verifier-core
  Without network, with the issuer's DID document on disk:
    ler-verify verify badge.json --anyone --offline \\
      --resources did:web:university.example=did.json
  What has she learned? As a résumé, each entry with how far it may be believed:
    ler-verify verify badge.json --issuer did:web:university.example --record resume
  Why?
    ler-verify verify badge.png --anyone --explain

Exit codes:
   0  verified
   1  not verified: there is evidence against it
   2  indeterminate: it could not be found out
   3  verified, but no issuer was demanded: anyone could have made it
      (none of --issuer, --registry, --anyone, --policy was given)
  64  the command line makes no sense
  66  a file or URL cannot be read
  74  the output cannot be written
  For several files the worst counts: 1, then 66, 2, 3, 0.

What is fetched:
  Documents that the verification needs (DID documents, contexts, registries):
  over https only, from public addresses only, each within 20 seconds and the
  size limit of the policy. Documents with keys and registries are not looked
  for behind redirects; contexts are, up to three. What was fetched is kept as
  long as its server says that it is fresh, at most a day. No record is ever
  sent anywhere.";

const BATCH_EXAMPLES: &str = "\
Examples:
  An archive; the same command goes on where it was stopped:
    ler-verify batch archive/ --policy policy.json --jobs 8 --output verdicts.jsonl
  From a database, without touching the disk:
    export | ler-verify batch - --issuer did:web:university.example | import

JSON Lines in:
  One record in a line: a JSON object, or a string that is a token. To give it a
  name of your own: {\"source\": \"4711\", \"record\": {...}}; then the file and the
  line are told as \"line\". Otherwise it is called after them.

JSON Lines out, in no particular order:
  {\"source\": ..., \"verdict\": \"verified\" | \"notVerified\" | \"indeterminate\",
   \"axes\": {\"authentic\", \"current\", \"addressed\", \"trusted\"},
   \"codes\": [...what decided, unless it is verified], \"policy\": digest}
  or {\"source\": ..., \"error\": ...} for what cannot be read.
  Progress and a count at the end go to standard error.

Exit codes: as of verify, the worst of all that were verified now.";

const INSPECT_EXAMPLES: &str = "\
Examples:
    ler-verify inspect badge.json
    ler-verify inspect badge.json --json | jq -r '.proofs[0].explanation.canonicalDocument'

Exit codes:
   0  it was recognised
   2  it is nothing that this program knows
  64  the command line makes no sense
  66  the file or URL cannot be read

This judges nothing: it shows what would be judged.";

/// Verifies Learning and Employment Records: Open Badges, CLR, W3C Verifiable Credentials.
#[derive(Debug, Parser)]
#[command(
    name = "ler-verify",
    version,
    styles = STYLES,
    max_term_width = 110,
    after_help = "`ler-verify help verify` has examples, exit codes and what is fetched.",
    disable_help_subcommand = false
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify records: is each genuine, valid, about whom you expect, and from whom you accept?
    #[command(after_long_help = VERIFY_EXAMPLES, after_help = "More, with examples and exit codes: --help")]
    Verify(VerifyArguments),
    /// Verify very many records: a line of JSON for each, with several at a time, to be continued where it stopped.
    #[command(after_long_help = BATCH_EXAMPLES, after_help = "More, with examples and exit codes: --help")]
    Batch(BatchArguments),
    /// Show what a file is: format, issuer, proofs, contexts, canonical forms and hashes. No verdict.
    #[command(after_long_help = INSPECT_EXAMPLES, after_help = "More, with examples and exit codes: --help")]
    Inspect(InspectArguments),
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// Files, folders (searched for .json .jsonld .jwt .jws .sd-jwt .cose .png .svg), https URLs, or - for standard input
    #[arg(required = true, value_name = "FILE|FOLDER|URL|-")]
    pub(crate) sources: Vec<OsString>,

    /// Print the report as JSON; for several files one line each, which begins with its `source`
    #[arg(long)]
    pub(crate) json: bool,

    /// Print the report in the shape that users of another system parse; what could not be found out is that system's
    /// failure there. For several files one line each, {"source", "result"}
    #[arg(long, value_name = "SYSTEM", value_parser = compat_view(), conflicts_with_all = ["json", "explain"])]
    pub(crate) format: Option<CompatView>,

    /// Show every check with its reason and a link to the rule
    #[arg(long, conflicts_with = "json")]
    pub(crate) explain: bool,

    /// Print the record instead of the report, as JSON with its verdict: `record` is null if it is not authentic; of a
    /// presentation `records` has those in it
    #[arg(long, value_name = "SHAPE", value_enum, conflicts_with_all = ["json", "explain", "format"])]
    pub(crate) record: Option<Shape>,

    /// The language that is preferred in a record that has several, as a tag (en, pt-BR)
    #[arg(long, value_name = "TAG", requires = "record")]
    pub(crate) language: Option<String>,

    #[command(flatten)]
    pub(crate) whose: WhoseArguments,

    /// Expect the record to be about this person: an e-mail address, a DID, or TYPE:VALUE with a type of Open Badges
    /// (studentId:4711); repeat it for further identities of the same person
    #[arg(long = "recipient", value_name = "WHO", help_heading = "What is expected", value_parser = recipient)]
    recipients: Vec<Recipient>,

    /// Expect a presentation by this holder
    #[arg(long, value_name = "ID", help_heading = "What is expected")]
    holder: Option<String>,

    /// Expect a presentation that answers this challenge
    #[arg(long, value_name = "TEXT", help_heading = "What is expected")]
    challenge: Option<String>,

    /// Expect a presentation that was made for this domain
    #[arg(long, value_name = "TEXT", help_heading = "What is expected")]
    domain: Option<String>,

    /// An endorsement of the record that came with it in a file of its own; may be repeated
    #[arg(long = "endorsement", value_name = "FILE")]
    endorsements: Vec<PathBuf>,

    /// Judge as of this instant (2026-03-01T09:00:00Z, or 2026-03-01 for the beginning of that day in UTC) instead
    /// of now
    #[arg(long, value_name = "TIME", help_heading = "What is expected", value_parser = instant)]
    pub(crate) at: Option<Timestamp>,

    #[command(flatten)]
    pub(crate) obtain: ObtainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct BatchArguments {
    /// Files, folders, JSON Lines (.jsonl .ndjson), or - for JSON Lines on standard input
    #[arg(required = true, value_name = "FILE|FOLDER|LINES|-")]
    pub(crate) sources: Vec<OsString>,

    /// Append to this file instead of writing to standard output, and pass over what is in it already
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Verify so many at a time (default: one for each processor)
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) whose: WhoseArguments,

    /// Judge as of this instant instead of when the program was started
    #[arg(long, value_name = "TIME", help_heading = "What is expected", value_parser = instant)]
    pub(crate) at: Option<Timestamp>,

    #[command(flatten)]
    pub(crate) obtain: ObtainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// A file, an https URL, or - for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) source: OsString,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) obtain: ObtainArguments,
}

/// Whose records are accepted.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whose").args(["issuers", "registries", "anyone", "policy"]))]
pub(crate) struct WhoseArguments {
    /// Accept records of this issuer (a DID or URL, exactly as records name it); may be repeated
    #[arg(long = "issuer", value_name = "ID", help_heading = "Whose records are accepted")]
    issuers: Vec<String>,

    /// Accept records of issuers that this registry lists (its https URL); may be repeated
    #[arg(long = "registry", value_name = "URL", help_heading = "Whose records are accepted")]
    registries: Vec<String>,

    /// Accept records of anyone: "verified" then says nothing about who made them
    #[arg(long, help_heading = "Whose records are accepted")]
    anyone: bool,

    /// Demand what this JSON policy says
    #[arg(long, value_name = "FILE", help_heading = "Whose records are accepted")]
    policy: Option<PathBuf>,
}

/// Where documents that the verification needs come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Where documents come from")]
pub(crate) struct ObtainArguments {
    /// Use no network: what is neither supplied nor in the cache stays open
    #[arg(long)]
    pub(crate) offline: bool,

    /// Supply documents; may be repeated.
    ///
    /// FOLDER or FILE: every JSON file in it, or in a folder below, that has an `id` is the document of that DID or issuer. ID=FILE: the file is
    /// the document of this identifier. It is taken as a registry if it has a `registry` object, as a JSON-LD
    /// context if it has `@context` but no `id` and ID is a URL, else as the document of a DID or issuer. Supplied
    /// documents go before fetched ones.
    #[arg(long, value_name = "FOLDER|ID=FILE")]
    pub(crate) resources: Vec<String>,

    /// Keep fetched documents in this folder (default: ler-verify in the system's cache folder)
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_cache")]
    pub(crate) cache: Option<PathBuf>,

    /// Neither use nor keep fetched documents
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// Whose records the command line demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demanded {
    /// Nobody's: nothing was said.
    Nobody,
    /// Somebody's, or expressly anyone's.
    Said,
}

impl WhoseArguments {
    /// The policy, and whether an issuer was demanded.
    ///
    /// # Errors
    /// If a policy file cannot be read or is not a policy.
    pub(crate) fn policy(&self) -> Result<(Policy, Demanded), Failure> {
        let issuers = if let Some(path) = &self.policy {
            return policy_file(path).map(|policy| (policy, Demanded::Said));
        } else if !self.issuers.is_empty() {
            Issuers::one_of(self.issuers.iter().cloned())
        } else if !self.registries.is_empty() {
            Issuers::registered(self.registries.iter().cloned())
        } else {
            let demanded = if self.anyone { Demanded::Said } else { Demanded::Nobody };
            return Ok((Policy::accepting(Issuers::Anyone), demanded));
        };
        Ok((Policy::accepting(issuers), Demanded::Said))
    }
}

impl VerifyArguments {
    /// The occasion, at this instant.
    ///
    /// # Errors
    /// If an endorsement cannot be read.
    pub(crate) fn occasion(&self, now: Timestamp, max_bytes: usize) -> Result<Occasion, Failure> {
        let mut occasion = Occasion::at(now);
        occasion.recipients = self.recipients.clone();
        occasion.holder = self.holder.clone();
        occasion.challenge = self.challenge.clone();
        occasion.domain = self.domain.clone();
        for path in &self.endorsements {
            let bytes = read_file(path, max_bytes)?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::Unreadable(format!("{}: it is no text", shown(&path.to_string_lossy())))
            })?;
            occasion.endorsements.push(text);
        }
        Ok(occasion)
    }
}

/// The views by their names.
fn compat_view() -> impl TypedValueParser<Value = CompatView> {
    PossibleValuesParser::new(CompatView::ALL.iter().map(|view| view.name())).try_map(|name| {
        CompatView::ALL.iter().copied().find(|view| view.name() == name).ok_or("there is no such format")
    })
}

fn policy_file(path: &Path) -> Result<Policy, Failure> {
    let bytes = read_file(path, POLICY_BYTES)?;
    let name = shown(&path.to_string_lossy());
    Policy::from_json(&bytes)
        .map_err(|error| Failure::Usage(format!("{name}: {}", shown(&error.to_string()))))
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let read =
        if text.contains(['T', 't', ' ']) { Timestamp::parse(text) } else { Timestamp::parse_date(text) };
    read.map_err(|reason| format!("{reason}; write it like 2026-03-01T09:00:00Z or 2026-03-01"))
}

/// A bare DID, URL or e-mail address, or a kind of identifier and its value.
fn recipient(text: &str) -> Result<Recipient, String> {
    if text.starts_with("did:") || text.starts_with("urn:") || text.starts_with("https://") {
        return Ok(Recipient::id(text));
    }
    // Open Badges allows extensions, whose names have a colon: `ext:LIST_NAME`.
    let (prefix, rest) = text.strip_prefix("ext:").map_or(("", text), |rest| ("ext:", rest));
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    match rest.split_once(':') {
        Some((_, "")) => Err("the value after the colon is missing".to_owned()),
        Some(("email" | "mailto", value)) if prefix.is_empty() => Ok(Recipient::email(value)),
        Some((name, value)) if is_name(name) => Ok(Recipient::identifier(format!("{prefix}{name}"), value)),
        None if prefix.is_empty() && text.contains('@') => Ok(Recipient::email(text)),
        _ => Err("write an e-mail address, a DID, or TYPE:VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn recipients() {
        let read = |text| recipient(text).unwrap();
        assert_eq!(read("ada@example.org"), Recipient::email("ada@example.org"));
        assert_eq!(read("mailto:ada@example.org"), Recipient::email("ada@example.org"));
        assert_eq!(read("emailAddress:ada@example.org"), Recipient::email("ada@example.org"));
        assert_eq!(read("did:key:z6Mk"), Recipient::id("did:key:z6Mk"));
        assert_eq!(read("id:did:key:z6Mk"), Recipient::id("did:key:z6Mk"));
        assert_eq!(read("https://example.org/ada"), Recipient::id("https://example.org/ada"));
        assert_eq!(read("studentId:47:11"), Recipient::identifier("studentId", "47:11"));
        assert_eq!(read("ext:badge_no:4711"), Recipient::identifier("ext:badge_no", "4711"));
        for text in ["", "ada", "studentId:", ":4711", "a b:4711", "ext:4711"] {
            assert!(recipient(text).is_err(), "{text}");
        }
    }

    #[test]
    fn instants() {
        assert_eq!(instant("2026-03-01").unwrap().to_string(), "2026-03-01T00:00:00Z");
        assert_eq!(instant("2026-03-01T10:00:00+01:00").unwrap().to_string(), "2026-03-01T09:00:00Z");
        for text in ["", "now", "2026-03-01T10:00:00", "2026-02-30", "1700000000"] {
            assert!(instant(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_one_way_to_say_whose() {
        let parse = |extra: &[&str]| {
            Arguments::try_parse_from(["ler-verify", "verify", "a.json"].iter().chain(extra)).is_ok()
        };
        assert!(parse(&[]));
        assert!(parse(&["--issuer", "did:web:a.example", "--issuer", "did:web:b.example"]));
        assert!(!parse(&["--issuer", "did:web:a.example", "--anyone"]));
        assert!(!parse(&["--policy", "p.json", "--registry", "https://r.example"]));
        assert!(!parse(&["--cache", "c", "--no-cache"]));
    }
}
