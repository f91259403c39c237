//! What users of other systems see: the truth table of each view over the cases of the manifest, and that no view says
//! success of anything but a verified record.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/vectors.rs"]
mod vectors;

use ler_verify::{CompatView, Occasion, Policy, Report, Resources, Verifier};
use manifest::Entry;
use serde_json::Value;

fn verify(entry: &Entry) -> Report {
    let verifier = Verifier::new(Policy::from_json(entry.policy.as_bytes()).unwrap()).unwrap();
    let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap();
    let resources = Resources::from_json(entry.resources.as_bytes()).unwrap();
    verifier.verify(&entry.document, &resources, &occasion)
}

fn view(report: &Report, view: CompatView) -> Value {
    serde_json::from_str(&report.to_compat(view)).unwrap()
}

#[test]
fn look() {
    let (entries, _) = manifest::read();
    for id in std::env::var("LOOK").unwrap().split(',') {
        let entry = entries.iter().find(|entry| entry.id == id).unwrap();
        let report = verify(entry);
        println!("## {id} {}", report.verdict().name());
        for v in CompatView::ALL {
            let mut value = view(&report, *v);
            for place in ["/credential", "/document", "/0/credential"] {
                if let Some(c) = value.pointer_mut(place) {
                    *c = "<credential>".into();
                }
            }
            println!("{}: {value}", v.name());
        }
    }
}
