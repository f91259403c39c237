//! Writing for a terminal: words in colours, lines that fit.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const RED: Style = AnsiColor::Red.on_default();

/// Text that is being put together. Styles are always written; the stream strips them where they do not belong.
#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
    width: Option<usize>,
}

impl Page {
    /// A page whose lines are at most so wide; `None` where lines are not broken, because a program reads them.
    pub(crate) fn new(width: Option<usize>) -> Self {
        Page { text: String::new(), width }
    }

    /// As wide as standard output, if that is a terminal.
    pub(crate) fn for_stdout() -> Self {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        Page::new(size.map(|(width, _)| usize::from(width.0).clamp(40, 120)))
    }

    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A heading, after a blank line.
    pub(crate) fn heading(&mut self, text: &str) {
        let _ = writeln!(self.text, "\n{BOLD}{text}{BOLD:#}");
    }

    /// A label (with its width, as it shows), then text in a style. Lines that follow are indented as far as the
    /// text, or by `hang` where that is given.
    pub(crate) fn entry(
        &mut self,
        label: &str,
        label_width: usize,
        text: &str,
        style: Style,
        hang: Option<usize>,
    ) {
        if text.is_empty() {
            return self.line(label.trim_end());
        }
        self.text.push_str(label);
        let indent = hang.unwrap_or(label_width);
        let mut column = label_width;
        let mut first = true;
        let _ = write!(self.text, "{style}");
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            let space = usize::from(!first);
            let full = self.width.is_some_and(|width| column + space + length > width);
            if full && column > indent {
                let _ = write!(self.text, "{style:#}\n{:indent$}{style}", "");
                column = indent;
            } else if !first {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(word);
            column += length;
            first = false;
        }
        let _ = writeln!(self.text, "{style:#}");
    }

    /// Indented text.
    pub(crate) fn text(&mut self, indent: usize, text: &str, style: Style) {
        self.entry(&" ".repeat(indent), indent, text, style, None);
    }
}

/// The beginning of a text, with an ellipsis where something is left out.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// The end of a text, with an ellipsis where something is left out: of a path the end tells more.
pub(crate) fn cut_front(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    ['…'].into_iter().chain(text.chars().skip(length + 1 - width.max(1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_hang() {
        let mut page = Page::new(Some(20));
        page.entry("ab  ", 4, "one two three four five", Style::new(), None);
        assert_eq!(page.into_text(), "ab  one two three\n    four five\n");
        let mut page = Page::new(None);
        page.entry("ab  ", 4, "one two three four five", Style::new(), None);
        assert_eq!(page.into_text(), "ab  one two three four five\n");
    }

    /// A URL that is broken is a URL that cannot be clicked.
    #[test]
    fn a_long_word_is_not_broken() {
        let mut page = Page::new(Some(10));
        page.text(2, "a https://example.org/long b", Style::new());
        assert_eq!(page.into_text(), "  a\n  https://example.org/long\n  b\n");
    }

    #[test]
    fn cutting() {
        assert_eq!((cut("abcdef", 6), cut("abcdef", 4)), ("abcdef".into(), "abc…".into()));
        assert_eq!((cut_front("abcdef", 6), cut_front("abcdef", 4)), ("abcdef".into(), "…def".into()));
    }
}
