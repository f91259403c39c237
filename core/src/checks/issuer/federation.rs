//! OpenID Federation 1.0, in the profile of the Digital Credentials Consortium: a trust anchor that says itself, about each
//! issuer, who that is. Its statements name the issuer by its DID and have no `jwks` (which §3.1.1 demands), because the
//! issuer's keys are those of its DID; there are no authorities in between.
//!
//! Nothing counts that is not signed with a key which the policy has for the anchor, the anchor's own configuration
//! included.

use std::sync::Arc;

use super::registered::{self, Registered};
use super::{Demands, Lookup, RegistryOutcome, Supplied};
use crate::carrier::jws::Compact;
use crate::json::{Object, Tree, Value};
use crate::keys::{Algorithm, PublicKey};
use crate::limits::Limits;
use crate::resources::{Answer, Item, Memory};
use crate::time::Timestamp;

/// Claims that say how the others are to be understood (§3.1.1, §3.1.3).
const RULES: [&str; 3] = ["crit", "metadata_policy", "metadata_policy_crit"];

/// A trust anchor, as the policy knows it.
pub(super) struct Anchor<'a> {
    /// Its entity identifier.
    pub(super) id: &'a str,
    pub(super) keys: &'a [PublicKey],
    pub(super) demands: Demands,
    pub(super) statements: &'a Statements,
}

/// What came of the signatures of statements, by the anchor and the item that each is in.
pub(crate) type Statements = Memory<(String, u64), Signed>;
/// The claims, if they are signed.
type Signed = Result<Arc<Tree<'static>>, RegistryOutcome>;
/// What claims take beside their text, as often as that is long.
const TREE: usize = 4;

impl Anchor<'_> {
    /// Obtains the anchor's configuration (§9), from that the place to ask (§8.1), from there the statement about the issuer.
    pub(super) fn look_up(&self, issuer: &str, supplied: Supplied<'_, '_>) -> Lookup {
        let configuration = format!("{}/.well-known/openid-federation", self.id.trim_end_matches('/'));
        let endpoint = match self.obtain(&configuration, self.id, supplied) {
            Ok(claims) => claims.and_then(|claims| fetch_endpoint(claims.root())),
            Err(outcome) => return stopped(outcome, configuration),
        };
        let Some(endpoint) = endpoint else { return Lookup::of(RegistryOutcome::Unreadable) };
        let question = question(&endpoint, issuer);
        match self.obtain(&question, issuer, supplied) {
            Ok(Some(claims)) => Lookup::listed(registered(claims.root(), claims.root().get("metadata"))),
            Ok(None) => Lookup::of(RegistryOutcome::NotListed),
            Err(outcome) => stopped(outcome, question),
        }
    }

    /// The claims of a statement about `subject`, once they are verified; none if there is said to be no such subject.
    fn obtain(
        &self,
        url: &str,
        subject: &str,
        supplied: Supplied<'_, '_>,
    ) -> Result<Option<Arc<Tree<'static>>>, RegistryOutcome> {
        let item = supplied(url).ok_or(RegistryOutcome::Missing)?;
        let Answer::Found(resource) = &item.answer else { return Err(RegistryOutcome::Unavailable) };
        if self.demands.is_stale(item) {
            return Err(RegistryOutcome::Stale);
        }
        if is_not_found(item) {
            return Ok(None);
        }
        let key = (self.id.to_owned(), item.serial());
        let size = resource.bytes.len().saturating_mul(TREE).saturating_add(self.id.len());
        let claims =
            self.statements.recall(&key, size, |_| true, || self.verify(&resource.bytes).map(Arc::new))?;
        self.counts(&claims, subject)?;
        Ok(Some(claims))
    }

    /// What an entity statement says, if the anchor has signed it (§3.2): that depends on nothing but its bytes.
    fn verify(&self, bytes: &[u8]) -> Result<Tree<'static>, RegistryOutcome> {
        let unreadable = RegistryOutcome::Unreadable;
        let Ok(jws) = Compact::parse(bytes) else { return Err(unreadable) };
        let limits = Limits::default();
        let Ok(header) = Tree::parse(&jws.header, &limits) else { return Err(unreadable) };
        let algorithm = algorithm(header.root().as_object().ok_or(unreadable)?)?;
        let good = |key: &PublicKey| key.verify(algorithm, jws.signing_input, &jws.signature) == Ok(true);
        if !self.keys.iter().any(good) {
            return Err(RegistryOutcome::NotVerified);
        }
        Tree::parse(&jws.payload, &limits).map(Tree::into_owned).map_err(|_| unreadable)
    }

    /// Whether it is about the subject, and counts now (§3.2).
    fn counts(&self, claims: &Tree<'_>, subject: &str) -> Result<(), RegistryOutcome> {
        let unreadable = RegistryOutcome::Unreadable;
        let text = |name| claims.root().get(name).and_then(|value: Value<'_>| value.as_str());
        if text("iss") != Some(self.id) || text("sub") != Some(subject) {
            return Err(unreadable);
        }
        let date = |name| claims.root().get(name).and_then(instant).ok_or(unreadable);
        let (issued, expires) = (date("iat")?.unix(), date("exp")?.unix());
        let (now, skew) = (self.demands.now.unix(), i64::from(self.demands.skew));
        if issued > now.saturating_add(skew) || expires <= now.saturating_sub(skew) {
            return Err(RegistryOutcome::NotInForce);
        }
        if RULES.iter().any(|name| claims.root().get(name).is_some()) {
            return Err(RegistryOutcome::NotUnderstood);
        }
        Ok(())
    }
}

fn stopped(outcome: RegistryOutcome, url: String) -> Lookup {
    if outcome == RegistryOutcome::Missing { Lookup::missing(url) } else { Lookup::of(outcome) }
}

/// The algorithm of a header that may stand on an entity statement: its type is said (§3.1, §3.2) and so is its key;
/// extensions are not known.
fn algorithm(header: Object<'_>) -> Result<Algorithm, RegistryOutcome> {
    let text = |name| header.get(name).and_then(|value| value.as_str());
    if ["crit", "b64", "zip"].iter().any(|name| header.get(name).is_some()) {
        return Err(RegistryOutcome::NotUnderstood);
    }
    let typ = text("typ").map(str::to_ascii_lowercase);
    let typ = typ.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
    if typ != Some("entity-statement+jwt") || text("kid").is_none_or(str::is_empty) {
        return Err(RegistryOutcome::Unreadable);
    }
    Algorithm::named(text("alg").ok_or(RegistryOutcome::Unreadable)?).ok_or(RegistryOutcome::NotVerified)
}

/// A NumericDate (RFC 7519 §2) in whole seconds, before the end of the year 9999.
fn instant(value: Value<'_>) -> Option<Timestamp> {
    let seconds = value.as_number()?.as_i64()?;
    (0..=253_402_300_799).contains(&seconds).then(|| Timestamp::from_unix(seconds))
}

/// Whether it is the answer that there is no such subject (§8.9), which nobody signs. Any other error is none.
fn is_not_found(item: &Item) -> bool {
    let says =
        |tree: &Tree<'_>| tree.root().get("error").and_then(|error| error.as_str()) == Some("not_found");
    matches!(&item.answer, Answer::Found(resource) if resource.bytes.trim_ascii_start().starts_with(b"{"))
        && item.document().and_then(Result::ok).is_some_and(says)
}

/// `federation_fetch_endpoint` (§5.1.1): https, without a fragment.
fn fetch_endpoint(claims: Value<'_>) -> Option<String> {
    let entity = claims.get("metadata")?.get("federation_entity")?;
    registered::page(entity, "federation_fetch_endpoint").filter(|url| !url.contains('#'))
}

/// The URL of the statement about an issuer (§8.1.1).
fn question(endpoint: &str, issuer: &str) -> String {
    let mut url = endpoint.to_owned();
    url.push_str(if endpoint.contains('?') { "&sub=" } else { "?sub=" });
    for byte in issuer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// What the statement says of the issuer: members of the DCC's profile beside those of §5.2.2.
fn registered(claims: Value<'_>, metadata: Option<Value<'_>>) -> Registered {
    let part = |name| metadata.and_then(|metadata| metadata.get(name));
    let entity = part("federation_entity");
    let text = |part: Option<Value<'_>>, member| registered::text(part?, member);
    Registered {
        stated_at: claims.get("iat").and_then(instant),
        name: text(entity, "organization_name"),
        legal_name: text(part("institution_additional_information"), "legal_name"),
        homepage: entity.and_then(|entity| registered::page(entity, "homepage_uri")),
        logo: entity.and_then(|entity| registered::logo(entity, "logo_uri")),
        location: text(entity, "location"),
        ror: text(part("ror_entity"), "rorid"),
        ctid: text(part("credential_registry_entity"), "ctid"),
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;
    use crate::encoding::{base64url, multibase};
    use crate::resources::{Resource, ResourceKind, Resources};

    const ID: &str = "https://anchor.example";
    const CONFIGURATION: &str = "https://anchor.example/.well-known/openid-federation";
    const SUBJECT: &str = "did:web:college.example";
    const QUESTION: &str = "https://anchor.example/fetch?sub=did%3Aweb%3Acollege.example";

    fn statement(subject: &str, key: &SigningKey) -> Resource {
        let header = r#"{"typ":"entity-statement+jwt","alg":"EdDSA","kid":"1"}"#;
        let entity = format!(r#"{{"federation_fetch_endpoint":"{ID}/fetch"}}"#);
        let claims = format!(
            r#"{{"iss":"{ID}","sub":"{subject}","iat":1,"exp":1000,"metadata":{{"federation_entity":{entity}}}}}"#
        );
        let input = [header, &claims].map(|part| base64url::encode(part.as_bytes())).join(".");
        let signature = base64url::encode(&key.sign(input.as_bytes()).to_bytes());
        Resource::new(format!("{input}.{signature}"))
    }

    /// What is remembered is only whether it is signed: an anchor that has lost its keys since could not find that out. Who
    /// it is about, and whether it counts now, is looked at each time.
    #[test]
    fn a_signature_is_verified_once_and_everything_else_each_time() {
        let signer = SigningKey::from_bytes(&[1; 32]);
        let multikey = [&[0xED, 0x01][..], signer.verifying_key().as_bytes()].concat();
        let keys = [PublicKey::from_multikey(&multibase::encode_z(&multikey)).unwrap()];
        let resources = Resources::new();
        let supply = |url: &str, resource| resources.insert(ResourceKind::IssuerRegistry, url, resource);
        supply(CONFIGURATION, statement(ID, &signer));
        supply(QUESTION, statement(SUBJECT, &signer));
        let statements = Statements::default();
        let look_up = |keys, now| {
            let store = resources.snapshot();
            let demands = Demands { now: Timestamp::from_unix(now), skew: 0, max_age: None };
            let anchor = Anchor { id: ID, keys, demands, statements: &statements };
            anchor.look_up(SUBJECT, &|url| store.get(ResourceKind::IssuerRegistry, url)).outcome
        };
        assert_eq!(look_up(&keys, 500), RegistryOutcome::Listed);
        assert_eq!(look_up(&[], 500), RegistryOutcome::Listed);
        assert_eq!(look_up(&[], 1_000), RegistryOutcome::NotInForce);
        // The same bytes once more are another item.
        supply(CONFIGURATION, statement(ID, &signer));
        assert_eq!(look_up(&[], 500), RegistryOutcome::NotVerified);
    }
}
