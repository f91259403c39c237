//! A schema document, read once: where its schemas are, what they are called, what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::keywords::{Draft, Shape, is_schema, keyword};
use super::pattern::Pattern;
use super::{Budget, REFERENCES, RESOURCES, URI, too_complex};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Tree, Value};

/// A schema document. Positions are those of its tree.
#[derive(Debug)]
pub(crate) struct Document {
    tree: Tree<'static>,
    pub(super) draft: Draft,
    /// The first is the whole.
    pub(super) resources: Vec<Resource>,
    /// The resource that each schema belongs to.
    pub(super) schemas: BTreeMap<u32, usize>,
    /// What the value of each `$ref`, `$dynamicRef` and `$recursiveRef` refers to.
    pub(super) references: BTreeMap<u32, Reference>,
    pub(super) patterns: BTreeMap<String, Pattern>,
    /// Whether `unevaluatedProperties` or `unevaluatedItems` occurs.
    pub(super) unevaluated: bool,
    /// Whether `propertyNames` occurs.
    pub(super) names: bool,
    /// The URIs of the other documents that it refers to.
    outside: BTreeSet<String>,
    /// Where it was obtained, without fragment.
    url: String,
    /// The URI that `$id` of the whole gives.
    id: Option<String>,
}

/// A schema resource: a schema with a URI of its own, and what is in it (2020-12 Core §4.3.5).
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) uri: String,
    pub(super) position: u32,
    anchors: BTreeMap<String, u32>,
    pub(super) dynamic: BTreeMap<String, u32>,
    /// Whether it has `$recursiveAnchor: true` (2019-09 Core §8.2.4.2.2).
    pub(super) recursive: bool,
}

/// A resolved reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    /// Without fragment.
    pub(super) uri: String,
    /// Decoded.
    pub(super) fragment: String,
}

impl Document {
    /// Reads the schema at `pointer` in a document that was obtained from `url`.
    ///
    /// # Errors
    /// Why it is no schema that this library evaluates: [`Code::SchemaDraft`], [`Code::SchemaMalformed`],
    /// [`Code::SchemaReference`], [`Code::SchemaPattern`], [`Code::SchemaTooComplex`].
    pub(crate) fn read(tree: Tree<'static>, pointer: &str, url: &str) -> Result<Self, Finding> {
        let root = tree.at(pointer).filter(|root| root.kind() == Kind::Object);
        let root = root.ok_or_else(|| Finding::new(Code::SchemaMalformed))?;
        let named = root.get("$schema").ok_or_else(|| Finding::new(Code::SchemaDraft))?;
        let named = named.as_str().ok_or_else(|| malformed("$schema"))?;
        let draft = Draft::of(named);
        let draft = draft.ok_or_else(|| Finding::new(Code::SchemaDraft).with("draft", cut(named)))?;
        let mut reader = Reader { draft, budget: Budget::new(), open: Vec::new(), read: Parts::default() };
        reader.all(root, url)?;
        let Parts { resources, schemas, references, patterns, unevaluated, names, id } = reader.read;
        let url = split(url).0.to_owned();
        let mut outside: BTreeSet<String> =
            references.values().map(|reference| reference.uri.clone()).collect();
        outside.retain(|uri| resource_of(&resources, uri, &url).is_none());
        Ok(Document {
            draft,
            resources,
            schemas,
            references,
            patterns,
            unevaluated,
            names,
            outside,
            url,
            id,
            tree,
        })
    }

    /// The URI that `$id` gives, if there is one.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The other documents that it refers to.
    pub(crate) fn outside(&self) -> &BTreeSet<String> {
        &self.outside
    }

    /// The resource of this URI. The whole goes by that of its place, too.
    pub(super) fn resource(&self, uri: &str) -> Option<usize> {
        resource_of(&self.resources, uri, &self.url)
    }

    pub(super) fn at(&self, position: u32) -> Value<'_> {
        self.tree.root().at_position(position)
    }

    /// The schema that a fragment of a resource names.
    pub(super) fn find(&self, resource: usize, fragment: &str, budget: &mut Budget) -> Result<u32, Finding> {
        let resource = self.resources.get(resource).ok_or_else(nowhere)?;
        locate(self.at(resource.position), resource, fragment, budget)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Parts {
    resources: Vec<Resource>,
    schemas: BTreeMap<u32, usize>,
    references: BTreeMap<u32, Reference>,
    patterns: BTreeMap<String, Pattern>,
    unevaluated: bool,
    names: bool,
    id: Option<String>,
}

struct Reader<'t> {
    draft: Draft,
    budget: Budget,
    /// Schemas to be read, with the resource that they stand in.
    open: Vec<(Value<'t>, usize)>,
    read: Parts,
}

impl<'t> Reader<'t> {
    /// Every schema: those at keywords, and those that a reference reaches elsewhere.
    fn all(&mut self, root: Value<'t>, url: &str) -> Result<(), Finding> {
        let (uri, _) = split(url);
        self.read.resources.push(resource(uri.to_owned(), root));
        self.open.push((root, 0));
        let mut followed = BTreeSet::new();
        loop {
            while let Some((schema, resource)) = self.open.pop() {
                self.schema(schema, resource)?;
            }
            // Into `components`, `$comment` and the like.
            let references: BTreeSet<Reference> = self.read.references.values().cloned().collect();
            for reference in references {
                if !followed.insert(reference.clone()) {
                    continue;
                }
                let own = resource_of(&self.read.resources, &reference.uri, uri);
                let Some((index, own)) = own.and_then(|own| Some((own, self.read.resources.get(own)?)))
                else {
                    continue;
                };
                let position =
                    locate(root.at_position(own.position), own, &reference.fragment, &mut self.budget)?;
                if !self.read.schemas.contains_key(&position) {
                    self.open.push((root.at_position(position), index));
                }
            }
            if self.open.is_empty() {
                return Ok(());
            }
        }
    }

    fn schema(&mut self, schema: Value<'t>, mut resource: usize) -> Result<(), Finding> {
        if !is_schema(schema) {
            return Err(Finding::new(Code::SchemaMalformed).with("place", cut(&schema.pointer())));
        }
        let Some(object) = schema.as_object() else {
            self.read.schemas.insert(schema.position(), resource);
            return Ok(());
        };
        self.budget.spend(object.len())?;
        // Draft 7 §8.3: a reference stands alone.
        let alone = self.draft == Draft::Draft7 && object.get("$ref").is_some();
        let members = || object.iter().filter(move |(name, _)| !alone || *name == "$ref");
        for (name, value) in members() {
            if let Some((name, shape)) = keyword(self.draft, name)
                && !shape.fits(value)
            {
                return Err(malformed(name).with("place", cut(&value.pointer())));
            }
        }
        if !alone {
            resource = self.identify(schema, resource)?;
        }
        // Its place may have been read before, as another resource's.
        if self.read.schemas.insert(schema.position(), resource).is_some() {
            return Ok(());
        }
        for (name, value) in members() {
            let Some((name, shape)) = keyword(self.draft, name) else { continue };
            self.budget.spend(value.children().count())?;
            self.read.unevaluated |= name.starts_with("unevaluated");
            self.read.names |= name == "propertyNames";
            match shape {
                Shape::Schema => self.open.push((value, resource)),
                Shape::Schemas | Shape::SchemasByName | Shape::SchemasByPattern => {
                    self.open.extend(value.children().map(|schema| (schema, resource)));
                }
                Shape::SchemaOrSchemas => {
                    self.open.extend(value.one_or_many().map(|schema| (schema, resource)));
                }
                Shape::Dependencies => {
                    let schemas = value.children().filter(|value| is_schema(*value));
                    self.open.extend(schemas.map(|schema| (schema, resource)));
                }
                Shape::Reference => self.reference(value, resource)?,
                Shape::Pattern => self.pattern(value.as_str().unwrap_or_default())?,
                _ => {}
            }
            if shape == Shape::SchemasByPattern {
                for (pattern, _) in value.as_object().into_iter().flat_map(|object| object.iter()) {
                    self.pattern(pattern)?;
                }
            }
        }
        Ok(())
    }

    /// `$id`, `$anchor` and their kin (2020-12 Core §8.2): which resource a schema belongs to, and its names there.
    fn identify(&mut self, schema: Value<'t>, mut resource: usize) -> Result<usize, Finding> {
        let text = |name| schema.get(name).and_then(|value| value.as_str());
        let mut anchor = None;
        if let Some(id) = text("$id") {
            let (uri, fragment) = split(id);
            match self.draft {
                Draft::Draft7 if !fragment.is_empty() => anchor = Some(fragment),
                _ if !fragment.is_empty() => return Err(malformed("$id")),
                _ => {}
            }
            if !uri.is_empty() {
                let uri = self.resolve(uri, resource)?;
                resource = self.resource(uri, schema)?;
            }
        }
        let draft7 = self.draft == Draft::Draft7;
        if text("$schema").is_some_and(|named| Draft::of(named) != Some(self.draft)) {
            return Err(Finding::new(Code::SchemaDraft));
        }
        let dynamic = text("$dynamicAnchor").filter(|_| self.draft == Draft::Draft202012);
        let own = self.read.resources.get_mut(resource).ok_or_else(nowhere)?;
        own.recursive |= self.draft == Draft::Draft201909
            && own.position == schema.position()
            && schema.get("$recursiveAnchor").and_then(|value| value.as_bool()) == Some(true);
        for name in anchor.into_iter().chain(text("$anchor").filter(|_| !draft7)).chain(dynamic) {
            let before = own.anchors.insert(name.to_owned(), schema.position());
            if before.is_some_and(|before| before != schema.position()) {
                return Err(Finding::new(Code::SchemaReference));
            }
        }
        if let Some(name) = dynamic {
            own.dynamic.insert(name.to_owned(), schema.position());
        }
        Ok(resource)
    }

    /// A schema that has a URI. That of the whole stands beside the URL that it was obtained from.
    fn resource(&mut self, uri: String, schema: Value<'t>) -> Result<usize, Finding> {
        let whole = self.read.resources.first().is_some_and(|first| first.position == schema.position());
        if whole {
            self.read.id = Some(uri.clone());
            if let Some(first) = self.read.resources.first_mut() {
                first.uri = uri;
            }
            return Ok(0);
        }
        if let Some((index, known)) =
            self.read.resources.iter().enumerate().find(|(_, known)| known.uri == uri)
        {
            // Two schemas of one name.
            return if known.position == schema.position() {
                Ok(index)
            } else {
                Err(Finding::new(Code::SchemaReference))
            };
        }
        if self.read.resources.len() >= RESOURCES {
            return Err(too_complex(RESOURCES));
        }
        self.read.resources.push(resource(uri, schema));
        Ok(self.read.resources.len().saturating_sub(1))
    }

    fn reference(&mut self, value: Value<'t>, resource: usize) -> Result<(), Finding> {
        if self.read.references.len() >= REFERENCES {
            return Err(too_complex(REFERENCES));
        }
        let (uri, fragment) = split(value.as_str().unwrap_or_default());
        let uri = match uri {
            "" => self.read.resources.get(resource).map(|own| own.uri.clone()).unwrap_or_default(),
            uri => self.resolve(uri, resource)?,
        };
        let reference = Reference { uri, fragment: decoded(fragment)? };
        self.read.references.insert(value.position(), reference);
        Ok(())
    }

    /// An absolute URI out of a reference in a resource (RFC 3986 §5.2).
    fn resolve(&self, reference: &str, resource: usize) -> Result<String, Finding> {
        let base = self.read.resources.get(resource).map_or("", |own| own.uri.as_str());
        if reference.len().saturating_add(base.len()) > URI {
            return Err(too_complex(URI));
        }
        let bad = || Finding::new(Code::SchemaReference).with("reference", cut(reference));
        Ok(match (oxiri::Iri::parse(base), oxiri::IriRef::parse(reference)) {
            (Ok(base), Ok(reference)) => base.resolve(&reference).map_err(|_| bad())?.into_inner(),
            _ => oxiri::Iri::parse(reference.to_owned()).map_err(|_| bad())?.into_inner(),
        })
    }

    fn pattern(&mut self, pattern: &str) -> Result<(), Finding> {
        self.budget.spend(pattern.len())?;
        if !self.read.patterns.contains_key(pattern) {
            let read = Pattern::new(pattern);
            let read = read.ok_or_else(|| Finding::new(Code::SchemaPattern).with("pattern", cut(pattern)))?;
            self.budget.spend(read.work(""))?;
            self.read.patterns.insert(pattern.to_owned(), read);
        }
        Ok(())
    }
}

fn resource_of(resources: &[Resource], uri: &str, url: &str) -> Option<usize> {
    let named = resources.iter().position(|resource| resource.uri == uri);
    named.or_else(|| (uri == url && !resources.is_empty()).then_some(0))
}

fn resource(uri: String, schema: Value<'_>) -> Resource {
    let (anchors, dynamic) = (BTreeMap::new(), BTreeMap::new());
    Resource { uri, position: schema.position(), anchors, dynamic, recursive: false }
}

/// Where a fragment leads: an anchor or a JSON Pointer (2020-12 Core §8.2.3).
fn locate(root: Value<'_>, resource: &Resource, fragment: &str, budget: &mut Budget) -> Result<u32, Finding> {
    if fragment.is_empty() {
        return Ok(resource.position);
    }
    let Some(tokens) = fragment.strip_prefix('/') else {
        return resource.anchors.get(fragment).copied().ok_or_else(nowhere);
    };
    let mut at = root;
    for token in tokens.split('/') {
        budget.spend(at.children().count())?;
        at = match at.kind() {
            Kind::Array => token.parse().ok().and_then(|index| at.children().nth(index)),
            _ => at.get(&token.replace("~1", "/").replace("~0", "~")),
        }
        .ok_or_else(nowhere)?;
    }
    Ok(at.position())
}

pub(super) fn nowhere() -> Finding {
    Finding::new(Code::SchemaReference)
}

fn malformed(keyword: &str) -> Finding {
    Finding::new(Code::SchemaMalformed).with("keyword", keyword)
}

/// As much of a text of the schema as a report shows.
fn cut(text: &str) -> String {
    text.chars().take(256).collect()
}

fn split(uri: &str) -> (&str, &str) {
    uri.split_once('#').unwrap_or((uri, ""))
}

/// A fragment without its percent-encoding (RFC 3986 §2.1).
fn decoded(fragment: &str) -> Result<String, Finding> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => {
                let digits = [rest.next().unwrap_or(b'?'), rest.next().unwrap_or(b'?')];
                let digits = std::str::from_utf8(&digits).map_err(|_| nowhere())?;
                u8::from_str_radix(digits, 16).map_err(|_| nowhere())?
            }
            byte => byte,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).map_err(|_| nowhere())
}
