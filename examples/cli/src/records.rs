//! Records as JSON, each with its verdict: of what is authentic only, and of a presentation those in it.

use clap::ValueEnum;
use ler_verify::Report;
use ler_verify::report::Relation;

use crate::quoted;

/// The shape of a record.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shape {
    /// All of it, in the one shape that all formats have
    Json,
    /// JSON Resume
    Resume,
    /// HR Open LER-RS
    LerRs,
}

/// The members `verdict`, `state` and `record`, without braces; of a presentation `records`. They are no report: a record
/// that is not authentic is `null`.
pub(crate) fn members(report: &Report, shape: Shape, language: Option<&str>) -> String {
    let presented = report.embedded().iter().filter(|inside| inside.relation == Relation::Presented);
    let presented: Vec<String> = presented
        .map(|inside| {
            let members = of_one(&inside.report, shape, language);
            format!("{{\"pointer\":{},{members}}}", quoted(&inside.pointer))
        })
        .collect();
    if presented.is_empty() {
        return of_one(report, shape, language);
    }
    format!("\"verdict\":\"{}\",\"records\":[{}]", report.verdict().name(), presented.join(","))
}

fn of_one(report: &Report, shape: Shape, language: Option<&str>) -> String {
    let verdict = report.verdict().name();
    let Some(shown) = report.authentic_record() else {
        return format!("\"verdict\":\"{verdict}\",\"record\":null");
    };
    // The library's JSON steers no terminal.
    let record = match shape {
        Shape::Json => shown.record.to_json(),
        Shape::Resume => shown.to_resume_json(language),
        Shape::LerRs => shown.to_ler_rs(language),
    };
    let state = serde_json::to_string(&shown.state()).unwrap_or_else(|_| "null".to_owned());
    format!("\"verdict\":\"{verdict}\",\"state\":{state},\"record\":{record}")
}
