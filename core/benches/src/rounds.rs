//! Interleaved rounds. A machine that is shared, throttled or hot slows the operation and its reference alike, so
//! the median of the ratios of each round is steady where times are not.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long one operation runs in one round.
const SLICE: Duration = Duration::from_millis(12);

/// Something to measure.
pub struct Operation<'a> {
    name: String,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Operation<'a> {
    /// An operation whose result is kept from being optimised away.
    pub fn new<T>(name: impl Into<String>, mut run: impl FnMut() -> T + 'a) -> Self {
        Operation {
            name: name.into(),
            run: Box::new(move || {
                black_box(run());
            }),
        }
    }

    /// What the table calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn repeat(&mut self, times: u32) -> Duration {
        let begin = Instant::now();
        for _ in 0..times {
            (self.run)();
        }
        begin.elapsed()
    }

    /// How often it fits into a slice; also warms up.
    fn calibrate(&mut self) -> u32 {
        let mut times = 1_u32;
        loop {
            let taken = self.repeat(times);
            if taken >= SLICE / 4 || times >= 1 << 20 {
                let fits = f64::from(times) * SLICE.as_secs_f64() / taken.as_secs_f64().max(1e-9);
                return (fits as u32).max(1);
            }
            times *= 4;
        }
    }
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The operation.
    pub name: String,
    /// The least time of one run in any round, in microseconds: the machine at its quietest.
    pub least_micros: f64,
    /// The median over the rounds of operation / reference.
    pub ratio: f64,
}

/// Runs all operations in turn, `rounds` times (at least 9); the reference comes first in the result, with ratio 1.
pub fn compare(reference: Operation<'_>, operations: Vec<Operation<'_>>, rounds: usize) -> Vec<Measured> {
    let mut all: Vec<(Operation<'_>, u32)> = std::iter::once(reference)
        .chain(operations)
        .map(|mut operation| {
            let times = operation.calibrate();
            (operation, times)
        })
        .collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for _ in 0..rounds.max(9) {
        for ((operation, repeats), times) in all.iter_mut().zip(&mut times) {
            times.push(operation.repeat(*repeats).as_secs_f64() / f64::from(*repeats));
        }
    }
    let references = times[0].clone();
    all.into_iter()
        .zip(times)
        .map(|((operation, _), times)| Measured {
            name: operation.name,
            least_micros: times.iter().copied().fold(f64::INFINITY, f64::min) * 1e6,
            ratio: median(times.iter().zip(&references).map(|(time, reference)| time / reference).collect()),
        })
        .collect()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// A table of the results.
pub fn table(title: &str, results: &[Measured]) -> String {
    let mut text = format!("{title:<66}{:>12}{:>10}\n", "us", "x");
    for Measured { name, least_micros, ratio } in results {
        text += &format!("{name:<66}{least_micros:>12.2}{ratio:>10.3}\n");
    }
    text
}
