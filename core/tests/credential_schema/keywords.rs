//! Every keyword in every draft that has it, and in those that do not (cases.json; the answers agree with those of an
//! independent library).

use ler_verify::Code;
use serde_json::Value;

use crate::records::*;

#[test]
fn every_keyword_means_what_its_draft_says() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("cases.json")).unwrap();
    let (mut checked, mut wrong) = (0, Vec::new());
    for case in &cases {
        let all = ["7", "2019-09", "2020-12"];
        let drafts = case.get("drafts").map_or(all.to_vec(), |drafts| {
            drafts.as_array().unwrap().iter().map(|draft| draft.as_str().unwrap()).collect()
        });
        for draft in drafts {
            let schema = about_x(draft, case["schema"].clone(), case.get("other"));
            for (values, expected) in [("good", Code::SchemaFollowed), ("bad", Code::SchemaViolated)] {
                for value in case[values].as_array().unwrap() {
                    checked += 1;
                    let found = code_of(&schema, value.clone());
                    if found != expected {
                        wrong.push(format!("{draft} {} {value}: {found}, not {expected}", case["schema"]));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 400, "{checked}");
}
