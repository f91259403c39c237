//! The catalogue of threats that the library was built against, and where each line of it is tested: Data Integrity (D),
//! keys and signatures (C), JOSE (K), SD-JWT (S), identifiers (I), status and time (T), Open Badges (O), trust and
//! presentation (P).
//!
//! `file.rs::name` is a test of this folder, `src/…::name` one that stands in the module, `manifest:id` an entry of
//! `test-vectors/manifest.json`; a `*` stands for several. What is named here has to exist, and no line may be missing.
//!
//! It is one table, because it is one list: longer than a file should be, and read like a page.
#![allow(clippy::disallowed_methods)] // a test reads files

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use Where::{NotApplicable, Tests};

/// The sections, and how many lines each has.
const SECTIONS: [(char, usize); 8] =
    [('D', 33), ('C', 20), ('K', 22), ('S', 16), ('I', 13), ('T', 23), ('O', 27), ('P', 15)];

/// Classes of entries of the manifest (how their names begin) that are about these sections: each is named in the table.
const CLASSES: [&str; 37] = [
    "chain-",
    "clock-",
    "clr-",
    "clr1-",
    "cose-",
    "created-",
    "ecdsa-key-",
    "ecdsa-sd-",
    "endorsement-",
    "enveloped-",
    "federation-",
    "image-",
    "issuer-",
    "jades-",
    "jwt-json-",
    "jwt-key-",
    "jwt-ob-",
    "jwt-proof-",
    "jwt-vc-",
    "jwt-vcdm1-",
    "key-",
    "legacy-",
    "ler-",
    "name-",
    "newer-",
    "ob2-",
    "presentation-",
    "proof-",
    "purpose-",
    "recipient-",
    "registry-",
    "sd-jwt-",
    "set-",
    "status-",
    "suite-",
    "tampered-",
    "x5c-",
];

enum Where {
    /// These tests.
    Tests(&'static [&'static str]),
    /// It cannot happen here, for this reason.
    NotApplicable(&'static str),
}

#[rustfmt::skip] // one line of the catalogue, one row
const THREATS: &[(&str, &str, Where)] = &[
    // Data Integrity.
    ("D01", "the proof was removed", Tests(&["manifest:tampered-no-proof", "manifest:tampered-null-proof", "manifest:tampered-empty-proof"])),
    ("D02", "an empty array of proofs", Tests(&["manifest:tampered-empty-proofs"])),
    ("D03", "somebody's good proof in place of the issuer's", Tests(&["manifest:set-attacker-good-*", "src/securing/proof_set.rs::the_issuers_is_good_and_none_is_wrong", "src/securing/proof_set.rs::every_proof_is_good", "src/securing/proof_set.rs::any_proof_of_the_issuer_is_good"])),
    ("D04", "one proof of a set was removed", Tests(&["manifest:set-one-removed", "manifest:chain-cosigned-before-removed"])),
    ("D05", "a chain that is broken, runs in a circle or is ambiguous", Tests(&["manifest:chain-missing", "manifest:chain-broken", "manifest:chain-self", "manifest:chain-cycle", "manifest:chain-ambiguous", "presentations.rs::chains_in_presentations_and_in_what_they_hold"])),
    ("D06", "a set counts as good with a wrong proof in it", Tests(&["manifest:set-issuer-good-and-bad", "manifest:set-bad-cosignature", "src/securing/proof_set.rs::no_proof_is_never_enough"])),
    ("D07", "a signature made to log in, shown as a credential", Tests(&["manifest:purpose-authentication", "manifest:presentation-purpose", "presentations.rs::the_purpose_is_authentication"])),
    ("D08", "a proof without one of its members", Tests(&["manifest:tampered-proof-without-*", "manifest:tampered-proof-type-is-*"])),
    ("D09", "a key that is not the issuer's", Tests(&["identifiers/attacks.rs::d09_a_foreign_key_is_not_the_issuers", "manifest:key-of-attacker*", "manifest:key-foreign-document", "manifest:key-of-web-for-did-key"])),
    ("D10", "the attacker's key in the fragment of the victim's identifier", Tests(&["identifiers/attacks.rs::d10_i02_a_key_in_a_fragment_proves_nothing", "manifest:key-in-fragment-*"])),
    ("D11", "a method of another document or another relationship", Tests(&["identifiers/attacks.rs::d11_a_method_of_another_document_or_relationship", "identifiers/retrieve.rs::step_10_the_relationships_are_not_exchanged", "manifest:key-document-relationship", "manifest:key-document-key-agreement"])),
    ("D12", "a document that speaks for another", Tests(&["identifiers/attacks.rs::d12_a_document_cannot_speak_for_another", "manifest:key-document-other-id", "manifest:key-document-controller"])),
    ("D13", "a key that was revoked or has expired", Tests(&["identifiers/attacks.rs::d13_dates_of_a_key", "manifest:key-document-revoked*", "manifest:key-document-expired"])),
    ("D14", "a suite under another name or type", Tests(&["manifest:suite-unknown", "manifest:suite-letter-case", "manifest:suite-type-crossed", "manifest:tampered-proof-without-cryptosuite", "manifest:tampered-proof-suite"])),
    ("D15", "a weak suite of former times", Tests(&["legacy_suites.rs::a_legacy_suite_counts_only_where_the_policy_names_it", "manifest:suite-legacy-*", "manifest:legacy-rsa-2018-rs256-not-accepted"])),
    ("D16", "a key of another kind than the suite's", Tests(&["identifiers/attacks.rs::d16_a_key_of_another_kind_is_named", "w3c_ecdsa.rs::r08_d16_a_signature_is_of_one_suite_and_one_key", "w3c_bbs.rs::a_proof_is_of_one_key_and_one_suite", "manifest:ecdsa-suite-ed25519-key", "manifest:ecdsa-signature-of-other-curve", "manifest:legacy-type-*"])),
    ("D17", "a signature in another encoding", Tests(&["manifest:tampered-encoding-*", "selective/encodings.rs::d17_the_proof_value_is_base64url_without_padding", "w3c_bbs.rs::d17_a_proof_value_has_one_spelling"])),
    ("D18", "a signature in DER", Tests(&["manifest:ecdsa-der-p256", "manifest:ecdsa-der-p384", "manifest:jwt-vc-es256-der", "manifest:cose-der"])),
    ("D19", "a member of the proof that nothing signs", Tests(&["manifest:context-proof-member", "mutations.rs::every_changed_removed_or_retyped_value_is_noticed"])),
    ("D20", "other contexts than those of the proof", Tests(&["manifest:tampered-jcs-proof-context*", "manifest:rewrite-jcs-context-appended", "threats_more.rs::d20_d33_what_comes_back_is_what_was_signed"])),
    ("D21", "the expiry of the proof is hidden", Tests(&["manifest:rewrite-proof-expires"])),
    ("D22", "a proof that is over, not yet made or without a time zone", Tests(&["manifest:proof-expired", "manifest:proof-created-in-future", "manifest:created-*", "manifest:expires-no-date", "threats_more.rs::d22_a_proof_that_ends_before_it_begins_is_over_or_not_yet_made"])),
    ("D23", "a proof for another domain or challenge", Tests(&["manifest:presentation-wrong-*", "manifest:presentation-no-domain", "manifest:presentation-domain-set", "presentations.rs::it_answers_a_challenge_for_a_domain"])),
    ("D24", "a base proof shown to a verifier", Tests(&["w3c_ecdsa_sd.rs::d24_the_base_proofs_are_not_for_verifiers", "selective/peer.rs::d24_the_peers_base_proof_is_the_holders_own", "bbs_peer/main.rs::d24_the_peers_base_proof_is_the_holders_own", "manifest:ecdsa-sd-base"])),
    ("D25", "a derived proof that vouches for itself", Tests(&["selective/attacks.rs::d25_a_proof_signed_by_its_own_key_is_nobodys", "manifest:ecdsa-sd-self-made", "manifest:ecdsa-sd-ephemeral-replaced"])),
    ("D26", "CBOR that is loose, components that do not fit", Tests(&["selective/encodings.rs::d26_the_header_is_that_of_a_derived_proof", "selective/encodings.rs::d26_the_array_has_five_components", "selective/encodings.rs::d26_signatures_and_keys_have_one_length", "selective/encodings.rs::d26_the_label_map_is_numbers_to_32_bytes", "selective/encodings.rs::d26_indexes_are_integers_in_their_shortest_form", "selective/encodings.rs::d26_millions_of_values_are_a_limit", "manifest:ecdsa-sd-index-*", "manifest:ecdsa-sd-indefinite", "manifest:ecdsa-sd-tagged", "manifest:ecdsa-sd-trailing"])),
    ("D27", "the holder withholds what limits the record", Tests(&["selective/peer.rs::d27_what_the_holder_may_have_left_out_is_said", "selective/peer.rs::d27_what_is_not_shown_is_not_said_to_be_absent", "selective/peer.rs::d27_what_may_be_withheld_decides_where_the_policy_wants_that", "bbs_peer/main.rs::d27_what_the_holder_may_have_left_out_is_said", "manifest:ecdsa-sd-expired"])),
    ("D28", "a long proof that makes much work", Tests(&["w3c_bbs.rs::d28_the_length_of_a_proof_does_not_choose_the_work", "keys_bbs.rs::the_length_of_a_proof_does_not_choose_the_work"])),
    ("D29", "one of the other headers of BBS proofs", Tests(&["w3c_bbs.rs::d29_only_the_header_of_a_derived_proof_is_taken", "w3c_bbs.rs::options_are_named_as_unsupported"])),
    ("D30", "records inside are not looked at", Tests(&["threats_more.rs::d30_one_changed_record_inside_fails_the_whole_and_keeps_its_own_report", "presentations.rs::a_forged_part_fails_the_whole", "presentations.rs::what_stands_in_it_needs_proofs_of_its_own", "manifest:presentation-one-bad"])),
    ("D31", "the answer about one record taken for that about another", Tests(&["threats_more.rs::d31_each_record_has_its_own_answer_in_any_order", "manifest:presentation-one-bad*", "manifest:enveloped-vp-one-wrong*"])),
    ("D32", "an earlier verification changes a later one", Tests(&["threats_more.rs::d32_what_was_verified_before_changes_no_answer", "verifier.rs::the_same_arguments_give_the_same_bytes_on_every_thread"])),
    ("D33", "claims are read that were not verified", Tests(&["threats_more.rs::d20_d33_what_comes_back_is_what_was_signed", "src/report/secured.rs::compile_fail"])),

    // Keys and signatures.
    ("C01", "an Ed25519 key of small order", Tests(&["keys_ed25519.rs::c01_weak_keys_are_refused", "manifest:key-weak", "manifest:key-document-key-weak"])),
    ("C02", "an Ed25519 signature with S + L", Tests(&["keys_ed25519.rs::c02_a_second_signature_for_one_message_is_refused", "manifest:tampered-proof-value-s-plus-l"])),
    ("C03", "verifiers that differ about mixed orders", Tests(&["keys_ed25519.rs::c03_speccheck_row"])),
    ("C04", "one key with two encodings", Tests(&["keys_ed25519.rs::c04_every_key_has_one_encoding", "keys_ed25519.rs::cctv_by_flags"])),
    ("C05", "verification in batches, which is less strict", Tests(&["keys_ed25519.rs::c05_no_batch_verification"])),
    ("C06", "r or s that is 0 or too great", Tests(&["keys_ecdsa.rs::c06_r_and_s_are_from_1_to_n_minus_1", "manifest:ecdsa-zero-p256", "manifest:ecdsa-order-p256", "manifest:ecdsa-zero-p384", "manifest:ecdsa-order-p384", "manifest:jwt-vc-es256-zero"])),
    ("C07", "a second ECDSA signature for the same message", Tests(&["keys_ecdsa.rs::c07_a_high_s_is_as_good_as_a_low_one", "manifest:ecdsa-high-s-p256", "manifest:ecdsa-high-s-p384"])),
    ("C08", "a point that is not on the curve, or the identity", Tests(&["keys_ecdsa.rs::c08_a_point_is_on_the_curve_and_not_the_identity", "manifest:ecdsa-key-off-curve", "manifest:ecdsa-sd-ephemeral-off-curve"])),
    ("C09", "a point in another form", Tests(&["keys_ecdsa.rs::c09_a_multikey_is_compressed", "manifest:ecdsa-key-uncompressed", "keys_encodings.rs::a_point_may_be_compressed_and_of_no_other_form"])),
    ("C10", "a curve with the hash of another", Tests(&["keys_ecdsa.rs::c10_a_curve_has_one_hash_and_one_length", "keys_ecdsa.rs::c10_the_point_of_one_curve_is_none_of_another", "keys_ecdsa.rs::c10_c17_a_key_has_one_algorithm_and_the_key_decides", "manifest:ecdsa-p384-with-sha-256", "manifest:jwt-vc-alg-es384-p256-key"])),
    ("C11", "a small RSA key, an odd exponent", Tests(&["keys_rsa/main.rs::c11_the_size_of_a_modulus", "keys_rsa/main.rs::c11_the_exponent", "manifest:jwt-vc-rsa-1024"])),
    ("C12", "a forged PKCS #1 padding", Tests(&["keys_rsa/main.rs::c12_wycheproof", "keys_rsa/main.rs::a_signature_is_as_long_as_the_modulus", "keys_rsa/main.rs::signatures_of_every_algorithm_and_those_of_a_careless_verifier"])),
    ("C13", "RSA numbers so large that they cost time", Tests(&["keys_rsa/main.rs::c13_numbers_that_would_cost_much"])),
    ("C14", "keys of a generator that is broken", Tests(&["keys_rsa/main.rs::c14_keys_of_a_broken_generator"])),
    ("C15", "bytes of one kind of key under the prefix of another", Tests(&["keys_ed25519.rs::c15_prefix_and_length_are_exact", "keys_ed25519.rs::c15_other_kinds_are_recognised_and_not_understood", "keys_ed25519.rs::c15_the_text_of_a_multikey_is_exact", "manifest:key-did-key-*"])),
    ("C16", "the private key was published", Tests(&["keys_ed25519.rs::c16_private_keys_are_refused_as_such", "keys_rsa/main.rs::c16_private_members", "keys_encodings.rs::c16_a_private_key_in_pem", "identifiers/attacks.rs::c16_a_private_key_in_a_document", "identifiers/legacy.rs::c16_private_keys_beside_public_ones", "manifest:key-document-jwk-private", "manifest:jwt-key-jwk-private"])),
    ("C17", "the name of the algorithm is not compared with the key", Tests(&["keys_ecdsa.rs::c10_c17_a_key_has_one_algorithm_and_the_key_decides", "keys_rsa/main.rs::c17_an_rsa_key_has_the_algorithms_of_rsa", "manifest:jwt-vc-alg-es256-ed25519-key"])),
    ("C18", "another hash is tried where the first does not fit", Tests(&["keys_ecdsa.rs::c18_a_signature_over_another_hash_is_none"])),
    // The same entries run in C and WebAssembly too, and their reports are compared byte by byte.
    ("C19", "a wrong answer on one platform only", Tests(&["manifest.rs::every_document_gets_the_report_that_the_manifest_says", "keys_ed25519.rs::wycheproof", "keys_ecdsa.rs::wycheproof", "keys_rsa/main.rs::c12_wycheproof"])),
    ("C20", "secrets that leak through time", Tests(&["keys_rsa/main.rs::c20_nothing_here_signs"])),

    // JOSE.
    ("K01", "no algorithm", Tests(&["jose_header.rs::k01_no_algorithm_is_no_algorithm_in_any_case", "jose_header.rs::k01_a_signature_that_was_stripped_is_missing", "manifest:jwt-vc-alg-none*", "manifest:legacy-ed25519-2018-alg-none", "manifest:jades-alg-none", "manifest:sd-jwt-token-none"])),
    ("K02", "the public key used as a secret", Tests(&["jose_header.rs::k02_a_secret_shared_with_the_verifier_is_no_signature", "jose_header.rs::k02_the_key_decides_about_the_algorithm", "manifest:jwt-vc-hs256-*", "manifest:cose-alg-hs256", "cose.rs::the_algorithm_is_protected_and_no_mac"])),
    ("K03", "a key that comes in the header", Tests(&["keys_binding.rs::k03_a_key_in_the_header_is_the_issuers_if_its_document_lists_it", "keys_binding.rs::k03_the_key_of_an_attacker_is_nobody_elses", "keys_binding.rs::k03_what_cannot_be_obtained_is_not_evidence", "manifest:jwt-key-jwk-of-attacker*"])),
    ("K04", "a header with two keys", Tests(&["keys_binding.rs::k04_a_header_names_one_key", "manifest:jwt-key-jwk-and-kid"])),
    ("K05", "a header that says where keys are, or brings certificates", Tests(&["jose_header.rs::k05_addresses_of_keys_are_reported_and_never_followed", "manifest:jwt-vc-jku", "manifest:jwt-vc-x5u", "x509.rs::without_anchors_certificates_prove_nothing_for_or_against", "manifest:x5c-*"])),
    ("K06", "a kid that leads elsewhere", Tests(&["keys_binding.rs::k06_a_kid_does_not_lead_out_of_the_issuers_document", "keys_binding.rs::k06_a_foreign_kid_holds_the_record_together_and_the_issuer_is_asked", "manifest:jwt-key-kid-*"])),
    ("K07", "a critical header that nobody understands", Tests(&["jose_header.rs::k07_critical_parameters_are_understood_or_the_token_is_not", "manifest:jwt-vc-crit-*", "manifest:cose-crit-*", "manifest:jades-crit-*", "jades.rs::what_is_critical_and_not_processed_is_unsupported_and_never_passed"])),
    ("K08", "a payload that is signed as it is", Tests(&["jose_header.rs::k08_a_token_is_encoded", "legacy_suites.rs::k08_the_header_of_a_detached_jws_is_exact", "jades.rs::a_payload_is_unencoded_only_where_that_is_critical", "manifest:jwt-vc-b64-*"])),
    ("K09", "a token of another kind", Tests(&["jose_header.rs::k09_a_token_of_another_kind_is_no_credential", "jose_header.rs::k09_the_names_that_records_travel_under_are_read_in_any_case", "manifest:jwt-vc-typ-*", "manifest:enveloped-vp-typ-vc"])),
    ("K10", "an algorithm that nothing protects, two signatures", Tests(&["jose_header.rs::k10_both_json_serializations_are_read", "jose_header.rs::k10_what_decides_is_protected", "jose_header.rs::k10_two_signatures_are_two_proofs", "jose_header.rs::k10_json_that_is_no_serialization_is_refused", "manifest:jwt-json-*"])),
    ("K11", "several spellings of one token", Tests(&["jose_header.rs::k11_one_signature_has_one_text", "jose_header.rs::no_change_of_a_token_is_verified", "manifest:jwt-vc-tail-bits", "manifest:jwt-vc-padded", "manifest:jwt-vc-base64", "manifest:jwt-vc-four-parts"])),
    ("K12", "a header or claim twice", Tests(&["jose_header.rs::k12_nothing_is_said_twice", "manifest:jwt-vc-duplicate-*"])),
    ("K13", "iss is not the issuer", Tests(&["jose_claims.rs::k13_k14_vcdm_1_1_each_claim_that_contradicts_its_member", "jose_claims.rs::an_issuer_in_the_header_is_the_issuer", "manifest:jwt-vcdm1-iss-*", "manifest:jwt-vc-iss-differs", "manifest:jwt-ob-iss-differs"])),
    ("K14", "claims that contradict the record", Tests(&["jose_claims.rs::k13_k14_vcdm_1_1_each_claim_that_contradicts_its_member", "jose_claims.rs::k14_both_bounds_apply_and_the_narrower_wins", "jose_claims.rs::k14_a_badge_in_a_token_has_the_four_claims", "manifest:jwt-ob-no-*", "manifest:jwt-ob-exp-earlier", "manifest:jwt-vcdm1-exp-differs"])),
    ("K15", "two records in one token", Tests(&["jose_claims.rs::k15_there_is_one_record_in_a_token", "jose_claims.rs::k15_a_record_of_vcdm_2_0_in_a_claim_is_from_before_its_standard", "manifest:jwt-vc-claim-vc", "manifest:jwt-vc-claim-vp"])),
    ("K16", "instants in other units and types", Tests(&["jose_claims.rs::k16_instants_are_numbers_of_seconds", "manifest:jwt-vcdm1-exp-milliseconds", "manifest:jwt-vcdm1-exp-text"])),
    ("K17", "a token from the future", Tests(&["jose_claims.rs::k17_a_token_from_the_future_is_not_valid_yet", "manifest:jwt-vc-nbf-future", "manifest:jwt-vcdm1-nbf-future"])),
    ("K18", "a proof inside the token is not looked at", Tests(&["jose_claims.rs::k18_a_proof_inside_a_token_is_verified_too", "manifest:jwt-proof-*"])),
    ("K19", "tokens in tokens without end", Tests(&["presentations.rs::tokens_in_tokens_go_as_deep_as_records_in_records", "verifier.rs::records_inside_records_are_limited_in_number_and_depth"])),
    ("K20", "an envelope that says it holds something else", Tests(&["presentations.rs::the_same_token_in_every_spelling_of_the_url", "presentations.rs::the_media_type_is_one_of_a_list_and_that_of_what_is_in_it", "src/carrier/media_type.rs::the_list_is_exact", "src/carrier/data_url.rs::what_could_be_read_in_two_ways_is_malformed", "manifest:enveloped-url-*"])),
    ("K21", "tokens that are encrypted or compressed", Tests(&["jose_header.rs::k21_what_is_encrypted_or_compressed_is_not_read", "manifest:jwt-vc-five-parts", "manifest:jwt-vc-zip"])),
    ("K22", "a kid twice in a set, a key for another use", Tests(&["keys_binding.rs::k22_a_kid_that_stands_twice_names_no_key", "keys_binding.rs::k22_a_key_says_what_it_is_for", "manifest:jwt-key-jwks-twice", "manifest:jwt-key-jwk-use-enc"])),

    // SD-JWT.
    ("S01", "a disclosure that the issuer did not digest", Tests(&["src/securing/sd_jwt/tests.rs::s01_a_disclosure_without_a_digest_is_refused", "sd_jwt/attacks.rs::disclosures_of_another_token_do_not_count", "manifest:sd-jwt-unreferenced", "manifest:sd-jwt-json-disclosure-added"])),
    ("S02", "a digest twice", Tests(&["src/securing/sd_jwt/tests.rs::s02_a_digest_stands_once", "manifest:sd-jwt-digest-*", "manifest:sd-jwt-disclosure-twice"])),
    ("S03", "a disclosure with a reserved name", Tests(&["src/securing/sd_jwt/tests.rs::s03_names_that_are_reserved_for_digests_are_not_disclosed", "manifest:sd-jwt-name-sd", "manifest:sd-jwt-name-dots"])),
    ("S04", "a disclosure with a name that is taken", Tests(&["src/securing/sd_jwt/tests.rs::s04_a_name_that_is_there_already_is_not_disclosed", "manifest:sd-jwt-name-taken*", "manifest:sd-jwt-name-twice"])),
    ("S05", "a disclosure of another shape", Tests(&["src/securing/sd_jwt/tests.rs::s05_a_disclosure_has_one_shape_for_each_place", "manifest:sd-jwt-shape-*", "manifest:sd-jwt-element-three"])),
    ("S06", "a disclosure that was changed or written again", Tests(&["src/securing/sd_jwt/tests.rs::s06_a_digest_is_over_the_text_as_it_is_sent", "sd_jwt/attacks.rs::no_byte_of_a_disclosure_can_be_changed_without_a_key_binding_either", "manifest:sd-jwt-changed", "manifest:sd-jwt-respaced"])),
    ("S07", "a weak hash, or one named inside", Tests(&["src/securing/sd_jwt/tests.rs::s07_the_hash_is_a_whole_one_and_named_at_the_top", "manifest:sd-jwt-alg-*"])),
    ("S08", "claims that verification depends on are withheld", Tests(&["src/securing/sd_jwt/tests.rs::s08_what_verification_depends_on_is_not_disclosed_and_nothing_in_it", "sd_jwt/attacks.rs::s08_a_claim_that_verification_depends_on_cannot_be_withheld", "sd_jwt/attacks.rs::a_status_that_may_have_been_left_out_is_said", "manifest:sd-jwt-claim-*"])),
    ("S09", "the key binding was removed", Tests(&["sd_jwt/key_binding.rs::s09_the_caller_says_whether_there_has_to_be_one", "manifest:sd-jwt-kb-missing"])),
    ("S10", "a key binding by somebody else", Tests(&["sd_jwt/key_binding.rs::s10_only_the_key_that_the_issuer_named_counts", "sd_jwt/key_binding.rs::s10_where_the_issuer_named_none_nobody_is_the_holder", "manifest:sd-jwt-kb-thief*", "manifest:sd-jwt-kb-no-cnf"])),
    ("S11", "a key binding shown a second time", Tests(&["sd_jwt/key_binding.rs::s11_it_is_for_one_verifier_one_challenge_and_now", "sd_jwt/key_binding.rs::s11_what_is_missing_or_of_another_type_is_malformed", "sd_jwt/key_binding.rs::s11_the_header_says_that_it_is_a_key_binding", "sd_jwt/key_binding.rs::s11_no_signature_is_none", "manifest:sd-jwt-kb-aud*", "manifest:sd-jwt-kb-nonce", "manifest:sd-jwt-kb-iat-*"])),
    ("S12", "digests of nothing", Tests(&["src/securing/sd_jwt/tests.rs::s12_decoys_are_nothing", "manifest:sd-jwt-decoys"])),
    ("S13", "disclosures in disclosures without end", Tests(&["src/securing/sd_jwt/tests.rs::s13_disclosures_in_disclosures_end_at_the_limit_of_depth", "src/securing/sd_jwt/tests.rs::the_number_of_disclosures_is_limited", "manifest:sd-jwt-nested-64", "manifest:sd-jwt-many"])),
    ("S14", "separators that are missing or too many", Tests(&["sd_jwt/attacks.rs::s14_separators_are_exact", "src/carrier/sd_jwt.rs::separators_are_exact", "manifest:sd-jwt-no-final-tilde", "manifest:sd-jwt-empty-part", "manifest:sd-jwt-crlf"])),
    ("S15", "a key binding to other bytes, or by another hash", Tests(&["sd_jwt/key_binding.rs::s15_it_is_about_exactly_these_bytes", "manifest:sd-jwt-kb-sd-hash*", "manifest:sd-jwt-ob-sha-384"])),
    ("S16", "a key twice inside a disclosure", Tests(&["src/securing/sd_jwt/tests.rs::s16_a_disclosure_has_no_key_twice", "manifest:sd-jwt-text-duplicate"])),

    // Identifiers.
    ("I01", "a did:key that is malformed", Tests(&["identifiers/attacks.rs::i01_did_key_malformed", "identifiers/methods.rs::did_key_vectors", "manifest:key-did-key-*"])),
    ("I02", "a did:key with the fragment of another key", Tests(&["identifiers/attacks.rs::d10_i02_a_key_in_a_fragment_proves_nothing", "manifest:key-in-fragment-*"])),
    ("I03", "a did:web that climbs out of its path", Tests(&["identifiers/attacks.rs::i03_did_web_path_traversal"])),
    ("I04", "a did:web whose host is not what it looks like", Tests(&["identifiers/attacks.rs::i04_did_web_host_tricks"])),
    ("I05", "a did:web that leads the host elsewhere", Tests(&["identifiers/attacks.rs::i05_only_the_identifiers_own_host_is_asked", "../../examples/cli/src/fetch/tests.rs::documents_with_keys_may_not_redirect", "../../examples/cli/src/address.rs::all_others_are_not"])),
    ("I06", "the document of another DID", Tests(&["identifiers/attacks.rs::i06_the_document_of_another_did", "manifest:key-document-other-id"])),
    ("I07", "relative identifiers of methods", Tests(&["identifiers/attacks.rs::i07_relative_ids", "identifiers/retrieve.rs::step_8_the_id_is_the_one_asked_for_relative_or_absolute"])),
    ("I08", "two methods of one identifier", Tests(&["identifiers/attacks.rs::i08_duplicate_ids_anywhere", "identifiers/attacks.rs::i08_one_method_written_out_several_times", "manifest:key-document-ambiguous"])),
    ("I09", "a did:jwk with a private key, for another use or spelled otherwise", Tests(&["identifiers/attacks.rs::i09_did_jwk", "identifiers/methods.rs::did_jwk_vectors"])),
    ("I10", "an identifier in another case or with escapes", Tests(&["identifiers/attacks.rs::i10_case_and_percent_encoding"])),
    ("I11", "keys that were rotated", Tests(&["identifiers/attacks.rs::i11_key_history", "trust_key_history.rs::i11_documents_of_different_dates_give_different_answers_that_say_why", "trust_key_history.rs::i11_the_report_says_which_document_of_which_date_it_rests_on"])),
    ("I12", "a document that is an attack in itself", Tests(&["identifiers/attacks.rs::i12_a_document_as_attack", "identifiers/attacks.rs::i12_runs_on_a_small_stack", "verifier.rs::more_bytes_than_were_asked_for_are_unavailable"])),
    ("I13", "a DID method that nobody knows", Tests(&["identifiers/attacks.rs::i13_unsupported_methods_are_never_skipped", "manifest:1edtech-velocity-jwt"])),

    // Status and time.
    ("T01", "a status of an unknown kind is ignored", Tests(&["status/defects.rs::the_members_of_an_entry", "manifest:status-token-other-mechanism"])),
    ("T02", "a list that is missing or cannot be read passes", Tests(&["status/stages.rs::unavailable_is_not_asked_for_again", "status/defects.rs::lists_that_are_not_authentic", "manifest:status-unavailable", "manifest:status-unreadable"])),
    ("T03", "a list that nobody signed, or somebody else", Tests(&["status/defects.rs::lists_that_are_not_authentic", "manifest:status-2021-unsigned", "manifest:status-2021-tampered", "manifest:status-2020-of-another-signed", "manifest:status-token-alg-none"])),
    ("T04", "a list of another issuer", Tests(&["status/formats.rs::a_delegate", "status/upstream.rs::the_lists_of_the_digital_credentials_consortium", "manifest:status-list-of-another", "manifest:status-2021-of-another", "manifest:status-token-of-another"])),
    ("T05", "another list of the same issuer", Tests(&["status/defects.rs::a_list_with_another_identifier", "manifest:status-2021-named-otherwise", "manifest:status-2020-named-otherwise", "manifest:status-token-sub", "manifest:status-mismatch"])),
    ("T06", "a list for another purpose", Tests(&["status/defects.rs::what_a_list_must_be", "manifest:status-purpose", "manifest:status-2021-purpose"])),
    ("T07", "an index that is read in two ways", Tests(&["status/defects.rs::indexes_of_every_wrong_kind", "manifest:status-2021-index-*", "manifest:status-2020-index-*", "manifest:status-token-index-*"])),
    ("T08", "an index beyond the end reads as not set", Tests(&["src/checks/status/bits.rs::beyond_the_end_there_is_nothing", "status/formats.rs::the_first_and_the_last_index", "manifest:status-range", "manifest:status-2021-range", "manifest:status-token-range"])),
    ("T09", "bits in the other order", Tests(&["src/checks/status/bits.rs::the_two_orders", "manifest:status-revoked-*", "manifest:status-token-one-*"])),
    ("T10", "statuses of several bits", Tests(&["src/checks/status/bits.rs::statuses_of_several_bits", "status/defects.rs::sizes_and_messages", "manifest:status-size", "manifest:status-token-two-*"])),
    ("T11", "a list so short that it tells whom one asks about", Tests(&["status/defects.rs::short_lists", "manifest:status-2021-short"])),
    ("T12", "a list that unpacks to gigabytes", Tests(&["status/defects.rs::bombs", "src/encoding/inflate.rs::a_bomb_costs_its_limit", "manifest:status-bomb", "manifest:status-2021-bomb", "manifest:status-token-bomb"])),
    ("T13", "a list that is cut off, changed, lengthened or packed otherwise", Tests(&["src/encoding/inflate.rs::what_is_cut_changed_or_added_is_malformed", "src/encoding/inflate.rs::the_checksum", "src/checks/status/bits.rs::each_packing_reads_its_own", "manifest:status-2021-truncated", "manifest:status-2021-checksum", "manifest:status-2021-trailing", "manifest:status-2021-multibase"])),
    ("T14", "a list that is old, or of the future", Tests(&["status/defects.rs::freshness", "status/defects.rs::policies_do_not_lengthen_the_life_of_a_list", "manifest:status-expired-list", "manifest:status-token-not-yet", "manifest:status-stale"])),
    ("T15", "only the first of several statuses is looked up", Tests(&["status/formats.rs::every_entry_and_every_purpose", "manifest:status-2021-two-*"])),
    ("T16", "a list with a status of its own", Tests(&["status/defects.rs::what_a_list_must_be", "manifest:status-nested"])),
    ("T17", "a list of one kind read as another", Tests(&["status/formats.rs::no_list_is_read_as_one_of_another_kind", "status/formats.rs::a_status_list_token_says_that_it_is_one", "manifest:status-2021-kind*", "manifest:status-token-gzip"])),
    ("T18", "no status taken for a good one", Tests(&["threats_trust.rs::t18_no_status_is_not_a_status_that_is_good", "sd_jwt/attacks.rs::a_status_that_may_have_been_left_out_is_said"])),
    ("T19", "dates in odd forms", Tests(&["src/time.rs::every_odd_form_has_one_answer", "src/checks/validity.rs::what_cannot_be_read_is_unknown", "manifest:created-*"])),
    ("T20", "a period that ends before it begins", Tests(&["documents.rs::dates_are_dates_in_order", "src/checks/validity.rs::a_reversed_period_is_never_in_force"])),
    ("T21", "clocks that are wrong, instants at the bounds", Tests(&["src/checks/validity.rs::the_bounds_are_inside", "threats_trust.rs::t21_a_wrong_clock_is_seen_in_the_report", "manifest:clock-skew-*"])),
    ("T22", "a date that costs time to read", Tests(&["src/time.rs::a_megabyte_is_no_date"])),
    ("T23", "dates of the other data model", Tests(&["documents.rs::the_dates_of_the_other_model", "src/checks/validity.rs::each_model_reads_its_own_names", "src/checks/validity.rs::a_date_of_the_other_model_raises_doubt_only_where_it_would_rule_the_record_out"])),

    // Open Badges.
    ("O01", "a hosted badge on somebody else's server, or a copy that says more", Tests(&["open_badges_2.rs::o01_what_was_shown_counts_for_nothing", "open_badges_2.rs::an_attacker_cannot_issue_in_anothers_name", "manifest:ob2-scope-elsewhere", "manifest:ob2-scope-inline", "manifest:ob2-hosted-copy-*", "manifest:ob2-baked-copy-of-another"])),
    ("O02", "a server whose name begins like the issuer's", Tests(&["open_badges_2.rs::a_profile_answers_for_what_is_in_its_scope", "manifest:ob2-scope-prefix", "manifest:ob2-scope-userinfo", "manifest:ob2-scope-path*"])),
    ("O03", "an issuer that stands nowhere", Tests(&["open_badges_2.rs::a_profile_answers_for_what_is_in_its_scope", "manifest:ob2-scope-urn", "manifest:ob2-hosted-http"])),
    ("O04", "allowed origins that name no server", Tests(&["open_badges_2.rs::a_profile_answers_for_what_is_in_its_scope", "manifest:ob2-scope-origin*", "manifest:ob2-scope-wildcard"])),
    ("O05", "a key that the profile does not list", Tests(&["open_badges_2.rs::o05_keys_that_are_not_linked_from_the_profile_are_nobodys", "open_badges_2.rs::parts_may_stand_in_what_is_signed_and_the_profile_never_counts_there", "manifest:ob2-signed-creator-of-attacker", "manifest:ob2-signed-profile-inline", "manifest:ob2-signed-owner", "manifest:clr1-signed-creator"])),
    ("O06", "a token of any algorithm", Tests(&["open_badges_2.rs::o06_the_algorithm_is_that_of_the_key", "manifest:ob2-signed-alg-*"])),
    ("O07", "a revocation that is not found", Tests(&["open_badges_2.rs::o07_what_the_issuer_withdrew_is_revoked", "open_badges_2.rs::o07_lists_name_signed_badges_by_id_and_by_uid", "manifest:ob2-hosted-gone", "manifest:ob2-hosted-revoked", "manifest:ob2-signed-revoked-*", "manifest:ob2-signed-list-*", "manifest:ob2-v1-0-signed-revoked"])),
    ("O08", "work and requests before the signature", Tests(&["threats_trust.rs::o08_a_forgery_makes_the_host_fetch_nothing", "trust.rs::o08_nothing_is_asked_or_said_of_the_issuer_of_a_forgery", "status/stages.rs::what_is_not_the_issuers_makes_the_host_fetch_nothing", "verifier.rs::nothing_is_requested_for_what_failed_to_be_authentic", "open_badges_2.rs::o08_a_bad_signature_makes_the_host_fetch_nothing_but_keys"])),
    ("O09", "hashes of recipients that are weak or nearly right", Tests(&["recipients.rs::o09_a_hash_is_that_of_the_exact_address_with_the_salt_behind_it", "recipients.rs::o09_what_the_standard_does_not_forgive_is_neither_the_person_nor_somebody_else", "recipients.rs::o09_md5_is_computed_and_called_legacy_and_never_passes", "manifest:recipient-*"])),
    ("O10", "a recipient that nobody compared reads as compared", Tests(&["recipients.rs::o10_without_an_expected_recipient_nothing_is_claimed"])),
    ("O11", "a badge of nobody", Tests(&["recipients.rs::o11_a_bearer_badge_is_nobodys_until_its_holder_is_known", "open_badges_profile.rs::the_subject_is_one_and_named", "manifest:profile-*"])),
    ("O12", "anyone issues somebody's achievement", Tests(&["clr_2.rs::whose_achievement_it_is", "threats_trust.rs::o12_whose_achievement_it_is_is_not_who_issued_it"])),
    ("O13", "praise of oneself", Tests(&["endorsements.rs::praise_of_oneself_is_said", "endorsements.rs::each_has_an_answer_and_a_bad_one_fails_the_badge_only_if_the_policy_says_so", "manifest:endorsement-by-nobody"])),
    ("O14", "an endorsement of something else", Tests(&["endorsements.rs::of_something_else_it_is_none_of_this", "endorsements.rs::one_about_something_else_makes_the_host_fetch_nothing", "manifest:endorsement-beside-elsewhere", "manifest:endorsement-required"])),
    ("O15", "associations that lead nowhere or in a circle", Tests(&["clr_2.rs::associations_are_between_achievements_of_the_record", "clr_2.rs::nothing_comes_before_itself"])),
    ("O16", "the badges of others in one's own record", Tests(&["clr_2.rs::whose_record_it_is", "clr_2.rs::swapped_achievements_are_never_verified", "ler_rs.rs::the_badge_is_compared_with_the_person", "manifest:clr-two-swapped", "manifest:ler-wrapper-jwt-of-somebody-else"])),
    ("O17", "a newer version by somebody else, or an older one", Tests(&["refresh.rs::another_record_or_issuer_is_none", "refresh.rs::the_same_or_an_older_one_is_not_newer", "refresh.rs::it_is_looked_for_only_if_the_policy_wants_that", "manifest:newer-*"])),
    ("O18", "records that are nearly the same one", Tests(&["refresh.rs::another_spelling_is_another_record"])),
    ("O19", "two records in a PNG", Tests(&["images.rs::two_records_in_a_png", "manifest:image-png-two*"])),
    ("O20", "a compressed record that unpacks to gigabytes", Tests(&["images.rs::limits", "manifest:image-png-bomb", "manifest:image-png-compressed"])),
    ("O21", "a PNG that is damaged or was made to be", Tests(&["images.rs::what_is_wrong_with_a_png", "images.rs::cut_and_changed_images", "images.rs::every_value_of_every_byte", "manifest:image-png-checksum", "manifest:image-png-length", "manifest:image-png-past-end", "manifest:image-png-after-end", "manifest:image-png-many-chunks"])),
    ("O22", "letters that are read in another encoding", Tests(&["images.rs::letters_beyond_ascii", "manifest:image-json-png", "manifest:image-png-latin-1", "manifest:image-png-utf-8", "manifest:image-png-not-utf-8"])),
    ("O23", "entities, DTDs and floods in an SVG", Tests(&["images.rs::what_is_wrong_with_a_svg", "images.rs::limits", "manifest:image-svg-xxe", "manifest:image-svg-entities", "manifest:image-svg-attributes", "manifest:image-svg-namespaces", "manifest:image-svg-depth"])),
    ("O24", "two records in an SVG, or one in another namespace or in pieces", Tests(&["images.rs::every_way_to_write_the_element_of_a_svg", "images.rs::an_image_without_a_record", "manifest:image-svg-two*", "manifest:image-svg-namespace", "manifest:image-svg-verify-and-body"])),
    ("O25", "a picture that shows something else", Tests(&["images.rs::what_is_in_an_image_is_verified_as_if_it_were_the_input", "images.rs::pixels_are_not_looked_at", "linked.rs::what_stands_in_the_record_is_compared_at_once", "manifest:image-svg-script"])),
    ("O26", "a file that is an image and something else", Tests(&["images.rs::other_files_are_named", "images.rs::what_is_wrong_with_a_png", "manifest:image-png-polyglot"])),
    ("O27", "a schema that makes requests or takes time", Tests(&["credential_schema/entries.rs::only_https_is_fetched_and_only_for_a_policy_that_wants_it", "credential_schema/entries.rs::a_schema_refers_to_so_many_others", "credential_schema/hostile.rs::a_pattern_costs_its_size_times_the_text", "credential_schema/hostile.rs::a_schema_that_doubles_ends_at_the_limit", "src/json_schema/pattern.rs::the_work_is_the_size_times_the_length"])),

    // Trust and presentation.
    ("P01", "an issuer gives itself a famous name", Tests(&["threats_more.rs::p01_p06_a_good_signature_makes_no_issuer_known", "manifest:key-issuer-not-accepted", "trust.rs::p01_the_record_has_the_registered_name_beside_the_claimed_one", "trust.rs::p01_p02_the_name_of_another_is_called_out", "manifest:name-*"])),
    // No name decides anything: one that misleads is called out.
    ("P02", "an issuer whose identifier or name looks like another", Tests(&["trust.rs::p01_p02_the_name_of_another_is_called_out", "src/checks/issuer/names.rs::names_that_look_alike_have_one_skeleton", "threats_more.rs::p02_p03_an_issuer_is_accepted_by_its_exact_identifier", "identifiers/attacks.rs::i04_did_web_host_tricks"])),
    ("P03", "an issuer whose identifier begins like another", Tests(&["threats_more.rs::p02_p03_an_issuer_is_accepted_by_its_exact_identifier", "manifest:registry-lists-other", "trust.rs::p03_only_the_very_identifier_is_the_issuer"])),
    ("P04", "a registry that does not answer, or not as one", Tests(&["manifest:registry-missing", "manifest:registry-unavailable", "manifest:registry-not-json", "manifest:federation-*", "trust.rs::p04_a_registry_that_does_not_answer_is_no_answer", "trust.rs::p04_a_statement_counts_only_if_the_anchors_own_key_signed_it"])),
    ("P05", "an issuer who is known for something else", NotApplicable("The registries that are read say who is known, and of nobody for what; a policy names registries for its own purpose.")),
    ("P06", "valid taken for trusted", Tests(&["threats_more.rs::p01_p06_a_good_signature_makes_no_issuer_known", "manifest:issuer-anyone"])),
    ("P07", "somebody else's record is presented", Tests(&["presentations.rs::somebody_else_may_present_unless_the_policy_forbids_it", "presentations.rs::the_key_is_the_holders", "presentations.rs::only_of_the_holder_whom_the_presentation_names", "manifest:presentation-other-signer", "manifest:presentation-wrong-holder", "manifest:enveloped-vp-thief*"])),
    ("P08", "a presentation shown a second time", Tests(&["presentations.rs::a_replay_asserts_nothing", "presentations.rs::the_audience_contains_the_domain_and_the_nonce_is_the_challenge", "manifest:presentation-wrong-challenge", "manifest:presentation-nothing-expected", "manifest:enveloped-vp-nonce", "manifest:enveloped-vp-expired"])),
    ("P09", "presentations of nothing, of the same twice, of thousands", Tests(&["presentations.rs::of_nothing_it_is_nothing", "verifier.rs::a_bundle_of_nothing_is_nothing", "threats_more.rs::p09_the_same_record_twice_is_two_records", "manifest:limit-embedded"])),
    ("P10", "a presentation that nobody signed", Tests(&["presentations.rs::where_a_presenter_is_expected_it_fails", "presentations.rs::it_is_a_bundle_and_says_nothing_about_who_presents", "manifest:presentation-unsigned*"])),
    ("P11", "text that a page would run", Tests(&["threats_more.rs::p11_what_a_record_says_is_data_and_comes_back_as_it_was_signed", "src/record/display.rs::links_have_a_scheme_that_runs_nothing"])),
    ("P12", "names that a terminal or a log would obey", Tests(&["threats_more.rs::p12_a_report_is_one_line_whatever_the_names_in_the_record_are", "threats_more.rs::p12_what_steers_a_terminal_is_escaped"])),
    ("P13", "personal data in reports and logs", Tests(&["verifier.rs::the_report_holds_no_value_of_the_record", "jose_claims.rs::a_report_repeats_no_claim", "src/record/tests.rs::a_record_shows_nothing_in_logs"])),
    ("P14", "text that a spreadsheet would compute", Tests(&["src/record/display.rs::no_cell_is_a_formula"])),
    ("P15", "the weakest of several readings", Tests(&["threats_more.rs::p15_a_token_in_a_json_text_is_no_record", "manifest:enveloped-string", "presentations.rs::what_is_signed_is_a_document_and_no_envelope"])),
];

#[test]
fn every_line_of_the_catalogue_is_there_once() {
    let ids: Vec<String> = THREATS.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let all =
        SECTIONS.iter().flat_map(|(section, lines)| (1..=*lines).map(move |n| format!("{section}{n:02}")));
    assert_eq!(ids, all.collect::<Vec<_>>());
}

#[test]
fn every_line_says_what_it_is_and_has_tests_or_a_reason() {
    for (id, what, place) in THREATS {
        assert!(what.split(' ').count() >= 2, "{id}: {what}");
        match place {
            Tests(tests) => {
                assert!(!tests.is_empty(), "{id}");
                assert_eq!(tests.iter().collect::<BTreeSet<_>>().len(), tests.len(), "{id}: a test twice");
            }
            NotApplicable(reason) => assert!(reason.len() > 40 && reason.ends_with('.'), "{id}: {reason}"),
        }
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let entries = entries();
    let mut missing = Vec::new();
    for (id, name) in named() {
        let exists = match name.split_once(':') {
            Some(("manifest", entry)) => entries.iter().any(|known| stands_for(entry, known)),
            _ => name.split_once("::").is_some_and(|(file, test)| is_test(file, test)),
        };
        if !exists {
            missing.push(format!("{id}: {name}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_class_of_the_manifest_is_named() {
    let entries = entries();
    for class in CLASSES {
        assert!(entries.iter().any(|id| id.starts_with(class)), "no entry begins with {class}");
        let of_class = |name: &str| name.strip_prefix("manifest:").is_some_and(|id| id.starts_with(class));
        assert!(named().any(|(_, name)| of_class(name)), "no line names {class}");
    }
}

#[test]
fn a_name_that_is_no_test_is_noticed() {
    assert!(is_test("threats.rs", "a_name_that_is_no_test_is_noticed"));
    assert!(!is_test("threats.rs", "is_test"));
    assert!(!is_test("threats.rs", "a_name_that_is_no_test"));
    assert!(!is_test("no_such_file.rs", "a_name"));
    assert!(!is_test("src/lib.rs", "compile_fail"));
    assert!(stands_for("jwt-*", "jwt-vc") && !stands_for("jwt-", "jwt-vc") && !stands_for("wt-*", "jwt-vc"));
}

/// Every place that the table names, with its line.
fn named() -> impl Iterator<Item = (&'static str, &'static str)> {
    THREATS.iter().flat_map(|(id, _, place)| match place {
        Tests(tests) => tests.iter().map(|test| (*id, *test)).collect(),
        NotApplicable(_) => Vec::new(),
    })
}

fn stands_for(pattern: &str, entry: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => entry.starts_with(start),
        None => entry == pattern,
    }
}

/// Whether a file has a test of this name which is not ignored; `compile_fail` is an example in its documentation.
fn is_test(file: &str, name: &str) -> bool {
    let folder = if file.starts_with("src/") { core() } else { core().join("tests") };
    let Ok(source) = std::fs::read_to_string(folder.join(file)) else { return false };
    if name == "compile_fail" {
        return source.contains("/// ```compile_fail");
    }
    let head = format!("fn {name}(");
    let Some(at) = source.lines().position(|line| line.trim_start().starts_with(&head)) else { return false };
    let attributes = source.lines().take(at).collect::<Vec<_>>();
    let attributes =
        attributes.iter().rev().map(|line| line.trim_start()).take_while(|line| line.starts_with("#["));
    let attributes: Vec<&str> = attributes.collect();
    attributes.contains(&"#[test]") && !attributes.iter().any(|line| line.starts_with("#[ignore"))
}

fn entries() -> Vec<String> {
    let text = std::fs::read(core().join("../test-vectors/manifest.json")).unwrap();
    let manifest: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
    manifest.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
