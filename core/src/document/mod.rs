//! Documents of the W3C Verifiable Credentials Data Model, and SD-JWT VCs: which they are, whether they conform, what they
//! hold.
//!
//! Detection reads contexts and types only ([`detect`]); it decides what a document *claims* to be. Whether it is that
//! is the answer of [`conformance`] (VCDM 2.0 §7.1, VCDM 1.1 §4) and, for the rules of a profile on top, of
//! [`open_badges::profile`]. The accessors keep wrong JSON types visible: nothing that is there reads as absent.

pub mod clr;
mod credential;
pub(crate) mod defects;
pub mod elm;
mod embedded;
pub mod ler_rs;
pub mod open_badges;
mod presentation;
pub mod related_resource;
mod sd_jwt_vc;
mod shape;

pub use embedded::{Relation, embedded};

use crate::codes::{Code, Finding};
use crate::json::{Children, Kind, Value};
use crate::time::Timestamp;
use defects::Defects;
pub(crate) use shape::is_absolute_url;

/// The base context of VCDM 1.1 (§4.1).
pub const VCDM1_CONTEXT: &str = "https://www.w3.org/2018/credentials/v1";
/// The base context of VCDM 2.0 (§4.3).
pub const VCDM2_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// The version of the Verifiable Credentials Data Model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataModel {
    /// 1.1 (and 1.0): `issuanceDate`, `expirationDate`.
    Vcdm1,
    /// 2.0: `validFrom`, `validUntil`.
    Vcdm2,
    /// None of W3C: the claims of an SD-JWT VC, with `nbf` and `exp`.
    SdJwtVc,
}

impl DataModel {
    /// The version as its standard writes it.
    pub const fn version(self) -> &'static str {
        match self {
            DataModel::Vcdm1 => "1.1",
            DataModel::Vcdm2 => "2.0",
            // Its standard is a draft still.
            DataModel::SdJwtVc => "draft",
        }
    }

    /// Its base context; empty where there are no contexts.
    pub const fn context(self) -> &'static str {
        match self {
            DataModel::Vcdm1 => VCDM1_CONTEXT,
            DataModel::Vcdm2 => VCDM2_CONTEXT,
            DataModel::SdJwtVc => "",
        }
    }

    /// Reads a date by its rules: xsd:dateTimeStamp in 2.0 (§4.9), xsd:dateTime in 1.1 (§4.6), where UTC is meant if
    /// there is no offset.
    ///
    /// # Errors
    /// What is wrong, in English.
    pub fn instant(self, text: &str) -> Result<Timestamp, &'static str> {
        match self {
            DataModel::Vcdm1 => Timestamp::parse_lenient_utc(text).map(|read| read.instant),
            DataModel::Vcdm2 => Timestamp::parse(text),
            DataModel::SdJwtVc => Err("it is not a number of seconds"),
        }
    }
}

/// What kind of record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A credential of no kind that is known here.
    VerifiableCredential,
    /// An Open Badge (`OpenBadgeCredential`, `AchievementCredential`).
    OpenBadges,
    /// A Comprehensive Learner Record (`ClrCredential`).
    Clr,
    /// An endorsement (`EndorsementCredential`).
    Endorsement,
    /// A wrapper of a Learning and Employment Record of HR Open Standards, or of a part of one; a résumé of T3.
    LerRs,
    /// A European Digital Credential for learning (European Learning Model 3).
    EuropeanDigitalCredential,
    /// A presentation.
    VerifiablePresentation,
    /// An SD-JWT VC.
    SdJwtVc,
    /// A Status List Token: no record, but what says whether records are revoked.
    TokenStatusList,
}

impl Family {
    /// The name in reports and records.
    pub const fn name(self) -> &'static str {
        match self {
            Family::VerifiableCredential => "verifiableCredential",
            Family::OpenBadges => "openBadges",
            Family::Clr => "clr",
            Family::Endorsement => "endorsement",
            Family::LerRs => "lerRs",
            Family::EuropeanDigitalCredential => "elm",
            Family::VerifiablePresentation => "verifiablePresentation",
            Family::SdJwtVc => "sdJwtVc",
            Family::TokenStatusList => "tokenStatusList",
        }
    }
}

/// What a document claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    /// What kind of record it is.
    pub family: Family,
    /// The version of the family's own standard; of the data model where there is none.
    pub version: &'static str,
    /// The data model it is written in.
    pub model: DataModel,
    /// Whether it is a presentation.
    pub presentation: bool,
    /// Whether it is a mere envelope: `id` is a `data:` URL that holds the secured document (VCDM 2.0 §4.13).
    pub enveloped: bool,
}

/// What an SD-JWT VC is.
const SD_JWT_VC: Detected = Detected {
    family: Family::SdJwtVc,
    version: DataModel::SdJwtVc.version(),
    model: DataModel::SdJwtVc,
    presentation: false,
    enveloped: false,
};

/// The claim that makes a JWT a Status List Token (draft-ietf-oauth-status-list §5.1).
pub const STATUS_LIST: &str = "status_list";

/// A Status List Token. It is recognised where a status list is looked for, and nowhere else: it is no record.
pub fn detect_status_list(root: Value<'_>) -> Option<Detected> {
    let is_list = root.get(STATUS_LIST).is_some() && detect(root).is_none();
    is_list.then_some(Detected { family: Family::TokenStatusList, ..SD_JWT_VC })
}

/// What the document claims to be by its contexts and types; `None` if it is nothing of the W3C data model, and no SD-JWT VC
/// either (which has a `vct`).
///
/// The base context that comes first decides; a document that has none and bears one of the model's own types claims
/// the model all the same, and does not conform. A document that claims to be both a credential and a presentation is
/// held to the rules of a credential, which must be secured, and does not conform either.
pub fn detect(root: Value<'_>) -> Option<Detected> {
    if root.kind() != Kind::Object {
        return None;
    }
    let types = root.get("type");
    let has_type =
        |name: &str| types.is_some_and(|types| types.one_or_many().any(|t| t.as_str() == Some(name)));
    let by_context = contexts(root).filter_map(|context| context.as_str()).find_map(|url| match url {
        VCDM1_CONTEXT => Some(DataModel::Vcdm1),
        VCDM2_CONTEXT => Some(DataModel::Vcdm2),
        _ => None,
    });
    let credential = has_type("VerifiableCredential") || has_type("EnvelopedVerifiableCredential");
    let presentation = has_type("VerifiablePresentation") || has_type("EnvelopedVerifiablePresentation");
    let model = match by_context {
        Some(model) => model,
        None if !credential && !presentation && root.get("vct").is_some() => return Some(SD_JWT_VC),
        None if !credential && !presentation => return None,
        None if root.get("issuanceDate").is_some() => DataModel::Vcdm1,
        None => DataModel::Vcdm2,
    };
    // Without a type of the model, what it holds tells which type is missing.
    let presentation = if credential || presentation {
        presentation && !credential
    } else {
        root.get("verifiableCredential").is_some() && root.get("issuer").is_none()
    };
    let (family, version) = if presentation {
        (Family::VerifiablePresentation, model.version())
    } else if has_type("ClrCredential") {
        (Family::Clr, "2.0")
    } else if has_type("OpenBadgeCredential") || has_type("AchievementCredential") {
        (Family::OpenBadges, "3.0")
    } else if has_type("EndorsementCredential") {
        (Family::Endorsement, "3.0")
    } else if ler_rs::is_wrapper(root) {
        (Family::LerRs, ler_rs::version(root).unwrap_or(model.version()))
    } else if has_type("EuropeanDigitalCredential") {
        (Family::EuropeanDigitalCredential, "3")
    } else {
        (Family::VerifiableCredential, model.version())
    };
    let enveloped = has_type("EnvelopedVerifiableCredential") || has_type("EnvelopedVerifiablePresentation");
    Some(Detected { family, version, model, presentation, enveloped })
}

/// Every rule of the data model that the document breaks, with a pointer at each defect. None: it conforms.
///
/// Members that are `null` or an empty array read as absent; they are defects only where verification depends on
/// them ([`empty_members`] reports the rest). Whether it is secured, and whether its terms are defined, are other
/// checks. Embedded documents are for their own reports.
pub fn conformance(root: Value<'_>, detected: &Detected) -> Vec<Finding> {
    let mut defects = Defects::new();
    if detected.model == DataModel::SdJwtVc {
        sd_jwt_vc::rules(&mut defects, root, detected.family == Family::SdJwtVc);
    } else if detected.enveloped {
        shape::envelope(&mut defects, root);
    } else if detected.presentation {
        presentation::rules(&mut defects, root, detected.model);
    } else {
        credential::rules(&mut defects, root, detected.model);
        if detected.family == Family::LerRs {
            ler_rs::wrapper_rules(&mut defects, root);
        }
    }
    defects.finish()
}

/// Members and items that are `null` or an empty array, wherever they stand outside of `@context`, proofs and embedded
/// documents: a reader sees them, a signature over linked data does not (`document.emptyMember`).
pub fn empty_members(root: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    walk(root, &mut |value| {
        let key = value.key().unwrap_or("");
        let root_member = value.parent() == Some(root);
        if value.is_empty_member() && !(root_member && credential::RESERVED.contains(&key)) {
            defects.add(Code::DocumentEmpty, value);
        }
        !(matches!(key, "@context" | "verifiableCredential" | "endorsement") || root_member && key == "proof")
    });
    defects.finish()
}

/// Calls `visit` for every value below `root`, in document order; it says whether to go inside. Not recursive.
pub(crate) fn walk<'t>(root: Value<'t>, visit: &mut dyn FnMut(Value<'t>) -> bool) {
    let mut below = root.children();
    while let Some(value) = below.next() {
        if visit(value) {
            below.enter(value);
        }
    }
}

/// The same with the pointer of each value. Pointers made on the way cost nothing more; [`Value::pointer`] costs time in
/// proportion to the arrays that it goes through.
pub(crate) fn walk_with_pointers<'t>(root: Value<'t>, visit: &mut dyn FnMut(Value<'t>, &str) -> bool) {
    let mut pointer = root.pointer();
    let mut open = vec![(root.children(), 0_usize, pointer.len())];
    while let Some((siblings, index, length)) = open.last_mut() {
        pointer.truncate(*length);
        let Some(value) = siblings.next() else {
            open.pop();
            continue;
        };
        pointer.push('/');
        match value.key() {
            Some(key) => pointer.push_str(&crate::json::escape_pointer_token(key)),
            None => pointer.push_str(&index.to_string()),
        }
        *index = index.saturating_add(1);
        if visit(value, &pointer) {
            open.push((value.children(), 0, pointer.len()));
        }
    }
}

/// The `@context` that holds for an object: its own, or that of the document it is embedded in (a nested credential
/// without one of its own inherits it, JSON-LD 1.1 §3.1).
pub fn context_of(root: Value<'_>) -> Option<Value<'_>> {
    let mut at = Some(root);
    while let Some(value) = at {
        if let Some(context) = value.get("@context") {
            return Some(context);
        }
        at = value.parent().filter(|parent| !begins_anew(value, *parent));
    }
    None
}

/// In presentations of VCDM 2.0 the contexts end where a credential begins: its base context defines
/// `verifiableCredential` with the context `null` (§B.1).
fn begins_anew(value: Value<'_>, parent: Value<'_>) -> bool {
    value.key() == Some("verifiableCredential")
        && has_type(parent, "VerifiablePresentation")
        && items(parent, "@context").next().and_then(|context| context.as_str()) == Some(VCDM2_CONTEXT)
}

/// The items of the `@context` that holds for the document, of whatever JSON type.
pub fn contexts(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    context_of(root).into_iter().flat_map(|context| context.one_or_many())
}

/// Whether `type` has this value.
pub fn has_type(object: Value<'_>, name: &str) -> bool {
    items(object, "type").any(|value| value.as_str() == Some(name))
}

/// The items of a member, one or many; an absent member has none. Wrong JSON types are among them.
pub fn items<'t>(object: Value<'t>, member: &str) -> impl Iterator<Item = Value<'t>> + use<'t> {
    object.get(member).into_iter().flat_map(|value| value.one_or_many())
}

/// The identifier of the issuer: `issuer` or `issuer.id`.
pub fn issuer_id(root: Value<'_>) -> Option<&str> {
    id_of(root.get("issuer")?)
}

/// Who should have signed: the issuer of a credential, `iss` in an SD-JWT VC, the holder of a presentation.
pub fn principal<'t>(root: Value<'t>, detected: &Detected) -> Option<&'t str> {
    match detected.model {
        DataModel::SdJwtVc => root.get("iss")?.as_str(),
        _ if detected.presentation => holder_id(root),
        _ => issuer_id(root),
    }
}

/// The identifier of the holder of a presentation: `holder` or `holder.id`.
pub fn holder_id(root: Value<'_>) -> Option<&str> {
    id_of(root.get("holder")?)
}

fn id_of(value: Value<'_>) -> Option<&str> {
    value.as_str().or_else(|| value.get("id")?.as_str())
}

/// The members that bound the validity of a credential, of whatever JSON type.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Validity<'t> {
    /// The beginning.
    pub from: Option<Value<'t>>,
    /// The end.
    pub until: Option<Value<'t>>,
}

/// The validity period: `validFrom` and `validUntil` (VCDM 2.0 §4.9), `issuanceDate` and `expirationDate` (VCDM 1.1
/// §4.6, §4.8).
///
/// VCDM 1.1 reserves `validFrom` and `validUntil` and some profiles set both pairs; then the narrower bound is returned,
/// or the one that cannot be read.
pub fn validity(root: Value<'_>, model: DataModel) -> Validity<'_> {
    let (from, until) = (root.get("validFrom"), root.get("validUntil"));
    match model {
        DataModel::Vcdm2 => Validity { from, until },
        // Its period is that of the token.
        DataModel::SdJwtVc => Validity::default(),
        DataModel::Vcdm1 => Validity {
            from: narrower(root.get("issuanceDate"), from, model, |own, other| other > own),
            until: narrower(root.get("expirationDate"), until, model, |own, other| other < own),
        },
    }
}

fn narrower<'t>(
    own: Option<Value<'t>>,
    other: Option<Value<'t>>,
    model: DataModel,
    narrows: fn(Timestamp, Timestamp) -> bool,
) -> Option<Value<'t>> {
    let (Some(a), Some(b)) = (own, other) else { return own.or(other) };
    let read = |value: Value<'t>| value.as_str().and_then(|text| model.instant(text).ok());
    match (read(a), read(b)) {
        (Some(x), Some(y)) if narrows(x, y) => Some(b),
        (Some(_), None) => Some(b),
        _ => Some(a),
    }
}

/// The entries of `credentialStatus`; of an SD-JWT VC, the mechanisms in `status` (draft-ietf-oauth-status-list §6.1).
pub fn statuses(root: Value<'_>, model: DataModel) -> impl Iterator<Item = Value<'_>> {
    let own = (model == DataModel::SdJwtVc).then(|| root.get("status")).flatten();
    let credential = (model != DataModel::SdJwtVc).then(|| items(root, "credentialStatus"));
    own.into_iter().flat_map(|status| status.children()).chain(credential.into_iter().flatten())
}

/// The entries of `credentialSchema`.
pub fn schemas(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    items(root, "credentialSchema")
}

/// The entries of `refreshService`.
pub fn refresh(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    items(root, "refreshService")
}

/// The entries of `relatedResource` (VCDM 2.0 §5.3).
pub fn related_resources(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    items(root, "relatedResource")
}

/// The identifiers of the subjects.
pub fn subject_ids(root: Value<'_>) -> impl Iterator<Item = &str> {
    items(root, "credentialSubject").filter_map(|subject| subject.get("id")?.as_str())
}

/// The proofs; `None` if there is no member `proof`. An empty array is there and has none; an item that is no object
/// is an item.
pub fn proofs(root: Value<'_>) -> Option<Children<'_>> {
    root.get("proof").map(|proof| proof.one_or_many())
}
