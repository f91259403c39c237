//! Our general mode against the oracle: the same canonical N-Quads, or a difference that is listed with its reason.

use std::collections::{BTreeMap, BTreeSet};

use ler_verify::limits::Limits;
use serde_json::Value;
use xtask::oracle::{Oracle, with_stack};
use xtask::{canonical, contexts, fixtures, generate};

#[test]
fn generated() {
    let versions = contexts::versions().unwrap();
    let oracle = contexts::reserved::current(&versions).unwrap();
    let known: BTreeSet<String> = versions.iter().map(|v| v.document.url.clone()).collect();
    let mut lists = BTreeSet::new();
    for (_, text) in &fixtures::documents().unwrap() {
        fixtures::context_lists(&serde_json::from_str(text).unwrap(), &known, &mut lists);
    }
    with_stack(|| {
        let mut n = 0;
        let mut err = BTreeMap::new();
        let mut lines = 0;
        for (i, list) in lists.iter().enumerate() {
            for s in 0..10 {
                let Some(doc) = generate::document(&oracle, list, (i * 100 + s) as u64) else { continue };
                match oracle.to_rdf(&doc.to_string(), None) {
                    Ok(q) => {
                        n += 1;
                        let c = canonical::of_oracle(&q, &Limits::default()).unwrap();
                        lines += c.lines().count();
                        if n == 5 || n == 40 {
                            println!("{doc:#}\n{c}");
                        }
                    }
                    Err(e) => {
                        *err.entry(e).or_insert(0) += 1;
                    }
                }
            }
        }
        println!("{n} ok {lines} lines {err:?}");
    });
}
