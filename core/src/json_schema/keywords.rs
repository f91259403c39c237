//! The keywords of three drafts: which there are, and what JSON may stand at each.

use crate::json::{Kind, Value};

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draft {
    Draft7,
    Draft201909,
    Draft202012,
}

impl Draft {
    /// The draft that `$schema` names. Its URI is an identifier; both schemes and an empty fragment are in use.
    pub(super) fn of(uri: &str) -> Option<Self> {
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match name {
            "json-schema.org/draft-07/schema" => Some(Draft::Draft7),
            "json-schema.org/draft/2019-09/schema" => Some(Draft::Draft201909),
            "json-schema.org/draft/2020-12/schema" => Some(Draft::Draft202012),
            _ => None,
        }
    }
}

/// What stands at a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Schema,
    /// A non-empty array of schemas.
    Schemas,
    SchemaOrSchemas,
    SchemasByName,
    SchemasByPattern,
    /// Schemas or arrays of names, by name.
    Dependencies,
    Reference,
    Pattern,
    Text,
    Bool,
    /// An integer that is not negative.
    Count,
    Number,
    Positive,
    /// An array of strings.
    Names,
    NamesByName,
    /// A type, or an array of types.
    Types,
    Values,
    Any,
}

const TYPES: [&str; 7] = ["null", "boolean", "object", "array", "number", "string", "integer"];

/// The keyword of this name in a draft, if it has one that means something here.
pub(super) fn keyword(draft: Draft, name: &str) -> Option<(&'static str, Shape)> {
    use Draft::{Draft7, Draft201909, Draft202012};
    macro_rules! table {
        ($( $drafts:pat, $shape:ident: $($keyword:literal)*; )*) => {
            match name {
                $($( $keyword if matches!(draft, $drafts) => Some(($keyword, Shape::$shape)), )*)*
                _ => None,
            }
        };
    }
    table! {
        _, Schema: "not" "if" "then" "else" "contains" "propertyNames" "additionalProperties";
        Draft7 | Draft201909, Schema: "additionalItems";
        Draft202012, Schema: "items";
        Draft201909 | Draft202012, Schema: "unevaluatedItems" "unevaluatedProperties";
        _, Schemas: "allOf" "anyOf" "oneOf";
        Draft202012, Schemas: "prefixItems";
        Draft7 | Draft201909, SchemaOrSchemas: "items";
        _, SchemasByName: "properties" "definitions" "$defs";
        Draft201909 | Draft202012, SchemasByName: "dependentSchemas";
        _, SchemasByPattern: "patternProperties";
        Draft7, Dependencies: "dependencies";
        _, Reference: "$ref";
        Draft201909, Reference: "$recursiveRef";
        Draft202012, Reference: "$dynamicRef";
        _, Pattern: "pattern";
        _, Text: "$id" "$schema";
        Draft201909 | Draft202012, Text: "$anchor";
        Draft202012, Text: "$dynamicAnchor";
        Draft201909, Bool: "$recursiveAnchor";
        _, Bool: "uniqueItems";
        _, Count: "maxLength" "minLength" "maxItems" "minItems" "maxProperties" "minProperties";
        Draft201909 | Draft202012, Count: "maxContains" "minContains";
        _, Number: "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum";
        _, Positive: "multipleOf";
        _, Names: "required";
        Draft201909 | Draft202012, NamesByName: "dependentRequired";
        _, Types: "type";
        _, Values: "enum";
        _, Any: "const";
    }
}

impl Shape {
    /// Whether a value may stand here; schemas are looked at when it is their turn.
    pub(super) fn fits(self, value: Value<'_>) -> bool {
        let kind = value.kind();
        let names = |value: Value<'_>| {
            value.as_array().is_some_and(|names| names.iter().all(|name| name.kind() == Kind::String))
        };
        match self {
            Shape::Schema => is_schema(value),
            Shape::Schemas => value.as_array().is_some_and(|schemas| !schemas.is_empty()),
            Shape::SchemaOrSchemas => kind == Kind::Array || is_schema(value),
            Shape::SchemasByName | Shape::SchemasByPattern => kind == Kind::Object,
            Shape::Dependencies => {
                let fits = |value: Value<'_>| is_schema(value) || names(value);
                kind == Kind::Object && value.children().all(fits)
            }
            Shape::Reference | Shape::Pattern | Shape::Text => kind == Kind::String,
            Shape::Bool => kind == Kind::Bool,
            Shape::Count => count(value).is_some(),
            Shape::Number => kind == Kind::Number,
            Shape::Positive => value.as_number().is_some_and(|number| number.as_f64() > 0.0),
            Shape::Names => names(value),
            Shape::NamesByName => kind == Kind::Object && value.children().all(names),
            Shape::Types => {
                let known = |value: Value<'_>| value.as_str().is_some_and(|name| TYPES.contains(&name));
                value.one_or_many().next().is_some() && value.one_or_many().all(known)
            }
            Shape::Values => kind == Kind::Array,
            Shape::Any => true,
        }
    }
}

/// A schema is an object or a boolean (2020-12 Core §4.3).
pub(super) fn is_schema(value: Value<'_>) -> bool {
    matches!(value.kind(), Kind::Object | Kind::Bool)
}

/// An integer that is not negative; `2.0` is one (2020-12 Core §4.2.3). One that is too large for any count counts as the
/// largest.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked, and `as` saturates
pub(super) fn count(value: Value<'_>) -> Option<usize> {
    let number = value.as_number()?.as_f64();
    (number >= 0.0 && number.fract() == 0.0).then_some(number as usize)
}
