//! Texts that stand for bytes: multibase, base58btc, base64url, varints. Thin, over libraries, and strict: one text
//! for one sequence of bytes.
