//! `credentialSchema` (VCDM 2.0 §4.11): `JsonSchema` and `JsonSchemaCredential` (vc-json-schema), and
//! `1EdTechJsonSchemaValidator2019` (Open Badges 3.0 §9.1).

use crate::codes::{Code, Finding};
use crate::document::{self, related_resource};
use crate::encoding::multihash::{HashFunction, Multihash};
use crate::json::{Kind, Value};
use crate::json_schema::{Document, Violation};

/// What is at the address of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    /// The schema (vc-json-schema §2.1).
    JsonSchema,
    /// A credential that it is in (§2.2).
    JsonSchemaCredential,
    /// The schema; its `$id` need not be the address, for these are published at several.
    OneEdTech,
}

/// An entry of `credentialSchema`.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) pointer: String,
    pub(crate) url: String,
    pub(crate) mechanism: Mechanism,
    /// The digests that it gives for the bytes: of each group, by one function, any will do.
    digests: Result<Vec<Vec<Multihash>>, Finding>,
    /// What has to follow the schema: this object of the record, or the record.
    pub(crate) subject: Option<String>,
}

impl Entry {
    /// The schema that an extension follows (Open Badges 2.0 §Extensions); it may be published at several addresses.
    #[cfg(feature = "formats")]
    pub(crate) fn of_extension(pointer: String, url: &str) -> Self {
        let subject = Some(pointer.clone());
        Entry {
            pointer,
            url: url.to_owned(),
            mechanism: Mechanism::OneEdTech,
            digests: Ok(Vec::new()),
            subject,
        }
    }
}

/// The schemas that a context gives for objects of these types (`TypeValidation`, Open Badges 2.0 §Extensions). Types are
/// written with various prefixes; what is behind those counts.
#[cfg(feature = "formats")]
pub(crate) fn of_types<'c>(context: Value<'c>, types: &[&str]) -> Vec<&'c str> {
    let bare = |name: &str| name.rsplit([':', '#', '/']).next().unwrap_or_default().to_ascii_lowercase();
    let member = |entry: Value<'c>, name: &str| {
        let value = entry.get(name).or_else(|| entry.get(&format!("obi:{name}")))?;
        value.as_str().or_else(|| value.get("id").or_else(|| value.get("@id"))?.as_str())
    };
    let entries =
        ["validation", "obi:validation"].into_iter().flat_map(|name| document::items(context, name));
    let fits = |entry: &Value<'c>| {
        let of = member(*entry, "validatesType").map(bare);
        of.is_some_and(|of| !of.is_empty() && types.iter().any(|name| bare(name) == of))
    };
    entries.filter(fits).filter_map(|entry| member(entry, "validationSchema")).collect()
}

/// The entries of a record; for those of another kind what is to be said of them.
pub(crate) fn entries(root: Value<'_>) -> Vec<Result<Entry, Finding>> {
    document::schemas(root).map(entry).collect()
}

fn entry(value: Value<'_>) -> Result<Entry, Finding> {
    let pointer = value.pointer();
    let types = value.get("type").into_iter().flat_map(|types| types.one_or_many());
    let mechanism = types.filter_map(|name| name.as_str()).find_map(|name| match name {
        "JsonSchema" => Some(Mechanism::JsonSchema),
        "JsonSchemaCredential" => Some(Mechanism::JsonSchemaCredential),
        "1EdTechJsonSchemaValidator2019" => Some(Mechanism::OneEdTech),
        _ => None,
    });
    let url = value.get("id").and_then(|id| id.as_str());
    let (Some(mechanism), Some(url)) = (mechanism, url) else {
        return Err(Finding::at(Code::SchemaNotEvaluated, pointer));
    };
    Ok(Entry { pointer, url: url.to_owned(), mechanism, digests: digests(value), subject: None })
}

/// `digestSRI` and `digestMultibase` (VCDM 2.0 §5.3).
fn digests(entry: Value<'_>) -> Result<Vec<Vec<Multihash>>, Finding> {
    let mut digests = Vec::new();
    for (name, read) in [("digestSRI", sri as fn(&str) -> Option<_>), ("digestMultibase", multihash)] {
        if let Some(value) = entry.get(name) {
            let digest = value.as_str().and_then(read);
            digests.push(digest.ok_or_else(|| Finding::new(Code::SchemaDigestUnknown).with("member", name))?);
        }
    }
    Ok(digests)
}

fn multihash(text: &str) -> Option<Vec<Multihash>> {
    Some(vec![related_resource::multihash(text).ok()?])
}

fn sri(metadata: &str) -> Option<Vec<Multihash>> {
    Some(related_resource::strongest(metadata).0).filter(|strongest| !strongest.is_empty())
}

impl Entry {
    /// Whether the bytes that have these digests are what the record means, as far as it says.
    pub(crate) fn agrees<'b>(&self, of: impl Fn(HashFunction) -> &'b [u8]) -> Result<(), Finding> {
        let agrees = |group: &Vec<Multihash>| {
            let found = group.first().map(|hash| of(hash.function));
            group.iter().any(|hash| Some(hash.digest.as_slice()) == found)
        };
        if self.digests.clone()?.iter().all(agrees) { Ok(()) } else { Err(Finding::new(Code::SchemaDigest)) }
    }

    /// Whether a schema says that it is the one that is meant (vc-json-schema §2.1, §2.2).
    pub(crate) fn identifies(&self, schema: &Document) -> Result<(), Finding> {
        let identified = match self.mechanism {
            Mechanism::JsonSchema => schema.id() == Some(self.url.as_str()),
            Mechanism::JsonSchemaCredential => schema.id().is_some(),
            Mechanism::OneEdTech => true,
        };
        if identified { Ok(()) } else { Err(Finding::new(Code::SchemaId)) }
    }

    /// What is said of the record. `whole`: nothing of it was left out by its holder.
    pub(crate) fn judged(&self, outcome: Result<(), Vec<Violation>>, whole: bool) -> Finding {
        let violations = match outcome {
            Ok(()) => return self.said(Finding::new(Code::SchemaFollowed)),
            Err(violations) => violations,
        };
        let code = if whole { Code::SchemaViolated } else { Code::SchemaWithheld };
        let keywords: Vec<String> = violations.iter().map(|violation| violation.keyword.to_owned()).collect();
        let pointers: Vec<String> = violations.into_iter().map(|violation| violation.pointer).collect();
        self.said(Finding::new(code).with("pointers", pointers).with("keywords", keywords))
    }

    /// A finding about this entry.
    pub(crate) fn said(&self, finding: Finding) -> Finding {
        finding.moved(Some(self.pointer.clone())).with("url", self.url.as_str())
    }
}

/// The schemas of the credentials that schemas are in, before and since the Recommendation.
const SCHEMA_OF_CREDENTIALS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/json-schema/v2.json",
    "https://www.w3.org/2022/credentials/v2/json-schema-credential-schema.json",
];

/// Where the schema is in the credential from `url` (vc-json-schema §2.2).
pub(crate) fn in_credential(root: Value<'_>, url: &str) -> Result<String, Finding> {
    let bad = |member: &str| Finding::new(Code::SchemaCredential).with("member", member);
    let text =
        |value: Value<'_>, name: &str| value.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let is = |value: Value<'_>, name: &str| {
        let types = value.get("type").into_iter().flat_map(|types| types.one_or_many());
        types.filter_map(|own| own.as_str()).any(|own| own == name)
    };
    if text(root, "id").as_deref() != Some(url) {
        return Err(Finding::new(Code::SchemaId));
    }
    if !is(root, "JsonSchemaCredential") {
        return Err(bad("type"));
    }
    let own = root.get("credentialSchema").filter(|own| own.kind() == Kind::Object && is(*own, "JsonSchema"));
    let own = own.and_then(|own| text(own, "id"));
    if !own.is_some_and(|own| SCHEMA_OF_CREDENTIALS.contains(&own.as_str())) {
        return Err(bad("credentialSchema"));
    }
    let subject = root.get("credentialSubject").filter(|subject| is(*subject, "JsonSchema"));
    let subject = subject.ok_or_else(|| bad("credentialSubject"))?;
    let schema = subject.get("jsonSchema").filter(|schema| schema.kind() == Kind::Object);
    let schema = schema.ok_or_else(|| bad("jsonSchema"))?;
    if text(schema, "$id").is_none_or(|id| oxiri::Iri::parse(id).is_err()) {
        return Err(Finding::new(Code::SchemaId));
    }
    Ok(schema.pointer())
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding};

    use super::*;

    #[test]
    fn the_strongest_function_counts_and_any_digest_by_it() {
        let digest =
            |function: HashFunction, text: &str| Base64::encode_string(&function.digest(text.as_bytes()));
        let (sha256, sha384) = (HashFunction::Sha256, HashFunction::Sha384);
        let two = format!(
            "sha256-{} sha384-{} sha384-{}?x",
            digest(sha256, "c"),
            digest(sha384, "a"),
            digest(sha384, "b")
        );
        let read = sri(&two).unwrap();
        assert!(read.iter().all(|hash| hash.function == sha384));
        let digests: Vec<Vec<u8>> = read.into_iter().map(|hash| hash.digest).collect();
        assert_eq!(digests, [sha384.digest(b"a"), sha384.digest(b"b")]);
        assert_eq!(sri("md5-AAAA sha256-AAAA"), None);
        assert_eq!(
            multihash("zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e").map(|digest| digest[0].function),
            Some(sha256)
        );
        assert_eq!(multihash("QmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e"), None);
    }
}
