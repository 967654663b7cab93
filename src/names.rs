//! Names made from words, and the name that somebody probably meant.
//!
//! Slugs name files, chapters and anchors; the nearest name is what a
//! diagnostic proposes for one that is not known.

use std::cmp::Ordering;

/// A name of lower-case ASCII letters, digits and single hyphens.
///
/// Letters with marks lose them, Greek and Cyrillic are written in Latin
/// letters, apostrophes vanish, everything else parts words. Empty where
/// nothing is left.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '\u{301}' | '\u{308}' | '\u{ad}') {
            continue;
        }
        let mut buffer = [0u8; 4];
        let piece = if c.is_ascii_alphanumeric() {
            &*c.encode_utf8(&mut buffer)
        } else {
            latin(c).unwrap_or("")
        };
        if piece.is_empty() {
            gap |= !matches!(c, 'ь' | 'ъ' | 'Ь' | 'Ъ');
            continue;
        }
        if gap && !out.is_empty() {
            out.push('-');
        }
        gap = false;
        out.push_str(piece);
    }
    out
}

/// The slug of a text, or another name where that would be empty.
pub fn slug_or(text: &str, otherwise: &str) -> String {
    let slug = slug(text);
    if slug.is_empty() { otherwise.to_owned() } else { slug }
}

/// The same name, or the first of `name-2`, `name-3` and so on that is free.
pub fn unique(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    (2u32..).map(|n| format!("{name}-{n}")).find(|n| !taken(n)).unwrap_or_default()
}

/// How a lower-case letter is written in ASCII.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' => {
            "a"
        }
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ế' | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' | 'ơ' | 'ọ' | 'ộ' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => "u",
        'ü' => "ue",
        'ŵ' => "w",
        'ý' | 'ŷ' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'α' | 'ά' | 'а' => "a",
        'β' | 'в' | 'ў' => "v",
        'б' => "b",
        'γ' | 'г' | 'ґ' => "g",
        'δ' | 'д' => "d",
        'ε' | 'έ' | 'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'ζ' | 'з' => "z",
        'η' | 'ή' | 'ι' | 'ί' | 'ϊ' | 'и' | 'і' => "i",
        'й' | 'ы' | 'υ' | 'ύ' => "y",
        'ї' => "yi",
        'θ' => "th",
        'κ' | 'к' => "k",
        'λ' | 'л' => "l",
        'μ' | 'м' => "m",
        'ν' | 'н' => "n",
        'ξ' => "x",
        'ο' | 'ό' | 'ω' | 'ώ' | 'о' => "o",
        'π' | 'п' => "p",
        'ρ' | 'р' => "r",
        'σ' | 'ς' | 'с' => "s",
        'τ' | 'т' => "t",
        'у' => "u",
        'φ' | 'ф' => "f",
        'χ' => "ch",
        'х' => "kh",
        'ψ' => "ps",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

/// The order in which people put names: numbers in them by their value, so that
/// `chapter-2` comes before `chapter-10`, and letters without regard to case.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (x, y) = match (first_piece(left), first_piece(right)) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => (x, y),
        };
        let order = match (digits(x), digits(y)) {
            (Some(m), Some(n)) => m.len().cmp(&n.len()).then_with(|| m.cmp(n)),
            _ => x.to_lowercase().cmp(&y.to_lowercase()),
        };
        if order != Ordering::Equal {
            return order;
        }
        left = left.get(x.len()..).unwrap_or("");
        right = right.get(y.len()..).unwrap_or("");
    }
}

/// A run of digits or a single other character.
fn first_piece(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let length = match first.is_ascii_digit() {
        true => text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()),
        false => first.len_utf8(),
    };
    text.get(..length)
}

/// The digits of a number without zeros before it.
fn digits(piece: &str) -> Option<&str> {
    piece.starts_with(|c: char| c.is_ascii_digit()).then(|| piece.trim_start_matches('0'))
}

/// The known name nearest to one that is not known, if any is near enough to
/// be what was meant: at most a third of its letters wrong, and one at least.
///
/// Wrong are letters that must be put in, left out, changed, or swapped with
/// their neighbour. Case makes no difference.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = beginning(name);
    known
        .into_iter()
        .map(|candidate| {
            let letters = beginning(candidate);
            let longest = letters.chars().count().max(wanted.chars().count());
            (strsim::osa_distance(&wanted, &letters), longest, candidate)
        })
        .filter(|(distance, longest, _)| *distance <= (longest / 3).max(1) && distance < longest)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate)
}

/// The part of a name that is compared, in lower case: comparing takes time in
/// the product of the lengths.
fn beginning(name: &str) -> String {
    const LONGEST: usize = 120;
    name.chars().flat_map(char::to_lowercase).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_by_value() {
        let mut names = ["b", "a10", "A2", "a02b", "a", "10", "9", "a1.5"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["9", "10", "a", "a1.5", "A2", "a02b", "a10", "b"]);
    }

    #[test]
    fn slugs_are_ascii_words_with_hyphens() {
        assert_eq!(slug("What's new — and what isn’t?"), "whats-new-and-what-isnt");
        assert_eq!(slug("  Über Größe  "), "ueber-groesse");
        assert_eq!(slug("Война и мир"), "voyna-i-mir");
        assert_eq!(slug("吾輩は猫である"), "");
        assert_eq!(slug_or("吾輩は猫である", "book"), "book");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let taken = ["a", "a-2"];
        assert_eq!(unique("a", |n| taken.contains(&n)), "a-3");
        assert_eq!(unique("b", |n| taken.contains(&n)), "b");
    }

    #[test]
    fn the_nearest_name_is_found_within_reason() {
        let known = ["title", "subtitle", "language", "publisher"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("Titl", known), Some("title"));
        assert_eq!(nearest("langauge", known), Some("language"));
        assert_eq!(nearest("frobnicate", known), None);
        assert_eq!(nearest("x", ["y"]), None);
    }

    #[test]
    fn neighbours_swapped_are_one_mistake() {
        assert_eq!(nearest("form", ["from", "farm-out"]), Some("from"));
        assert_eq!(nearest("sitting", ["kitten"]), None);
        assert_eq!(nearest("", ["abc"]), None);
    }
}
