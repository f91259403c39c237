//! What a keyword alone says of a value, without other schemas (2020-12 Validation §6).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::Budget;
use super::document::Document;
use super::keywords::{Shape, count};
use crate::codes::Finding;
use crate::json::{Kind, Value, jcs};

/// Whether a value is as a keyword that has no schemas in it demands; those that demand nothing are satisfied.
pub(super) fn satisfied(
    document: &Document,
    name: &str,
    shape: Shape,
    demand: Value<'_>,
    value: Value<'_>,
    budget: &mut Budget,
) -> Result<bool, Finding> {
    let kind = value.kind();
    Ok(match shape {
        Shape::Types => demand.one_or_many().filter_map(|name| name.as_str()).any(|name| is(value, name)),
        Shape::Any => same(demand, value, budget)?,
        Shape::Values => {
            let text = canonical(value, budget)?;
            for allowed in demand.children() {
                if canonical(allowed, budget)? == text {
                    return Ok(true);
                }
            }
            false
        }
        Shape::Number | Shape::Positive if kind == Kind::Number => number(name, demand, value),
        Shape::Count => {
            let size = match (name, kind) {
                ("maxLength" | "minLength", Kind::String) => {
                    let text = value.as_str().unwrap_or_default();
                    budget.spend(text.len().div_euclid(8))?;
                    text.chars().count()
                }
                ("maxItems" | "minItems", Kind::Array)
                | ("maxProperties" | "minProperties", Kind::Object) => value.children().count(),
                _ => return Ok(true),
            };
            let bound = count(demand).unwrap_or_default();
            if name.starts_with("max") { size <= bound } else { size >= bound }
        }
        Shape::Bool if name == "uniqueItems" && demand.as_bool() == Some(true) && kind == Kind::Array => {
            let mut seen = BTreeSet::new();
            for item in value.children() {
                if !seen.insert(canonical(item, budget)?) {
                    return Ok(false);
                }
            }
            true
        }
        Shape::Pattern => {
            match (value.as_str(), demand.as_str().and_then(|text| document.patterns.get(text))) {
                (Some(text), Some(pattern)) => {
                    budget.spend(pattern.work(text))?;
                    pattern.matches(text)
                }
                _ => true,
            }
        }
        Shape::Names if kind == Kind::Object => has(demand, value, budget)?,
        Shape::NamesByName | Shape::Dependencies if kind == Kind::Object => {
            for names in demand.children().filter(|names| names.kind() == Kind::Array) {
                let depends = names.key().is_some_and(|name| value.get(name).is_some());
                budget.spend(value.children().count())?;
                if depends && !has(names, value, budget)? {
                    return Ok(false);
                }
            }
            true
        }
        _ => true,
    })
}

/// Whether an object has all of these members.
fn has(names: Value<'_>, object: Value<'_>, budget: &mut Budget) -> Result<bool, Finding> {
    budget.spend(names.children().count().saturating_mul(object.children().count()))?;
    Ok(names.children().filter_map(|name| name.as_str()).all(|name| object.get(name).is_some()))
}

fn is(value: Value<'_>, name: &str) -> bool {
    match (name, value.kind()) {
        ("null", Kind::Null)
        | ("boolean", Kind::Bool)
        | ("object", Kind::Object)
        | ("array", Kind::Array)
        | ("number", Kind::Number)
        | ("string", Kind::String) => true,
        // `1.0` is an integer (2020-12 Validation §6.1.1).
        ("integer", Kind::Number) => value.as_number().is_some_and(|number| number.as_f64().fract() == 0.0),
        _ => false,
    }
}

/// Equality of 2020-12 Core §4.2.2 is that of the canonical forms.
fn same(a: Value<'_>, b: Value<'_>, budget: &mut Budget) -> Result<bool, Finding> {
    Ok(canonical(a, budget)? == canonical(b, budget)?)
}

fn canonical(value: Value<'_>, budget: &mut Budget) -> Result<String, Finding> {
    budget.spend(value.to_text().len().div_euclid(8))?;
    Ok(jcs::canonical(value))
}

fn number(name: &str, demand: Value<'_>, value: Value<'_>) -> bool {
    let (Some(demand), Some(value)) = (demand.as_number(), value.as_number()) else { return true };
    let order = match (demand.as_i64(), value.as_i64()) {
        (Some(demand), Some(value)) => value.cmp(&demand),
        _ => value.as_f64().partial_cmp(&demand.as_f64()).unwrap_or(Ordering::Equal),
    };
    match name {
        "maximum" => order != Ordering::Greater,
        "exclusiveMaximum" => order == Ordering::Less,
        "minimum" => order != Ordering::Less,
        "exclusiveMinimum" => order == Ordering::Greater,
        _ => multiple(demand.token(), value.token())
            .unwrap_or_else(|| (value.as_f64() / demand.as_f64()).fract() == 0.0),
    }
}

/// Whether a decimal is a multiple of another, exactly: 4.35 is one of 0.01, whatever doubles say. `None` if they are too
/// long for that.
fn multiple(of: &str, value: &str) -> Option<bool> {
    let ((of, of_exponent), (value, exponent)) = (decimal(of)?, decimal(value)?);
    let least = of_exponent.min(exponent);
    let scaled = |digits: i128, exponent: i32| {
        digits.checked_mul(10_i128.checked_pow(u32::try_from(exponent.checked_sub(least)?).ok()?)?)
    };
    Some(scaled(value, exponent)?.checked_rem(scaled(of, of_exponent)?)? == 0)
}

/// The digits of a number token, and the power of ten that they are multiplied with.
fn decimal(token: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    Some((digits, exponent))
}

#[cfg(test)]
mod tests {
    use super::multiple;

    #[test]
    fn multiples_are_those_of_decimals() {
        for (value, of) in
            [("4.35", "0.01"), ("1e3", "10"), ("0.3", "0.1"), ("-6", "3"), ("0", "7"), ("2.0", "2")]
        {
            assert_eq!(multiple(of, value), Some(true), "{value} of {of}");
        }
        assert_eq!(multiple("0.01", "4.355"), Some(false));
        assert_eq!(multiple("2", "3"), Some(false));
        assert_eq!(multiple("1e-300", "1e300"), None);
    }
}
