//! The one table of everything a report can say.
//!
//! A *check* is a question ([`CheckId`]); a *code* ([`Code`]) is one possible answer to it. The outcome of a
//! check is a column of this table, so what a code means can never drift from where it is used. Rust docs, the
//! README table, the JSON Schema of the report and the bindings are generated from it or tested against it.

use std::collections::BTreeMap;
use std::fmt;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Evidence for.
    Passed,
    /// There was nothing to check.
    NotApplicable,
    /// The policy switched the check off.
    Skipped,
    /// Could not find out.
    Indeterminate,
    /// Evidence against.
    Failed,
}

impl Outcome {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::NotApplicable => "notApplicable",
            Outcome::Skipped => "skipped",
            Outcome::Indeterminate => "indeterminate",
            Outcome::Failed => "failed",
        }
    }
}

/// The question a check belongs to. See [`crate::Axes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Is it what the issuer signed, and is it the issuer who signed?
    Authentic,
    /// Is it valid now?
    Current,
    /// Is it meant for this person, this verifier, this occasion?
    Addressed,
    /// Is its issuer one whom the policy accepts?
    Trusted,
}

impl Axis {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Axis::Authentic => "authentic",
            Axis::Current => "current",
            Axis::Addressed => "addressed",
            Axis::Trusted => "trusted",
        }
    }
}

/// How much a policy makes of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Requirement {
    /// It counts for the verdict.
    Require,
    /// It is carried out and shown, and does not count for the verdict.
    Report,
    /// It is not carried out.
    Skip,
}

impl Requirement {
    /// The name in reports and policies.
    pub const fn name(self) -> &'static str {
        match self {
            Requirement::Require => "require",
            Requirement::Report => "report",
            Requirement::Skip => "skip",
        }
    }
}

macro_rules! checks {
    ($( $variant:ident $id:literal $axis:expr, $requirement:ident, $title:literal; )*) => {
        /// A question the verifier asks. The order of the variants is the order of a report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum CheckId { $( #[doc = $title] $variant, )* }

        impl CheckId {
            /// Every check there is, in the order of a report.
            pub const ALL: &'static [CheckId] = &[ $( CheckId::$variant, )* ];

            /// The identifier in reports and policies.
            pub const fn name(self) -> &'static str { match self { $( CheckId::$variant => $id, )* } }

            /// The axis it counts for, if any.
            pub const fn axis(self) -> Option<Axis> { match self { $( CheckId::$variant => $axis, )* } }

            /// What a policy that says nothing makes of it.
            pub const fn default_requirement(self) -> Requirement {
                match self { $( CheckId::$variant => Requirement::$requirement, )* }
            }

            /// The question, in English.
            pub const fn title(self) -> &'static str { match self { $( CheckId::$variant => $title, )* } }
        }
    };
}

const AUTHENTIC: Option<Axis> = Some(Axis::Authentic);
const CURRENT: Option<Axis> = Some(Axis::Current);
const ADDRESSED: Option<Axis> = Some(Axis::Addressed);
const TRUSTED: Option<Axis> = Some(Axis::Trusted);

checks! {
    DocumentFormat "document.format" AUTHENTIC, Require, "Is it a kind of record that this library knows?";
    DocumentImage "document.image" AUTHENTIC, Require, "Is the image that it is baked into whole, with one record in it?";
    ImageConventions "image.conventions" None, Report, "Is it baked into the image as its standard says?";
    DocumentJson "document.json" AUTHENTIC, Require, "Is it strict JSON that every reader reads alike?";
    DocumentConformance "document.conformance" AUTHENTIC, Require, "Is it a conforming document of its data model?";
    DocumentEmptyMembers "document.emptyMembers" None, Report, "Are there members that say nothing (null, empty arrays)?";
    ContextsAvailable "contexts.available" AUTHENTIC, Require, "Is every JSON-LD context known, pinned and in its place?";
    ContextsVersion "contexts.version" None, Report, "Which dated versions of the contexts does the signature fit?";
    ContextsUnused "contexts.unused" None, Report, "Does every context contribute to what is signed?";
    JsonldLossless "jsonld.lossless" AUTHENTIC, Require, "Does everything that can be read reach the signature?";
    JsonldReadsAsSigned "jsonld.readsAsSigned" AUTHENTIC, Require, "Does the JSON read as it is signed?";
    JsonldPositions "jsonld.positions" AUTHENTIC, Require, "Does every property stand where it was signed?";
    JsonldNodes "jsonld.nodes" None, Report, "Is every node described in one place?";
    JsonldIris "jsonld.iris" None, Report, "Are all IRIs ordinary ones?";
    SecuringPresent "securing.present" AUTHENTIC, Require, "Is it secured at all?";
    HostedDocuments "hosted.documents" AUTHENTIC, Require, "Is what the record is made of where it says that it is?";
    HostedCopy "hosted.copy" None, Report, "Is what was shown the same as what its issuer publishes?";
    SecuringProofs "securing.proofs" AUTHENTIC, Require, "Do its proofs, taken together, satisfy the policy?";
    Disclosures "disclosures" AUTHENTIC, Require, "Is all that is disclosed covered by the signature, in its place?";
    ProofStructure "proof.structure" AUTHENTIC, Require, "Is the proof well-formed?";
    ProofSuite "proof.suite" AUTHENTIC, Require, "Is the proof's suite known and accepted?";
    ProofPurpose "proof.purpose" AUTHENTIC, Require, "Was the proof made for this purpose?";
    ProofCreated "proof.created" AUTHENTIC, Require, "Was the proof made in the past?";
    ProofClaims "proof.claims" AUTHENTIC, Require, "Do the claims of the token agree with the record in it?";
    ProofConventions "proof.conventions" None, Report, "Does the token keep to the conventions of its standard?";
    ProofExpires "proof.expires" CURRENT, Require, "Is the proof still in force?";
    ProofDomain "proof.domain" ADDRESSED, Require, "Was the proof made for the expected domain?";
    ProofChallenge "proof.challenge" ADDRESSED, Require, "Does the proof answer the expected challenge?";
    ProofChain "proof.chain" AUTHENTIC, Require, "Are the proofs it builds on present and good?";
    ProofSignature "proof.signature" AUTHENTIC, Require, "Is the signature good for exactly this content?";
    ProofEvidence "proof.evidence" None, Report, "What beside the signature has not been looked at?";
    ProofOther "proof.other" None, Report, "What of the proofs that do not count?";
    StatementSignature "statement.signature" AUTHENTIC, Require, "Are the bytes of the signature those that the statement names?";
    StatementLength "statement.length" None, Report, "Is the signature as long as the statement says?";
    StatementEquivalence "statement.equivalence" AUTHENTIC, Require, "Is the statement the one that was signed?";
    StatementAdded "statement.added" None, Report, "Is everything in the statement signed?";
    StatementVoiding "statement.voiding" CURRENT, Report, "Has the statement been voided?";
    KeyResolved "key.resolved" AUTHENTIC, Require, "Could the verification method be found?";
    KeyAuthorized "key.authorized" AUTHENTIC, Require, "May the key be used for this purpose?";
    KeyCurrent "key.current" AUTHENTIC, Require, "Is the key neither revoked nor expired?";
    IssuerBound "issuer.bound" AUTHENTIC, Require, "Does the key belong to the issuer?";
    ValidityFrom "validity.from" CURRENT, Require, "Is it valid already?";
    ValidityUntil "validity.until" CURRENT, Require, "Is it still valid?";
    StatusEntry "status.entry" CURRENT, Require, "What does its status list say?";
    StatusListId "status.listId" CURRENT, Require, "Is it the list that was meant?";
    StatusListLength "status.listLength" None, Report, "Is the list so long that nobody is singled out by asking for it?";
    StatusListFreshness "status.listFreshness" None, Report, "Is the list as fresh as its issuer wants it to be?";
    Withheld "withheld" CURRENT, Report, "Could the holder have left out what limits it?";
    Schema "schema" None, Report, "Does it follow its own schema?";
    LinkedResource "linkedResource" None, Report, "Do the resources that it names have the digests that it gives for them?";
    TypeMetadata "typeMetadata" None, Report, "Is what says how to read the record what its issuer meant?";
    ProfileOpenBadges "profile.openBadges" None, Report, "Does it follow the rules of Open Badges 3.0?";
    ProfileClr "profile.clr" None, Report, "Does it follow the rules of CLR 2.0?";
    ProfileElm "profile.elm" None, Report, "Does it follow the rules of European Digital Credentials?";
    AchievementCreator "achievement.creator" None, Report, "Did the issuer make what it awards?";
    Recipient "recipient" ADDRESSED, Require, "Is it about the expected person?";
    KeyBinding "keyBinding" ADDRESSED, Require, "Did the holder of the key that the issuer named present it?";
    Holder "holder" ADDRESSED, Require, "Was it presented by the expected holder?";
    Presenter "presenter" None, Report, "Is it about the one who presents it?";
    Person "person" None, Report, "Is the record in the résumé about the person whose résumé it is?";
    Contacts "contacts" None, Report, "What is given to show something, and is no record?";
    IssuerAccepted "issuer.accepted" TRUSTED, Require, "Does the policy accept its issuer?";
    IssuerName "issuer.name" None, Report, "Is the name that the issuer gives itself its own?";
    EmbeddedAny "embedded.any" None, Require, "Does a signed presentation hold anything?";
    EmbeddedVerdict "embedded.verdict" None, Require, "Is every record inside it verified?";
    EmbeddedEndorsement "embedded.endorsement" None, Report, "Do its endorsements verify?";
    EndorsementSubject "endorsement.subject" None, Require, "Is the endorsement about what it hangs on?";
    EndorsementIndependence "endorsement.independence" None, Report, "Was the endorsement made by others than those who gain from it?";
    Refresh "refresh" None, Report, "Does it name a place for newer versions?";
    NewerVersion "newerVersion" None, Report, "Is it the newest version?";
    Limits "limits" AUTHENTIC, Require, "Is it within the limits of what is processed?";
    PolicyDanger "policy.danger" None, Report, "Did the policy switch off a protected check?";
}

macro_rules! codes {
    ($( $variant:ident $code:literal $check:ident $outcome:ident $title:literal, $spec:literal $(, $problem:literal)? ; )*) => {
        /// One possible answer to a check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $( #[doc = $title] $variant, )* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[ $( Code::$variant, )* ];

            /// The dotted name in reports.
            pub const fn name(self) -> &'static str { match self { $( Code::$variant => $code, )* } }

            /// The check it answers.
            pub const fn check(self) -> CheckId { match self { $( Code::$variant => CheckId::$check, )* } }

            /// What it means for that check.
            pub const fn outcome(self) -> Outcome { match self { $( Code::$variant => Outcome::$outcome, )* } }

            /// What is the case, in English, without any value from the document.
            pub const fn title(self) -> &'static str { match self { $( Code::$variant => $title, )* } }

            /// Where the rule stands.
            pub const fn spec(self) -> &'static str { match self { $( Code::$variant => $spec, )* } }

            /// The RFC 9457 problem type that the standards give it, if any.
            pub const fn problem_type(self) -> Option<&'static str> {
                match self { $( Code::$variant => problem!($($problem)?), )* }
            }
        }
    };
}

macro_rules! problem {
    () => {
        None
    };
    ($problem:literal) => {
        Some($problem)
    };
}

include!("codes/table.rs");

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A typed detail of a finding: never a claim of the record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Detail {
    /// A name, a URL, an instant: what the key of the detail says.
    Text(String),
    /// A number.
    Number(u64),
    /// Several texts.
    Texts(Vec<String>),
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Detail::Text(text.to_owned())
    }
}
impl From<String> for Detail {
    fn from(text: String) -> Self {
        Detail::Text(text)
    }
}
impl From<u64> for Detail {
    fn from(number: u64) -> Self {
        Detail::Number(number)
    }
}
impl From<usize> for Detail {
    fn from(number: usize) -> Self {
        Detail::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}
impl From<Vec<String>> for Detail {
    fn from(texts: Vec<String>) -> Self {
        Detail::Texts(texts)
    }
}

/// The details of a finding, by name (`url`, `limit`, `value`, `instant`, `expected`, `term` …).
pub type Details = BTreeMap<&'static str, Detail>;

/// What one step found, and where. Steps return findings; `verifier.rs` turns them into checks.
///
/// Its members are those of [`FindingBody`]. It is one pointer wide, because it is the error of nearly everything here, and
/// all code hands it on: that is 15 KB of the WebAssembly module (gzip).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding(Box<FindingBody>);

/// The members of a [`Finding`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingBody {
    /// What was found.
    pub code: Code,
    /// Where: an RFC 6901 pointer into the document as received.
    pub pointer: Option<String>,
    /// Typed details.
    pub details: Details,
}

impl std::ops::Deref for Finding {
    type Target = FindingBody;

    fn deref(&self) -> &FindingBody {
        &self.0
    }
}

impl std::ops::DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut FindingBody {
        &mut self.0
    }
}

/// The longest pointer in a report, in bytes. A name in a document can be as long as the document, and many findings can
/// be below it: a report must not grow with their product.
pub const LONGEST_POINTER: usize = 1_024;

/// The pointer, or the longest one to something that it stands in; not through a name that would steer what shows it, a
/// terminal or a page, for such names are made for that.
pub(crate) fn shortened(mut pointer: String) -> String {
    if let Some(at) = pointer.find(steers) {
        let end = pointer.get(..at).and_then(|before| before.rfind('/')).unwrap_or(0);
        pointer.truncate(end);
    }
    while pointer.len() > LONGEST_POINTER {
        let end = pointer.rfind('/').unwrap_or(0);
        pointer.truncate(end);
        pointer.shrink_to_fit();
    }
    pointer
}

/// Whether a character is a command rather than a sign: controls, separators of lines, and directions (Unicode TR 36
/// §3.2).
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Finding {
    /// A finding without a place.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Finding(Box::new(FindingBody { code, pointer: None, details: Details::new() }))
    }

    /// A finding at `pointer` (RFC 6901), or at what it stands in where a pointer that long is of no use to anybody
    /// ([`LONGEST_POINTER`]).
    pub fn at(code: Code, pointer: impl Into<String>) -> Self {
        Self::new(code).moved(Some(shortened(pointer.into())))
    }

    /// The same finding with one more detail.
    #[must_use]
    pub fn with(self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.detailed(name, detail.into())
    }

    #[inline(never)]
    fn detailed(mut self, name: &'static str, detail: Detail) -> Self {
        self.details.insert(name, detail);
        self
    }

    /// The same finding under another code.
    pub(crate) fn coded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// The same finding at another place, or at none.
    pub(crate) fn moved(mut self, pointer: Option<String>) -> Self {
        self.pointer = pointer;
        self
    }

    /// Its members.
    pub(crate) fn into_body(self) -> FindingBody {
        *self.0
    }
}
