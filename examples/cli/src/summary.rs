//! Many files: a table with a line for each, and how many are what.

use std::process::ExitCode;

use anstyle::Style;
use ler_verify::{Report, Verdict};

use crate::args::Demanded;
use crate::output::Headline;
use crate::page::{BOLD, DIM, Page, RED, YELLOW, cut, cut_front};

/// What became of a file. The order is how bad that is: the worst decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ended {
    Verified,
    VerifiedFromAnyone,
    Indeterminate,
    Unreadable,
    NotVerified,
}

impl Ended {
    /// What a report means for the exit code.
    pub(crate) fn of(report: &Report, demanded: Demanded) -> Self {
        match (report.verdict(), demanded) {
            (Verdict::Verified(_), Demanded::Said) => Ended::Verified,
            (Verdict::Verified(_), Demanded::Nobody) => Ended::VerifiedFromAnyone,
            (Verdict::NotVerified, _) => Ended::NotVerified,
            (Verdict::Indeterminate, _) => Ended::Indeterminate,
        }
    }

    pub(crate) fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Ended::Verified => 0,
            Ended::NotVerified => 1,
            Ended::Indeterminate => 2,
            Ended::VerifiedFromAnyone => 3,
            Ended::Unreadable => 66,
        })
    }
}

/// A line of the table.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) ended: Ended,
    pub(crate) word: &'static str,
    pub(crate) style: Style,
    pub(crate) because: String,
}

impl Row {
    pub(crate) fn new(name: String, ended: Ended, headline: Headline) -> Self {
        Row { name, ended, word: headline.word, style: headline.style, because: headline.brief }
    }

    /// For a file that could not be read.
    pub(crate) fn unreadable(name: String, because: String) -> Self {
        Row { name, ended: Ended::Unreadable, word: "UNREADABLE", style: RED, because }
    }
}

/// Writes the table.
pub(crate) fn table(page: &mut Page, rows: &[Row]) {
    let longest = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let names = page.width().map_or(longest, |width| longest.min(width * 2 / 5));
    for Row { name, word, style, because, .. } in rows {
        let because = match page.width() {
            Some(width) => cut(because, width.saturating_sub(17 + names)),
            None => because.clone(),
        };
        let name = cut_front(name, names);
        page.line(format!("{style}{word:<13}{style:#}  {BOLD}{name:<names$}{BOLD:#}  {because}").trim_end());
    }
    let count = |ended: &[Ended]| rows.iter().filter(|row| ended.contains(&row.ended)).count();
    let total = if rows.len() == 1 { "1 file".to_owned() } else { format!("{} files", rows.len()) };
    let counts: Vec<String> = [
        (count(&[Ended::Verified, Ended::VerifiedFromAnyone]), "verified"),
        (count(&[Ended::NotVerified]), "not verified"),
        (count(&[Ended::Indeterminate]), "indeterminate"),
        (count(&[Ended::Unreadable]), "unreadable"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    page.blank();
    page.line(&format!("{BOLD}{total}:{BOLD:#} {}", counts.join(", ")));
    if count(&[Ended::VerifiedFromAnyone]) > 0 {
        page.text(0, "You named no issuer: anyone could have made those that are verified.", YELLOW);
    }
    if count(&[Ended::NotVerified, Ended::Indeterminate]) > 0 {
        page.text(0, "For the reasons in full, verify one alone, or add --explain.", DIM);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_is_1_then_66_then_2_then_3_then_0() {
        let order = [
            Ended::NotVerified,
            Ended::Unreadable,
            Ended::Indeterminate,
            Ended::VerifiedFromAnyone,
            Ended::Verified,
        ];
        let codes: Vec<String> = order.iter().map(|ended| format!("{:?}", ended.exit_code())).collect();
        let expected: Vec<String> =
            [1, 66, 2, 3, 0].iter().map(|code| format!("{:?}", ExitCode::from(*code))).collect();
        assert_eq!(codes, expected);
        assert!(order.is_sorted_by(|a, b| a > b));
    }

    #[test]
    fn a_table_fits() {
        let row = |name: &str, because: &str| Row {
            name: name.into(),
            ended: Ended::NotVerified,
            word: "NOT VERIFIED",
            style: Style::new(),
            because: because.into(),
        };
        let rows = [row(&"a/".repeat(80), &"long ".repeat(40)), row("b.json", "short")];
        let mut page = Page::new(Some(80));
        table(&mut page, &rows);
        let text = anstream::adapter::strip_str(&page.into_text()).to_string();
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("2 files: 2 not verified"), "{text}");
    }
}
