//! The canonical form as separate statements, for selective disclosure: blank nodes have the names that the issuer's
//! secret gave them in the whole document, because their canonical names change with what is left out.

use super::{Labels, write};
use crate::rdf::Dataset;

/// Canonical N-Quads, statement by statement, in code point order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    text: String,
    /// Where each statement ends.
    ends: Vec<usize>,
}

impl Statements {
    /// Every statement, with the line feed at its end.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end).unwrap_or(""))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them, one after the other.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Those that the issuer made mandatory, and the others, each in order (vc-di-ecdsa §3.5.8 steps 6 to 9, vc-di-bbs
    /// §3.3.8 likewise). `mandatory` has their indexes; `None` unless they ascend, each once, and all exist.
    pub fn split(&self, mandatory: &[usize]) -> Option<(Vec<&str>, Vec<&str>)> {
        let mut indexes = mandatory.iter().copied().peekable();
        let (mut chosen, mut others) = (Vec::with_capacity(mandatory.len()), Vec::new());
        for (index, statement) in self.iter().enumerate() {
            if indexes.next_if_eq(&index).is_some() {
                chosen.push(statement);
            } else {
                others.push(statement);
            }
        }
        indexes.next().is_none().then_some((chosen, others))
    }
}

/// The statements of a dataset with its blank nodes named by a label map, sorted under these names (vc-di-ecdsa §3.4.2
/// labelReplacementCanonicalizeNQuads, §3.4.7 createLabelMapFunction). `names` has the new name of `c14n0` first, then
/// that of `c14n1` and so on, without `_:`, in characters that may stand in one.
///
/// `None` unless the map has a name for every blank node, no name beyond these and none twice: what has two places in
/// the document must have two names, or statements about one could be shown as statements about the other.
pub fn statements(dataset: &Dataset, labels: &Labels, names: &[String]) -> Option<Statements> {
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    if names.len() != labels.len() || sorted.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        return None;
    }
    let mut statements = Statements { text: String::new(), ends: Vec::with_capacity(dataset.quads().len()) };
    let Statements { text, ends } = &mut statements;
    write::sorted(dataset, labels, names, text, |text| ends.push(text.len()));
    Some(statements)
}

#[cfg(test)]
mod tests {
    use super::super::{Budget, Hash, label};
    use super::*;
    use crate::limits::Limits;
    use crate::rdf::nquads;

    const TEXT: &str = "\
        <urn:a> <urn:p> _:x .\n\
        _:x <urn:p> \"1\" .\n\
        _:x <urn:q> _:y .\n\
        _:y <urn:p> <urn:b> _:x .\n";

    fn renamed(names: &[&str]) -> Option<Statements> {
        let limits = Limits::default();
        let dataset = nquads::parse(TEXT, &limits).unwrap().dataset;
        let labels = label(&dataset, Hash::Sha256, &mut Budget::new(&limits)).unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        statements(&dataset, &labels, &names)
    }

    #[test]
    fn statements_are_sorted_under_the_new_names() {
        // Which of both is c14n0 is not what this is about: under either, the lines are sorted texts.
        for names in [["u-b", "u-a"], ["u-a", "u-b"], ["b10", "b1"], ["b2", "b10"]] {
            let statements = renamed(&names).unwrap();
            let lines: Vec<&str> = statements.iter().collect();
            assert!(lines.is_sorted(), "{lines:?}");
            assert_eq!((lines.len(), lines.concat()), (4, statements.text().to_owned()));
            for name in names {
                assert!(lines.iter().any(|line| line.starts_with(&format!("_:{name} "))), "{lines:?}");
            }
        }
    }

    #[test]
    fn canonical_names_give_the_canonical_form() {
        let limits = Limits::default();
        let dataset = nquads::parse(TEXT, &limits).unwrap().dataset;
        let canonical =
            super::super::canonicalize(&dataset, Hash::Sha256, &mut Budget::new(&limits)).unwrap();
        assert_eq!(renamed(&["c14n0", "c14n1"]).unwrap().text(), canonical.nquads);
    }

    #[test]
    fn a_label_map_has_one_name_for_each_blank_node() {
        for names in [&[][..], &["a"], &["a", "a"], &["a", "b", "c"], &["a", "b", "b"]] {
            assert_eq!(renamed(names), None, "{names:?}");
        }
    }

    #[test]
    fn mandatory_statements_are_chosen_by_ascending_indexes() {
        let statements = renamed(&["a", "b"]).unwrap();
        let lines: Vec<&str> = statements.iter().collect();
        assert_eq!(statements.split(&[]), Some((vec![], lines.clone())));
        assert_eq!(statements.split(&[0, 1, 2, 3]), Some((lines.clone(), vec![])));
        assert_eq!(statements.split(&[1, 3]), Some((vec![lines[1], lines[3]], vec![lines[0], lines[2]])));
        for wrong in [&[4][..], &[0, 4], &[0, 0], &[1, 0], &[2, 1, 3], &[usize::MAX]] {
            assert_eq!(statements.split(wrong), None, "{wrong:?}");
        }
    }
}
