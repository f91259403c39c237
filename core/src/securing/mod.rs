//! securing
