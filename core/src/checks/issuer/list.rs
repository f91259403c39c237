//! Registries that are one list: `{"meta": {…}, "registry": {"<identifier>": {"name", "location", "url"}}}`, as the Digital
//! Credentials Consortium publishes it. Nothing in it is signed: it is what the transport says.

use super::names::Names;
use super::registered::{self, Registered};
use super::{Demands, Lookup, RegistryOutcome, Supplied};
use crate::json::{Kind, Object, Tree};
use crate::resources::Item;
use crate::time::Timestamp;

pub(super) fn look_up(url: &str, issuer: &str, demands: &Demands, supplied: Supplied<'_, '_>) -> Lookup {
    let Some(item) = supplied(url) else { return Lookup::missing(url.to_owned()) };
    let tree = match item.document() {
        None => return Lookup::of(RegistryOutcome::Unavailable),
        Some(_) if demands.is_stale(item) => return Lookup::of(RegistryOutcome::Stale),
        Some(Err(_)) => return Lookup::of(RegistryOutcome::Unreadable),
        Some(Ok(tree)) => tree,
    };
    let Some(entries) = entries(tree) else { return Lookup::of(RegistryOutcome::Unreadable) };
    let Some(entry) = entries.get(issuer) else { return Lookup::of(RegistryOutcome::NotListed) };
    if entry.kind() != Kind::Object {
        return Lookup::of(RegistryOutcome::Unreadable);
    }
    let meta = tree.root().get("meta");
    let date = |name| Timestamp::parse(meta?.get(name)?.as_str()?).ok();
    Lookup::listed(Registered {
        stated_at: date("updated").or_else(|| date("created")),
        name: registered::text(entry, "name"),
        homepage: registered::page(entry, "url"),
        location: registered::text(entry, "location"),
        ..Registered::default()
    })
}

/// The names of all whom it lists.
pub(super) fn names(item: &Item) -> Names {
    let mut names = Names::default();
    let tree = item.document().and_then(Result::ok);
    for (id, entry) in tree.and_then(entries).iter().flat_map(|entries| entries.iter()) {
        if let Some(name) = entry.get("name").and_then(|name| name.as_str()) {
            names.add(id, name);
        }
    }
    names
}

fn entries<'r>(tree: &'r Tree<'static>) -> Option<Object<'r>> {
    tree.root().get("registry")?.as_object()
}
