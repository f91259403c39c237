//! What a verifier demands: one policy per installation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::{Axis, CheckId, Finding, Requirement};
use crate::error::PolicyError;
use crate::identifier::x509::Certificate;
use crate::json::Tree;
use crate::jsonld::InlineContexts;
use crate::keys::PublicKey;
use crate::limits::Limits;
use crate::securing::suites::{SUITES, Standing};

/// Whose records are accepted. There is no default: a self-made diploma with a famous name would be "verified".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Issuers {
    /// Anyone's: what is verified then says nothing about who made it. Reported as such.
    Anyone,
    /// Those with one of these identifiers (compared character by character).
    OneOf(Vec<String>),
    /// Those that one of these registries lists.
    Registered(Vec<Registry>),
}

/// What a registry publishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RegistryKind {
    /// One list of all issuers, unsigned: `{"registry": {"<identifier>": {"name": …}}}`.
    #[default]
    List,
    /// Entity statements of OpenID Federation 1.0, one about each issuer, signed by the trust anchor.
    OpenidFederation,
}

/// A registry of issuers. In JSON a list is its URL alone, or an object as others are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenRegistry", into = "WrittenRegistry")]
#[non_exhaustive]
pub struct Registry {
    /// The https URL of the list; the entity identifier of the trust anchor.
    pub url: String,
    /// What it publishes.
    pub kind: RegistryKind,
    /// The keys of the trust anchor, as in [`IssuerKey::key`]: nothing in the federation can say which they are.
    pub anchor_keys: Vec<String>,
}

impl Registry {
    /// A registry that publishes one list.
    pub fn list(url: impl Into<String>) -> Self {
        Registry { url: url.into(), kind: RegistryKind::List, anchor_keys: Vec::new() }
    }

    /// A trust anchor of OpenID Federation, with its keys.
    pub fn openid_federation<K: Into<String>>(
        url: impl Into<String>,
        anchor_keys: impl IntoIterator<Item = K>,
    ) -> Self {
        let anchor_keys = anchor_keys.into_iter().map(Into::into).collect();
        Registry { url: url.into(), kind: RegistryKind::OpenidFederation, anchor_keys }
    }
}

impl<U: Into<String>> From<U> for Registry {
    fn from(url: U) -> Self {
        Registry::list(url)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenRegistry {
    Url(String),
    Object(RegistryObject),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RegistryObject {
    url: String,
    #[serde(default)]
    kind: RegistryKind,
    #[serde(default)]
    anchor_keys: Vec<String>,
}

impl From<WrittenRegistry> for Registry {
    fn from(written: WrittenRegistry) -> Self {
        match written {
            WrittenRegistry::Url(url) => Registry::list(url),
            WrittenRegistry::Object(RegistryObject { url, kind, anchor_keys }) => {
                Registry { url, kind, anchor_keys }
            }
        }
    }
}

impl From<Registry> for WrittenRegistry {
    fn from(Registry { url, kind, anchor_keys }: Registry) -> Self {
        match kind {
            RegistryKind::List if anchor_keys.is_empty() => WrittenRegistry::Url(url),
            _ => WrittenRegistry::Object(RegistryObject { url, kind, anchor_keys }),
        }
    }
}

/// Keys of one trust anchor.
const MAX_ANCHOR_KEYS: usize = 16;

impl Issuers {
    /// Those with one of these identifiers.
    pub fn one_of<I: Into<String>>(ids: impl IntoIterator<Item = I>) -> Self {
        Issuers::OneOf(ids.into_iter().map(Into::into).collect())
    }

    /// Those that one of these registries lists: the URLs of lists, or [`Registry`].
    pub fn registered<I: Into<Registry>>(registries: impl IntoIterator<Item = I>) -> Self {
        Issuers::Registered(registries.into_iter().map(Into::into).collect())
    }
}

/// A key that the host knows to be an issuer's, whatever documents say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IssuerKey {
    /// The issuer's identifier.
    pub issuer: String,
    /// The public key: a Multikey (`z6Mk…`), the text of a JSON Web Key (`{"kty":…}`) or a PEM text.
    pub key: String,
}

/// Somebody who publishes statuses for an issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StatusIssuer {
    /// The identifier of the issuer of records.
    pub issuer: String,
    /// The identifier of the issuer of the status lists.
    pub status_issuer: String,
}

/// A context that is admitted with exactly these bytes, on equal footing with an embedded one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PinnedContext {
    /// The URL as it stands in documents.
    pub url: String,
    /// The SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// Which proofs of a set must be good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProofSetRule {
    /// At least one is good and bound to the issuer; none that is supported is wrong.
    #[default]
    IssuerAndNoneInvalid,
    /// Every one is good, and at least one is bound to the issuer.
    EveryProof,
    /// At least one is good and bound to the issuer, whatever the others are.
    AnyProof,
}

/// Which instant counts for validity and for the dates of keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum JudgedAt {
    /// The instant of the occasion.
    #[default]
    Now,
    /// The instant at which the signer says to have signed.
    SigningTime,
}

/// Protected checks that are switched off all the same. Every report says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Danger {
    /// Identifiers of checks.
    pub skip: Vec<String>,
}

/// What a verifier demands.
///
/// In JSON: camelCase, unknown members refused, everything but `acceptedIssuers` optional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[non_exhaustive]
pub struct Policy {
    /// Whose records are accepted.
    pub accepted_issuers: Issuers,
    /// Keys known to be an issuer's.
    #[serde(default)]
    pub issuer_keys: Vec<IssuerKey>,
    /// Certificates of the authorities whose word on who an issuer is counts (`x5c`): each in PEM, or as base64 of its DER.
    #[serde(default)]
    pub x509_anchors: Vec<String>,
    /// Contexts admitted by digest.
    #[serde(default)]
    pub contexts: Vec<PinnedContext>,
    /// What to make of contexts inside documents.
    #[serde(default)]
    pub inline_contexts: InlineContexts,
    /// The suites that count (default: all but the legacy ones, see [`crate::SUITES`]). Proofs of others are computed and
    /// shown.
    #[serde(default = "current_suites")]
    pub accepted_suites: Vec<String>,
    /// Which proofs of a set must be good.
    #[serde(default)]
    pub proof_set: ProofSetRule,
    /// Which instant counts.
    #[serde(default)]
    pub judged_at: JudgedAt,
    /// Requirements that differ from the table's, by check id.
    #[serde(default)]
    pub checks: BTreeMap<String, Requirement>,
    /// Protected checks that are switched off.
    #[serde(default)]
    pub danger: Danger,
    /// Whose status lists are believed besides the issuer's own.
    #[serde(default)]
    pub status_issuers: Vec<StatusIssuer>,
    /// Seconds since a status list was obtained after which it says nothing (default: however long). Where it is set, the
    /// host has to say when it obtained a list.
    #[serde(default)]
    pub status_max_age: Option<u64>,
    /// Whether a record has to name a status list: one that names none cannot be withdrawn, or hides that it was (default:
    /// it need not). Where it has to and does not, its status is indeterminate.
    #[serde(default)]
    pub status_required: bool,
    /// Seconds since what a registry says was obtained after which it says nothing (default: however long). Where it is set,
    /// the host has to say when it obtained that.
    #[serde(default)]
    pub registry_max_age: Option<u64>,
    /// Entries that a W3C status list should have, lest fetching it tells whom one asks about (default 131,072; reported,
    /// because real lists are shorter).
    #[serde(default = "minimum_status_list_entries")]
    pub minimum_status_list_entries: u64,
    /// Seconds by which clocks may differ (default 300).
    #[serde(default = "clock_skew")]
    pub clock_skew: u32,
    /// How much is processed.
    #[serde(default)]
    pub limits: Limits,
    /// Whether the report gives canonical forms and hashes.
    #[serde(default)]
    pub explain: bool,
    /// Whether the report may hold values of the record.
    #[serde(default)]
    pub reveal_values: bool,
    /// Whether resources are requested for checks that are only reported, too.
    #[serde(default)]
    pub request_reported: bool,
}

fn clock_skew() -> u32 {
    300
}

/// Bitstring Status List 1.0 §3.2.
fn minimum_status_list_entries() -> u64 {
    131_072
}

fn current_suites() -> Vec<String> {
    let current = SUITES.iter().filter(|suite| suite.standing != Standing::Legacy);
    current.map(|suite| suite.name.to_owned()).collect()
}

impl Policy {
    /// Records of these issuers, everything else as strict as the defaults are.
    pub fn accepting(issuers: Issuers) -> Self {
        Policy {
            accepted_issuers: issuers,
            issuer_keys: Vec::new(),
            x509_anchors: Vec::new(),
            contexts: Vec::new(),
            inline_contexts: InlineContexts::default(),
            accepted_suites: current_suites(),
            proof_set: ProofSetRule::default(),
            judged_at: JudgedAt::default(),
            checks: BTreeMap::new(),
            danger: Danger::default(),
            status_issuers: Vec::new(),
            status_max_age: None,
            status_required: false,
            registry_max_age: None,
            minimum_status_list_entries: minimum_status_list_entries(),
            clock_skew: clock_skew(),
            limits: Limits::default(),
            explain: false,
            reveal_values: false,
            request_reported: false,
        }
    }

    /// Judges validity and the dates of keys at the instant at which the signer says to have signed.
    #[must_use]
    pub fn at_signing_time(mut self) -> Self {
        self.judged_at = JudgedAt::SigningTime;
        self
    }

    /// Counts the suites from before Data Integrity, too: `Ed25519Signature2018`, `JsonWebSignature2020`,
    /// `RsaSignature2018` and those of 2019. For archives; what is issued today has no need of them.
    #[must_use]
    pub fn legacy(mut self) -> Self {
        for suite in SUITES {
            if !self.accepted_suites.iter().any(|name| name == suite.name) {
                self.accepted_suites.push(suite.name.to_owned());
            }
        }
        self
    }

    /// Reads a policy.
    ///
    /// # Errors
    /// [`PolicyError::Unreadable`], naming line and column. Whether the policy is possible is found out by
    /// [`crate::Verifier::new`].
    pub fn from_json(json: &[u8]) -> Result<Self, PolicyError> {
        serde_json::from_slice(json).map_err(|error| PolicyError::Unreadable(error.to_string()))
    }

    /// The policy as JSON, every member written out.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the policy can be followed.
    pub(crate) fn validate(&self) -> Result<(), PolicyError> {
        let (member, ids): (_, Vec<&String>) = match &self.accepted_issuers {
            Issuers::Anyone => ("acceptedIssuers", Vec::new()),
            Issuers::OneOf(ids) => ("acceptedIssuers.oneOf", ids.iter().collect()),
            Issuers::Registered(registries) => {
                ("acceptedIssuers.registered", registries.iter().map(|registry| &registry.url).collect())
            }
        };
        if ids.is_empty() && self.accepted_issuers != Issuers::Anyone {
            return Err(PolicyError::NoIssuer);
        }
        let pinned = self.issuer_keys.iter().map(|key| ("issuerKeys", &key.issuer));
        let contexts = self.contexts.iter().map(|context| ("contexts", &context.url));
        let lists = self.status_issuers.iter().flat_map(|pair| [&pair.issuer, &pair.status_issuer]);
        let lists = lists.map(|url| ("statusIssuers", url));
        for (member, url) in ids.into_iter().map(|id| (member, id)).chain(pinned).chain(contexts).chain(lists)
        {
            if oxiri::Iri::parse(url.as_str()).is_err() {
                return Err(PolicyError::NotUrl { member, value: url.clone() });
            }
        }
        for registry in self.registries() {
            let keys = registry.anchor_keys.len();
            match registry.kind {
                RegistryKind::List if keys == 0 => {}
                RegistryKind::OpenidFederation if (1..=MAX_ANCHOR_KEYS).contains(&keys) => {
                    if !cfg!(feature = "jose") {
                        return Err(PolicyError::FederationNotBuilt);
                    }
                }
                _ => return Err(PolicyError::AnchorKeys(registry.url.clone())),
            }
        }
        for name in self.checks.keys() {
            let check = named(name)?;
            if is_protected(check) {
                return Err(PolicyError::Protected(name.clone()));
            }
        }
        for name in &self.danger.skip {
            // Without these two nothing at all would stand behind a "verified".
            if matches!(named(name)?, CheckId::SecuringPresent | CheckId::SecuringProofs) {
                return Err(PolicyError::Protected(name.clone()));
            }
        }
        if !cfg!(feature = "x509") && !self.x509_anchors.is_empty() {
            return Err(PolicyError::AnchorsNotBuilt);
        }
        if self.accepted_suites.is_empty() {
            return Err(PolicyError::NoSuite);
        }
        for name in &self.accepted_suites {
            if !SUITES.iter().any(|suite| suite.name == name) {
                return Err(PolicyError::UnknownSuite(name.clone()));
            }
        }
        let limit = |member, value: usize, maximum: usize| {
            if value > maximum { Err(PolicyError::Limit { member, maximum }) } else { Ok(()) }
        };
        let limits = &self.limits;
        limit("inputBytes", limits.input_bytes, 64 * 1024 * 1024)?;
        limit("depth", limits.depth, 32)?;
        limit("values", limits.values, 10_000_000)?;
        limit("contexts", limits.contexts, 1_000)?;
        limit("terms", limits.terms, 5_000_000)?;
        limit("quads", limits.quads, 2_000_000)?;
        limit("blankNodes", limits.blank_nodes, 200_000)?;
        limit("hashNDegreeCalls", limits.hash_n_degree_calls, 1_000_000)?;
        limit("disclosures", limits.disclosures, 100_000)?;
        limit("proofs", limits.proofs, 64)?;
        limit("signatures", limits.signatures, 100_000)?;
        limit("embedded", limits.embedded, 100_000)?;
        limit("embeddedDepth", limits.embedded_depth, 8)?;
        limit("resourceBytes", limits.resource_bytes, 64 * 1024 * 1024)
    }

    /// The contexts that are admitted by digest.
    pub(crate) fn pinned_contexts(&self) -> Result<BTreeMap<String, [u8; 32]>, PolicyError> {
        let pin = |context: &PinnedContext| {
            let digest = crate::encoding::from_hex(&context.sha256);
            let digest = digest.ok_or_else(|| PolicyError::Digest(context.url.clone()))?;
            Ok((context.url.clone(), digest))
        };
        self.contexts.iter().map(pin).collect()
    }

    /// The keys that are known to be issuers'.
    pub(crate) fn pinned_keys(&self) -> Result<Vec<(String, PublicKey)>, PolicyError> {
        let pin = |pinned: &IssuerKey| match public_key(&pinned.key) {
            Ok(key) => Ok((pinned.issuer.clone(), key)),
            Err(finding) => Err(PolicyError::key(&pinned.issuer, &finding)),
        };
        self.issuer_keys.iter().map(pin).collect()
    }

    /// The registries that are named.
    pub(crate) fn registries(&self) -> &[Registry] {
        match &self.accepted_issuers {
            Issuers::Registered(registries) => registries,
            Issuers::Anyone | Issuers::OneOf(_) => &[],
        }
    }

    /// The keys of the trust anchors among the registries, by their URLs.
    pub(crate) fn anchor_keys(&self) -> Result<BTreeMap<String, Vec<PublicKey>>, PolicyError> {
        let read = |registry: &Registry| {
            let key = |text: &String| {
                public_key(text).map_err(|finding| PolicyError::anchor_key(&registry.url, &finding))
            };
            let keys = registry.anchor_keys.iter().map(key).collect::<Result<Vec<_>, _>>()?;
            Ok((registry.url.clone(), keys))
        };
        self.registries().iter().filter(|registry| !registry.anchor_keys.is_empty()).map(read).collect()
    }

    /// The authorities that are known.
    pub(crate) fn anchors(&self) -> Result<Vec<Certificate>, PolicyError> {
        let read = |(index, text): (usize, &String)| certificate(text).ok_or(PolicyError::Anchor(index));
        self.x509_anchors.iter().enumerate().map(read).collect()
    }

    /// Whether the host is to fetch what a check needs.
    pub(crate) fn fetches_for(&self, check: CheckId) -> bool {
        match self.requirement(check) {
            Requirement::Require => true,
            Requirement::Report => self.request_reported,
            Requirement::Skip => false,
        }
    }

    /// What the policy makes of a check.
    pub(crate) fn requirement(&self, check: CheckId) -> Requirement {
        if self.danger.skip.iter().any(|name| name == check.name()) {
            return Requirement::Skip;
        }
        self.checks.get(check.name()).copied().unwrap_or(check.default_requirement())
    }
}

/// A key as policies write it down: what it begins with says how.
fn public_key(text: &str) -> Result<PublicKey, Finding> {
    if text.starts_with("-----BEGIN ") {
        return PublicKey::from_pem(text);
    }
    if !text.starts_with('{') {
        return PublicKey::from_multikey(text);
    }
    PublicKey::from_jwk(Tree::parse(text.as_bytes(), &Limits::default())?.root())
}

/// One certificate, in PEM (RFC 7468 §5) or as base64 of its DER.
fn certificate(text: &str) -> Option<Certificate> {
    use base64ct::{Base64, Encoding as _};
    let text = text.trim_ascii();
    let body = match text.strip_prefix("-----BEGIN CERTIFICATE-----") {
        Some(rest) => rest.strip_suffix("-----END CERTIFICATE-----")?,
        None => text,
    };
    let body: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    Certificate::parse(&Base64::decode_vec(&body).ok()?).ok()
}

fn named(name: &str) -> Result<CheckId, PolicyError> {
    let check = CheckId::ALL.iter().find(|check| check.name() == name);
    check.copied().ok_or_else(|| PolicyError::UnknownCheck(name.to_owned()))
}

/// Whoever could switch these off by an innocent line of configuration would let forgeries in.
fn is_protected(check: CheckId) -> bool {
    check.axis() == Some(Axis::Authentic) || check == CheckId::EmbeddedVerdict
}
