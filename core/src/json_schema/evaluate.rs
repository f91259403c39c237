//! Whether a value follows a schema (2020-12 Core §7), on a stack of its own.
//!
//! A [`Frame`] is one schema at one value. What it asks of other schemas are its tasks, which become frames above it; what
//! comes of them is counted into it. The frames below one are its dynamic scope (§7.1).

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Reference, nowhere};
use super::keywords::{Draft, count, keyword};
use super::{Budget, NESTED, assertions, too_complex};
use crate::codes::{Code, Finding, shortened};
use crate::json::{Kind, Tree, Value};
use crate::limits::Limits;

/// The violations that are told.
const VIOLATIONS: usize = 16;

/// Where a value does not follow its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The value, as a pointer.
    pub(crate) pointer: String,
    /// The keyword that it does not satisfy.
    pub(crate) keyword: &'static str,
}

/// Whether a value follows a schema; the first violations if not. The first document is the schema; the others are what
/// it may refer to.
///
/// # Errors
/// What is wrong with the schema, if that shows only now: [`Code::SchemaReference`], [`Code::SchemaLoop`],
/// [`Code::SchemaTooComplex`].
pub(crate) fn validate(
    documents: &[&Document],
    value: Value<'_>,
    budget: &mut Budget,
) -> Result<Result<(), Vec<Violation>>, Finding> {
    let names = if documents.iter().any(|document| document.names) { names(value, budget)? } else { None };
    let mut evaluation = Evaluation {
        documents,
        budget,
        names: names.as_ref().map_or_else(BTreeMap::new, |names| {
            names.root().children().filter_map(|name| Some((name.as_str()?, name))).collect()
        }),
        unevaluated: documents.iter().any(|document| document.unevaluated),
        frames: Vec::new(),
        violations: Vec::new(),
        valid: true,
    };
    let root = documents.first().and_then(|document| document.resources.first()).ok_or_else(nowhere)?;
    let schema = Place { document: 0, position: root.position };
    evaluation.begin(Task { role: Role::All, keyword: "", schema, value })?;
    while !evaluation.frames.is_empty() {
        evaluation.step()?;
    }
    // Of what was tried in vain only the keyword that tried it is told.
    debug_assert!(evaluation.valid == evaluation.violations.is_empty());
    Ok(if evaluation.valid { Ok(()) } else { Err(evaluation.violations) })
}

/// The names of all members as values, which is what `propertyNames` is about.
fn names(value: Value<'_>, budget: &mut Budget) -> Result<Option<Tree<'static>>, Finding> {
    let mut names = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        budget.spend(0)?;
        names.extend(value.key());
        open.extend(value.children());
    }
    let text = serde_json::to_string(&names).unwrap_or_default();
    budget.spend(text.len().div_euclid(8))?;
    let limits = Limits { input_bytes: text.len(), ..Limits::default() };
    Ok(Some(Tree::parse(text.as_bytes(), &limits)?.into_owned()))
}

/// A schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    document: usize,
    position: u32,
}

/// What a schema is to the one that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It has to be followed.
    All,
    Any,
    One,
    Not,
    If,
    Then,
    Else,
    Contains,
    /// It has to be followed by the name of a member.
    Name,
}

#[derive(Clone, Copy, Debug)]
struct Task<'i> {
    role: Role,
    keyword: &'static str,
    schema: Place,
    value: Value<'i>,
}

struct Frame<'i> {
    task: Task<'i>,
    resource: usize,
    /// Nobody is told what does not fit: there may be another way.
    trial: bool,
    /// Last first.
    tasks: Vec<Task<'i>>,
    valid: bool,
    condition: Option<bool>,
    /// Whether there is an `anyOf`, and one of it is followed.
    any: Option<bool>,
    one: Option<usize>,
    contains: Option<usize>,
    /// The members or items that some keyword has looked at (the annotations of §11).
    evaluated: BTreeSet<u32>,
    /// Whether all is done but `unevaluated…`.
    last: bool,
}

struct Evaluation<'d, 'i> {
    documents: &'d [&'d Document],
    budget: &'d mut Budget,
    /// The names of members as values.
    names: BTreeMap<&'i str, Value<'i>>,
    unevaluated: bool,
    frames: Vec<Frame<'i>>,
    violations: Vec<Violation>,
    valid: bool,
}

impl<'d, 'i> Evaluation<'d, 'i> {
    fn document(&self, place: Place) -> Result<&'d Document, Finding> {
        self.documents.get(place.document).copied().ok_or_else(nowhere)
    }

    fn step(&mut self) -> Result<(), Finding> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        // Once tried in vain, it is of no interest what else does not fit.
        if frame.trial && !frame.valid {
            return self.end();
        }
        let Some(task) = frame.tasks.pop() else {
            if frame.last {
                return self.end();
            }
            frame.last = true;
            return self.conclude();
        };
        let idle = match task.role {
            Role::Then => frame.condition == Some(false),
            Role::Else => frame.condition == Some(true),
            Role::Any => frame.any == Some(true) && !self.unevaluated,
            _ => false,
        };
        if idle { Ok(()) } else { self.begin(task) }
    }

    fn begin(&mut self, task: Task<'i>) -> Result<(), Finding> {
        self.budget.spend(1)?;
        let document = self.document(task.schema)?;
        let schema = document.at(task.schema.position);
        let below = self.frames.last();
        let trial = below.is_some_and(|below| below.trial)
            || !matches!(task.role, Role::All | Role::Then | Role::Else);
        if let Some(truth) = schema.as_bool() {
            if !truth && !trial {
                self.tell(task.value, task.keyword);
            }
            self.result(task, truth, BTreeSet::new());
            return Ok(());
        }
        if self.frames.len() >= NESTED {
            return Err(too_complex(NESTED));
        }
        // The same question while it is being answered (§9.4.1).
        for frame in self.frames.iter().rev().take_while(|frame| frame.task.value == task.value) {
            self.budget.spend(0)?;
            if frame.task.schema == task.schema {
                return Err(Finding::new(Code::SchemaLoop));
            }
        }
        let resource = *document.schemas.get(&task.schema.position).ok_or_else(nowhere)?;
        self.frames.push(Frame {
            task,
            resource,
            trial,
            tasks: Vec::new(),
            valid: true,
            condition: None,
            any: None,
            one: None,
            contains: None,
            evaluated: BTreeSet::new(),
            last: false,
        });
        self.keywords(document, schema, task)
    }

    /// Asserts what keywords say alone, and notes what they ask of other schemas.
    fn keywords(
        &mut self,
        document: &'d Document,
        schema: Value<'d>,
        asked: Task<'i>,
    ) -> Result<(), Finding> {
        let value = asked.value;
        let alone = document.draft == Draft::Draft7 && schema.get("$ref").is_some();
        let mut tasks = Vec::new();
        for (name, demand) in schema.as_object().into_iter().flat_map(|object| object.iter()) {
            self.budget.spend(0)?;
            let Some((name, shape)) = keyword(document.draft, name) else { continue };
            if alone && name != "$ref" {
                continue;
            }
            let place = |schema: Value<'_>| Place { position: schema.position(), ..asked.schema };
            let mut ask =
                |role, schema: Place, value| tasks.push(Task { role, keyword: name, schema, value });
            match (name, shape) {
                ("$ref" | "$recursiveRef" | "$dynamicRef", _) => {
                    ask(Role::All, self.referred(name, document, asked.schema, demand)?, value);
                }
                ("allOf", _) => demand.children().for_each(|schema| ask(Role::All, place(schema), value)),
                ("anyOf", _) => {
                    demand.children().for_each(|schema| ask(Role::Any, place(schema), value));
                    self.top(|frame| frame.any = Some(false));
                }
                ("oneOf", _) => {
                    demand.children().for_each(|schema| ask(Role::One, place(schema), value));
                    self.top(|frame| frame.one = Some(0));
                }
                ("not", _) => ask(Role::Not, place(demand), value),
                ("then" | "else", _) if schema.get("if").is_none() => {}
                ("then", _) => ask(Role::Then, place(demand), value),
                ("else", _) => ask(Role::Else, place(demand), value),
                ("if", _) => {}
                ("dependentSchemas" | "dependencies", _) if value.kind() == Kind::Object => {
                    self.budget.spend(demand.children().count().saturating_mul(value.children().count()))?;
                    for schema in demand.children().filter(|schema| schema.kind() != Kind::Array) {
                        if schema.key().is_some_and(|name| value.get(name).is_some()) {
                            ask(Role::All, place(schema), value);
                        }
                    }
                }
                ("propertyNames", _) if value.kind() == Kind::Object => {
                    let names = value.children().filter_map(|member| self.names.get(member.key()?));
                    names.for_each(|member| ask(Role::Name, place(demand), *member));
                }
                _ => {}
            }
            let children = match value.kind() {
                Kind::Object => self.members(document, name, demand, schema, value)?,
                Kind::Array => self.items(document, name, demand, schema, value)?,
                _ => Vec::new(),
            };
            for (schema, child) in children {
                let role = if name == "contains" { Role::Contains } else { Role::All };
                ask(role, place(schema), child);
                if role == Role::All && self.unevaluated {
                    self.top(|frame| {
                        frame.evaluated.insert(child.position());
                    });
                }
            }
            if name == "contains" && value.kind() == Kind::Array {
                self.top(|frame| frame.contains = Some(0));
            }
            if !assertions::satisfied(document, name, shape, demand, value, self.budget)? {
                self.fail(name);
            }
        }
        tasks.reverse();
        // What `then` and `else` mean is known after it.
        if let Some(condition) = schema.get("if").filter(|_| !alone) {
            let schema = Place { position: condition.position(), ..asked.schema };
            tasks.push(Task { role: Role::If, keyword: "if", schema, value });
        }
        self.budget.spend(tasks.len())?;
        self.top(|frame| frame.tasks = tasks);
        Ok(())
    }

    /// The members of an object that a keyword has schemas for (§10.3.2).
    fn members(
        &mut self,
        document: &Document,
        name: &str,
        demand: Value<'d>,
        schema: Value<'d>,
        value: Value<'i>,
    ) -> Result<Vec<(Value<'d>, Value<'i>)>, Finding> {
        let mut found = Vec::new();
        match name {
            "properties" => {
                self.budget.spend(demand.children().count().saturating_mul(value.children().count()))?;
                let pair = |schema: Value<'d>| Some((schema, value.get(schema.key()?)?));
                found.extend(demand.children().filter_map(pair));
            }
            "patternProperties" => {
                for schema in demand.children() {
                    for member in value.children() {
                        if self.matches(document, schema, member)? {
                            found.push((schema, member));
                        }
                    }
                }
            }
            "additionalProperties" => {
                let named = schema.get("properties");
                let patterns = schema.get("patternProperties");
                for member in value.children() {
                    self.budget.spend(named.map_or(0, |named| named.children().count()))?;
                    let mut known =
                        named.zip(member.key()).is_some_and(|(named, key)| named.get(key).is_some());
                    for pattern in patterns.into_iter().flat_map(|patterns| patterns.children()) {
                        known = known || self.matches(document, pattern, member)?;
                    }
                    if !known {
                        found.push((demand, member));
                    }
                }
            }
            _ => {}
        }
        Ok(found)
    }

    /// Whether the name of a member matches the pattern under which a schema stands.
    fn matches(
        &mut self,
        document: &Document,
        schema: Value<'_>,
        member: Value<'_>,
    ) -> Result<bool, Finding> {
        let (Some(pattern), Some(name)) = (schema.key(), member.key()) else { return Ok(false) };
        let pattern = document.patterns.get(pattern).ok_or_else(nowhere)?;
        self.budget.spend(pattern.work(name))?;
        Ok(pattern.matches(name))
    }

    /// The items of an array that a keyword has schemas for (2020-12 Core §10.3.1; 2019-09 and 7 name them otherwise).
    fn items(
        &mut self,
        document: &Document,
        name: &str,
        demand: Value<'d>,
        schema: Value<'d>,
        value: Value<'i>,
    ) -> Result<Vec<(Value<'d>, Value<'i>)>, Finding> {
        self.budget.spend(value.children().count())?;
        let first = |keyword: &str| schema.get(keyword).map_or(0, |schemas| schemas.children().count());
        let rest = |from: usize| value.children().skip(from).map(|item| (demand, item)).collect();
        let listed = demand.kind() == Kind::Array;
        Ok(match (name, document.draft) {
            ("prefixItems", _) => demand.children().zip(value.children()).collect(),
            ("items", Draft::Draft202012) => rest(first("prefixItems")),
            ("items", _) if listed => demand.children().zip(value.children()).collect(),
            ("items" | "contains", _) => rest(0),
            ("additionalItems", _) => match schema.get("items").map(|items| items.kind()) {
                Some(Kind::Array) => rest(first("items")),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        })
    }

    /// The schema that a reference leads to now.
    fn referred(
        &mut self,
        name: &str,
        document: &'d Document,
        from: Place,
        value: Value<'d>,
    ) -> Result<Place, Finding> {
        let reference = document.references.get(&value.position()).ok_or_else(nowhere)?;
        let (document, resource, target) = self.follow(from.document, reference)?;
        // Does the place that it leads to first allow for another (2020-12 Core §8.2.3.2, 2019-09 Core §8.2.4.2)?
        let open = self.documents.get(document).and_then(|document| document.resources.get(resource));
        let dynamic = match name {
            "$dynamicRef" => open.is_some_and(|open| open.dynamic.get(&reference.fragment) == Some(&target)),
            "$recursiveRef" => open.is_some_and(|open| open.recursive && open.position == target),
            _ => false,
        };
        if dynamic {
            self.budget.spend(self.frames.len())?;
            for frame in &self.frames {
                let document = self.document(frame.task.schema)?;
                let Some(scope) = document.resources.get(frame.resource) else { continue };
                let position = match name {
                    "$dynamicRef" => scope.dynamic.get(&reference.fragment).copied(),
                    _ => scope.recursive.then_some(scope.position),
                };
                if let Some(position) = position {
                    return Ok(Place { document: frame.task.schema.document, position });
                }
            }
        }
        Ok(Place { document, position: target })
    }

    /// The document, the resource in it and the schema that a reference names. Its own document comes first.
    fn follow(&mut self, own: usize, reference: &Reference) -> Result<(usize, usize, u32), Finding> {
        let all = self.documents.iter().enumerate();
        let own = self.documents.get(own).map(|document| (own, document)).into_iter();
        for (index, document) in own.chain(all) {
            self.budget.spend(document.resources.len())?;
            if let Some(resource) = document.resource(&reference.uri) {
                let position = document.find(resource, &reference.fragment, self.budget)?;
                return Ok((index, resource, position));
            }
        }
        Err(nowhere())
    }

    /// What several schemas come to together, and then what none of them has looked at.
    fn conclude(&mut self) -> Result<(), Finding> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let document = self.document(frame.task.schema)?;
        let schema = document.at(frame.task.schema.position);
        let (any, one, contains) = (frame.any, frame.one, frame.contains);
        if any == Some(false) {
            self.fail("anyOf");
        }
        if one.is_some_and(|one| one != 1) {
            self.fail("oneOf");
        }
        if let Some(found) = contains {
            let bound = |name| {
                let (name, _) = keyword(document.draft, name)?;
                count(schema.get(name)?)
            };
            if found < bound("minContains").unwrap_or(1) {
                self.fail("contains");
            } else if bound("maxContains").is_some_and(|most| found > most) {
                self.fail("maxContains");
            }
        }
        if !self.unevaluated || document.draft == Draft::Draft7 {
            return Ok(());
        }
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        let name = match frame.task.value.kind() {
            Kind::Object => "unevaluatedProperties",
            Kind::Array => "unevaluatedItems",
            _ => return Ok(()),
        };
        let Some(demand) = schema.get(name) else { return Ok(()) };
        let schema = Place { position: demand.position(), ..frame.task.schema };
        for value in frame.task.value.children() {
            self.budget.spend(0)?;
            if frame.evaluated.insert(value.position()) {
                frame.tasks.push(Task { role: Role::All, keyword: name, schema, value });
            }
        }
        frame.tasks.reverse();
        Ok(())
    }

    /// The topmost frame is answered.
    fn end(&mut self) -> Result<(), Finding> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        self.budget.spend(frame.evaluated.len())?;
        self.result(frame.task, frame.valid, frame.evaluated);
        Ok(())
    }

    /// Counts an answer into the frame that asked.
    fn result(&mut self, task: Task<'i>, valid: bool, evaluated: BTreeSet<u32>) {
        let contains_counts = |document: &&Document| document.draft == Draft::Draft202012;
        let Some(frame) = self.frames.last_mut() else {
            self.valid = valid;
            return;
        };
        match task.role {
            Role::All | Role::Then | Role::Else => frame.valid &= valid,
            Role::Any => frame.any = Some(frame.any == Some(true) || valid),
            Role::One => frame.one = frame.one.map(|one| one.saturating_add(usize::from(valid))),
            Role::If => frame.condition = Some(valid),
            Role::Contains => {
                frame.contains = frame.contains.map(|found| found.saturating_add(usize::from(valid)));
                // An annotation since 2020-12 (§10.3.1.3).
                if valid && self.documents.get(frame.task.schema.document).is_some_and(contains_counts) {
                    frame.evaluated.insert(task.value.position());
                }
            }
            Role::Not | Role::Name => {}
        }
        if valid && task.role != Role::Not && task.value == frame.task.value {
            frame.evaluated.extend(evaluated);
        }
        match (task.role, valid) {
            (Role::Not, true) => self.fail("not"),
            (Role::Name, false) => self.fail("propertyNames"),
            _ => {}
        }
    }

    fn top(&mut self, change: impl FnOnce(&mut Frame<'i>)) {
        if let Some(frame) = self.frames.last_mut() {
            change(frame);
        }
    }

    /// The value of the topmost frame does not satisfy a keyword.
    fn fail(&mut self, keyword: &'static str) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.valid = false;
        if !frame.trial {
            let value = frame.task.value;
            self.tell(value, keyword);
        }
    }

    fn tell(&mut self, value: Value<'i>, keyword: &'static str) {
        if self.violations.len() < VIOLATIONS {
            self.violations.push(Violation { pointer: shortened(value.pointer()), keyword });
        }
    }
}
