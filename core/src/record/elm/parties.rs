//! Persons and organisations of the European Learning Model.

use super::super::forms;
use super::super::model::*;
use super::super::read::Source;
use crate::json::Value;

/// Members of an organisation that are legal identifiers of some kind.
const LEGAL: [&str; 6] = [
    "registration",
    "eIDASIdentifier",
    "eIDASLegalIdentifier",
    "vatIdentifier",
    "taxIdentifier",
    "identifier",
];

/// Where countries have their concepts; the code comes last.
const COUNTRIES: &str = "http://publications.europa.eu/resource/authority/country/";

/// Whom it is about (Person).
pub(super) fn person<'t>(subject: Value<'t>, source: &mut Source<'t>) -> Holder {
    source.known(
        subject,
        &[
            "id",
            "type",
            "givenName",
            "familyName",
            "fullName",
            "dateOfBirth",
            "nationalID",
            "identifier",
            "contactPoint",
            "hasClaim",
        ],
    );
    let origin = source.origin(subject);
    let mut identifiers = Vec::new();
    for (member, kind) in [("nationalID", Some("nationalIdentityNumber")), ("identifier", None)] {
        for (scheme, value) in notations(subject, member, source) {
            let kind = kind.map(str::to_owned).or(scheme);
            identifiers.push(HolderIdentifier {
                kind,
                value: Some(value),
                ..HolderIdentifier::blank(origin)
            });
        }
    }
    for contact in source.objects(subject, "contactPoint") {
        for address in addresses(contact, source) {
            let kind = Some("emailAddress".to_owned());
            identifiers.push(HolderIdentifier {
                kind,
                value: Some(address),
                ..HolderIdentifier::blank(origin)
            });
        }
    }
    Holder {
        id: source.string(subject, "id"),
        name: source.texts(subject, "fullName"),
        given_name: source.texts(subject, "givenName"),
        family_name: source.texts(subject, "familyName"),
        birth_date: source.date(subject, "dateOfBirth"),
        identifiers,
        origin,
    }
}

/// An organisation, as it or somebody else describes it.
pub(super) fn organisation<'t>(object: Value<'t>, source: &mut Source<'t>) -> Party {
    source.known(
        object,
        &[
            "id",
            "type",
            "legalName",
            "registration",
            "eIDASIdentifier",
            "eIDASLegalIdentifier",
            "vatIdentifier",
            "taxIdentifier",
            "identifier",
            "homepage",
            "location",
            "contactPoint",
        ],
    );
    let origin = source.origin(object);
    let mut identifiers = Vec::new();
    for member in LEGAL {
        for (scheme, value) in notations(object, member, source) {
            let kind = if member == "identifier" { scheme } else { Some(member.to_owned()) };
            identifiers.push(Identifier { kind, value, origin });
        }
    }
    let mut party = Party {
        id: source.string(object, "id"),
        claimed_name: source.texts(object, "legalName"),
        identifiers,
        ..Party::nobody(origin)
    };
    if let Some(page) = source.object(object, "homepage") {
        party.url = source.url(page, "contentURL");
    }
    for place in source.objects(object, "location") {
        for address in source.objects(place, "address") {
            let code = source.object(address, "countryCode").and_then(forms::reference);
            let code = code.map(|code| code.strip_prefix(COUNTRIES).unwrap_or(code).to_owned());
            party.country = party.country.or(code);
        }
    }
    for contact in source.objects(object, "contactPoint") {
        let mut addresses = addresses(contact, source);
        party.email = party.email.or(addresses.pop());
        if let Some(phone) = source.object(contact, "phone") {
            party.phone = party.phone.or(source.string(phone, "phoneNumber"));
        }
    }
    party
}

/// The name of the scheme and the notation of each identifier.
fn notations<'t>(object: Value<'t>, member: &str, source: &mut Source<'t>) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    for item in source.objects(object, member) {
        let scheme = source.string(item, "schemeName");
        found.extend(source.written(item, "notation").map(|notation| (scheme, notation)));
    }
    found
}

/// Addresses for mail: the identifier of a mailbox is `mailto:` and the address.
fn addresses<'t>(contact: Value<'t>, source: &mut Source<'t>) -> Vec<String> {
    let mailboxes = source.objects(contact, "emailAddress");
    let address = |mailbox| forms::reference(mailbox)?.strip_prefix("mailto:").map(str::to_owned);
    mailboxes.into_iter().filter_map(address).collect()
}
