//! Whether results agree with what the achievement says results may be (Open Badges 3.0, B.1.15, B.1.16).

use std::collections::{BTreeMap, BTreeSet};

use super::super::Defects;
use super::{Value, items};
use crate::codes::Code;

/// A ResultDescription, ready for many results: all look-ups are in sets, so that the cost is linear.
struct Description<'t> {
    value: Value<'t>,
    levels: BTreeSet<&'t str>,
    allowed: BTreeSet<&'t str>,
}

impl<'t> Description<'t> {
    fn new(value: Value<'t>) -> Self {
        let levels = items(value, "rubricCriterionLevel").filter_map(|level| text(level, "id")).collect();
        let allowed = items(value, "allowedValue").filter_map(|value| value.as_str()).collect();
        Description { value, levels, allowed }
    }

    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let bound = |member| text(self.value, member).and_then(number);
        (bound("valueMin"), bound("valueMax"))
    }
}

fn text<'t>(object: Value<'t>, member: &str) -> Option<&'t str> {
    object.get(member)?.as_str()
}

/// A decimal number; results are strings in Open Badges.
fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The rules for the results of one subject.
pub(super) fn rules(defects: &mut Defects, subject: Value<'_>) {
    let described: BTreeMap<&str, Description<'_>> = items(subject, "achievement")
        .flat_map(|achievement| items(achievement, "resultDescription"))
        .filter_map(|value| Some((text(value, "id")?, Description::new(value))))
        .collect();
    for description in described.values() {
        let required = description.value.get("requiredLevel");
        if let Some(level) =
            required.filter(|v| v.as_str().is_some_and(|id| !description.levels.contains(id)))
        {
            defects.add(Code::ProfileOpenBadgesResult, level);
        }
        if let (Some(min), Some(max)) = description.bounds()
            && min > max
        {
            defects.add(Code::ProfileOpenBadgesValue, description.value);
        }
    }
    for result in items(subject, "result") {
        let link = result.get("resultDescription");
        let description = link.and_then(|link| described.get(link.as_str()?));
        if let Some(link) = link.filter(|_| description.is_none()) {
            defects.add(Code::ProfileOpenBadgesResult, link);
        }
        if let Some(level) = result.get("achievedLevel") {
            let known = |id| match description {
                Some(description) => description.levels.contains(id),
                None => false,
            };
            if !level.as_str().is_some_and(known) {
                defects.add(Code::ProfileOpenBadgesResult, level);
            }
        }
        if let Some(description) = description {
            linked(defects, result, description);
        }
    }
}

/// The rules for a result and the description it is linked to.
fn linked(defects: &mut Defects, result: Value<'_>, description: &Description<'_>) {
    if text(description.value, "resultType") == Some("Status") && result.get("status").is_none() {
        defects.missing(Code::ProfileOpenBadgesMissing, result, "status");
    }
    let Some(value) = result.get("value") else { return };
    let Some(given) = value.as_str() else { return };
    let listed = description.allowed.is_empty() || description.allowed.contains(given);
    let within = match (description.bounds(), number(given)) {
        ((None, None), _) => true,
        ((min, max), Some(number)) => {
            min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
        }
        (_, None) => false,
    };
    if !listed || !within {
        defects.add(Code::ProfileOpenBadgesValue, value);
    }
}
