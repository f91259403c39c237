//! Type Metadata of SD-JWT VCs.
