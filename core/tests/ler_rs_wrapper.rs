//! HR Open LER-RS in a credential, and the résumés and claims of skills of T3 (standards.md §16).
#![cfg(all(feature = "jose", feature = "formats"))]
#![allow(clippy::print_stdout)] // what is skipped says so

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::record::{Framework, Kind, Origin, PartVerdict, SkillBasis};
use ler_verify::{
    Check, CheckId, Code, InlineContexts, Issuers, Outcome, Policy, Record, Report, Resource, ResourceKind,
    Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::fixtures;

const V1: &str = "https://www.w3.org/2018/credentials/v1";
const V2: &str = "https://www.w3.org/ns/credentials/v2";
const SCHEMA: &str =
    "http://schema.hropenstandards.org/4.5/recruiting/json/VerifiableCredentialLER-RSType.json";
const TYPE: &str = "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json";
const PART: &str = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/\
                    ProvisionalVerifiableCredentialEmploymentHistoryType.json";

fn platform() -> Party {
    Party::new(1)
}

fn ada() -> Party {
    Party::new(2)
}

/// A badge of Ada's, by another issuer, with a proof of its own.
fn badge() -> Value {
    let path = fixtures::own().join("credentials/ob3-typical.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn record() -> Value {
    json!({
        "type": TYPE,
        "person": {"name": {"formattedName": "Ada Example"}},
        "communication": {"email": [{"address": "ada.lovelace@example.org"}]},
        "employmentHistories": [{
            "organization": {"tradeName": "Mills Ltd"}, "positionHistories": [{"title": "Engineer", "start": "2019"}]
        }],
        "certifications": [{"verifications": [badge()]}]
    })
}

/// A wrapper of VCDM 1.1 by this issuer, as the samples of HR Open have it.
fn wrapper(issuer: &Party) -> Value {
    json!({
        "@context": [V1, SCHEMA], "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f",
        "type": ["VerifiableCredential", "LER-RS VC"], "issuer": issuer.did(),
        "issuanceDate": "2024-01-01T00:00:00Z", "credentialSubject": record()
    })
}

fn token(issuer: &Party, credential: &Value) -> String {
    let claims = json!({
        "iss": issuer.did(), "nbf": 1_704_067_200, "jti": credential["id"], "vc": credential,
    });
    issuer.jwt(json!({"typ": "JWT"}), &claims)
}

fn verify_by(policy: Policy, resources: &Resources, text: &str) -> Report {
    Verifier::new(policy).unwrap().verify(text.as_bytes(), resources, &fixtures::occasion())
}

fn verify(text: &str) -> Report {
    verify_by(Policy::accepting(Issuers::Anyone), &Resources::new(), text)
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|c: &&Check| c.id == check).map(|c| c.code).collect()
}

fn has(report: &Report, code: Code) -> bool {
    report.checks().iter().any(|check| check.code == code)
}

#[track_caller]
fn verified(report: &Report) -> &Record {
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    secured.record().unwrap()
}

#[test]
fn a_token_around_it_verifies() {
    let report = verify(&token(&platform(), &wrapper(&platform())));
    let format = report.format().unwrap();
    assert_eq!((format.family, format.version, format.carrier), ("lerRs", "4.5", "jws"));
    let record = verified(&report);
    assert_eq!(record.kind, Kind::Resume);
    assert_eq!(record.issuer.as_ref().unwrap().id.as_deref(), Some(platform().did().as_str()));
    let job = &record.employment[0];
    assert_eq!((job.title[0].value.as_str(), job.origin), ("Engineer", Origin::Issuer));
    let part = &record.children[0];
    assert_eq!((part.origin, part.verdict), (Origin::NestedIssuer, Some(PartVerdict::Verified)));
    assert_eq!(part.record.as_ref().unwrap().title[0].value, "Introduction to Data Analysis");
    assert_eq!(codes(&report.embedded()[0].report, CheckId::Person), [Code::LerRsPersonMatches]);
}

#[test]
fn its_schema_puts_the_record_one_level_deeper() {
    let mut deeper = wrapper(&platform());
    deeper["credentialSubject"] = json!({"id": "did:example:ada", "lerrsType": record()});
    let report = verify(&token(&platform(), &deeper));
    let record = verified(&report);
    assert_eq!(record.employment[0].organization.as_ref().unwrap().claimed_name[0].value, "Mills Ltd");
    assert_eq!(record.holders[0].id.as_deref(), Some("did:example:ada"));
    assert_eq!(record.children.len(), 1);
    assert!(record.completeness.not_mapped.is_empty(), "{:?}", record.completeness.not_mapped);
}

#[test]
fn what_one_signs_oneself_is_ones_own_word() {
    let mut own = wrapper(&ada());
    own["credentialSubject"]["id"] = json!(ada().did());
    own["credentialSubject"]["skills"] = json!([{"name": "Algebra"}]);
    let report = verify(&token(&ada(), &own));
    let record = verified(&report);
    assert_eq!(record.employment[0].origin, Origin::SelfAsserted);
    assert_eq!(
        (record.skills[0].basis, record.skills[0].origin),
        (SkillBasis::SelfAsserted, Origin::SelfAsserted)
    );
    let badge = record.children[0].record.as_ref().unwrap();
    assert_eq!(badge.achievement.as_ref().unwrap().origin, Origin::Issuer, "the badge is another's word");
}

#[test]
fn a_jcs_suite_follows_the_ordinary_rules() {
    let signed = platform().secure(&wrapper(&platform()), "assertionMethod", json!({}));
    let report = verify(&signed.to_string());
    assert_eq!(verified(&report).employment[0].title[0].value, "Engineer");
    let mut changed = signed;
    changed["credentialSubject"]["employmentHistories"][0]["positionHistories"][0]["title"] =
        json!("Director");
    let report = verify(&changed.to_string());
    assert_eq!(report.verdict().name(), "notVerified");
    assert!(has(&report, Code::SignatureInvalid));
}

#[test]
fn under_a_schema_there_is_no_canonical_form() {
    for suite in [
        json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}),
        json!({"type": "Ed25519Signature2020"}),
    ] {
        let mut document = wrapper(&platform());
        let mut proof = json!({
            "created": "2025-01-01T00:00:00Z", "verificationMethod": platform().key(),
            "proofPurpose": "assertionMethod", "proofValue": format!("z{}", bs58::encode([1; 64]).into_string())
        });
        proof.as_object_mut().unwrap().extend(suite.as_object().unwrap().clone());
        document["proof"] = proof;
        let report = verify(&document.to_string());
        assert_eq!(report.verdict().name(), "indeterminate", "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::ContextsAvailable), [Code::ContextJsonSchema]);
        assert!(!has(&report, Code::SignatureInvalid));
        // Nobody is asked for what is known to be no context.
        assert!(report.requests().iter().all(|request| request.kind != ResourceKind::Context));
        assert_eq!(
            report.embedded()[0].report.verdict().name(),
            "verified",
            "what is in it can be taken out"
        );
        assert!(report.authentic_record().is_none());

        // A schema in its place is no context; a context that the policy pins there is one.
        let resources = Resources::new();
        resources.insert(ResourceKind::Context, SCHEMA, Resource::new(b"{\"type\": \"object\"}".to_vec()));
        let report = verify_by(Policy::accepting(Issuers::Anyone), &resources, &document.to_string());
        assert_eq!(codes(&report, CheckId::ContextsAvailable), [Code::ContextUnreadable]);
        let mut policy = Policy::accepting(Issuers::Anyone);
        let pin = json!([{"url": SCHEMA, "sha256": "0".repeat(64)}]);
        policy.contexts = serde_json::from_value(pin).unwrap();
        let report = verify_by(policy, &Resources::new(), &document.to_string());
        assert_eq!(codes(&report, CheckId::ContextsAvailable), [Code::ContextUnknown]);
        assert!(report.requests().iter().any(|request| request.identifier == SCHEMA));
    }
}

#[test]
fn a_wrapper_proves_nothing_of_what_is_in_it_nor_the_reverse() {
    // A forged wrapper around a good badge of somebody else.
    let mut forged = wrapper(&platform());
    forged["credentialSubject"]["person"] = json!({"name": {"formattedName": "Mallory"}});
    forged["credentialSubject"]["communication"]["email"] = json!([{"address": "mallory@example.org"}]);
    let mallory = Party::new(66);
    let report = verify(&token(&mallory, &forged));
    assert_eq!(report.verdict().name(), "notVerified");
    assert!(report.authentic_record().is_none() && report.unsecured_record().is_none());
    let inside = &report.embedded()[0].report;
    assert_eq!(inside.verdict().name(), "verified", "the badge is good: it is another's");
    assert_eq!(codes(inside, CheckId::Person), [Code::LerRsPersonDiffers]);

    // An honest wrapper around a changed badge.
    let mut honest = wrapper(&platform());
    honest["credentialSubject"]["certifications"][0]["verifications"][0]["name"] = json!("Doctor of Data");
    let report = verify(&token(&platform(), &honest));
    assert_eq!(report.verdict().name(), "notVerified");
    assert_eq!(codes(&report, CheckId::EmbeddedVerdict), [Code::EmbeddedNotVerified]);
    assert!(report.authentic_record().is_none(), "a whole is as authentic as what is in it");
}

#[test]
fn the_expected_person_is_known_by_an_address_in_it() {
    let recipient = |kind: &str, value: &str| {
        let expected = ler_verify::Recipient::identifier(kind, value);
        let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
        let mut document = wrapper(&platform());
        document["credentialSubject"].as_object_mut().unwrap().remove("certifications");
        let text = token(&platform(), &document);
        let report =
            verifier.verify(text.as_bytes(), &Resources::new(), &fixtures::occasion().recipient(expected));
        (codes(&report, CheckId::Recipient), report.verdict().name())
    };
    let matches = (vec![Code::RecipientMatches], "verified");
    assert_eq!(recipient("emailAddress", "ada.lovelace@example.org"), matches);
    // People have more addresses than they state.
    let open = (vec![Code::RecipientNotStated], "indeterminate");
    assert_eq!(recipient("emailAddress", "ada@old.example"), open);
    assert_eq!(recipient("name", "ada.lovelace@example.org"), open);
}

#[test]
fn a_failed_wrapper_makes_the_host_fetch_nothing() {
    let path = fixtures::own().join("credentials/did-web.json");
    let web: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut document = wrapper(&platform());
    document["credentialSubject"]["certifications"][0]["verifications"][0] = web;
    assert!(!verify(&token(&platform(), &document)).requests().is_empty());
    assert!(verify(&token(&Party::new(66), &document)).requests().is_empty());
    // One that nobody signed although it should be is no bundle.
    assert!(verify(&document.to_string()).requests().is_empty());
}

#[test]
fn badges_of_accepted_issuers_are_verified_in_a_resume_of_anyone() {
    let path = fixtures::own().join("credentials/did-web.json");
    let web: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut document = wrapper(&platform());
    document["credentialSubject"]["certifications"][0]["verifications"] = json!([web, badge()]);
    let policy = || Policy::accepting(Issuers::one_of(["did:web:university.example"]));
    let text = token(&platform(), &document);
    let report = verify_by(policy(), &Resources::new(), &text);
    let wanted: Vec<_> = report.requests().iter().map(|request| request.identifier.as_str()).collect();
    assert_eq!(wanted, ["did:web:university.example"], "and nothing for the résumé itself");
    let report = verify_by(policy(), &fixtures::resources(), &text);
    assert!(has(&report, Code::IssuerNotAccepted));
    assert_eq!(report.verdict().name(), "notVerified");
    let verdicts: Vec<_> = report.embedded().iter().map(|inside| inside.report.verdict().name()).collect();
    assert_eq!(verdicts, ["verified", "notVerified"]);
    // Nothing is asked on behalf of a forgery, nor of a badge whose issuer is not accepted.
    assert!(verify_by(policy(), &Resources::new(), &token(&Party::new(66), &document)).requests().is_empty());
    let others = Policy::accepting(Issuers::one_of(["did:web:other.example"]));
    assert!(verify_by(others, &Resources::new(), &text).requests().is_empty());
}

#[test]
fn verifications_in_a_credential_that_is_in_verifications() {
    let employer = Party::new(3);
    let part = employer.secure(
        &json!({
            "@context": [V1, PART], "type": ["VerifiableCredential"], "issuer": employer.did(),
            "issuanceDate": "2024-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "did:example:ada",
                "employmentHistory": {
                    "organization": {"name": "Mills Ltd"},
                    "positionHistories": [{"title": "Engineer", "start": "2019-01-01"}],
                    "verifications": [badge()]
                }
            }
        }),
        "assertionMethod",
        json!({}),
    );
    let mut document = wrapper(&platform());
    document["credentialSubject"]["employmentHistories"][0]["verifications"] = json!([part]);
    let report = verify(&token(&platform(), &document));
    let record = verified(&report);
    let place = "/credentialSubject/employmentHistories/0/verifications/0";
    let inside = report.embedded().iter().find(|inside| inside.pointer == place).unwrap();
    let format = inside.report.format().unwrap();
    assert_eq!((format.family, format.version), ("lerRs", "4.4"));
    let deepest = &inside.report.embedded()[0];
    assert_eq!(deepest.pointer, format!("{place}/credentialSubject/employmentHistory/verifications/0"));
    assert_eq!(deepest.report.verdict().name(), "verified");

    // The employer's own word stands in the employer's record.
    assert_eq!(record.employment[0].verifications, [place]);
    let part = record.children.iter().find(|part| part.pointer == place).unwrap().record.as_ref().unwrap();
    assert_eq!((part.kind, part.employment[0].origin), (Kind::Employment, Origin::Issuer));
    assert_eq!(part.issuer.as_ref().unwrap().id.as_deref(), Some(employer.did().as_str()));
}

#[test]
fn wrong_types_fail_and_missing_members_do_not() {
    let with = |member: &str, value: Value| {
        let mut document = wrapper(&platform());
        document["credentialSubject"][member] = value;
        verify(&token(&platform(), &document))
    };
    for (member, value) in [
        ("skills", json!("Algebra")),
        ("skills", json!(["Algebra"])),
        ("person", json!(1)),
        ("employmentHistories", json!([{"positionHistories": "Engineer"}])),
        ("certifications", json!([{"verifications": badge()}])),
    ] {
        let report = with(member, value.clone());
        assert_eq!(
            codes(&report, CheckId::DocumentConformance),
            [Code::DocumentMemberType],
            "{member} {value}"
        );
        assert_eq!(report.verdict().name(), "notVerified");
    }
    // The rules of HR Open stand on top of those of credentials.
    let report = with("employmentHistories", json!([{"positionHistories": [{"title": "Engineer"}]}]));
    assert_eq!(verified(&report).employment[0].title[0].value, "Engineer");
}

#[test]
fn a_subject_that_is_a_record_makes_a_wrapper_whatever_the_type_says() {
    for types in [json!(["VerifiableCredential"]), json!(["VerifiableCredential", TYPE])] {
        let mut document = wrapper(&platform());
        document["type"] = types;
        document["@context"] = json!([V1]);
        let report = verify(&token(&platform(), &document));
        assert_eq!(report.format().unwrap().family, "lerRs");
        // Without a word of HR Open in the contexts the members could mean anything: none is read.
        let record = verified(&report);
        assert!(record.employment.is_empty() && record.holders.is_empty());
        assert_eq!(record.completeness.not_mapped, ["/credentialSubject"]);
        assert_eq!(record.children[0].verdict, Some(PartVerdict::Verified));
    }
    // A badge stays a badge.
    let mut both = badge();
    both["type"].as_array_mut().unwrap().push(json!("LER-RS VC"));
    assert_eq!(verify(&both.to_string()).format().unwrap().family, "openBadges");
}

/// A résumé as T3's Resume Author writes it: a context of its own in the document.
fn resume() -> Value {
    json!({
        "@context": [V1, {
            "@vocab": "https://schema.hropenstandards.org/4.4/",
            "name": "https://schema.org/name",
            "formattedName": "https://schema.org/formattedName",
            "employmentHistory": {"@id": "https://schema.org/employmentHistory", "@container": "@list"},
            "educationAndLearning": {"@id": "https://schema.org/EducationalOccupationalProgram", "@container": "@list"},
            "skills": {"@id": "https://schema.org/skills", "@container": "@list"},
            "company": "https://schema.org/worksFor",
            "Resume": "https://schema.hropenstandards.org/4.4#Resume"
        }, "https://w3id.org/security/data-integrity/v2"],
        "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f",
        "type": ["VerifiableCredential", "LERRSCredential"],
        "issuer": platform().did(), "issuanceDate": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "type": "Resume",
            "person": {
                "name": {"formattedName": "Ada Example"}, "primaryLanguage": "en",
                "contact": {"fullName": "Ada Example", "email": "ada.lovelace@example.org", "phone": ""}
            },
            "narrative": {"text": "I analyse."},
            "employmentHistory": [{
                "company": "Mills Ltd", "position": "Engineer", "startDate": "2019", "endDate": "",
                "stillEmployed": true, "credentialLink": "https://wallet.example/credentials/1"
            }],
            "educationAndLearning": [{
                "institution": "Example College", "degree": "BSc", "fieldOfStudy": "Mathematics", "endDate": "2000"
            }],
            "skills": [{"name": "Algebra"}]
        }
    })
}

/// Signs over the canonical form that the library says (the suites' own tests show that it is right), and verifies.
fn sign(mut document: Value, policy: &Policy) -> (Value, Report) {
    document["proof"] = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2025-01-01T00:00:00Z",
        "verificationMethod": platform().key(), "proofPurpose": "assertionMethod",
        "proofValue": format!("z{}", bs58::encode([1; 64]).into_string())
    });
    let report = verify_by(policy.clone(), &Resources::new(), &document.to_string());
    let hash =
        &report.proofs()[0].explanation.as_ref().unwrap_or_else(|| panic!("{}", report.to_json())).hash_data;
    let bytes: Vec<u8> =
        (0..hash.len()).step_by(2).map(|at| u8::from_str_radix(&hash[at..at + 2], 16).unwrap()).collect();
    document["proof"]["proofValue"] =
        json!(format!("z{}", bs58::encode(platform().sign(&bytes)).into_string()));
    let report = verify_by(policy.clone(), &Resources::new(), &document.to_string());
    (document, report)
}

#[test]
fn a_resume_of_t3_brings_its_own_context() {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.inline_contexts = InlineContexts::AllowUnreservedWithVocab;
    policy.explain = true;
    // What is to be signed the library says itself.
    // Under its `@vocab` words that credentials reserve (`email`, `narrative`) would mean something else: whoever reads
    // them as they are reserved would read what nobody signed.
    let unread = sign(resume(), &policy);
    assert_eq!(codes(&unread.1, CheckId::JsonldReadsAsSigned).first(), Some(&Code::JsonldReadsUnpinned));
    assert_eq!(unread.1.verdict().name(), "indeterminate");

    let mut document = resume();
    let subject = document["credentialSubject"].as_object_mut().unwrap();
    subject.remove("narrative");
    subject["person"].as_object_mut().unwrap().remove("contact");
    subject["educationAndLearning"][0].as_object_mut().unwrap().remove("fieldOfStudy");
    let (document, report) = sign(document, &policy);
    let record = verified(&report);
    assert_eq!((record.kind, report.format().unwrap().version), (Kind::Resume, "4.4"));
    let job = &record.employment[0];
    assert_eq!(job.organization.as_ref().unwrap().claimed_name[0].value, "Mills Ltd");
    assert_eq!((job.title[0].value.as_str(), job.current), ("Engineer", Some(true)));
    assert!(job.end.is_none(), "an empty text says nothing");
    let school = &record.education[0];
    assert_eq!(
        (school.degree[0].value.as_str(), school.end.as_ref().unwrap().value.as_str()),
        ("BSc", "2000")
    );
    assert_eq!(school.institution.as_ref().unwrap().claimed_name[0].value, "Example College");
    assert_eq!(record.skills[0].name[0].value, "Algebra");
    assert_eq!(record.holders[0].name[0].value, "Ada Example");
    // A link is a place to look.
    assert_eq!(record.evidence[0].url.as_deref(), Some("https://wallet.example/credentials/1"));
    assert_eq!(codes(&report, CheckId::Contacts), [Code::LerRsContactOnly]);

    // By default a document's own context is not processed.
    let report = verify(&document.to_string());
    assert_eq!(report.verdict().name(), "indeterminate");
    assert!(has(&report, Code::ContextInlineRefused));
}

#[test]
fn credentials_in_a_resume_of_t3_are_verified() {
    let mut document = resume();
    document["credentialSubject"]["employmentHistory"][0]["verifiedCredentials"] = json!([{"vc": badge()}]);
    document["credentialSubject"]["skills"] = json!(["Algebra", {"name": "Logic"}]);
    let report = verify(&token(&platform(), &document));
    let record = verified(&report);
    let place = "/credentialSubject/employmentHistory/0/verifiedCredentials/0/vc";
    assert_eq!(report.embedded()[0].pointer, place);
    assert_eq!(codes(&report.embedded()[0].report, CheckId::Person), [Code::LerRsPersonMatches]);
    assert_eq!(record.employment[0].verifications, [place]);
    assert_eq!(record.education[0].majors[0].value, "Mathematics");
    assert_eq!(record.narrative[0].value, "I analyse.");
    assert_eq!(record.holders[0].identifiers[0].value.as_deref(), Some("ada.lovelace@example.org"));
    let names: Vec<&str> = record.skills.iter().map(|skill| skill.name[0].value.as_str()).collect();
    assert_eq!(names, ["Algebra", "Logic"]);
}

#[test]
fn a_claim_of_skills_of_t3() {
    let claim = json!({
        "@context": [V2, "https://w3id.org/hr/v1"], "type": ["VerifiableCredential", "SkillClaimCredential"],
        "issuer": platform().did(), "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada", "type": "SkillClaim",
            "person": {"id": "did:example:ada", "email": "ada.lovelace@example.org"},
            "skill": [{"id": "https://data.europa.eu/esco/skill/1", "name": "Algebra"}],
            "inferredSkill": ["https://skills.example/2"]
        }
    });
    let signed = platform().secure(&claim, "assertionMethod", json!({}));
    let report = verify(&signed.to_string());
    let record = verified(&report);
    assert_eq!(record.kind, Kind::SkillClaim);
    let [stated, inferred] = record.skills.as_slice() else { panic!("two skills") };
    assert_eq!((stated.basis, inferred.basis), (SkillBasis::Stated, SkillBasis::Inferred));
    assert_eq!(stated.name[0].value, "Algebra");
    assert_eq!(inferred.url.as_deref(), Some("https://skills.example/2"));
    assert_eq!(stated.framework, Some(Framework::Esco));
    assert_eq!(record.holders[0].identifiers[0].value.as_deref(), Some("ada.lovelace@example.org"));

    // What somebody issues about themselves is their own word, whoever is named as the subject.
    let mut own = claim;
    own["type"].as_array_mut().unwrap().push(json!("SelfIssuedCredential"));
    let report = verify(&platform().secure(&own, "assertionMethod", json!({})).to_string());
    assert_eq!(verified(&report).skills[0].basis, SkillBasis::SelfAsserted);
    // Without the context the type is a word like another.
    own["@context"] = json!([V2]);
    let report = verify(&platform().secure(&own, "assertionMethod", json!({})).to_string());
    assert_eq!((verified(&report).kind, verified(&report).skills.len()), (Kind::Other, 0));
}

/// The samples of HR Open that 1EdTech's validator has (its TCP inspector), each with its outcome. All four are shapes
/// only: the signatures in them are copied from elsewhere, and "Resume Builder" is no URL.
#[test]
fn the_samples_of_hr_open() {
    /// File; places of what is in it with the verdict; positions, courses, qualifications, skills; contacts.
    type Sample = (&'static str, &'static [(&'static str, &'static str)], [usize; 4], usize);
    const SAMPLES: [Sample; 4] = [
        ("LER-RS_V2_UC008_portability.json", &TWO, [1, 0, 0, 0], 0),
        ("LER-RS_V2_UC009_exchanging.json", &TWO, [1, 0, 0, 0], 0),
        ("LER-RS_V2_UC010_applying.json", &TWO, [1, 0, 0, 0], 0),
        (
            "LER-RS_V2_VCwrapper.json",
            &[("/credentialSubject/educationAndLearnings/1/verifications/0", "indeterminate")],
            [1, 1, 1, 1],
            1,
        ),
    ];
    const TWO: [(&str, &str); 2] = [
        ("/credentialSubject/educationAndLearnings/0/verifications/0", "indeterminate"),
        ("/credentialSubject/certifications/0/verifications/0", "indeterminate"),
    ];
    let Some(vectors) = support::vectors() else {
        println!("skipped: the_samples_of_hr_open: no vectors");
        return;
    };
    for (file, inside, counts, contacts) in SAMPLES {
        let path = vectors.join("1edtech-public-validator/ler-rs").join(file);
        let text = std::fs::read_to_string(path).unwrap();
        let report = verify(&text);
        assert_eq!(report.verdict().name(), "notVerified", "{file}");
        let format = report.format().unwrap();
        assert_eq!((format.family, format.version), ("lerRs", "4.5"), "{file}");
        let failed: Vec<_> = report
            .checks()
            .iter()
            .filter(|check| check.outcome == Outcome::Failed && check.id != CheckId::EmbeddedVerdict)
            .map(|check| (check.code, check.pointer.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(failed, [(Code::DocumentUrl, "/issuer")], "{file}");
        assert!(
            codes(&report, CheckId::ContextsAvailable).iter().all(|code| *code == Code::ContextJsonSchema)
        );
        assert!(has(&report, Code::ContextJsonSchema), "{file}");
        let found: Vec<_> =
            report.embedded().iter().map(|e| (e.pointer.as_str(), e.report.verdict().name())).collect();
        assert_eq!(found, inside, "{file}: {}", report.to_json());
        assert_eq!(codes(&report, CheckId::Contacts).len(), contacts, "{file}");

        // The record in it, as it would stand without a wrapper.
        let document: Value = serde_json::from_str(&text).unwrap();
        let report = verify(&document["credentialSubject"].to_string());
        let record = report.unsecured_record().unwrap().record;
        let lengths = [
            record.employment.len(),
            record.education.len(),
            record.qualifications.len(),
            record.skills.len(),
        ];
        assert_eq!(lengths, counts, "{file}");
        assert_eq!(record.attachments.len(), 1, "{file}");
        // What kind of unit of the organisation it was has no place.
        let left = ["/employmentHistories/0/positionHistories/0/organization/responsibilityCode"];
        assert_eq!(record.completeness.not_mapped, left, "{file}");
        assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentConforms], "{file}");
    }
}
