//! Without the feature `algorithms`, a key of a rarer kind is not called wrong, and never passes.
#![cfg(not(feature = "algorithms"))]

use ler_verify::codes::{Code, Outcome};
use ler_verify::json::Tree;
use ler_verify::keys::PublicKey;
use ler_verify::limits::Limits;

#[test]
fn keys_that_are_not_built_are_indeterminate() {
    let n = format!("w{}Q", "V".repeat(340));
    for (text, key_type) in [
        // The generators of the curves.
        (
            r#"{"kty":"EC","crv":"secp256k1","x":"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g",
                "y":"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg"}"#
                .to_owned(),
            "secp256k1",
        ),
        (format!(r#"{{"kty":"EC","crv":"P-521","x":"{0}","y":"{0}"}}"#, "A".repeat(88)), "P-521"),
        (format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB"}}"#), "RSA"),
    ] {
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        let refused = PublicKey::from_jwk(tree.root()).unwrap_err();
        assert_eq!((refused.code, refused.code.outcome()), (Code::KeyNotBuilt, Outcome::Indeterminate));
        assert_eq!(refused.details.get("keyType"), Some(&key_type.into()));
    }
}
