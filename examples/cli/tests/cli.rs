//! The program from outside: what it prints where, and how it ends. No test uses the network.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The instant of the test vectors.
const AT: &str = "2026-11-21T12:00:00Z";
/// Who issued them.
const ISSUER: &str = "did:key:z6Mku3PhBLJstYskJUpBE2kmNxXYQrWTHCBtLee5w5xPvu1Q";

const GOOD: &str = "ob3-jcs.json";
const TAMPERED: &str = "tampered-jcs-name.json";
/// Its issuer is `did:web:university.example`.
const DID_WEB: &str = "did-web.json";

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn program(name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ler-verify"));
    command
        .env("XDG_CACHE_HOME", place(name).join("xdg"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Ran {
    finish(program("run").args(arguments))
}

fn verify(file: &str, arguments: &[&str]) -> Ran {
    let path = vector(file);
    let path = path.to_str().unwrap();
    run(&[&["verify", path, "--offline", "--at", AT][..], arguments].concat())
}

fn finish(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test-vectors")
}

fn vector(file: &str) -> PathBuf {
    let path = root().join("credentials").join(file);
    assert!(path.is_file(), "{} is part of the project", path.display());
    path
}

/// An empty folder for one test.
fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&path).unwrap();
    path
}

fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    place(name)
}

// How it ends.

#[test]
fn verified_ends_with_0_only_if_somebody_was_demanded() {
    assert_eq!(verify(GOOD, &["--issuer", ISSUER]).code, 0);
    assert_eq!(verify(GOOD, &["--anyone"]).code, 0);
    let nobody = verify(GOOD, &[]);
    assert_eq!(nobody.code, 3);
    let first = nobody.out.lines().next().unwrap();
    assert!(first.starts_with("VERIFIED  "), "{first}");
    assert!(first.ends_with("you named no issuer: anyone could have made this"), "{first}");
    assert!(first.contains(ISSUER), "{first}");
}

#[test]
fn a_policy_file_is_a_demand_too() {
    let policy = fresh("policy").join("policy.json");
    fs::write(&policy, r#"{"acceptedIssuers": "anyone"}"#).unwrap();
    assert_eq!(verify(GOOD, &["--policy", policy.to_str().unwrap()]).code, 0);
    fs::write(&policy, r#"{"acceptedIssuers": {"oneOf": ["did:web:other.example"]}}"#).unwrap();
    assert_eq!(verify(GOOD, &["--policy", policy.to_str().unwrap()]).code, 1);
}

#[test]
fn not_verified_ends_with_1() {
    for arguments in [&[][..], &["--anyone"], &["--issuer", ISSUER]] {
        let ran = verify(TAMPERED, arguments);
        assert_eq!(ran.code, 1);
        assert!(ran.out.starts_with("NOT VERIFIED  "), "{}", ran.out);
    }
    let other = verify(GOOD, &["--issuer", "did:web:other.example"]);
    assert_eq!(other.code, 1);
    assert!(other.out.contains("issuer.notAccepted"), "{}", other.out);
}

#[test]
fn indeterminate_ends_with_2_and_says_what_is_missing() {
    let ran = verify(DID_WEB, &["--anyone"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.starts_with("INDETERMINATE  "), "{}", ran.out);
    assert!(ran.out.contains("did:web:university.example"), "{}", ran.out);
    assert!(ran.out.contains("not fetched, because of --offline"), "{}", ran.out);
    assert_eq!(verify(DID_WEB, &["--anyone", "--json"]).json()["requests"].as_array().unwrap().len(), 1);
}

#[test]
fn expectations_decide() {
    assert_eq!(verify("ob3-jcs-full.json", &["--anyone", "--recipient", "nobody@example.org"]).code, 1);
    assert_eq!(verify(GOOD, &["--anyone", "--recipient", "nobody@example.org"]).code, 2, "a bearer badge");
    assert_eq!(
        run(&["verify", vector(GOOD).to_str().unwrap(), "--anyone", "--at", "1999-01-01", "--offline"]).code,
        1
    );
}

#[test]
fn nonsense_ends_with_64_and_prints_nothing() {
    let good = vector(GOOD);
    let good = good.to_str().unwrap();
    for arguments in [
        &[][..],
        &["verify"],
        &["frobnicate"],
        &["verify", good, "--frobnicate"],
        &["verify", good, "--issuer"],
        &["verify", good, "--issuer", "did:web:a.example", "--anyone"],
        &["verify", good, "--issuer", "not a URL"],
        &["verify", good, "--at", "yesterday"],
        &["verify", good, "--recipient", "Ada"],
        &["verify", good, "--json", "--explain"],
        &["verify", "http://example.org/badge.json"],
        &["verify", "-", "-"],
        &["inspect", good, good],
        &["inspect", root().to_str().unwrap()],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, 64, "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_policy_that_is_none_ends_with_64() {
    let policy = fresh("nonsense").join("policy.json");
    for text in
        ["", "{}", r#"{"acceptedIssuers": {"oneOf": []}}"#, r#"{"acceptedIssuers": "anyone", "x": 1}"#]
    {
        fs::write(&policy, text).unwrap();
        assert_eq!(verify(GOOD, &["--policy", policy.to_str().unwrap()]).code, 64, "{text}");
    }
}

#[test]
fn what_cannot_be_read_ends_with_66() {
    let empty = fresh("empty");
    for arguments in [
        &["verify", "there-is-no-such-file.json"][..],
        &["verify", empty.to_str().unwrap()],
        &["verify", vector(GOOD).to_str().unwrap(), "--policy", "there-is-no-such-file.json"],
        &[
            "verify",
            vector(GOOD).to_str().unwrap(),
            "--resources",
            "did:web:a.example=there-is-no-such-file.json",
        ],
        &["inspect", "there-is-no-such-file.json"],
        &["verify", "https://example.org/badge.json", "--offline"],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, 66, "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn help_and_version_end_with_0() {
    for arguments in [&["--help"][..], &["--version"], &["verify", "--help"], &["help", "inspect"]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    }
    let help = run(&["verify", "--help"]).out;
    for section in ["Examples:", "Exit codes:", "What is fetched:", "--resources", "--registry"] {
        assert!(help.contains(section), "{section}");
    }
}

// Several files.

#[test]
fn of_several_files_the_worst_counts() {
    let [good, tampered, web] =
        [GOOD, TAMPERED, DID_WEB].map(|file| vector(file).to_str().unwrap().to_owned());
    let nothing = "there-is-no-such-file.json".to_owned();
    let code = |files: &[&String], extra: &[&str]| {
        let files: Vec<&str> = files.iter().map(|file| file.as_str()).collect();
        run(&[&["verify", "--offline", "--at", AT][..], extra, &files].concat()).code
    };
    assert_eq!(code(&[&good, &good], &["--anyone"]), 0);
    assert_eq!(code(&[&good, &good], &[]), 3);
    assert_eq!(code(&[&good, &web, &good], &[]), 2);
    assert_eq!(code(&[&good, &nothing, &web], &[]), 66);
    assert_eq!(code(&[&good, &tampered, &nothing, &web], &[]), 1);
}

#[test]
fn a_folder_is_searched_and_sorted() {
    let folder = fresh("folder");
    fs::create_dir_all(folder.join("b/c")).unwrap();
    for (from, to) in [(GOOD, "b/c/1.JSON"), (TAMPERED, "a.json"), (GOOD, "z.jsonld"), (GOOD, "notes.txt")] {
        fs::copy(vector(from), folder.join(to)).unwrap();
    }
    let arguments = ["verify", folder.to_str().unwrap(), "--offline", "--at", AT];
    let lines = run(&[&arguments[..], &["--json"]].concat()).lines();
    let sources: Vec<_> = lines.iter().map(|line| Path::new(line["source"].as_str().unwrap())).collect();
    let expected: Vec<_> =
        ["a.json", "b/c/1.JSON", "z.jsonld"].iter().map(|name| folder.join(name)).collect();
    assert_eq!(sources, expected);
    assert_eq!(lines[0]["verdict"], "notVerified");
    assert_eq!(lines[1]["verdict"], "verified");
    let table = run(&arguments);
    assert_eq!(table.code, 1);
    assert!(table.out.contains("3 files: 2 verified, 1 not verified"), "{}", table.out);
    assert!(table.out.contains("You named no issuer"), "{}", table.out);
    assert_eq!(table.err, "", "no progress where nobody watches");
}

#[test]
fn a_file_that_cannot_be_read_is_a_line_too() {
    let good = vector(GOOD);
    let ran = run(&["verify", good.to_str().unwrap(), "nothing.json", "--offline", "--at", AT, "--json"]);
    let lines = ran.lines();
    assert_eq!(lines[0]["verdict"], "verified");
    assert_eq!(lines[1]["source"], "nothing.json");
    assert!(lines[1]["error"].is_string());
    assert!(lines[1].get("verdict").is_none());
}

// JSON.

#[test]
fn one_file_gives_the_report_alone() {
    let report = verify(GOOD, &["--json", "--issuer", ISSUER]).json();
    for member in ["formatVersion", "verdict", "axes", "checks", "requests", "policyDigest", "inputDigest"] {
        assert!(report.get(member).is_some(), "{member}");
    }
    assert!(report.get("source").is_none());
    assert_eq!(report["verdict"], "verified");
    assert_eq!(report["evaluatedAt"], AT);
    assert_eq!(verify(GOOD, &["--json", "--issuer", ISSUER]).json(), report, "the same again");
}

#[test]
fn standard_input_is_read() {
    let mut child = program("stdin")
        .args(["verify", "-", "--offline", "--at", AT, "--json", "--anyone"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(vector(GOOD)).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["verdict"], "verified");
}

#[test]
fn explain_shows_every_check_with_its_rule() {
    let report = verify(GOOD, &["--json", "--anyone"]).json();
    let text = verify(GOOD, &["--explain", "--anyone"]).out;
    for check in report["checks"].as_array().unwrap() {
        let code = check["code"].as_str().unwrap();
        let known = ler_verify::Code::ALL.iter().find(|known| known.name() == code).unwrap();
        for part in [code, known.title(), known.spec()] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn records_inside_have_verdicts_of_their_own() {
    let ran = verify("presentation-one-bad.json", &["--anyone"]);
    assert_eq!(ran.code, 1);
    let inside = ran.out.split("Records inside\n").nth(1).unwrap();
    assert!(inside.contains("  verified "), "{inside}");
    assert!(inside.contains("  not verified "), "{inside}");
    let good = verify("presentation-two.json", &["--anyone"]);
    assert_eq!(good.code, 0);
    assert!(good.out.lines().next().unwrap().contains("every record in it verified"), "{}", good.out);
}

/// Reports go to logs, records are personal data.
#[test]
fn what_is_printed_holds_no_claim() {
    let record: Value = serde_json::from_slice(&fs::read(vector(TAMPERED)).unwrap()).unwrap();
    let mut claims = Vec::new();
    texts(&record["credentialSubject"], &mut claims);
    claims.retain(|claim| claim.contains(' ') && claim.len() > 10);
    assert!(claims.len() > 3, "{claims:?}");
    for arguments in [&[][..], &["--json"], &["--explain"], &["--recipient", "nobody@example.org"]] {
        let out = verify(TAMPERED, arguments).out;
        for claim in &claims {
            assert!(!out.contains(claim.as_str()), "{claim} in {out}");
        }
    }
}

#[test]
fn only_a_verified_record_has_a_title() {
    assert!(verify(GOOD, &["--anyone"]).out.contains("“Teamwork Badge”"));
    let other = verify(GOOD, &["--issuer", "did:web:other.example"]);
    assert_eq!(other.code, 1);
    assert!(!other.out.contains("Teamwork"), "{}", other.out);
}

#[test]
fn a_record_comes_with_its_verdict_or_not_at_all() {
    let good = verify(GOOD, &["--anyone", "--record", "json"]);
    assert_eq!(
        (good.code, &good.json()["verdict"], &good.json()["state"]),
        (0, &json!("verified"), &json!("verified"))
    );
    assert_eq!(good.json()["record"]["title"][0]["value"], "Teamwork Badge");
    let other =
        verify(GOOD, &["--issuer", "did:web:other.example", "--record", "resume", "--language", "en"]);
    assert_eq!((other.code, &other.json()["state"]), (1, &json!("authenticNotAccepted")));
    assert_eq!(other.json()["record"]["meta"]["lerVerify"]["state"], "authenticNotAccepted");
    let tampered = verify(TAMPERED, &["--anyone", "--record", "ler-rs"]);
    assert_eq!((tampered.code, &tampered.json()["record"]), (1, &Value::Null));
    // Of a presentation those in it.
    let presentation = verify("presentation-one-bad.json", &["--anyone", "--record", "ler-rs"]).json();
    let records: Vec<_> = presentation["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["verdict"].as_str().unwrap(), record["record"].is_null()))
        .collect();
    assert_eq!((presentation["verdict"].as_str(), records.len()), (Some("notVerified"), 2));
    assert!(
        records.contains(&("verified", false)) && records.contains(&("notVerified", true)),
        "{records:?}"
    );
    let (one, two) = (vector(GOOD), vector(TAMPERED));
    let files = [one.to_str().unwrap(), two.to_str().unwrap()];
    let lines =
        run(&["verify", files[0], files[1], "--offline", "--no-cache", "--anyone", "--record", "json"])
            .lines();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line["source"].is_string() && line["verdict"].is_string()));
}

fn texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(members) => members.values().for_each(|member| texts(member, into)),
        _ => {}
    }
}

// Documents supplied.

#[test]
fn supplied_documents_are_used() {
    let did = root().join("resources/did-web.json");
    let supplied = format!("did:web:university.example={}", did.display());
    assert_eq!(verify(DID_WEB, &["--anyone", "--resources", &supplied]).code, 0);
    assert_eq!(verify(DID_WEB, &["--anyone", "--resources", did.to_str().unwrap()]).code, 0, "by its own id");
    let folder = fresh("resources");
    fs::copy(&did, folder.join("university.json")).unwrap();
    fs::write(folder.join("readme.txt"), "not JSON").unwrap();
    assert_eq!(verify(DID_WEB, &["--anyone", "--resources", folder.to_str().unwrap()]).code, 0, "a folder");
    let other = root().join("resources/did-web-other-id.json");
    let wrong = format!("did:web:university.example={}", other.display());
    assert_eq!(verify(DID_WEB, &["--anyone", "--resources", &wrong]).code, 2, "resources are not trust");
}

// Inspect.

#[test]
fn inspect_describes_and_does_not_judge() {
    let path = vector(TAMPERED);
    let ran = run(&["inspect", path.to_str().unwrap(), "--offline", "--json"]);
    assert_eq!(ran.code, 0);
    let described = ran.json();
    assert_eq!(described["format"]["family"], "openBadges");
    assert_eq!(described["issuer"]["id"], ISSUER);
    let explanation = &described["proofs"][0]["explanation"];
    assert!(explanation["canonicalDocument"].as_str().unwrap().starts_with('{'));
    assert_eq!(explanation["hashData"].as_str().unwrap().len(), 128);
    for judgement in ["verdict", "axes", "checks"] {
        assert!(described.get(judgement).is_none(), "{judgement}");
    }
    let text = run(&["inspect", path.to_str().unwrap(), "--offline"]).out;
    assert!(text.contains(explanation["documentHash"].as_str().unwrap()), "{text}");
    assert!(!text.to_lowercase().contains("verified"), "{text}");
}

#[test]
fn what_nobody_knows_is_inspected_with_2() {
    let file = fresh("unknown").join("page.html");
    fs::write(&file, "<html>").unwrap();
    assert_eq!(run(&["inspect", file.to_str().unwrap(), "--offline"]).code, 2);
}

// Terminals.

#[test]
fn colours_are_for_terminals() {
    assert!(!verify(GOOD, &[]).out.contains('\u{1b}'));
    assert!(!verify(GOOD, &["--explain"]).out.contains('\u{1b}'));
}

/// A record could otherwise repaint the verdict that stands above it.
#[test]
fn a_document_cannot_write_to_the_terminal() {
    let folder = fresh("hostile");
    let suite = r"\u001b[2J\u001b[H\u001b[32mVERIFIED\u202e\u0007\n";
    let text = fs::read_to_string(vector(GOOD)).unwrap();
    assert!(text.contains("eddsa-jcs-2022"));
    let hostile = text.replace("eddsa-jcs-2022", suite);
    let file = folder.join("hostile.json");
    fs::write(&file, hostile).unwrap();
    for extra in [&[][..], &["--explain"]] {
        let ran = finish(
            program("hostile-run")
                .env("CLICOLOR_FORCE", "1")
                .args(["verify", file.to_str().unwrap(), "--offline", "--at", AT])
                .args(extra),
        );
        assert_eq!(ran.code, 2);
        assert!(ran.out.contains("\\u{1b}[2J"), "the suite is shown, escaped: {}", ran.out);
        assert!(ran.out.contains("\u{1b}["), "colours were forced");
        for forbidden in ["\u{1b}[2J", "\u{1b}[H", "\u{202e}", "\u{7}"] {
            assert!(!ran.out.contains(forbidden), "{:?}", ran.out);
        }
    }
}

#[test]
#[cfg(unix)]
fn a_file_name_cannot_either() {
    let folder = fresh("names");
    fs::copy(vector(TAMPERED), folder.join("\u{1b}[2J\u{202e}.json")).unwrap();
    let ran = finish(program("names-run").env("CLICOLOR_FORCE", "1").args([
        "verify",
        folder.to_str().unwrap(),
        "--offline",
    ]));
    assert!(ran.out.contains("\\u{1b}[2J\\u{202e}.json"), "{}", ran.out);
    assert!(!ran.out.contains("\u{1b}[2J"), "{:?}", ran.out);
}

// What is never fetched.

#[test]
fn nothing_on_this_machine_is_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1"] {
        let ran = run(&["verify", &format!("https://{host}:{port}/badge.json")]);
        assert_eq!(ran.code, 66, "{host}: {}", ran.err);
        assert!(listener.accept().is_err(), "{host}");
    }
    let ran = run(&["verify", &format!("https://127.0.0.1:{port}/")]);
    assert!(ran.err.contains("not on the public internet"), "{}", ran.err);
}

#[test]
fn an_endorsement_in_a_file_of_its_own() {
    let endorsement = vector("endorsement.json");
    let endorsement = endorsement.to_str().unwrap();
    for (about_it, outcome) in [(GOOD, "passed"), ("context-dated-2022.json", "failed")] {
        let report = verify(about_it, &["--anyone", "--json", "--endorsement", endorsement]).json();
        let checks = report["checks"].as_array().unwrap();
        let answers: Vec<&Value> =
            checks.iter().filter(|check| check["id"] == "embedded.endorsement").collect();
        assert_eq!(answers.last().unwrap()["outcome"], outcome, "{about_it}");
    }
}

// Very many.

fn batch(arguments: &[&str]) -> Ran {
    run(&[&["batch", "--offline", "--at", AT, "--issuer", ISSUER], arguments].concat())
}

fn by_source(lines: &[Value]) -> std::collections::BTreeMap<String, Value> {
    lines.iter().map(|line| (line["source"].as_str().unwrap().to_owned(), line.clone())).collect()
}

#[test]
fn a_batch_has_a_line_for_each_file() {
    let (good, tampered) = (vector(GOOD), vector(TAMPERED));
    let (good, tampered) = (good.to_str().unwrap(), tampered.to_str().unwrap());
    let ran = batch(&[good, tampered, "nowhere.json", "--jobs", "3"]);
    assert_eq!(ran.code, 1, "the worst counts: {}", ran.err);
    let lines = by_source(&ran.lines());
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[good]["verdict"], "verified");
    assert_eq!(lines[good]["axes"]["authentic"], "passed");
    assert_eq!(lines[good].get("codes"), None);
    assert_eq!(lines[tampered]["verdict"], "notVerified");
    assert_eq!(
        lines[tampered]["codes"],
        serde_json::json!(["securing.proofs.failed", "proof.signature.invalid"])
    );
    assert_eq!(lines["nowhere.json"]["error"], "nowhere.json: there is no such file");
    assert!(ran.err.contains("3 records: 1 verified, 1 not verified, 1 unreadable"), "{}", ran.err);
}

#[test]
fn a_batch_says_the_same_with_one_job_and_with_many() {
    let folder = root().join("credentials");
    let folder = folder.to_str().unwrap();
    let one = batch(&[folder, "--jobs", "1"]);
    let many = batch(&[folder, "--jobs", "4"]);
    assert!(one.lines().len() > 100);
    assert_eq!(by_source(&one.lines()), by_source(&many.lines()));
    assert_eq!(one.code, many.code);
}

#[test]
fn a_batch_reads_lines() {
    let good: Value = serde_json::from_slice(&fs::read(vector(GOOD)).unwrap()).unwrap();
    let named = serde_json::json!({"source": "4711", "record": good});
    let text = format!("{good}\n\n{named}\n\"eyJ.eyJ.AA\"\nnot JSON");
    let mut child = program("lines")
        .args(["batch", "-", "--offline", "--at", AT, "--issuer", ISSUER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let lines = by_source(&lines);
    let names: Vec<&str> = lines.keys().map(String::as_str).collect();
    assert_eq!(names, ["-:1", "-:4", "-:5", "4711"]);
    assert_eq!(
        (&lines["-:1"]["verdict"], &lines["4711"]["verdict"]),
        (&"verified".into(), &"verified".into())
    );
    assert_eq!(lines["-:5"]["codes"], serde_json::json!(["json.syntax"]));
    assert_eq!((&lines["4711"]["line"], &lines["-:1"]["line"]), (&"-:3".into(), &Value::Null));
}

/// Whatever stands in a line, the others are verified, and each has its own answer. What a line calls itself is its own
/// affair: it makes nobody pass over another.
#[test]
fn a_batch_comes_through_bad_lines() {
    let folder = fresh("bad-lines");
    let good: Value = serde_json::from_slice(&fs::read(vector(GOOD)).unwrap()).unwrap();
    let tampered: Value = serde_json::from_slice(&fs::read(vector(TAMPERED)).unwrap()).unwrap();
    let (input, output) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    let named = |record: &Value| serde_json::json!({"source": "in.jsonl:1", "record": record}).to_string();
    let long = format!("[\"{}\"]", "x".repeat(9_000_000));
    let lines: [Vec<u8>; 8] = [
        good.to_string().into(),
        b"\xFF\xFE\x00".into(),
        named(&tampered).into(),
        long.into(),
        vec![b'['; 100_000],
        named(&good).into(),
        vec![0; 3],
        good.to_string().into(),
    ];
    fs::write(&input, lines.join(&b'\n')).unwrap();
    let (input, out) = (input.to_str().unwrap(), output.to_str().unwrap());
    let verdicts = || -> Vec<(usize, Value)> {
        let written = fs::read_to_string(&output).unwrap();
        let each = written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).map(|line| {
            let place = line["line"].as_str().or(line["source"].as_str()).unwrap();
            let number = place.rsplit_once(':').unwrap().1.parse().unwrap();
            (number, if line["error"].is_null() { line["verdict"].clone() } else { "error".into() })
        });
        let mut each: Vec<_> = each.collect();
        each.sort_by_key(|(number, _)| *number);
        each
    };
    let expected: Vec<(usize, Value)> = [
        "verified",
        "notVerified",
        "notVerified",
        "error",
        "indeterminate",
        "verified",
        "notVerified",
        "verified",
    ]
    .iter()
    .enumerate()
    .map(|(index, verdict)| (index + 1, (*verdict).into()))
    .collect();
    batch(&[input, "--output", out, "--jobs", "3"]);
    assert_eq!(verdicts(), expected);
    // Stopped after any line, it goes on to the same.
    let whole = fs::read_to_string(&output).unwrap();
    for kept in 0..8 {
        let part: String = whole.split_inclusive('\n').take(kept).collect();
        fs::write(&output, part).unwrap();
        batch(&[input, "--output", out]);
        assert_eq!(verdicts(), expected, "after {kept} lines");
    }
}

#[test]
fn a_batch_goes_on_where_it_stopped() {
    let output = fresh("batch").join("out.jsonl");
    let out = output.to_str().unwrap();
    let (good, tampered) = (vector(GOOD), vector(TAMPERED));
    let (good, tampered) = (good.to_str().unwrap(), tampered.to_str().unwrap());
    let first = batch(&[good, "--output", out]);
    assert_eq!((first.code, first.out.as_str()), (0, ""));
    let whole = fs::read(&output).unwrap();
    // It was stopped in the middle of a line.
    fs::write(&output, [&whole[..], b"{\"source\":\"half"].concat()).unwrap();
    let second = batch(&[good, tampered, "--output", out]);
    assert_eq!(second.code, 1);
    assert!(second.err.contains("1 records: 1 not verified, 1 done before"), "{}", second.err);
    let written = fs::read_to_string(&output).unwrap();
    assert!(written.as_bytes().starts_with(&whole));
    let sources: Vec<Value> =
        written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["source"].clone()).collect();
    assert_eq!(sources, [good, tampered]);

    let other = run(&["batch", good, "--offline", "--at", AT, "--anyone", "--output", out]);
    assert_eq!(other.code, 64);
    assert!(other.err.contains("under another policy"), "{}", other.err);
    fs::write(&output, "a diploma\n").unwrap();
    assert_eq!(batch(&[good, "--output", out]).code, 64);
    assert_eq!(fs::read_to_string(&output).unwrap(), "a diploma\n", "it is not touched");
}

#[test]
fn a_report_in_the_shape_of_another_system() {
    let out = |file: &str, format: &str| verify(file, &["--issuer", ISSUER, "--format", format]);
    let good = out(GOOD, "didkit");
    assert_eq!((good.code, &good.json()["errors"]), (0, &serde_json::json!([])));
    let bad = out(TAMPERED, "verifier-core");
    assert_eq!((bad.code, &bad.json()["errors"][0]["name"]), (1, &Value::from("invalid_signature")));
    // What could not be found out is a failure there, and exit code 2 all the same.
    let unknown = verify(DID_WEB, &["--anyone", "--format", "velocity"]);
    assert_eq!(
        (unknown.code, &unknown.json()[0]["credentialChecks"]["UNTAMPERED"]),
        (2, &Value::from("FAIL"))
    );
    let map = out(GOOD, "w3c");
    assert_eq!((map.code, &map.json()["status"]), (0, &Value::from(true)));
}

#[test]
fn several_files_in_the_shape_of_another_system() {
    let (good, bad) = (vector(GOOD), vector(TAMPERED));
    let paths = [good.to_str().unwrap(), bad.to_str().unwrap()];
    let ran = run(&[
        "verify",
        paths[0],
        paths[1],
        "--offline",
        "--at",
        AT,
        "--issuer",
        ISSUER,
        "--format",
        "didkit",
    ]);
    assert_eq!(ran.code, 1);
    let lines = ran.lines();
    assert_eq!(lines.len(), 2);
    for (line, (path, errors)) in lines.iter().zip([(paths[0], 0), (paths[1], 1)]) {
        assert_eq!(line["source"], path);
        assert_eq!(line["result"]["errors"].as_array().unwrap().len(), errors);
    }
}

#[test]
fn a_format_is_one_of_those_there_are() {
    for arguments in
        [["--format", "xml"].as_slice(), &["--format", "w3c", "--json"], &["--format", "w3c", "--explain"]]
    {
        assert_eq!(verify(GOOD, arguments).code, 64, "{arguments:?}");
    }
}
