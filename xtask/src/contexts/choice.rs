//! Which of the published contexts the library embeds, under which URLs, and which not.

/// A context that is embedded.
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    /// The file of the index; its URL there is the first one.
    pub file: &'static str,
    /// Other URLs under which the same document is or was served.
    pub aliases: &'static [&'static str],
}

const fn context(file: &'static str, aliases: &'static [&'static str]) -> Embedded {
    Embedded { file, aliases }
}

/// Every current context that a learning or employment record can meet.
pub const EMBEDDED: &[Embedded] = &[
    context("w3c-credentials-v1.jsonld", &[]),
    context("w3c-credentials-v2.jsonld", &[]),
    context("w3c-credentials-undefined-terms-v2.jsonld", &[]),
    context("w3c-credentials-examples-v1.jsonld", &[]),
    context("w3c-credentials-examples-v2.jsonld", &[]),
    context("w3c-did-v1.jsonld", &[]),
    context("w3c-cid-v1.jsonld", &["https://www.w3.org/ns/did/v1.1"]),
    context("w3id-data-integrity-v1.jsonld", &[]),
    context("w3id-data-integrity-v2.jsonld", &[]),
    context("w3id-multikey-v1.jsonld", &[]),
    context("w3id-jwk-v1.jsonld", &[]),
    context("w3c-bitstring-status-v1.jsonld", &[]),
    context("w3id-status-list-2021-v1.jsonld", &[]),
    context("w3id-vc-revocation-list-2020-v1.jsonld", &[]),
    context("w3id-security-v1.jsonld", &[]),
    context("w3id-security-v2.jsonld", &[]),
    context("w3id-security-v3-unstable.jsonld", &[]),
    context("w3id-ed25519-2018-v1.jsonld", &[]),
    context("w3id-ed25519-2020-v1.jsonld", &[]),
    context(
        "w3id-jws-2020-v1.jsonld",
        &["https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json"],
    ),
    context("w3id-x25519-2019-v1.jsonld", &[]),
    context("w3id-x25519-2020-v1.jsonld", &[]),
    context("w3id-secp256k1-2019-v1.jsonld", &[]),
    context("w3id-bbs-v1.jsonld", &[]),
    context("w3c-odrl.jsonld", &[]),
    context(
        "1edtech-ob-v3p0-context-3.0.0.json",
        &["https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"],
    ),
    context("1edtech-ob-v3p0-context-3.0.1.json", &[]),
    context("1edtech-ob-v3p0-context-3.0.2.json", &[]),
    context("1edtech-ob-v3p0-context-3.0.3.json", &[]),
    context("1edtech-ob-v3p0-extensions.json", &[]),
    context("1edtech-clr-v2p0-context-2.0.0.json", &[]),
    context("1edtech-clr-v2p0-context-2.0.1.json", &[]),
    context("1edtech-openbadges-v3-prerelease.jsonld", &[]),
    context(
        "jff-vc-edu-plugfest-1-context.json",
        &["https://kayaelle.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json"],
    ),
    context("jff-vc-edu-plugfest-2-context.json", &[]),
    context("1edtech-openbadges-v2.json", &["https://openbadgespec.org/v2/context.json"]),
    context("1edtech-openbadges-v1.json", &["https://openbadgespec.org/v1/context.json"]),
    context("1edtech-openbadges-v0.json", &[]),
    context("1edtech-openbadges-v2p1.jsonld", &[]),
    context("1edtech-clr-v1p0.jsonld", &[]),
    context(
        "obv2-accessibilityExtension.json",
        &["https://openbadgespec.org/extensions/accessibilityExtension/context.json"],
    ),
    context(
        "obv2-applyLinkExtension.json",
        &["https://openbadgespec.org/extensions/applyLinkExtension/context.json"],
    ),
    context(
        "obv2-assessmentExtension.json",
        &["https://openbadgespec.org/extensions/assessmentExtension/context.json"],
    ),
    context("obv2-endorsement.json", &["https://openbadgespec.org/extensions/endorsement/context.json"]),
    context(
        "obv2-exampleExtension.json",
        &["https://openbadgespec.org/extensions/exampleExtension/context.json"],
    ),
    context(
        "obv2-extraDescription.json",
        &["https://openbadgespec.org/extensions/extraDescription/context.json"],
    ),
    context(
        "obv2-geoCoordinatesExtension.json",
        &["https://openbadgespec.org/extensions/geoCoordinatesExtension/context.json"],
    ),
    context(
        "obv2-issuerAccreditationExtension.json",
        &["https://openbadgespec.org/extensions/issuerAccreditationExtension/context.json"],
    ),
    context(
        "obv2-licenseExtension.json",
        &["https://openbadgespec.org/extensions/licenseExtension/context.json"],
    ),
    context(
        "obv2-originalCreatorExtension.json",
        &["https://openbadgespec.org/extensions/originalCreatorExtension/context.json"],
    ),
    context(
        "obv2-recipientProfile.json",
        &["https://openbadgespec.org/extensions/recipientProfile/context.json"],
    ),
    context("elm-edc-ap-context.jsonld", &["https://data.europa.eu/snb/model/context/edc-ap"]),
    context("t3-hr-context-v1.jsonld", &["https://w3id.org/hr"]),
    context("dcc-v1.json", &[]),
    context("blockcerts-v2.0.json", &[]),
    context("blockcerts-v2.1.json", &[]),
    context("blockcerts-v3.0-alpha.json", &[]),
    context("blockcerts-v3.0-beta.json", &[]),
    context("blockcerts-v3.0.json", &[]),
    context("blockcerts-v3.1.json", &[]),
    context("blockcerts-v3.2.json", &[]),
];

const NO_URL: &str =
    "published as a file of the specification's repository, under no URL that a record could name";

const REGISTRY: &str =
    "what a registry describes credentials with, edited continually: no bytes that a record was signed under";

/// Files of the index that are no context of their own, with the reason. (schema.org is not in the index: 157 KB that
/// change monthly, nothing that one could sign under.)
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("w3c-did-v1.1.jsonld", "the same bytes as cid/v1, of which its URL is an alias"),
    (
        "1edtech-openbadges-v2.specrepo.json",
        "the copy of the specification's repository; what is served under both URLs is the other one",
    ),
    ("ctdl-context.json", REGISTRY),
    ("ctdlasn-context.json", REGISTRY),
    ("obv3-accessibility.json", NO_URL),
    ("obv3-applyLink.json", NO_URL),
    ("obv3-geoCoordinates.json", NO_URL),
    ("obv3-license.json", NO_URL),
    ("obv3-issuerAccreditation-v1p0.json", NO_URL),
    ("obv3-issuerAccreditation-v2p0.json", NO_URL),
    ("obv3-assessment-v1p0.json", NO_URL),
    ("obv3-assessment-v2p0.json", NO_URL),
];
