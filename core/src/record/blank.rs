//! Values in which nothing stands yet, for mappings to fill: `Party { id, ..Party::nobody(origin) }`. They are made by
//! mappings only, as nothing has an origin by itself.

use super::model::*;

impl Party {
    pub(crate) fn nobody(origin: Origin) -> Self {
        Party {
            id: None,
            claimed_name: Vec::new(),
            registered_name: None,
            description: Vec::new(),
            url: None,
            email: None,
            phone: None,
            country: None,
            image: None,
            identifiers: Vec::new(),
            parents: Vec::new(),
            origin,
        }
    }
}

impl Holder {
    pub(crate) fn nobody(origin: Origin) -> Self {
        Holder {
            id: None,
            name: Vec::new(),
            given_name: Vec::new(),
            family_name: Vec::new(),
            birth_date: None,
            identifiers: Vec::new(),
            origin,
        }
    }
}

impl HolderIdentifier {
    pub(crate) fn blank(origin: Origin) -> Self {
        HolderIdentifier { kind: None, value: None, hash: None, algorithm: None, salted: false, origin }
    }
}

impl Achievement {
    pub(crate) fn blank(origin: Origin) -> Self {
        Achievement {
            id: None,
            name: Vec::new(),
            description: Vec::new(),
            criteria: None,
            field_of_study: Vec::new(),
            specialization: Vec::new(),
            code: None,
            version: None,
            language: None,
            image: None,
            identifiers: Vec::new(),
            levels: Vec::new(),
            credits_available: None,
            tags: Vec::new(),
            alignments: Vec::new(),
            result_descriptions: Vec::new(),
            origin,
        }
    }
}

impl Skill {
    pub(crate) fn blank(basis: SkillBasis, origin: Origin) -> Self {
        Skill {
            name: Vec::new(),
            url: None,
            code: None,
            framework: None,
            framework_name: Vec::new(),
            kind: None,
            description: Vec::new(),
            years_of_experience: None,
            proficiency: Vec::new(),
            endorsers: Vec::new(),
            verifications: Vec::new(),
            basis,
            origin,
        }
    }
}

impl ResultEntry {
    pub(crate) fn blank(origin: Origin) -> Self {
        ResultEntry {
            description: None,
            name: Vec::new(),
            kind: None,
            value: None,
            scaled: None,
            min: None,
            max: None,
            status: None,
            level: None,
            passed: None,
            origin,
        }
    }
}

impl Evidence {
    pub(crate) fn blank(origin: Origin) -> Self {
        Evidence {
            url: None,
            kind: Vec::new(),
            name: Vec::new(),
            narrative: Vec::new(),
            description: Vec::new(),
            genre: Vec::new(),
            audience: Vec::new(),
            data: None,
            media_type: None,
            digest: None,
            origin,
        }
    }
}

impl Attachment {
    pub(crate) fn blank(pointer: String, origin: Origin) -> Self {
        Attachment {
            name: Vec::new(),
            description: Vec::new(),
            url: None,
            media_type: None,
            size: None,
            sha256: None,
            pointer,
            origin,
        }
    }
}

impl RenderMethod {
    pub(crate) fn blank(pointer: String, origin: Origin) -> Self {
        RenderMethod {
            id: None,
            kind: Vec::new(),
            name: Vec::new(),
            media_type: None,
            media_query: None,
            suite: None,
            digest: None,
            pointer,
            origin,
        }
    }
}

impl Employment {
    pub(crate) fn blank(pointer: String, origin: Origin) -> Self {
        Employment {
            organization: None,
            department: Vec::new(),
            title: Vec::new(),
            start: None,
            end: None,
            current: None,
            kind: None,
            categories: Vec::new(),
            description: Vec::new(),
            location: Vec::new(),
            pointer,
            verifications: Vec::new(),
            origin,
        }
    }
}

impl Education {
    pub(crate) fn blank(pointer: String, origin: Origin) -> Self {
        Education {
            institution: None,
            program: Vec::new(),
            degree: Vec::new(),
            levels: Vec::new(),
            majors: Vec::new(),
            minors: Vec::new(),
            start: None,
            end: None,
            awarded: None,
            current: None,
            status: None,
            credits: None,
            gpa: None,
            honors: Vec::new(),
            description: Vec::new(),
            pointer,
            verifications: Vec::new(),
            origin,
        }
    }
}

impl Qualification {
    pub(crate) fn blank(kind: Kind, pointer: String, origin: Origin) -> Self {
        Qualification {
            kind,
            name: Vec::new(),
            description: Vec::new(),
            identifiers: Vec::new(),
            authority: None,
            first_issued: None,
            issued: None,
            valid_from: None,
            valid_until: None,
            status: None,
            pointer,
            verifications: Vec::new(),
            origin,
        }
    }
}
