//! Whether images, evidence and other resources are those that the issuer meant (VCDM 2.0 §5.3).

use crate::codes::Code;
use crate::document::related_resource::Expected;
use crate::encoding::multihash::HashFunction;

/// Compares what is expected of some bytes with their digests. A digest that differs outranks one that cannot be made: all
/// that are stated must fit.
pub(crate) fn compare<D: AsRef<[u8]>>(
    expected: &Expected,
    mut digest: impl FnMut(HashFunction) -> D,
) -> Code {
    let mut fits = |group: &Vec<_>| {
        group.iter().any(|stated: &crate::encoding::multihash::Multihash| {
            digest(stated.function).as_ref() == stated.digest
        })
    };
    if !expected.groups.iter().all(&mut fits) {
        return Code::LinkedResourceDiffers;
    }
    if expected.malformed {
        Code::LinkedResourceMalformed
    } else if expected.unknown || expected.groups.is_empty() {
        Code::LinkedResourceAlgorithm
    } else {
        Code::LinkedResourceMatches
    }
}

/// The digests of bytes that stand in the record, each made once, however many are stated.
pub(crate) struct Digests {
    bytes: Vec<u8>,
    made: Vec<(HashFunction, Vec<u8>)>,
}

impl Digests {
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Digests { bytes, made: Vec::new() }
    }

    pub(crate) fn digest(&mut self, function: HashFunction) -> Vec<u8> {
        if let Some((_, digest)) = self.made.iter().find(|(made, _)| *made == function) {
            return digest.clone();
        }
        let digest = function.digest(&self.bytes);
        self.made.push((function, digest.clone()));
        digest
    }
}
