//! The questions that come after the proof: is it about this person, is its issuer accepted, is it valid now.

pub(crate) mod creator;
pub(crate) mod endorsement;
pub(crate) mod holder;
pub(crate) mod issuer;
pub(crate) mod linked_resource;
pub(crate) mod newer_version;
pub(crate) mod recipient;
pub(crate) mod schema;
pub(crate) mod status;
pub(crate) mod validity;
pub(crate) mod withheld;
