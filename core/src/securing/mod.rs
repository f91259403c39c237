//! How records are secured.

/// A suite.
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    /// The name in policies and reports.
    pub name: &'static str,
}

/// Every suite there is.
pub static SUITES: &[Suite] = &[
    Suite { name: "eddsa-rdfc-2022" },
    Suite { name: "eddsa-jcs-2022" },
    Suite { name: "Ed25519Signature2020" },
];
