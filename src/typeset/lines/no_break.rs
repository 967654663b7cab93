//! Words that belong together: an initial and a name, a number and its unit.
//!
//! The costs are in the units of [`super::line_breaker`], where a line with spaces a
//! quarter too wide costs about 100.

/// Between a title or an abbreviation and a name.
const NAME: f64 = 120.0;
/// Never, if there is any other way: an initial and a name, a number and its unit.
const TIED: f64 = 3000.0;
/// Before or after a dash or an ellipsis that stands alone.
const DASH: f64 = 25.0;

/// What it costs to part two words.
pub fn no_break_penalty(before: &str, after: &str) -> f64 {
    let bare = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut chars = bare.chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.as_str() == ".";
    let name_next = after.chars().next().is_some_and(char::is_uppercase);
    if initial && name_next {
        return TIED;
    }
    const TITLES: [&str; 12] =
        ["Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Ms", "Dr", "St", "St.", "Prof.", "Hr."];
    if TITLES.contains(&bare) && name_next {
        return NAME;
    }
    const UNITS: [&str; 24] = [
        "m", "km", "cm", "mm", "kg", "g", "t", "s", "h", "l", "ml", "W", "kW", "V", "A", "Hz",
        "kHz", "MHz", "GHz", "%", "°C", "pt", "in", "ft",
    ];
    let number = bare.ends_with(|c: char| c.is_ascii_digit());
    let unit = after.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '”', '’']);
    if number && UNITS.contains(&unit) {
        return TIED;
    }
    const BEFORE_NUMBERS: [&str; 10] =
        ["p.", "pp.", "no.", "No.", "vol.", "ch.", "fig.", "Fig.", "S.", "Nr."];
    let number_next = after.starts_with(|c: char| c.is_ascii_digit());
    if number_next && BEFORE_NUMBERS.contains(&bare) {
        return TIED;
    }
    if bare == "—" || bare == "–" || after == "…" || after == "—" || after == "–" {
        return if after.is_empty() { 0.0 } else { DASH };
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_stay_together() {
        assert!(no_break_penalty("J.", "Austen") > 1000.0);
        assert!(no_break_penalty("12", "km,") > 1000.0);
        assert!(no_break_penalty("p.", "12") > 1000.0);
        assert!(no_break_penalty("Mr.", "Bennet") > 0.0);
        assert_eq!(no_break_penalty("the", "house"), 0.0);
    }
}
