//! occasion
