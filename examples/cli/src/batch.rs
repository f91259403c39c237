//! Very many records: several threads, one verifier, one set of resources; a line out for each record.
//!
//! Nothing is kept of a record that is done, and every line is written whole, so a run that was stopped is continued by
//! starting it again.

mod feed;

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, IsTerminal, Seek, SeekFrom, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use ler_verify::{Check, Occasion, Outcome, Report, Requirement, Verdict, Verifier};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Stop;
use crate::args::{BatchArguments, Demanded};
use crate::escape::shown;
use crate::input::{Document, Failure};
use crate::rounds::Host;
use crate::summary::Ended;
use feed::{Feed, Name, Piece};

/// How often progress is said where no bar can be drawn.
const EVERY: Duration = Duration::from_secs(10);

/// What all threads share.
pub(crate) struct Batch<'a> {
    pub(crate) verifier: &'a Verifier,
    pub(crate) demanded: Demanded,
    pub(crate) occasion: &'a Occasion,
    pub(crate) host: &'a Host,
}

/// A line of the output.
#[derive(Serialize)]
struct Line<'r> {
    #[serde(flatten)]
    name: &'r Name,
    verdict: &'r str,
    axes: Axes,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<&'static str>,
    policy: &'r str,
}

#[derive(Serialize)]
struct Axes {
    authentic: &'static str,
    current: &'static str,
    addressed: &'static str,
    trusted: &'static str,
}

/// The line of what cannot be read.
#[derive(Serialize)]
struct Unread<'r> {
    #[serde(flatten)]
    name: &'r Name,
    error: &'r str,
    policy: &'r str,
}

/// What a line of an earlier run says that matters here.
#[derive(Deserialize)]
struct Earlier {
    #[serde(flatten)]
    name: Name,
    policy: String,
}

/// The records of an earlier run. A digest of each name is enough: there may be a million.
#[derive(Default)]
struct Done(HashSet<[u8; 16]>);

impl Done {
    fn add(&mut self, name: &Name) {
        self.0.insert(digest(name));
    }

    fn has(&self, name: &Name) -> bool {
        !self.0.is_empty() && self.0.contains(&digest(name))
    }
}

fn digest(name: &Name) -> [u8; 16] {
    let digest = Sha256::digest(json(name));
    std::array::from_fn(|at| digest[at])
}

/// Runs it.
///
/// # Errors
/// If the sources or the output make no sense, or the output cannot be written.
pub(crate) fn run(arguments: &BatchArguments, batch: &Batch<'_>) -> Result<ExitCode, Stop> {
    let policy = hex(&Sha256::digest(batch.verifier.policy().to_json()));
    let feed = Feed::new(&arguments.sources, batch.verifier.policy().limits.input_bytes)?;
    let (out, done): (Box<dyn Write + Send>, _) = match &arguments.output {
        None => (Box::new(io::stdout()), Done::default()),
        Some(path) => {
            let (file, done) = resume(path, &policy)?;
            (Box::new(file), done)
        }
    };
    let left = feed.len().map(|all| all.saturating_sub(done.0.len()));
    let sink =
        Mutex::new(Sink { out, counts: Counts::default(), progress: Progress::new(left), failed: None });
    let feed = Mutex::new(feed);
    let jobs =
        arguments.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(batch, &policy, &feed, &done, &sink));
        }
    });
    let sink = sink.into_inner().unwrap_or_else(PoisonError::into_inner);
    sink.progress.end();
    if let Some(error) = sink.failed.filter(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        return Err(error.into());
    }
    let _ = writeln!(anstream::stderr(), "{}", sink.counts.said());
    Ok(sink.counts.worst.map_or(ExitCode::SUCCESS, Ended::exit_code))
}

/// One thread: takes pieces until there are none, or the output cannot be written.
fn work(batch: &Batch<'_>, policy: &str, feed: &Mutex<Feed>, done: &Done, sink: &Mutex<Sink>) {
    loop {
        let Some(Piece { name, document }) = lock(feed).next() else { return };
        if done.has(&name) {
            lock(sink).counts.passed_over += 1;
            continue;
        }
        let max_bytes = batch.verifier.policy().limits.input_bytes;
        let document = document.and_then(|document| document.read(max_bytes, batch.host.fetcher.as_ref()));
        let (line, ended) = match document {
            Ok(document) => {
                let report = crate::judge(batch.host, batch.verifier, document, batch.occasion, u8::MAX);
                (verdict(&name, &report, policy), Ended::of(&report, batch.demanded))
            }
            Err(Failure::Usage(error) | Failure::Unreadable(error)) => {
                (json(&Unread { name: &name, error: &error, policy }), Ended::Unreadable)
            }
        };
        if !lock(sink).put(&line, ended) {
            return;
        }
    }
}

fn verdict(name: &Name, report: &Report, policy: &str) -> String {
    let axes = report.axes();
    json(&Line {
        name,
        verdict: report.verdict().name(),
        axes: Axes {
            authentic: axes.authentic.name(),
            current: axes.current.name(),
            addressed: axes.addressed.name(),
            trusted: axes.trusted.name(),
        },
        codes: deciding(report),
        policy,
    })
}

/// The codes of the required checks that made the verdict what it is, each once; of records inside, those that made
/// theirs. None for what is verified.
fn deciding(report: &Report) -> Vec<&'static str> {
    let outcome = |report: &Report| match report.verdict() {
        Verdict::Verified(_) => Outcome::Passed,
        Verdict::NotVerified => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Indeterminate,
    };
    let wanted = outcome(report);
    let mut codes = Vec::new();
    let mut open = vec![report];
    while let Some(report) = open.pop().filter(|_| wanted != Outcome::Passed) {
        let decides = |check: &&Check| check.requirement == Requirement::Require && check.outcome == wanted;
        for check in report.checks().iter().filter(decides) {
            if !codes.contains(&check.code.name()) {
                codes.push(check.code.name());
            }
            if check.id == ler_verify::CheckId::EmbeddedVerdict {
                let inside =
                    report.embedded().iter().filter(|part| Some(&part.pointer) == check.pointer.as_ref());
                open.extend(inside.map(|part| &*part.report).filter(|report| outcome(report) == wanted));
            }
        }
    }
    codes
}

/// The output of an earlier run, to be continued, and what is in it. Half a line, written when that run was stopped, is cut
/// off.
fn resume(path: &Path, policy: &str) -> Result<(File, Done), Stop> {
    let name = shown(&path.to_string_lossy());
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut done = Done::default();
    let mut whole = 0;
    let mut reader = BufReader::new(&file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            break;
        }
        let Ok(earlier) = serde_json::from_slice::<Earlier>(&line) else {
            return Err(Failure::Usage(format!("{name}: it is not the output of a batch")).into());
        };
        if earlier.policy != policy {
            return Err(
                Failure::Usage(format!("{name}: what is in it was verified under another policy")).into()
            );
        }
        done.add(&earlier.name);
        whole += u64::try_from(length).unwrap_or_default();
    }
    file.set_len(whole)?;
    file.seek(SeekFrom::End(0))?;
    Ok((file, done))
}

/// Where lines go, one at a time.
struct Sink {
    out: Box<dyn Write + Send>,
    counts: Counts,
    progress: Progress,
    failed: Option<io::Error>,
}

impl Sink {
    /// Whether it could be written.
    fn put(&mut self, line: &str, ended: Ended) -> bool {
        if self.failed.is_none() {
            // In one piece: whoever stops the program finds whole lines, and at most the last is half.
            let written = self.out.write_all(line.as_bytes()).and_then(|()| self.out.flush());
            self.failed = written.err();
        }
        if self.failed.is_some() {
            return false;
        }
        self.counts.add(ended);
        self.progress.one(&self.counts);
        true
    }
}

/// How many are what.
#[derive(Default)]
struct Counts {
    verified: usize,
    not_verified: usize,
    indeterminate: usize,
    unreadable: usize,
    passed_over: usize,
    worst: Option<Ended>,
}

impl Counts {
    fn add(&mut self, ended: Ended) {
        *match ended {
            Ended::Verified | Ended::VerifiedFromAnyone => &mut self.verified,
            Ended::NotVerified => &mut self.not_verified,
            Ended::Indeterminate => &mut self.indeterminate,
            Ended::Unreadable => &mut self.unreadable,
        } += 1;
        self.worst = self.worst.max(Some(ended));
    }

    fn all(&self) -> usize {
        self.verified + self.not_verified + self.indeterminate + self.unreadable
    }

    fn said(&self) -> String {
        let each = [
            (self.verified, "verified"),
            (self.not_verified, "not verified"),
            (self.indeterminate, "indeterminate"),
            (self.unreadable, "unreadable"),
            (self.passed_over, "done before"),
        ];
        let each = each.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let each = each.collect::<Vec<_>>().join(", ");
        format!("{} records: {}", self.all(), if each.is_empty() { "nothing to do" } else { &each })
    }
}

/// How far it has come, on standard error.
struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    said: Instant,
}

impl Progress {
    /// `left`: how many there are to do, where that is known.
    fn new(left: Option<usize>) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let (bar, template) = match left {
                Some(left) => {
                    let bar = ProgressBar::new(u64::try_from(left).unwrap_or(u64::MAX));
                    (bar, "{bar:30.green/dim} {pos}/{len}  {per_sec:.dim}  {eta:.dim}")
                }
                None => (ProgressBar::no_length(), "{pos}  {per_sec:.dim}"),
            };
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style.progress_chars("━━─")),
                Err(_) => bar,
            }
        });
        let now = Instant::now();
        Progress { bar, begun: now, said: now }
    }

    fn one(&mut self, counts: &Counts) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        } else if self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            let rate = counts.all() as f64 / self.begun.elapsed().as_secs_f64().max(1e-9);
            let _ = writeln!(anstream::stderr(), "{} ({rate:.0} per second)", counts.said());
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn json(line: &impl Serialize) -> String {
    let mut line = serde_json::to_string(line).unwrap_or_default();
    line.push('\n');
    line
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl feed::Unread {
    fn read(self, max_bytes: usize, fetcher: Option<&crate::fetch::Fetcher>) -> Result<Document, Failure> {
        match self {
            feed::Unread::Source(source) => source.read(max_bytes, fetcher),
            feed::Unread::Bytes(bytes) => Ok(Document { bytes, media_type: None }),
        }
    }
}
