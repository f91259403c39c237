//! Statements of the Experience API (xAPI-Data §2.6): each attachment that is a signature is looked up by its digest,
//! opened, compared with the statement and verified.
//!
//! What is verified is the statement that was *signed*. It becomes the record, and not the one that was received, to which
//! a store may have added: so nothing stands in a record that no signature covers. What the received one has besides is
//! listed (`statement.added`).
//!
//! A statement does not say who issues it: its actor is whom it is about, its authority mostly the store's word. The issuer
//! is who signed ([`signers`]). Whether a statement has been voided, a later statement in the store would say: it stays
//! unknown, and is reported.

use std::sync::Arc;

use super::part::Part;
use super::{Site, Verifier};
use crate::checks::{holder, recipient};
use crate::codes::{CheckId, Code, Finding, Outcome};
use crate::encoding::hex;
use crate::encoding::multihash::Multihash;
use crate::formats::xapi::{self, equivalence};
use crate::json::{Kind, Object, Tree, Value};
use crate::limits;
use crate::policy::Issuers;
use crate::report::IssuerReport;
use crate::resources::Answer;
use crate::securing::envelope::Envelope;
use crate::securing::key::signer::{names_document, signers};
use crate::securing::open;
use crate::securing::proof_set::{self, State};
use crate::securing::verified::Verified;
use crate::securing::{Securing, Subject};
use crate::workshop::{Workshop, request_for_attachment};

/// What came of one signature.
struct Signed {
    verified: Verified,
    /// Who signed, as far as anything says who that may be.
    signer: Option<String>,
    /// The statement that was signed.
    payload: Vec<u8>,
    unsigned: Vec<Finding>,
}

impl Verifier {
    /// Steps 4 to 9 for a statement.
    pub(super) fn statement(&self, site: &Site<'_>, workshop: &Workshop<'_>, part: &mut Part) {
        let (root, policy) = (site.value, &self.policy);
        let attachments: Vec<Value<'_>> =
            xapi::signatures(root).take(policy.limits.proofs.saturating_add(1)).collect();
        let mut signer = None;
        if site.envelope.is_some() {
            // A statement is signed by what is attached to it: what else is around it would be passed over.
            part.push(policy, Finding::at(Code::SecuringNotBuilt, root.pointer()).with("format", "xapi"));
        } else if attachments.is_empty() {
            part.push(policy, Finding::at(Code::SecuringMissing, root.pointer()));
        } else if attachments.len() > policy.limits.proofs {
            part.push(policy, limits::reached(Code::LimitProofs, policy.limits.proofs));
        } else {
            part.push(policy, Finding::at(Code::SecuringPresent, root.pointer()));
            signer = self.signatures(site, &attachments, workshop, part);
        }
        for code in [Code::ValidityNoBeginning, Code::ValidityNoEnd, Code::StatusNone] {
            part.push(policy, Finding::new(code));
        }
        let voids = root.get("verb").and_then(|verb| verb.get("id")?.as_str()) == Some(xapi::VOIDED);
        let code = if voids { Code::StatementVoids } else { Code::StatementVoidingUnknown };
        part.push(policy, Finding::at(code, root.pointer()));
        part.push(policy, recipient::actor::check(root, &workshop.occasion.recipients));
        if site.stands.is_none() {
            part.push(policy, holder::check(root, false, None, workshop.occasion));
        }
        self.trust(root.get("issuer"), signer.as_deref(), workshop, part);
        let refused = |ids: &[String]| signer.as_ref().is_some_and(|signer| !ids.contains(signer));
        part.mute = matches!(&policy.accepted_issuers, Issuers::OneOf(ids) if refused(ids));
    }

    /// Every signature, and what they come to together. Who signed the statement that becomes the record.
    fn signatures(
        &self,
        site: &Site<'_>,
        attachments: &[Value<'_>],
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) -> Option<String> {
        let (root, policy) = (site.value, &self.policy);
        let mut all: Vec<Signed> =
            attachments.iter().map(|attachment| self.signature(site, *attachment, workshop, part)).collect();
        let good =
            |signed: &&mut Signed| matches!(signed.verified.state, State::Good { bound: Outcome::Passed });
        let mut signer = all.iter().find_map(|signed| signed.signer.clone());
        // Of several who signed it, the one whom the policy accepts issued the record.
        let accepted = |signed: &Signed| match (&policy.accepted_issuers, &signed.signer) {
            (Issuers::OneOf(ids), Some(signer)) => ids.contains(signer),
            _ => false,
        };
        all.sort_by_key(|signed| !accepted(signed));
        if let Some(first) = all.iter_mut().find(good) {
            signer = first.signer.clone();
            part.source = Arc::from(std::mem::take(&mut first.payload));
            part.place.pointer = String::new();
            part.place.signer = signer.clone();
            part.authenticated = signer.clone();
            if first.unsigned.is_empty() {
                part.push(policy, Finding::at(Code::StatementAllSigned, root.pointer()));
            }
            part.push_all(policy, std::mem::take(&mut first.unsigned));
        }
        let bound_by = all.iter_mut().find(good).and_then(|signed| signed.verified.bound_by);
        part.issuer = signer.clone().map(|id| IssuerReport { id, bound_by, registries: Vec::new() });
        let proofs: Vec<Verified> = all.into_iter().map(|signed| signed.verified).collect();
        for verified in &proofs {
            part.requests.extend(workshop.requests_for_keys(&verified.needs));
        }
        let states: Vec<State> = proofs.iter().map(|verified| verified.state).collect();
        let outcome = proof_set::decide(policy.proof_set, &states);
        self.proof_checks(&mut Securing { proofs, outcome, form: None, as_of: None }, part);
        signer
    }

    /// One signature: found, whole, opened, of this statement, and good.
    fn signature(
        &self,
        site: &Site<'_>,
        attachment: Value<'_>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) -> Signed {
        let pointer = attachment.pointer();
        let mut unsigned = Vec::new();
        let mut before = Vec::new();
        let opened = self.bytes(attachment, workshop, part, &mut before).and_then(|bytes| {
            open::statement(bytes, &self.policy.limits).map_err(|finding| before.push(finding)).ok()
        });
        let payload = opened.as_ref().map(|envelope| envelope.document.clone()).unwrap_or_default();
        if opened.is_some() {
            before.push(self.compared(&payload, site.value, &mut unsigned));
        }
        let (mut verified, signer) = match (&opened, site.value.as_object()) {
            (Some(envelope), Some(document)) => self.signed_by(site, document, envelope, workshop),
            _ => (Verified::at(pointer.clone()), None),
        };
        if opened.is_none() {
            let because = before.iter().map(|finding| finding.code.check());
            let because: Vec<CheckId> = because.filter(|check| *check != CheckId::StatementLength).collect();
            verified.blocked(Code::SignatureBlocked, because);
        }
        for finding in before {
            verified.push(finding);
        }
        // What was found in an envelope is found at the attachment that it stands for.
        verified.place.clone_from(&pointer);
        let findings = verified.findings.iter_mut().map(|found| &mut found.finding);
        for finding in findings.chain(&mut verified.bound) {
            if finding.pointer.as_deref().is_none_or(str::is_empty) {
                finding.pointer = Some(pointer.clone());
            }
        }
        verified.settle(&self.policy);
        Signed { verified, signer, payload, unsigned }
    }

    /// The bytes of an attachment, if they are those that the statement means.
    fn bytes<'w>(
        &self,
        attachment: Value<'_>,
        workshop: &'w Workshop<'_>,
        part: &mut Part,
        found: &mut Vec<Finding>,
    ) -> Option<&'w [u8]> {
        let Some(Multihash { function, digest }) = xapi::digest(attachment) else {
            found.push(Finding::new(Code::StatementSignatureDigest));
            return None;
        };
        let name = hex(&digest);
        let Some(item) = workshop.attachment(&name) else {
            let url = attachment.get("fileUrl").and_then(|url| url.as_str());
            part.requests.push(request_for_attachment(&name, url, &self.policy.limits));
            found.push(Finding::new(Code::StatementSignatureNeeded));
            return None;
        };
        if matches!(item.answer, Answer::Unavailable(_)) {
            found.push(Finding::new(Code::StatementSignatureUnavailable));
            return None;
        }
        if item.digest(function) != digest {
            found.push(Finding::new(Code::StatementSignatureDiffers));
            return None;
        }
        found.push(Finding::new(Code::StatementSignatureMatches));
        let stated = attachment.get("length").and_then(|length| length.as_number()?.as_i64());
        let length = item.bytes().len();
        let same = stated.and_then(|stated| usize::try_from(stated).ok()) == Some(length);
        let code = if same { Code::StatementLengthSame } else { Code::StatementLengthOther };
        found.push(Finding::new(code).with("length", length));
        Some(item.bytes())
    }

    /// Whether the payload is the statement that was received, and what of that is not signed.
    fn compared(&self, payload: &[u8], received: Value<'_>, unsigned: &mut Vec<Finding>) -> Finding {
        let tree = match Tree::parse(payload, &self.policy.limits) {
            Ok(tree) => tree,
            Err(finding) if finding.code.check() == CheckId::Limits => return finding,
            Err(finding) => return Finding::new(Code::StatementPayload).with("reason", finding.code.name()),
        };
        if tree.root().kind() != Kind::Object {
            return Finding::new(Code::StatementPayload);
        }
        let comparison = equivalence::compare(tree.root(), received);
        if let Some(difference) = comparison.difference {
            return Finding::at(Code::StatementDiffers, difference);
        }
        unsigned.extend(comparison.unsigned.into_iter().map(|at| Finding::at(Code::StatementAddedTo, at)));
        if let Some(last) = unsigned.last_mut().filter(|_| comparison.more > 0) {
            *last = last.clone().with("more", comparison.more);
        }
        Finding::new(Code::StatementEquivalent)
    }

    /// Verifies the signature as that of whoever may have made it; where several may have, the first that did.
    fn signed_by(
        &self,
        site: &Site<'_>,
        document: Object<'_>,
        envelope: &Envelope,
        workshop: &Workshop<'_>,
    ) -> (Verified, Option<String>) {
        let hint = envelope.signatures.first().map(|signature| &signature.key);
        let certified = hint.is_some_and(|hint| !hint.x5c.is_empty());
        // Where the token names nobody, everybody is tried for whom the policy pins a key: who did not make it is not said
        // to have.
        let named = certified || hint.is_some_and(names_document);
        let mut names = hint.map(|hint| signers(hint, &self.pinned_keys)).unwrap_or_default();
        if let Issuers::OneOf(ids) = &self.policy.accepted_issuers {
            names.sort_by_key(|name| !ids.contains(name));
        }
        // A certificate names one signer, in several ways: by one of them it is asked for.
        names.truncate(if certified { 1 } else { names.len() });
        let occasion = workshop.occasion;
        let expected = |value: &'_ Option<String>| value.clone().filter(|_| site.stands.is_none());
        let (domain, challenge) = (expected(&occasion.domain), expected(&occasion.challenge));
        let verify = |principal: Option<&str>| {
            let subject = Subject {
                document,
                context: None,
                principal,
                presentation: false,
                domain: domain.as_deref(),
                challenge: challenge.as_deref(),
                holder: None,
            };
            workshop.verify_proofs(&subject, Some(envelope), Vec::new()).proofs.into_iter().next()
        };
        let mut last = None;
        for name in names {
            let Some(verified) = verify(Some(&name)) else { continue };
            let made = matches!(verified.state, State::Good { .. });
            last = Some((verified, (made || named).then_some(name)));
            if made {
                break;
            }
        }
        if let Some(last) = last.filter(|(verified, _)| named || matches!(verified.state, State::Good { .. }))
        {
            return last;
        }
        let mut verified = verify(None).unwrap_or_else(|| Verified::at(String::new()));
        // A statement need not say whose key it is: where nobody says it, that is no evidence.
        let nameless = verified.findings.iter_mut().map(|found| &mut found.finding);
        nameless
            .filter(|found| found.code == Code::KeyMethodUrl)
            .for_each(|found| found.code = Code::KeyBlocked);
        (verified, None)
    }
}
