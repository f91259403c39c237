//! What registries said, as verifier-core has it in the step `registered_issuer`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::policy::RegistryKind;
use crate::report::{Registered, RegistryOutcome, RegistryReport, Report};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Registries {
    matching_issuers: Vec<MatchingIssuer>,
    unchecked_registries: Vec<UncheckedRegistry>,
}

#[derive(Serialize)]
struct MatchingIssuer {
    issuer: Map<String, Value>,
    registry: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UncheckedRegistry {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "trustAnchorEC", skip_serializing_if = "Option::is_none")]
    trust_anchor: Option<String>,
}

/// The names that lists of registries give to their kinds.
const LIST: &str = "dcc-legacy";
const FEDERATION: &str = "oidf";

impl Registries {
    /// What each registry said. One that gave no answer is among the unchecked ones: neither a yes nor a no.
    pub(super) fn of(report: &Report) -> Self {
        let asked = || report.issuer.iter().flat_map(|issuer| &issuer.registries);
        Registries {
            matching_issuers: asked()
                .filter(|registry| registry.outcome == RegistryOutcome::Listed)
                .map(matching_issuer)
                .collect(),
            unchecked_registries: asked()
                .filter(|registry| !registry.outcome.is_answer())
                .map(unchecked_registry)
                .collect(),
        }
    }
}

/// The issuer as a registry has it, and the registry. A policy names registries by their address alone, which therefore
/// stands for their name.
fn matching_issuer(registry: &RegistryReport) -> MatchingIssuer {
    let Registered { name, legal_name, homepage, logo, location, ror, ctid, .. } = &registry.registered;
    let entity =
        [("organization_name", name), ("homepage_uri", homepage), ("logo_uri", logo), ("location", location)];
    let groups = [
        ("institution_additional_information", members([("legal_name", legal_name)])),
        ("credential_registry_entity", members([("ctid", ctid)])),
        ("ror_entity", members([("rorid", ror)])),
    ];
    let mut issuer = Map::from_iter([("federation_entity".to_owned(), members(entity).into())]);
    issuer.extend(
        groups
            .into_iter()
            .filter(|(_, group)| !group.is_empty())
            .map(|(name, group)| (name.to_owned(), group.into())),
    );
    let url = registry.url.as_str();
    let registry = match registry.kind {
        RegistryKind::List => json!({
            "type": LIST,
            "federation_entity": { "organization_name": url },
            "institution_additional_information": { "legacy_list": url },
        }),
        RegistryKind::OpenidFederation => json!({
            "type": FEDERATION,
            "federation_entity": { "organization_name": url },
        }),
    };
    MatchingIssuer { issuer, registry }
}

fn members<'r>(named: impl IntoIterator<Item = (&'static str, &'r Option<String>)>) -> Map<String, Value> {
    let present = |(name, value): (&str, &Option<String>)| {
        value.as_ref().map(|value| (name.to_owned(), Value::from(value.as_str())))
    };
    named.into_iter().filter_map(present).collect()
}

fn unchecked_registry(registry: &RegistryReport) -> UncheckedRegistry {
    let (name, url) = (registry.url.clone(), registry.url.clone());
    match registry.kind {
        RegistryKind::List => UncheckedRegistry { name, kind: LIST, url: Some(url), trust_anchor: None },
        RegistryKind::OpenidFederation => {
            UncheckedRegistry { name, kind: FEDERATION, url: None, trust_anchor: Some(url) }
        }
    }
}
