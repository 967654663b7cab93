//! Lengths as they are written in theme and book files: `11pt`, `6in`, `15mm`.

use thiserror::Error;

use crate::units::Pt;

/// Why a length can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a length; write a number with pt, mm, cm or in, such as `11pt`")]
pub struct ParseLengthError(pub String);

/// Reads one length.
///
/// # Errors
/// If the number or the unit can't be read, or the number is not finite or negative.
pub fn parse_length(text: &str) -> Result<Pt, ParseLengthError> {
    let fail = || ParseLengthError(text.to_owned());
    let trimmed = text.trim();
    let split = trimmed.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(fail)?;
    let (number, unit) = trimmed.split_at(split);
    let number: f64 = number.trim().parse().map_err(|_| fail())?;
    if !number.is_finite() || number < 0.0 {
        return Err(fail());
    }
    match unit {
        "pt" => Ok(Pt(number)),
        "in" => Ok(Pt::inches(number)),
        "mm" => Ok(Pt::mm(number)),
        "cm" => Ok(Pt::mm(number * 10.0)),
        _ => Err(fail()),
    }
}

/// Reads a trim size: `6x9in`, `148x210mm`, or a name (`a5`, `digest`, `royal`).
///
/// # Errors
/// If it is neither two numbers with a unit nor a known name.
pub fn parse_trim(text: &str) -> Result<(Pt, Pt), ParseLengthError> {
    let fail = || ParseLengthError(text.to_owned());
    match text.trim().to_ascii_lowercase().as_str() {
        "a4" => return Ok((Pt::mm(210.0), Pt::mm(297.0))),
        "a5" => return Ok((Pt::mm(148.0), Pt::mm(210.0))),
        "b5" => return Ok((Pt::mm(176.0), Pt::mm(250.0))),
        "digest" => return Ok((Pt::inches(5.5), Pt::inches(8.5))),
        "royal" => return Ok((Pt::mm(156.0), Pt::mm(234.0))),
        "letter" => return Ok((Pt::inches(8.5), Pt::inches(11.0))),
        _ => {}
    }
    let (width, height) = text.split_once(['x', '×']).ok_or_else(fail)?;
    let height = height.trim();
    let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let width = width.trim();
    let with_unit = width.ends_with(|c: char| c.is_ascii_alphabetic());
    let width = if with_unit { width.to_owned() } else { format!("{width}{unit}") };
    let size =
        (parse_length(&width).map_err(|_| fail())?, parse_length(height).map_err(|_| fail())?);
    if size.0.0 < 72.0 || size.1.0 < 72.0 { Err(fail()) } else { Ok(size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_trims_are_read() {
        assert_eq!(parse_length("11pt"), Ok(Pt(11.0)));
        assert_eq!(parse_length("1 in"), Ok(Pt(72.0)));
        assert!(parse_length("11").is_err());
        assert!(parse_length("-3pt").is_err());
        assert!(parse_length("3em").is_err());
        assert_eq!(parse_trim("6x9in"), Ok((Pt(432.0), Pt(648.0))));
        assert_eq!(parse_trim("6in × 9in"), Ok((Pt(432.0), Pt(648.0))));
        assert!(parse_trim("6in").is_err());
    }
}
