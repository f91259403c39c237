//! What a passed proof covers: the only way from a report to what the record says.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Report, Verdict};
use crate::document::{self, DataModel};
use crate::formats;
use crate::json::{Tree, Value, View, jcs};
use crate::limits::Limits;
use crate::record::{self, PartVerdict, Record};

/// How many levels of records there are inside a record.
const DEEPEST: usize = 4;

/// What a passed proof covers.
///
/// It is worked out when it is asked for: most reports are only looked at for their verdict.
///
/// A report gives it only with the verdict [`Verified`](crate::Verdict::Verified); nobody else can make one:
///
/// ```compile_fail,E0624
/// let unverified = ler_verify::Secured::new(Vec::new().into(), Default::default(), Vec::new());
/// ```
#[derive(Debug)]
pub struct Secured {
    source: Arc<[u8]>,
    pub(super) place: Place,
    parts: Vec<(String, Arc<Report>)>,
    document: OnceLock<String>,
    record: OnceLock<Option<Record>>,
}

/// Which object of the input a report is about, and what of it is signed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The object.
    pub(crate) pointer: String,
    /// The context of the proof, where it stands in place of the document's (JCS suites).
    pub(crate) proof_context: Option<String>,
    /// Objects that share their `id` with others: what they say is signed, where they say it is not.
    pub(crate) merged: Vec<String>,
    /// Whether nobody but the holder of the presentation that it stands in says so.
    pub(crate) self_asserted: bool,
    /// Whether it is of a kind that nothing secures, so that what it says is nobody's but its writer's word.
    pub(crate) unsecured: bool,
    /// Whether the holder chose what to show of what the issuer signed.
    pub(crate) selective: bool,
    /// Who signed, where the document itself does not say who issues it.
    pub(crate) signer: Option<String>,
    /// The name under which a registry lists the issuer.
    pub(crate) registered_name: Option<String>,
}

impl Secured {
    /// `parts` are the reports on the documents inside, each with its place.
    pub(crate) fn new(source: Arc<[u8]>, place: Place, parts: Vec<(String, Arc<Report>)>) -> Self {
        Secured { source, place, parts, document: OnceLock::new(), record: OnceLock::new() }
    }

    /// The record in the one shape that all formats have. A presentation has none of its own, the records in it have.
    ///
    /// Each record inside it has the verdict of its own report, and stands in its place where that is
    /// [`Verified`](crate::Verdict::Verified); at most four levels deep. Of others only the place is named.
    pub fn record(&self) -> Option<&Record> {
        let read = || self.with_tree(|tree| self.read(tree, DEEPEST)).flatten();
        self.record.get_or_init(read).as_ref()
    }

    /// The record with those inside. Documents of one text are read from one tree: reading it again for each would cost
    /// the square of their number.
    fn read(&self, tree: &Tree<'_>, levels: usize) -> Option<Record> {
        let mut record = self.read_alone(tree.at(&self.place.pointer)?)?;
        // What stands in the document comes before what came with it, and has its place.
        let mut parts = BTreeMap::new();
        for (pointer, report) in &self.parts {
            parts.entry(pointer.as_str()).or_insert(report);
        }
        record.put_parts(|pointer| {
            let inside = &parts.get(pointer)?.secured;
            let verdict = match parts.get(pointer)?.verdict() {
                Verdict::NotVerified => return Some((PartVerdict::NotVerified, None)),
                Verdict::Indeterminate => return Some((PartVerdict::Indeterminate, None)),
                Verdict::Verified(_) => PartVerdict::Verified,
            };
            let record = levels.checked_sub(1).and_then(|levels| {
                if Arc::ptr_eq(&inside.source, &self.source) {
                    inside.read(tree, levels)
                } else {
                    inside.with_tree(|tree| inside.read(tree, levels)).flatten()
                }
            });
            Some((verdict, record))
        });
        Some(record)
    }

    /// The record alone: the records inside are named only.
    #[inline(never)] // its frame is not that of the recursion
    fn read_alone(&self, root: Value<'_>) -> Option<Record> {
        let graph_only = self.place.merged.iter().cloned().collect();
        let context = self.signed_context(root);
        let self_asserted = self.place.self_asserted;
        let mut record = match document::detect(root) {
            Some(detected) => record::of(root, context, &detected, &graph_only, self_asserted)?,
            None => record::of_format(root, formats::detect(root)?, self.place.signer.as_deref())?,
        };
        if let Some(issuer) = &mut record.issuer {
            issuer.registered_name = self.place.registered_name.clone();
        }
        record.completeness.withheld |= self.place.selective;
        Some(record)
    }

    /// The document without its proof, as the proof covers it, as canonical JSON (RFC 8785). Parts that a record names by
    /// their addresses (Open Badges before 3.0, CLR 1.0) stand in it where the addresses stood.
    pub fn document(&self) -> &str {
        self.document.get_or_init(|| {
            let canonical = |value: Value<'_>| {
                // In an SD-JWT VC, and in what is no Verifiable Credential, `proof` is a claim like others.
                let model = document::detect(value).map(|detected| detected.model);
                let own = matches!(model, None | Some(DataModel::SdJwtVc));
                let without: &[&str] = if own { &[] } else { &["proof"] };
                let mut view = View { without, ..View::whole(value.as_object()?) };
                view.context = self.proof_context(value);
                Some(jcs::canonical_view(&view))
            };
            self.with(canonical).flatten().unwrap_or_default()
        })
    }

    /// The context of the proof, where that is the one that is signed.
    fn proof_context<'t>(&self, value: Value<'t>) -> Option<Value<'t>> {
        self.place.proof_context.as_deref().and_then(|pointer| value.at_root(pointer))
    }

    fn signed_context<'t>(&self, value: Value<'t>) -> Option<Value<'t>> {
        self.proof_context(value).or_else(|| document::context_of(value))
    }

    fn with<T>(&self, read: impl FnOnce(Value<'_>) -> T) -> Option<T> {
        self.with_tree(|tree| tree.at(&self.place.pointer).map(read)).flatten()
    }

    /// Reads the input again; it was read before, under limits that are no wider.
    fn with_tree<T>(&self, read: impl FnOnce(&Tree<'_>) -> T) -> Option<T> {
        let limits = Limits { input_bytes: usize::MAX, values: usize::MAX, ..Limits::default() };
        Tree::parse(&self.source, &limits).ok().map(|tree| read(&tree))
    }
}
