//! Several proofs on one document: which of them must be good, and which of them build on which.
//!
//! The published algorithm (vc-data-integrity §4.5) sets one flag and tests another, and is satisfied with an empty
//! array; this is its evident intent, with the choice that Open Badges leaves (§8.3: any one proof may be used) made by
//! the policy.

use super::data_integrity::Proof;
use crate::codes::{Code, Finding, Outcome};
use crate::policy::ProofSetRule;

/// What came of one proof, before others are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is good; `bound` says whether its key belongs to the issuer.
    Good {
        /// Passed, failed or indeterminate.
        bound: Outcome,
    },
    /// It is wrong.
    Wrong,
    /// Whether it is good could not be found out.
    Undecided,
    /// Its suite is not supported or not accepted.
    Ignored,
    /// It is the issuer's base proof of a suite with selective disclosure: the holder derives from it what is presented.
    /// A verifier that gets it anyway does not count it: it shows nothing that the issuer meant to show.
    Base,
}

impl State {
    /// The worst of its checks, as it is reported.
    pub(crate) const fn outcome(self) -> Outcome {
        match self {
            State::Good { .. } => Outcome::Passed,
            State::Wrong => Outcome::Failed,
            State::Undecided | State::Base | State::Ignored => Outcome::Indeterminate,
        }
    }
}

/// What the proofs together come to.
pub(crate) fn decide(rule: ProofSetRule, proofs: &[State]) -> Outcome {
    let any = |wanted: fn(&State) -> bool| proofs.iter().any(wanted);
    let issuers = any(|state| matches!(state, State::Good { bound: Outcome::Passed }));
    let open = any(|state| match state {
        State::Good { bound } => *bound == Outcome::Indeterminate,
        State::Undecided | State::Ignored | State::Base => true,
        State::Wrong => false,
    });
    let wrong = proofs.contains(&State::Wrong);
    let undecided = proofs.contains(&State::Undecided);
    let ignored = proofs.contains(&State::Ignored) || proofs.contains(&State::Base);
    match rule {
        _ if proofs.is_empty() => Outcome::Failed,
        ProofSetRule::AnyProof if issuers => Outcome::Passed,
        ProofSetRule::IssuerAndNoneInvalid | ProofSetRule::EveryProof if wrong => Outcome::Failed,
        ProofSetRule::IssuerAndNoneInvalid if issuers && !undecided => Outcome::Passed,
        ProofSetRule::EveryProof if issuers && !undecided && !ignored => Outcome::Passed,
        _ if issuers || open => Outcome::Indeterminate,
        _ => Outcome::Failed,
    }
}

/// For each proof the indices of those it builds on, or what is wrong with its chain.
pub(crate) fn chains(proofs: &[Proof<'_>]) -> Vec<Result<Vec<usize>, Finding>> {
    let found: Vec<Result<Vec<usize>, Finding>> =
        proofs.iter().map(|proof| builds_on(proof, proofs)).collect();
    // A proof is in order once all that it builds on are; what never gets there stands in a circle, or behind one.
    let mut settled = vec![false; proofs.len()];
    for _ in 0..proofs.len() {
        for (index, links) in found.iter().enumerate() {
            let ready = match links {
                Ok(links) => links.iter().all(|link| settled.get(*link).copied().unwrap_or(false)),
                Err(_) => true,
            };
            if let (true, Some(settled)) = (ready, settled.get_mut(index)) {
                *settled = true;
            }
        }
    }
    let circle = |(links, (proof, settled)): (Result<Vec<usize>, Finding>, (&Proof<'_>, bool))| {
        if settled { links } else { Err(Finding::at(Code::ProofChainCycle, proof.value.pointer())) }
    };
    found.into_iter().zip(proofs.iter().zip(settled)).map(circle).collect()
}

fn builds_on(proof: &Proof<'_>, proofs: &[Proof<'_>]) -> Result<Vec<usize>, Finding> {
    let mut links = Vec::new();
    for previous in &proof.previous {
        let mut same = proofs.iter().enumerate().filter(|(_, other)| other.id == Some(*previous));
        match (same.next(), same.next()) {
            (Some((index, _)), None) => links.push(index),
            (None, _) => return Err(Finding::at(Code::ProofChainMissing, proof.value.pointer())),
            _ => return Err(Finding::at(Code::ProofChainAmbiguous, proof.value.pointer())),
        }
    }
    Ok(links)
}

/// An order in which every proof comes after those that it builds on. Proofs in circles come last.
pub(crate) fn order(chains: &[Result<Vec<usize>, Finding>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(chains.len());
    for _ in 0..chains.len() {
        for (index, links) in chains.iter().enumerate() {
            let ready = match links {
                Ok(links) => links.iter().all(|link| order.contains(link)),
                Err(_) => true,
            };
            if ready && !order.contains(&index) {
                order.push(index);
            }
        }
    }
    for index in 0..chains.len() {
        if !order.contains(&index) {
            order.push(index);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSED: State = State::Good { bound: Outcome::Passed };
    const FOREIGN: State = State::Good { bound: Outcome::Failed };
    const UNKNOWN: State = State::Good { bound: Outcome::Indeterminate };
    const STATES: [State; 7] =
        [PASSED, FOREIGN, UNKNOWN, State::Wrong, State::Undecided, State::Ignored, State::Base];

    /// Rows and columns as in STATES; P passed, F failed, I indeterminate.
    fn table(rule: ProofSetRule, rows: [&str; 7]) {
        for (a, row) in STATES.iter().zip(rows) {
            for (b, expected) in STATES.iter().zip(row.chars()) {
                let expected = match expected {
                    'P' => Outcome::Passed,
                    'F' => Outcome::Failed,
                    _ => Outcome::Indeterminate,
                };
                assert_eq!(decide(rule, &[*a, *b]), expected, "{rule:?} {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn the_issuers_is_good_and_none_is_wrong() {
        table(
            ProofSetRule::IssuerAndNoneInvalid,
            [
                "PPPFIPP", //
                "PFIFIII", "PIIFIII", "FFFFFFF", "IIIFIII", "PIIFIII", "PIIFIII",
            ],
        );
    }

    #[test]
    fn every_proof_is_good() {
        table(
            ProofSetRule::EveryProof,
            [
                "PPPFIII", //
                "PFIFIII", "PIIFIII", "FFFFFFF", "IIIFIII", "IIIFIII", "IIIFIII",
            ],
        );
    }

    #[test]
    fn any_proof_of_the_issuer_is_good() {
        table(
            ProofSetRule::AnyProof,
            [
                "PPPPPPP", //
                "PFIFIII", "PIIIIII", "PFIFIII", "PIIIIII", "PIIIIII", "PIIIIII",
            ],
        );
    }

    /// A base proof alone is not evidence against a record, and never evidence for it.
    #[test]
    fn a_base_proof_alone_decides_nothing() {
        for rule in [ProofSetRule::IssuerAndNoneInvalid, ProofSetRule::EveryProof, ProofSetRule::AnyProof] {
            assert_eq!(decide(rule, &[State::Base]), Outcome::Indeterminate);
        }
    }

    #[test]
    fn no_proof_is_never_enough() {
        for rule in [ProofSetRule::IssuerAndNoneInvalid, ProofSetRule::EveryProof, ProofSetRule::AnyProof] {
            assert_eq!(decide(rule, &[]), Outcome::Failed);
        }
    }
}
