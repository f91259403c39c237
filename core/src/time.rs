//! Instants. No clock: the caller says what time it is.

use std::fmt;

/// An instant, UTC, with nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    /// 0..1,000,000,000
    nanos: u32,
}

impl Timestamp {
    /// The instant this many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix(seconds: i64) -> Self {
        Timestamp { seconds, nanos: 0 }
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix(self) -> i64 {
        self.seconds
    }

    /// Reads an xsd:dateTimeStamp (XML Schema 1.1 part 2 §3.4.28), as VCDM 2.0 §4.9 wants it.
    ///
    /// # Errors
    /// What is wrong, in English.
    pub fn parse(_text: &str) -> Result<Self, &'static str> {
        Err("")
    }

    /// Later by this many seconds; saturates.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Timestamp { seconds: self.seconds.saturating_add(seconds), nanos: self.nanos }
    }
}

impl fmt::Display for Timestamp {
    /// As xsd:dateTimeStamp in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seconds)
    }
}
