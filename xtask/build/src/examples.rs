//! Runs every example of the C library against an unpacked archive, and compares what it says with what Rust says.
//!
//! What is missing is installed where that is possible (Debian's packages, as root); an example that cannot be run is
//! named as skipped. Those in C, C++ and Python have to run.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use ler_verify::{Issuers, Occasion, Outcome, Policy, Requirement, Resources, Timestamp, Verdict, Verifier};

use crate::install::Profile;
use crate::{Failure, install, root, target};

const NOW: &str = "2026-11-21T12:00:00Z";
const ISSUER: &str = "did:key:z6Mku3PhBLJstYskJUpBE2kmNxXYQrWTHCBtLee5w5xPvu1Q";

/// A record, and whose records are accepted: verified, not verified, indeterminate.
const CASES: [[&str; 2]; 3] = [
    ["ob3-typical.json", ISSUER],
    ["ob3-typical.json", "did:web:other.example"],
    ["did-web.json", "did:web:university.example"],
];

struct Example {
    name: &'static str,
    /// Below `examples/`.
    folder: &'static str,
    /// What has to be there: a command of the shell that says so, and the Debian package that brings it.
    needs: &'static [(&'static str, &'static str)],
    /// Builds it, in a folder of its own.
    build: &'static str,
    /// Runs it there; DOCUMENT, ISSUER and NOW follow.
    run: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Verify,
    Fetch,
}

const CC: (&str, &str) = ("command -v cc", "gcc");
const PKG_CONFIG: (&str, &str) = ("command -v pkg-config", "pkg-config");
const OPENSSL: (&str, &str) = ("command -v openssl", "openssl");
const PYTHON: (&str, &str) = ("command -v python3", "python3");
const STRICT: &str = "-Wall -Wextra -Wpedantic -Werror";

const EXAMPLES: [Example; 12] = [
    Example {
        name: "C, pkg-config",
        folder: "c",
        needs: &[CC, PKG_CONFIG],
        build: "cc -std=c11 $STRICT $SRC/verify.c -o verify $(pkg-config --cflags --libs ler_verify)",
        run: "./verify",
        kind: Kind::Verify,
    },
    Example {
        name: "C, CMake, shared",
        folder: "c",
        needs: &[CC, ("command -v cmake", "cmake"), ("command -v make", "make")],
        build: "cmake -S $SRC -B . -DCMAKE_PREFIX_PATH=$PREFIX >/dev/null && cmake --build . --target verify >/dev/null",
        run: "./verify",
        kind: Kind::Verify,
    },
    Example {
        name: "C, CMake, static",
        folder: "c",
        needs: &[CC, ("command -v cmake", "cmake"), ("command -v make", "make")],
        build: "cmake -S $SRC -B . -DCMAKE_PREFIX_PATH=$PREFIX >/dev/null && cmake --build . --target verify-static >/dev/null",
        run: "env -u LD_LIBRARY_PATH ./verify-static",
        kind: Kind::Verify,
    },
    Example {
        name: "C++",
        folder: "cpp",
        needs: &[("command -v c++", "g++"), PKG_CONFIG],
        build: "c++ -std=c++17 $STRICT $SRC/verify.cpp -o verify $(pkg-config --cflags --libs ler_verify)",
        run: "./verify",
        kind: Kind::Verify,
    },
    Example {
        name: "Python, ctypes",
        folder: "python",
        needs: &[PYTHON],
        build: ":",
        run: "python3 -B $SRC/verify.py",
        kind: Kind::Verify,
    },
    Example {
        name: "Java, JNA",
        folder: "java",
        needs: &[
            ("command -v javac", "default-jdk-headless"),
            ("test -e /usr/share/java/jna.jar", "libjna-java"),
        ],
        build: "javac -cp /usr/share/java/jna.jar -d . $SRC/Verify.java",
        run: "java -XX:TieredStopAtLevel=1 -cp /usr/share/java/jna.jar:. -Djna.library.path=$PREFIX/lib -Djna.encoding=UTF-8 Verify",
        kind: Kind::Verify,
    },
    Example {
        name: "Go, cgo",
        folder: "go",
        needs: &[CC, PKG_CONFIG, ("command -v go", "golang-go")],
        build: "export GOCACHE=$PWD/cache GOFLAGS=-buildvcs=false GOTOOLCHAIN=local && cd $SRC && go build -o $OLDPWD/verify .",
        run: "./verify",
        kind: Kind::Verify,
    },
    Example {
        name: "C#, Mono",
        folder: "csharp",
        needs: &[("command -v mcs", "mono-mcs"), ("command -v mono", "mono-runtime")],
        build: "mcs -langversion:7 -out:Verify.exe $SRC/Verify.cs",
        run: "mono Verify.exe",
        kind: Kind::Verify,
    },
    Example {
        name: "PHP, FFI",
        folder: "php",
        needs: &[("command -v php && php -m | grep -q FFI", "php-cli")],
        build: ":",
        run: "php $SRC/verify.php",
        kind: Kind::Verify,
    },
    Example {
        name: "Node, koffi",
        folder: "node",
        needs: &[("command -v node", "nodejs"), ("command -v npm", "npm")],
        build: "cp $SRC/*.json $SRC/*.mjs . && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null",
        run: "node verify.mjs",
        kind: Kind::Verify,
    },
    Example {
        name: "C, fetching with libcurl",
        folder: "c",
        needs: &[CC, PKG_CONFIG, ("pkg-config --exists libcurl", "libcurl4-openssl-dev"), OPENSSL, PYTHON],
        build: "cc -std=c11 -D_GNU_SOURCE $STRICT $SRC/fetch.c -o fetch $(pkg-config --cflags --libs ler_verify libcurl)",
        run: "./fetch",
        kind: Kind::Fetch,
    },
    Example {
        name: "Python, fetching with urllib",
        folder: "python",
        needs: &[CC, OPENSSL, PYTHON],
        build: ":",
        run: "python3 -B $SRC/fetch.py",
        kind: Kind::Fetch,
    },
];

/// Returns the lines that close a run: what was skipped, and how many agree.
pub(crate) fn run(profile: Profile) -> Result<Vec<String>, Failure> {
    let place = Place::new(profile)?;
    install_missing(&place);
    let (mut failures, mut notes) = (Vec::new(), Vec::new());
    for example in &EXAMPLES {
        let begun = Instant::now();
        match place.try_out(example) {
            Ok(()) => println!("ok: {}, {} ms", example.name, begun.elapsed().as_millis()),
            Err(Trouble::Missing(what)) if !["c", "cpp", "python"].contains(&example.folder) => {
                let first = what.lines().next().unwrap_or_default();
                notes.push(format!("skipped: example {}: {first}", example.name));
            }
            Err(Trouble::Missing(what) | Trouble::Wrong(what)) => {
                failures.push(format!("{}: {what}", example.name))
            }
        }
    }
    let agree = EXAMPLES.len() - failures.len() - notes.len();
    notes.push(format!("examples of the C library: {agree} of {} agree with Rust", EXAMPLES.len()));
    notes.iter().for_each(|note| println!("{note}"));
    if failures.is_empty() { Ok(notes) } else { Err(failures.join("\n").into()) }
}

enum Trouble {
    /// Something is not installed and cannot be.
    Missing(String),
    /// It does not do what it should.
    Wrong(String),
}

/// Where the archive was unpacked, and where examples are built.
struct Place {
    prefix: PathBuf,
    work: PathBuf,
}

impl Place {
    /// Unpacks the archive elsewhere than where it was made: it can be moved.
    fn new(profile: Profile) -> Result<Self, Failure> {
        let archive = install::archive(profile)?;
        let work = target().join("examples");
        if work.exists() {
            std::fs::remove_dir_all(&work)?;
        }
        let prefix = work.join("prefix");
        std::fs::create_dir_all(&prefix)?;
        let tar = Command::new("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("--strip-components=1")
            .arg("-C")
            .arg(&prefix)
            .status()?;
        if tar.success() { Ok(Place { prefix, work }) } else { Err("the archive cannot be unpacked".into()) }
    }

    /// A command of the shell, as the examples need it.
    fn shell(&self, example: &Example, command: &str, arguments: &[&str]) -> Result<Command, Failure> {
        let folder = self.work.join(example.name.replace([',', ' ', '+', '#'], "_"));
        std::fs::create_dir_all(&folder)?;
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{command} \"$@\""), "sh"])
            .args(arguments)
            .current_dir(folder)
            .env("SRC", root().join("examples").join(example.folder))
            .env("PREFIX", &self.prefix)
            .env("STRICT", STRICT)
            .env("PKG_CONFIG_PATH", self.prefix.join("lib/pkgconfig"))
            .env("LD_LIBRARY_PATH", self.prefix.join("lib"))
            .env("LC_ALL", "C.UTF-8");
        Ok(shell)
    }

    fn try_out(&self, example: &Example) -> Result<(), Trouble> {
        if let Some((_, package)) = example.needs.iter().find(|(probe, _)| !there(probe)) {
            return Err(Trouble::Missing(format!("{package} is not installed")));
        }
        let wrong = |error: Failure| Trouble::Wrong(error.to_string());
        let build = self
            .shell(example, example.build, &[])
            .map_err(wrong)?
            .output()
            .map_err(|error| wrong(error.into()))?;
        if !build.status.success() {
            let said = String::from_utf8_lossy(&build.stderr).into_owned();
            // The one that asks a registry; what it says then is the reason.
            return Err(if example.folder == "node" { Trouble::Missing(said) } else { Trouble::Wrong(said) });
        }
        match example.kind {
            Kind::Verify => self.verifies(example).map_err(wrong),
            Kind::Fetch => self.fetches(example).map_err(wrong),
        }
    }

    /// It says what Rust says, and ends as it should.
    fn verifies(&self, example: &Example) -> Result<(), Failure> {
        for [name, issuer] in CASES {
            let path = root().join("test-vectors/credentials").join(name);
            let (expected, code) = expected(&path, issuer)?;
            self.says(example, &path, issuer, &expected, code)?;
        }
        Ok(())
    }

    /// It fetches what it should and nothing else.
    fn fetches(&self, example: &Example) -> Result<(), Failure> {
        let folder = root().join("test-vectors/credentials");
        self.says(example, &folder.join("ob3-typical.json"), ISSUER, "verified: yes (verified)\n", 0)?;
        let (web, issuer) = (folder.join("did-web.json"), "did:web:university.example");
        let elsewhere = Elsewhere::new(&self.work)?;
        for address in
            ["127.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.31.0.1", "192.168.0.1", "0.0.0.0"]
        {
            let (said, code) =
                elsewhere.run(self.shell(example, example.run, &arguments(&web, issuer)?)?, address, None)?;
            let reason = format!("unavailable {issuer}: its host is not on the public internet\n");
            if !said.starts_with(&reason)
                || !said.ends_with("verified: no (indeterminate)\n")
                || code != Some(1)
            {
                return Err(format!("{address} is asked: {said}").into());
            }
        }
        for (behaviour, verdict) in [
            ("document", "yes (verified)"),
            ("redirect", "no (indeterminate)"),
            ("large", "no (indeterminate)"),
        ] {
            let command = self.shell(example, example.run, &arguments(&web, issuer)?)?;
            let (said, _) = elsewhere.run(command, "93.184.215.14", Some(behaviour))?;
            if !said.ends_with(&format!("verified: {verdict}\n")) {
                return Err(format!("a server with a {behaviour}: {said}").into());
            }
        }
        Ok(())
    }

    fn says(
        &self,
        example: &Example,
        path: &Path,
        issuer: &str,
        expected: &str,
        code: i32,
    ) -> Result<(), Failure> {
        let arguments = arguments(path, issuer)?;
        let output = self.shell(example, example.run, &arguments)?.output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        if said == expected && output.status.code() == Some(code) {
            return Ok(());
        }
        let complained = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "{arguments:?}: {}\n{complained}said:\n{said}expected ({code}):\n{expected}",
            output.status
        )
        .into())
    }
}

fn arguments<'t>(path: &'t Path, issuer: &'t str) -> Result<[&'t str; 3], Failure> {
    Ok([path.to_str().ok_or("a path that is no text")?, issuer, NOW])
}

/// A network for the examples that fetch: `examples/tests/elsewhere.c` says what is where.
struct Elsewhere {
    library: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

impl Elsewhere {
    fn new(work: &Path) -> Result<Self, Failure> {
        let this = Elsewhere {
            library: work.join("elsewhere.so"),
            certificate: work.join("certificate.pem"),
            key: work.join("key.pem"),
        };
        let source = root().join("examples/tests/elsewhere.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .arg(&this.library)
            .arg(source)
            .arg("-ldl")
            .status()?;
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=university.example",
            ])
            .args(["-addext", "subjectAltName=DNS:university.example", "-keyout"])
            .arg(&this.key)
            .arg("-out")
            .arg(&this.certificate)
            .stderr(Stdio::null())
            .status()?;
        if compiled.success() && made.success() { Ok(this) } else { Err("no network for tests".into()) }
    }

    /// Runs a command to which university.example is at `address`, where a server behaves like this.
    fn run(
        &self,
        mut command: Command,
        address: &str,
        behaviour: Option<&str>,
    ) -> Result<(String, Option<i32>), Failure> {
        command
            .env("LD_PRELOAD", &self.library)
            .env("ELSEWHERE_ADDRESS", address)
            .env("ELSEWHERE_CERTIFICATE", &self.certificate)
            .env("SSL_CERT_FILE", &self.certificate);
        let Some(behaviour) = behaviour else { return finish(command) };
        let mut server = Command::new("python3")
            .arg(root().join("examples/tests/serve.py"))
            .arg(behaviour)
            .arg(root().join("test-vectors/resources/did-web.json"))
            .args([&self.certificate, &self.key])
            .stdout(Stdio::piped())
            // It complains of those that do not read to the end, as they should.
            .stderr(Stdio::null())
            .spawn()?;
        let mut port = String::new();
        BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut port)?;
        command.env("ELSEWHERE_PORT", port.trim());
        let result = finish(command);
        server.kill()?;
        server.wait()?;
        result
    }
}

fn finish(mut command: Command) -> Result<(String, Option<i32>), Failure> {
    let output = command.output()?;
    Ok((String::from_utf8(output.stdout)?, output.status.code()))
}

/// What each example prints, from the Rust library.
fn expected(path: &Path, issuer: &str) -> Result<(String, i32), Failure> {
    let document = std::fs::read(path)?;
    let now = Timestamp::parse(NOW).map_err(|_| "a bad instant")?;
    let verifier = Verifier::new(Policy::accepting(Issuers::one_of([issuer])))?;
    let report = verifier.verify(&document, &Resources::new(), &Occasion::at(now));
    let (code, record) = match report.verdict() {
        Verdict::Verified(secured) => (0, secured.record().map(|record| record.to_json())),
        Verdict::NotVerified => (1, None),
        Verdict::Indeterminate => (2, None),
    };
    let mut text = String::new();
    writeln!(text, "verified: {} ({})", if code == 0 { "yes" } else { "no" }, report.verdict().name())?;
    for check in report.checks() {
        let fine = matches!(check.outcome, Outcome::Passed | Outcome::NotApplicable);
        if check.requirement == Requirement::Require && !fine {
            let place = check.pointer.as_ref().map(|pointer| format!(" at {pointer}")).unwrap_or_default();
            writeln!(text, "{} {}{place}: {}", check.outcome.name(), check.code.name(), check.code.title())?;
        }
    }
    writeln!(text, "record: {}", record.unwrap_or_else(|| "null".to_owned()))?;
    Ok((text, code))
}

fn there(probe: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("{{ {probe}; }} >/dev/null 2>&1")])
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs Debian's packages, as root or with sudo that asks nothing. What fails is found missing later.
fn install_missing(place: &Place) {
    let needs = EXAMPLES.iter().flat_map(|example| example.needs);
    let mut packages: Vec<&str> =
        needs.filter(|(probe, _)| !there(probe)).map(|(_, package)| *package).collect();
    packages.sort_unstable();
    packages.dedup();
    if packages.is_empty() || !there("command -v apt-get") {
        return;
    }
    println!("apt-get install {}", packages.join(" "));
    let begun = Instant::now();
    let log = place.work.join("apt.log");
    let apt = |arguments: &[&str]| {
        let command = "s=$([ \"$(id -u)\" = 0 ] || echo sudo -n); $s env DEBIAN_FRONTEND=noninteractive apt-get -q -y \"$@\"";
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&log)?;
        let mut shell = Command::new("sh");
        shell.args(["-c", command, "sh"]).args(arguments).stdout(log.try_clone()?).stderr(log).status()
    };
    let well = |arguments: &[&str]| apt(arguments).is_ok_and(|status| status.success());
    let install = ["install", "--no-install-recommends"];
    // Together is quicker; where one package does not exist, each for itself.
    if well(&["update"]) && !well(&[&install[..], &packages].concat()) {
        for package in &packages {
            well(&[&install[..], &[package]].concat());
        }
    }
    println!("{} s; what was said is in {}", begun.elapsed().as_secs(), log.display());
}
