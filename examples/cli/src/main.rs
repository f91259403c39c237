//! The command line `ler-verify`: it reads files, tells the time and fetches; the library does the rest.

mod address;
mod args;
mod batch;
mod cache;
mod escape;
mod fetch;
mod input;
mod inspect;
mod output;
mod page;
mod records;
mod resources;
mod rounds;
mod summary;
mod transport;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use ler_verify::{Issuers, Occasion, Policy, Report, Resources, Timestamp, Verifier};

use crate::args::{
    Arguments, BatchArguments, Command, Demanded, InspectArguments, ObtainArguments, VerifyArguments,
};
use crate::batch::Batch;
use crate::cache::Cache;
use crate::escape::shown;
use crate::fetch::Fetcher;
use crate::input::{Document, Failure, Source, sources};
use crate::page::{Page, RED};
use crate::rounds::Host;
use crate::summary::{Ended, Row, table};

/// The command line makes no sense (`EX_USAGE` of sysexits.h).
const USAGE: u8 = 64;
/// A file cannot be read (`EX_NOINPUT`).
const UNREADABLE: u8 = 66;
/// The output cannot be written (`EX_IOERR`).
const UNWRITABLE: u8 = 74;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { 0 });
        }
    };
    let done = match &arguments.command {
        Command::Verify(arguments) => verify(arguments),
        Command::Batch(arguments) => batch(arguments),
        Command::Inspect(arguments) => inspect(arguments),
    };
    let (message, code) = match done {
        Ok(code) => return code,
        Err(Stop::Because(Failure::Usage(message))) => (message, USAGE),
        Err(Stop::Because(Failure::Unreadable(message))) => (message, UNREADABLE),
        Err(Stop::Output(error)) => (format!("the output cannot be written: {error}"), UNWRITABLE),
    };
    let _ = writeln!(anstream::stderr(), "{RED}ler-verify:{RED:#} {message}");
    ExitCode::from(code)
}

/// Why the program stops early.
enum Stop {
    Because(Failure),
    Output(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Because(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

fn verify(arguments: &VerifyArguments) -> Result<ExitCode, Stop> {
    let (policy, demanded) = arguments.whose.policy()?;
    let verifier = verifier(policy)?;
    let max_bytes = verifier.policy().limits.input_bytes;
    let occasion = arguments.occasion(arguments.at.unwrap_or_else(now), max_bytes)?;
    let (sources, many) = sources(&arguments.sources)?;
    let host = host(&arguments.obtain)?;
    let run = Run { arguments, verifier: &verifier, demanded, occasion: &occasion, host: &host };
    if many { run.all(&sources) } else { run.only(&sources) }
}

/// One call of `verify`.
struct Run<'a> {
    arguments: &'a VerifyArguments,
    verifier: &'a Verifier,
    demanded: Demanded,
    occasion: &'a Occasion,
    host: &'a Host,
}

impl Run<'_> {
    /// One file.
    fn only(&self, sources: &[Source]) -> Result<ExitCode, Stop> {
        let mut worst = Ended::Verified;
        for source in sources {
            let report = self.report(source)?;
            worst = worst.max(Ended::of(&report, self.demanded));
            if let Some(record) = self.record(&report, None) {
                print(&(record + "\n"))?;
            } else if let Some(view) = self.arguments.format {
                print(&(report.to_compat(view) + "\n"))?;
            } else if self.arguments.json {
                print(&(report.to_json() + "\n"))?;
            } else {
                self.print_report(source, &report)?;
            }
        }
        Ok(worst.exit_code())
    }

    /// Many files: a line of JSON for each, or a table at the end.
    fn all(&self, sources: &[Source]) -> Result<ExitCode, Stop> {
        let bar = progress(sources.len());
        let arguments = self.arguments;
        let lines = arguments.json || arguments.format.is_some() || arguments.record.is_some();
        let mut rows = Vec::new();
        for source in sources {
            bar.set_message(source.name());
            let (row, json) = match self.report(source) {
                Ok(report) => {
                    if self.arguments.explain {
                        bar.suspend(|| self.print_report(source, &report).and_then(|()| print("\n")))?;
                    }
                    let headline = output::headline(&report, self.verifier.policy(), self.demanded);
                    let row = Row::new(source.name(), Ended::of(&report, self.demanded), headline);
                    let name = quoted(&source.raw_name());
                    let json = match (self.record(&report, Some(&source.raw_name())), self.arguments.format) {
                        (Some(record), _) => record,
                        (None, Some(view)) => {
                            format!("{{\"source\":{name},\"result\":{}}}", report.to_compat(view))
                        }
                        // The members of the report follow: its JSON begins with a brace.
                        (None, None) => format!("{{\"source\":{name},{}", report.to_json().split_off(1)),
                    };
                    (row, json)
                }
                Err(Failure::Usage(reason) | Failure::Unreadable(reason)) => {
                    let json = format!(
                        "{{\"source\":{},\"error\":{}}}",
                        quoted(&source.raw_name()),
                        quoted(&reason)
                    );
                    let because = reason.strip_prefix(&format!("{}: ", source.name())).unwrap_or(&reason);
                    (Row::unreadable(source.name(), because.to_owned()), json)
                }
            };
            if lines {
                bar.suspend(|| print(&(json + "\n")))?;
            }
            rows.push(row);
            bar.inc(1);
        }
        bar.finish_and_clear();
        if !lines {
            let mut page = Page::for_stdout();
            table(&mut page, &rows);
            print(&page.into_text())?;
        }
        let worst = rows.iter().map(|row| row.ended).max();
        Ok(worst.map_or(ExitCode::SUCCESS, Ended::exit_code))
    }

    fn report(&self, source: &Source) -> Result<Report, Failure> {
        let max_bytes = self.verifier.policy().limits.input_bytes;
        let document = source.read(max_bytes, self.host.fetcher.as_ref())?;
        Ok(judge(self.host, self.verifier, document, self.occasion, u8::MAX))
    }

    /// The record as JSON, if one is asked for.
    fn record(&self, report: &Report, source: Option<&str>) -> Option<String> {
        let shape = self.arguments.record?;
        let members = records::members(report, shape, self.arguments.language.as_deref());
        let source = source.map(|source| format!("\"source\":{},", quoted(source))).unwrap_or_default();
        Some(format!("{{{source}{members}}}"))
    }

    fn print_report(&self, source: &Source, report: &Report) -> io::Result<()> {
        let mut page = Page::for_stdout();
        let shown = output::Shown {
            name: &source.name(),
            report,
            policy: self.verifier.policy(),
            demanded: self.demanded,
            missed: &self.host.missed(report),
            explain: self.arguments.explain,
        };
        output::report(&mut page, &shown);
        print(&page.into_text())
    }
}

fn batch(arguments: &BatchArguments) -> Result<ExitCode, Stop> {
    let (policy, demanded) = arguments.whose.policy()?;
    let verifier = verifier(policy)?;
    let host = host(&arguments.obtain)?;
    let occasion = Occasion::at(arguments.at.unwrap_or_else(now));
    batch::run(arguments, &Batch { verifier: &verifier, demanded, occasion: &occasion, host: &host })
}

fn inspect(arguments: &InspectArguments) -> Result<ExitCode, Stop> {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.explain = true;
    let verifier = verifier(policy)?;
    let (sources, many) = sources(std::slice::from_ref(&arguments.source))?;
    let Some(source) = sources.first().filter(|_| !many) else {
        return Err(Failure::Usage("inspect shows one file".to_owned()).into());
    };
    let host = host(&arguments.obtain)?;
    let document = source.read(verifier.policy().limits.input_bytes, host.fetcher.as_ref())?;
    // What a document is shows in the first stage; nothing more is fetched for it.
    let report = judge(&host, &verifier, document, &Occasion::at(now()), 1);
    if arguments.json {
        print(&(inspect::to_json(&report) + "\n"))?;
    } else {
        let mut page = Page::for_stdout();
        inspect::write(&mut page, &source.name(), &report, &host.missed(&report));
        print(&page.into_text())?;
    }
    Ok(ExitCode::from(if report.format().is_some() { 0 } else { 2 }))
}

fn judge(host: &Host, verifier: &Verifier, document: Document, occasion: &Occasion, stage: u8) -> Report {
    let mut occasion = occasion.clone();
    occasion.media_type = document.media_type;
    host.verify(verifier, &document.bytes, &occasion, stage)
}

fn verifier(policy: Policy) -> Result<Verifier, Failure> {
    Verifier::new(policy).map_err(|error| Failure::Usage(shown(&error.to_string())))
}

fn host(arguments: &ObtainArguments) -> Result<Host, Failure> {
    let resources = Resources::new();
    for argument in &arguments.resources {
        resources::supply(argument, &resources)?;
    }
    let cache = match (arguments.no_cache, &arguments.cache) {
        (true, _) => None,
        (false, Some(directory)) => Some(Cache::new(directory.clone())),
        (false, None) => Cache::default_directory().map(Cache::new),
    };
    let fetcher = if arguments.offline { None } else { Some(Fetcher::new()) };
    Ok(Host::new(resources, fetcher, cache))
}

/// On standard error, and only where that is a terminal and there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    if files < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
    match ProgressStyle::with_template("{bar:30.green/dim} {pos}/{len}  {wide_msg:.dim}") {
        Ok(style) => bar.with_style(style.progress_chars("━━─")),
        Err(_) => bar,
    }
}

/// Writes to standard output; colours are stripped where it is no terminal. That a reader has gone is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The one place where the time is told.
fn now() -> Timestamp {
    timestamp(SystemTime::now()).unwrap_or(Timestamp::from_unix(0))
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Some(Timestamp::from_unix(i64::try_from(since.as_secs()).ok()?))
}
