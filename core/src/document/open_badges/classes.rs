//! The classes of Open Badges 3.0 (Appendix B.1) and of CLR 2.0, which is made of them, as a table, and one walk that
//! holds a document against it.

use super::super::Defects;
use super::super::shape::is_absolute_url;
use super::{Kind, Value, has_type};
use crate::codes::Code;
use crate::time::Timestamp;

/// A class: what it must be typed, what it must have, what its members must be.
pub(in crate::document) struct Class {
    /// One of these must be among the types; none means that the class needs no type.
    types: &'static [&'static str],
    required: &'static [&'static str],
    members: &'static [(&'static str, Is)],
}

/// What a standard calls the three things that can be wrong.
#[derive(Clone, Copy)]
pub(in crate::document) struct Codes {
    pub(in crate::document) kind: Code,
    pub(in crate::document) missing: Code,
    pub(in crate::document) value: Code,
}

/// What each item of a member must be. Members that are not in the table are extensions and free.
enum Is {
    /// A string; or a value object or a map of languages, which later texts of the standard allow.
    Text,
    /// A string that is an absolute URL.
    Url,
    Bool,
    Number,
    /// A date and time with an offset.
    Date,
    /// One of these, or an extension (`ext:`).
    Term(&'static [&'static str]),
    A(&'static Class),
    /// An object of the class, or its URL.
    UrlOrA(&'static Class),
}

pub(in crate::document) static ACHIEVEMENT_CREDENTIAL: Class = Class {
    types: &["OpenBadgeCredential", "AchievementCredential"],
    required: &["id", "credentialSubject", "issuer"],
    members: &[
        ("name", Is::Text),
        ("description", Is::Text),
        ("image", Is::A(&IMAGE)),
        ("credentialSubject", Is::A(&ACHIEVEMENT_SUBJECT)),
        ("endorsementJwt", Is::Text),
        ("evidence", Is::A(&EVIDENCE)),
        ("issuer", Is::UrlOrA(&PROFILE)),
        ("awardedDate", Is::Date),
    ],
};

pub(in crate::document) static ENDORSEMENT_CREDENTIAL: Class = Class {
    types: &["EndorsementCredential"],
    required: &["id", "name", "credentialSubject", "issuer"],
    members: &[
        ("name", Is::Text),
        ("description", Is::Text),
        ("credentialSubject", Is::A(&ENDORSEMENT_SUBJECT)),
        ("issuer", Is::UrlOrA(&PROFILE)),
        ("awardedDate", Is::Date),
    ],
};

pub(in crate::document) static CLR_CREDENTIAL: Class = Class {
    types: &["ClrCredential"],
    required: &["id", "name", "credentialSubject", "issuer"],
    members: &[
        ("name", Is::Text),
        ("description", Is::Text),
        ("image", Is::A(&IMAGE)),
        ("credentialSubject", Is::A(&CLR_SUBJECT)),
        ("endorsementJwt", Is::Text),
        ("evidence", Is::A(&EVIDENCE)),
        ("issuer", Is::UrlOrA(&PROFILE)),
        ("partial", Is::Bool),
        ("awardedDate", Is::Date),
    ],
};

static CLR_SUBJECT: Class = Class {
    types: &["ClrSubject"],
    required: &["verifiableCredential"],
    members: &[
        ("identifier", Is::A(&IDENTITY_OBJECT)),
        ("achievement", Is::A(&ACHIEVEMENT)),
        ("association", Is::A(&ASSOCIATION)),
    ],
};

static ASSOCIATION: Class = Class {
    types: &["Association"],
    required: &["associationType", "sourceId", "targetId"],
    members: &[
        (
            "associationType",
            Is::Term(&[
                "exactMatchOf",
                "isChildOf",
                "isParentOf",
                "isPartOf",
                "isPeerOf",
                "isRelatedTo",
                "precedes",
                "replacedBy",
            ]),
        ),
        ("sourceId", Is::Url),
        ("targetId", Is::Url),
    ],
};

static ENDORSEMENT_SUBJECT: Class = Class {
    types: &["EndorsementSubject"],
    required: &["id"],
    members: &[("id", Is::Url), ("endorsementComment", Is::Text)],
};

static ACHIEVEMENT_SUBJECT: Class = Class {
    types: &["AchievementSubject"],
    required: &["achievement"],
    members: &[
        ("achievement", Is::A(&ACHIEVEMENT)),
        ("activityEndDate", Is::Date),
        ("activityStartDate", Is::Date),
        ("creditsEarned", Is::Number),
        ("identifier", Is::A(&IDENTITY_OBJECT)),
        ("image", Is::A(&IMAGE)),
        ("licenseNumber", Is::Text),
        ("narrative", Is::Text),
        ("result", Is::A(&RESULT)),
        ("role", Is::Text),
        ("source", Is::A(&PROFILE)),
        ("term", Is::Text),
    ],
};

static ACHIEVEMENT: Class = Class {
    types: &["Achievement"],
    required: &["id", "criteria", "description", "name"],
    members: &[
        ("id", Is::Url),
        ("achievementType", Is::Text),
        ("alignment", Is::A(&ALIGNMENT)),
        ("creator", Is::A(&PROFILE)),
        ("creditsAvailable", Is::Number),
        ("criteria", Is::A(&CRITERIA)),
        ("description", Is::Text),
        ("endorsementJwt", Is::Text),
        ("fieldOfStudy", Is::Text),
        ("humanCode", Is::Text),
        ("image", Is::A(&IMAGE)),
        ("inLanguage", Is::Text),
        ("name", Is::Text),
        ("otherIdentifier", Is::A(&IDENTIFIER_ENTRY)),
        ("related", Is::A(&RELATED)),
        ("resultDescription", Is::A(&RESULT_DESCRIPTION)),
        ("specialization", Is::Text),
        ("tag", Is::Text),
        ("version", Is::Text),
    ],
};

static ALIGNMENT: Class = Class {
    types: &["Alignment"],
    required: &["targetName", "targetUrl"],
    members: &[
        ("targetCode", Is::Text),
        ("targetDescription", Is::Text),
        ("targetFramework", Is::Text),
        ("targetName", Is::Text),
        ("targetType", Is::Text),
        ("targetUrl", Is::Url),
    ],
};

static CRITERIA: Class =
    Class { types: &[], required: &[], members: &[("id", Is::Url), ("narrative", Is::Text)] };

static EVIDENCE: Class = Class {
    types: &["Evidence"],
    required: &[],
    members: &[
        ("narrative", Is::Text),
        ("name", Is::Text),
        ("description", Is::Text),
        ("genre", Is::Text),
        ("audience", Is::Text),
    ],
};

static IDENTIFIER_ENTRY: Class = Class {
    types: &["IdentifierEntry"],
    required: &["identifier", "identifierType"],
    members: &[("identifier", Is::Text), ("identifierType", Is::Text)],
};

static IDENTITY_OBJECT: Class = Class {
    types: &["IdentityObject"],
    required: &["hashed", "identityHash", "identityType"],
    members: &[
        ("hashed", Is::Bool),
        ("identityHash", Is::Text),
        ("identityType", Is::Text),
        ("salt", Is::Text),
    ],
};

static IMAGE: Class =
    Class { types: &["Image"], required: &["id"], members: &[("id", Is::Url), ("caption", Is::Text)] };

static PROFILE: Class = Class {
    types: &["Profile"],
    required: &["id"],
    members: &[
        ("id", Is::Url),
        ("name", Is::Text),
        ("url", Is::Url),
        ("phone", Is::Text),
        ("description", Is::Text),
        ("endorsementJwt", Is::Text),
        ("image", Is::A(&IMAGE)),
        ("email", Is::Text),
        ("address", Is::A(&ADDRESS)),
        ("otherIdentifier", Is::A(&IDENTIFIER_ENTRY)),
        ("official", Is::Text),
        ("parentOrg", Is::A(&PROFILE)),
    ],
};

static ADDRESS: Class = Class {
    types: &["Address"],
    required: &[],
    members: &[("addressCountry", Is::Text), ("addressCountryCode", Is::Text)],
};

static RELATED: Class = Class {
    types: &["Related"],
    required: &["id"],
    members: &[("id", Is::Url), ("inLanguage", Is::Text), ("version", Is::Text)],
};

static RESULT: Class = Class {
    types: &["Result"],
    required: &[],
    members: &[
        ("achievedLevel", Is::Url),
        ("alignment", Is::A(&ALIGNMENT)),
        ("resultDescription", Is::Url),
        (
            "status",
            Is::Term(&["Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"]),
        ),
        ("value", Is::Text),
    ],
};

static RESULT_DESCRIPTION: Class = Class {
    types: &["ResultDescription"],
    required: &["id", "name", "resultType"],
    members: &[
        ("id", Is::Url),
        ("alignment", Is::A(&ALIGNMENT)),
        ("allowedValue", Is::Text),
        ("name", Is::Text),
        ("requiredLevel", Is::Url),
        ("requiredValue", Is::Text),
        (
            "resultType",
            Is::Term(&[
                "GradePointAverage",
                "LetterGrade",
                "Percent",
                "PerformanceLevel",
                "PredictedScore",
                "RawScore",
                "Result",
                "RubricCriterion",
                "RubricCriterionLevel",
                "RubricScore",
                "ScaledScore",
                "Status",
            ]),
        ),
        ("rubricCriterionLevel", Is::A(&RUBRIC_CRITERION_LEVEL)),
        ("valueMax", Is::Text),
        ("valueMin", Is::Text),
    ],
};

static RUBRIC_CRITERION_LEVEL: Class = Class {
    types: &["RubricCriterionLevel"],
    required: &["id", "name"],
    members: &[
        ("id", Is::Url),
        ("alignment", Is::A(&ALIGNMENT)),
        ("description", Is::Text),
        ("level", Is::Text),
        ("name", Is::Text),
        ("points", Is::Text),
    ],
};

/// Holds an object and what is in it against its class. Not recursive.
pub(in crate::document) fn follow(
    defects: &mut Defects,
    object: Value<'_>,
    class: &'static Class,
    codes: Codes,
) {
    let mut open = vec![(object, class)];
    while let Some((object, class)) = open.pop() {
        if !class.types.is_empty() && !class.types.iter().any(|name| has_type(object, name)) {
            defects.add_with(
                codes.kind,
                object.get("type").unwrap_or(object),
                "expected",
                class.types.first().unwrap_or(&""),
            );
        }
        for member in class.required {
            if object.get(member).is_none_or(|value| value.is_empty_member()) {
                defects.missing(codes.missing, object, member);
            }
        }
        // Criteria are a URL, a text, or both (B.1.5).
        if std::ptr::eq(class, &raw const CRITERIA)
            && object.get("id").is_none()
            && object.get("narrative").is_none()
        {
            defects.missing(codes.missing, object, "narrative");
        }
        let from = open.len();
        for (key, value) in object.as_object().into_iter().flat_map(|object| object.iter()) {
            let Some((_, is)) = class.members.iter().find(|(name, _)| *name == key) else { continue };
            for item in value.one_or_many().filter(|item| !item.is_null()) {
                match (is, item.kind()) {
                    (Is::A(class) | Is::UrlOrA(class), Kind::Object) => open.push((item, *class)),
                    _ if is.allows(item) => {}
                    _ => defects.add(codes.value, item),
                }
            }
        }
        // The last to be pushed is the first to be visited: keep document order.
        if let Some(added) = open.get_mut(from..) {
            added.reverse();
        }
    }
}

impl Is {
    fn allows(&self, item: Value<'_>) -> bool {
        match (self, item.as_str()) {
            (Is::Text, text) => text.is_some() || item.kind() == Kind::Object,
            (Is::Url | Is::UrlOrA(_), Some(text)) => is_absolute_url(text),
            (Is::Date, Some(text)) => Timestamp::parse(text).is_ok(),
            (Is::Term(terms), Some(text)) => terms.contains(&text) || text.starts_with("ext:"),
            (Is::Bool, _) => item.kind() == Kind::Bool,
            (Is::Number, _) => item.kind() == Kind::Number,
            _ => false,
        }
    }
}
