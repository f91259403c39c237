//! Whether the policy accepts the issuer.

use crate::codes::{Code, Finding};
use crate::json::{Kind, Tree};
use crate::policy::Issuers;

/// What is known of a registry.
pub(crate) enum Registry<'r> {
    /// Its document.
    Document(&'r Tree<'static>),
    /// It could not be obtained or read.
    Unavailable,
    /// The host was not asked yet.
    Missing,
}

/// What came of looking.
pub(crate) struct Acceptance {
    pub(crate) finding: Finding,
    /// Registries that have to be asked.
    pub(crate) missing: Vec<String>,
}

/// Whether `issuer` is one of those accepted. Identifiers are compared character by character: a prefix, a host or
/// another spelling is another issuer.
pub(crate) fn accepted<'r>(
    accepted: &Issuers,
    issuer: Option<&str>,
    registry: &dyn Fn(&str) -> Registry<'r>,
) -> Acceptance {
    let decided = |code| Acceptance { finding: Finding::new(code), missing: Vec::new() };
    let Some(issuer) = issuer else {
        return decided(match accepted {
            Issuers::Anyone => Code::IssuerAnyone,
            _ => Code::IssuerUnknown,
        });
    };
    match accepted {
        Issuers::Anyone => decided(Code::IssuerAnyone),
        Issuers::OneOf(ids) if ids.iter().any(|id| id == issuer) => decided(Code::IssuerListed),
        Issuers::OneOf(_) => decided(Code::IssuerNotAccepted),
        Issuers::Registered(registries) => {
            let mut missing = Vec::new();
            let mut unanswered = Vec::new();
            for url in registries {
                let listed = match registry(url) {
                    Registry::Document(tree) => lists(tree, issuer),
                    Registry::Unavailable => None,
                    Registry::Missing => {
                        missing.push(url.clone());
                        None
                    }
                };
                match listed {
                    Some(true) => {
                        let finding = Finding::new(Code::IssuerListed).with("registry", url.as_str());
                        return Acceptance { finding, missing: Vec::new() };
                    }
                    Some(false) => {}
                    None => unanswered.push(url.clone()),
                }
            }
            let finding = if unanswered.is_empty() {
                Finding::new(Code::IssuerNotAccepted)
            } else {
                Finding::new(Code::IssuerUnknown).with("unanswered", unanswered)
            };
            Acceptance { finding, missing }
        }
    }
}

/// Whether a registry in the form `{"registry": {"<identifier>": {…}}}` lists an issuer; `None` if it has another form.
fn lists(registry: &Tree<'_>, issuer: &str) -> Option<bool> {
    let entries = registry.root().get("registry").filter(|entries| entries.kind() == Kind::Object)?;
    Some(entries.get(issuer).is_some())
}
