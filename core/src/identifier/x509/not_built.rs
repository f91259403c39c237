//! A build without certificates: there are none, so none can be read.

/// There is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {}

/// The bytes are no certificate that this build can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("certificates are not part of this build")]
pub struct Malformed;

impl Certificate {
    /// Reads nothing.
    ///
    /// # Errors
    /// [`Malformed`], always.
    pub fn parse(_: &[u8]) -> Result<Self, Malformed> {
        Err(Malformed)
    }
}
