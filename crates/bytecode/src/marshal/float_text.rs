//! Floats as text, which marshal wrote before version 2.

/// The float in C's `%.17g`.
pub(super) fn format_g17(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() { "nan".into() } else { if value > 0.0 { "inf" } else { "-inf" }.into() };
    }
    let scientific = format!("{value:.16e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("the exponent is a number");
    let trim = |text: &str| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    if (-4..17).contains(&exponent) {
        let fixed = format!("{value:.*}", (16 - exponent) as usize);
        if exponent == 16 { fixed } else { trim(&fixed) }
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", trim(mantissa), exponent.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::format_g17;

    #[test]
    fn as_c_prints() {
        let cases = [
            (0.0, "0"),
            (-0.0, "-0"),
            (3.5, "3.5"),
            (0.1, "0.10000000000000001"),
            (1e100, "1e+100"),
            (1.5e-7, "1.4999999999999999e-07"),
            (1e16, "10000000000000000"),
            (1e17, "1e+17"),
            (0.0001, "0.0001"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in cases {
            assert_eq!(format_g17(value), text);
        }
    }
}
