//! The order of the functions of a WebAssembly module, which means nothing to who runs it and 5 % to who downloads it:
//! gzip finds what it has seen within the last 32 KB, and a module has a hundred functions that are almost alike, far
//! apart. Here each function is followed by the one that has most in common with those before it.
//!
//! What is called most often comes first all the same: the first 128 functions are called with one byte less.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Operator, Parser, Payload, TypeRef};

use crate::Failure;

/// What two functions have in common is counted in sequences of so many bytes: two instructions and more.
const SEQUENCE: usize = 6;

/// How many bytes a function is compared with. Less than gzip sees, which prefers what is near. (Measured.)
const WINDOW: usize = 26_000;

/// By which power of its length a function has to have more in common: by 0, the longest ones came first, by 1 the
/// shortest. (Measured.)
const LENGTH: f64 = 0.6;

/// A sequence that so many functions have tells nothing about them.
const COMMON: usize = 1000;

/// So many functions are called with an index of one byte.
const SHORT_INDICES: usize = 128;

/// Writes `module` with its functions in the order that compresses best.
///
/// # Errors
/// The module cannot be read, or has custom sections.
pub(crate) fn reorder(module: &[u8]) -> Result<Vec<u8>, Failure> {
    let functions = Functions::read(module)?;
    let order = functions.order();
    let mut place = vec![0; order.len()];
    for (at, &function) in (0..).zip(&order) {
        place[function] = at;
    }
    let mut written = Module::new();
    Reorder { imports: functions.imports, order, place }.parse_core_module(
        &mut written,
        Parser::new(0),
        module,
    )?;
    Ok(written.finish())
}

/// The functions of a module.
struct Functions<'a> {
    /// How many are imported: their indices come first, and stay.
    imports: u32,
    /// The bytes of each of the others.
    bodies: Vec<&'a [u8]>,
    /// How many instructions call it.
    calls: Vec<usize>,
}

impl<'a> Functions<'a> {
    fn read(module: &'a [u8]) -> Result<Self, Failure> {
        let (mut imports, mut bodies, mut called) = (0, Vec::new(), HashMap::<u32, usize>::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    bodies.push(&module[body.range()]);
                    for operator in body.get_operators_reader()? {
                        if let Operator::Call { function_index } = operator? {
                            *called.entry(function_index).or_default() += 1;
                        }
                    }
                }
                // Some speak of functions by their place in the file.
                Payload::CustomSection(section) => {
                    return Err(format!(
                        "the module has a section `{}` that is not understood",
                        section.name()
                    )
                    .into());
                }
                _ => {}
            }
        }
        let calls = (imports..).zip(&bodies).map(|(index, _)| called.remove(&index).unwrap_or(0)).collect();
        Ok(Functions { imports, bodies, calls })
    }

    /// Those that are called most often.
    fn often_called(&self) -> Vec<usize> {
        let mut functions: Vec<usize> = (0..self.bodies.len()).collect();
        functions.sort_by_key(|&function| Reverse(self.calls[function]));
        functions.truncate(SHORT_INDICES.saturating_sub(self.imports as usize));
        functions
    }

    fn order(&self) -> Vec<usize> {
        let mut likeness = Likeness::new(&self.bodies);
        let mut order = Vec::with_capacity(self.bodies.len());
        let mut left = self.often_called();
        let mut others: Vec<usize> =
            (0..self.bodies.len()).filter(|function| !left.contains(function)).collect();
        loop {
            let next = (0..left.len()).max_by(|&a, &b| {
                let (a, b) = (left[a], left[b]);
                likeness.of(a).total_cmp(&likeness.of(b)).then(b.cmp(&a))
            });
            match next {
                Some(next) => {
                    let function = left.swap_remove(next);
                    likeness.put(function);
                    order.push(function);
                }
                None if others.is_empty() => return order,
                None => left.append(&mut others),
            }
        }
    }
}

/// How much each function has in common with those in the window.
struct Likeness {
    /// The sequences of each function, by number.
    sequences: Vec<Vec<usize>>,
    /// The functions that have a sequence, by its number; none, if they are one or too many.
    holders: Vec<Vec<usize>>,
    /// How often a sequence is in the window.
    seen: Vec<usize>,
    /// The functions in the window.
    window: VecDeque<usize>,
    held: usize,
    common: Vec<f64>,
}

impl Likeness {
    fn new(bodies: &[&[u8]]) -> Self {
        let (mut numbers, mut holders) = (HashMap::new(), Vec::<Vec<usize>>::new());
        let mut number = |function: usize, sequence| {
            let number = *numbers.entry(sequence).or_insert(holders.len());
            match holders.get_mut(number) {
                None => holders.push(vec![function]),
                Some(list) if list.last() != Some(&function) => list.push(function),
                Some(_) => {}
            }
            number
        };
        let sequences = (bodies.iter().enumerate())
            .map(|(function, body)| {
                body.windows(SEQUENCE).map(|sequence| number(function, sequence)).collect()
            })
            .collect();
        for list in holders.iter_mut().filter(|list| list.len() == 1 || list.len() > COMMON) {
            list.clear();
        }
        let (seen, common) = (vec![0; holders.len()], vec![0.0; bodies.len()]);
        Likeness { sequences, holders, seen, window: VecDeque::new(), held: 0, common }
    }

    fn of(&self, function: usize) -> f64 {
        self.common[function] / ((self.sequences[function].len() + SEQUENCE - 1) as f64).powf(LENGTH)
    }

    /// Moves the window on to the end of a function.
    fn put(&mut self, function: usize) {
        self.window.push_back(function);
        self.held += self.sequences[function].len();
        for &sequence in &self.sequences[function] {
            self.seen[sequence] += 1;
            if self.seen[sequence] == 1 {
                weigh(&self.holders[sequence], 1.0, &mut self.common);
            }
        }
        while self.held > WINDOW && self.window.len() > 1 {
            let Some(first) = self.window.pop_front() else { break };
            self.held -= self.sequences[first].len();
            for &sequence in &self.sequences[first] {
                self.seen[sequence] -= 1;
                if self.seen[sequence] == 0 {
                    weigh(&self.holders[sequence], -1.0, &mut self.common);
                }
            }
        }
    }
}

/// The fewer functions have a sequence, the more it says.
fn weigh(holders: &[usize], sign: f64, common: &mut [f64]) {
    let weight = sign / (holders.len().max(1) as f64).sqrt();
    holders.iter().for_each(|&holder| common[holder] += weight);
}

/// Writes a module anew, each function at another place.
struct Reorder {
    imports: u32,
    /// The functions without the imported ones.
    order: Vec<usize>,
    /// Where each of them comes to stand.
    place: Vec<u32>,
}

impl Reencode for Reorder {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imports);
        Ok(own.map_or(function, |own| self.imports + self.place[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        written: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for &function in &self.order {
            written.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        written: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies: Vec<_> = section.into_iter().collect::<Result<_, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(written, bodies[function].clone())?;
        }
        Ok(())
    }
}
