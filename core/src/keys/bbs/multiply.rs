//! Sums of points, each multiplied by a scalar: Straus's method, four bits at a time. The doublings, most of the work, are
//! made once for all points. Time depends on the scalars, which are no secrets here.

use bls12_381::{G1Affine, G1Projective, Scalar};

/// Σ point · scalar.
pub(super) fn sum_of_products(terms: &[(G1Affine, Scalar)]) -> G1Projective {
    // The multiples of each point by 1 to 15, and its scalar, most significant bits first.
    let tables: Vec<(Vec<G1Projective>, [u8; 32])> = terms
        .iter()
        .map(|(point, scalar)| {
            let multiples =
                core::iter::successors(Some(G1Projective::from(point)), |last| Some(last.add_mixed(point)));
            (multiples.take(15).collect(), super::encoding::scalar(scalar))
        })
        .collect();
    let mut sum = G1Projective::identity();
    for position in 0..64_usize {
        for _ in 0..4 {
            sum = sum.double();
        }
        for (multiples, scalar) in &tables {
            let byte = scalar.get(position / 2).copied().unwrap_or(0);
            let digit = if position.is_multiple_of(2) { byte >> 4 } else { byte & 0x0F };
            let multiple = usize::from(digit).checked_sub(1).and_then(|index| multiples.get(index));
            if let Some(multiple) = multiple {
                sum = sum.add(multiple);
            }
        }
    }
    sum
}
