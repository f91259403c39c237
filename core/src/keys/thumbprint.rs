//! JWK thumbprints (RFC 7638): a name of a key that is the same wherever, and in whatever form, the key stands.

use sha2::{Digest, Sha256};

use super::PublicKey;
use crate::encoding::base64url;

impl PublicKey {
    /// The SHA-256 thumbprint (RFC 7638 §3; RFC 8037 §2 for Ed25519): of the members that the key's type requires, in
    /// lexicographic order, without white space.
    pub fn thumbprint(&self) -> [u8; 32] {
        let text = match self {
            PublicKey::Ed25519(key) => {
                let x = base64url::encode(key.bytes());
                format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)
            }
            PublicKey::Ecdsa(key) => {
                let both = key.coordinates();
                let (x, y) = both.split_at_checked(key.curve().field_len()).unwrap_or_default();
                let (x, y) = (base64url::encode(x), base64url::encode(y));
                format!(r#"{{"crv":"{}","kty":"EC","x":"{x}","y":"{y}"}}"#, self.key_type())
            }
            PublicKey::Rsa(key) => {
                let (e, n) = (base64url::encode(key.exponent()), base64url::encode(key.modulus()));
                format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#)
            }
            // No form is registered yet; this is the one that libraries write (draft-ietf-cose-bls-key-representations-00).
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(key) => {
                let x = base64url::encode(key.bytes());
                format!(r#"{{"crv":"Bls12381G2","kty":"OKP","x":"{x}"}}"#)
            }
        };
        Sha256::digest(text).into()
    }
}
