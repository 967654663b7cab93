//! Lengths of TeX.

use pulldown_latex::event::{Dimension, DimensionUnit};

/// A length in em of a text of ten points, the size TeX's lengths are meant for.
pub(super) fn em(length: Dimension) -> f64 {
    let value = f64::from(length.value);
    let points = match length.unit {
        DimensionUnit::Em => return value.clamp(-100.0, 100.0),
        DimensionUnit::Mu => return (value / 18.0).clamp(-100.0, 100.0),
        DimensionUnit::Ex => return (value * 0.43).clamp(-100.0, 100.0),
        DimensionUnit::Pt => 1.0,
        DimensionUnit::Pc => 12.0,
        DimensionUnit::In => 72.27,
        DimensionUnit::Bp => 72.27 / 72.0,
        DimensionUnit::Cm => 72.27 / 2.54,
        DimensionUnit::Mm => 72.27 / 25.4,
        DimensionUnit::Dd => 1238.0 / 1157.0,
        DimensionUnit::Cc => 14856.0 / 1157.0,
        DimensionUnit::Sp => 1.0 / 65536.0,
    };
    (value * points / 10.0).clamp(-100.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_em_of_ten_points() {
        let of = |value, unit| (em(Dimension::new(value, unit)) * 1000.0).round() / 1000.0;
        assert_eq!(of(2.0, DimensionUnit::Em), 2.0);
        assert_eq!(of(18.0, DimensionUnit::Mu), 1.0);
        assert_eq!(of(5.0, DimensionUnit::Pt), 0.5);
        assert_eq!(of(1.0, DimensionUnit::In), 7.227);
        assert_eq!(of(2.54, DimensionUnit::Cm), 7.227);
        assert_eq!(of(1e9, DimensionUnit::Em), 100.0);
    }
}
