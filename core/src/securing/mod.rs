//! How records are secured: Data Integrity proofs, one file per suite; envelopes around the whole document; and the rule
//! for several proofs together.

pub(crate) mod canonical;
#[cfg(feature = "cose")]
mod cose;
#[cfg(not(feature = "cose"))]
#[path = "not_built/cose.rs"]
mod cose;
pub(crate) mod data_integrity;
pub(crate) mod envelope;
#[cfg(feature = "jose")]
mod jades;
#[cfg(feature = "jose")]
mod jose;
#[cfg(not(feature = "jose"))]
#[path = "not_built/jose.rs"]
mod jose;
pub(crate) mod key;
pub(crate) mod open;
#[cfg(feature = "formats")]
pub(crate) mod profile_keys;
pub(crate) mod proof_set;
#[cfg(feature = "sd-jwt")]
mod sd_jwt;
#[cfg(not(feature = "sd-jwt"))]
#[path = "not_built/sd_jwt.rs"]
mod sd_jwt;
pub(crate) mod suites;
mod verification;
pub(crate) mod verified;

use crate::codes::Outcome;
use crate::identifier::Supplied;
use crate::json::{Object, Value};
use crate::keys::PublicKey;
use crate::occasion::Occasion;
use crate::policy::Policy;

use canonical::{Canonicalizer, Form};
use envelope::Envelope;
use proof_set::State;
pub use suites::{Canonicalization, SUITES, Standing, Suite};
use verified::{Cover, Verified};

/// What the proofs should cover, and who should have made them.
pub(crate) struct Subject<'t> {
    pub(crate) document: Object<'t>,
    /// The context that holds in it, its own or that of the document it stands in.
    pub(crate) context: Option<Value<'t>>,
    /// The issuer of a credential, the holder of a presentation.
    pub(crate) principal: Option<&'t str>,
    pub(crate) presentation: bool,
    /// The domain and the challenge that are expected of this document.
    pub(crate) domain: Option<&'t str>,
    pub(crate) challenge: Option<&'t str>,
    /// Who is expected to have presented it.
    #[cfg_attr(not(feature = "sd-jwt"), allow(dead_code))]
    // only a key binding answers it in the same breath
    pub(crate) holder: Option<&'t str>,
}

/// What a verification works with.
pub(crate) struct Tools<'v> {
    pub(crate) policy: &'v Policy,
    pub(crate) occasion: &'v Occasion,
    pub(crate) canonicalizer: Canonicalizer<'v>,
    pub(crate) documents: &'v dyn Fn(&str) -> Supplied<'v>,
    /// The keys that the policy pins, by issuer.
    pub(crate) pinned: &'v [(String, PublicKey)],
    /// The authorities that the policy knows.
    pub(crate) anchors: &'v [crate::identifier::x509::Certificate],
    /// Signature checks that are left.
    pub(crate) signatures: &'v mut usize,
}

/// What came of all proofs and signatures of one document.
pub(crate) struct Securing {
    /// Those of the envelope first.
    pub(crate) proofs: Vec<Verified>,
    pub(crate) outcome: Outcome,
    /// The form of the document under the contexts that fit, and its findings, if a suite needed one.
    pub(crate) form: Option<Form>,
    pub(crate) as_of: Option<String>,
}

impl Securing {
    /// Signatures over a text that nothing was canonicalized for.
    #[cfg(feature = "formats")]
    pub(crate) fn of(proofs: Vec<Verified>, rule: crate::policy::ProofSetRule) -> Self {
        let states: Vec<State> = proofs.iter().map(|verified| verified.state).collect();
        Securing { outcome: proof_set::decide(rule, &states), proofs, form: None, as_of: None }
    }

    /// How much of what the issuer signed is here: everything, if one of the issuer's good proofs covers the whole.
    pub(crate) fn cover(&self) -> Cover {
        let good = |verified: &&Verified| matches!(verified.state, State::Good { bound: Outcome::Passed });
        let any_good = self.proofs.iter().any(|verified| good(&verified));
        let mut covers = self.proofs.iter().filter(|verified| !any_good || good(verified)).map(|v| v.cover);
        let first = covers.next().unwrap_or(Cover::Whole);
        covers.fold(first, |all, cover| match (all, cover) {
            (Cover::Selective { optional_status: a }, Cover::Selective { optional_status: b }) => {
                Cover::Selective { optional_status: a || b }
            }
            (Cover::Limited, Cover::Limited) => Cover::Limited,
            _ => Cover::Whole,
        })
    }
}

/// Verifies the signatures of the envelope that the document came in, and every proof in it.
pub(crate) fn verify<'t: 'v, 'v>(
    subject: &Subject<'t>,
    envelope: Option<&Envelope>,
    values: Vec<Value<'t>>,
    tools: &mut Tools<'v>,
) -> Securing {
    let mut proofs = match envelope {
        Some(envelope) => envelope::verify(subject, envelope, tools),
        None => Vec::new(),
    };
    let data_integrity = verification::verify(subject, values, tools);
    proofs.extend(data_integrity.verified);
    let states: Vec<State> = proofs.iter().map(|verified| verified.state).collect();
    let outcome = proof_set::decide(tools.policy.proof_set, &states);
    let as_of = proofs
        .iter()
        .find(|verified| matches!(verified.state, State::Good { bound: Outcome::Passed }))
        .and_then(|verified| verified.as_of.clone());
    // The findings about the document are those of its newest form, or of the dated one that the issuer signed.
    let form = data_integrity.forms.take(as_of.as_deref());
    Securing { proofs, outcome, form, as_of }
}
