//! Paths as the files of a manuscript write them.
//!
//! A normalized path is relative to the book's folder, with `/` between its
//! parts and without `.` or `..`.

/// The path without `.`, `..` and empty parts; `None` if it is absolute or
/// leads above the book's folder.
pub(crate) fn normalize(path: &str) -> Option<String> {
    let path = path.trim();
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(char::is_alphabetic);
    if path.starts_with('/') || path.starts_with('\\') || drive || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    if parts.is_empty() { None } else { Some(parts.join("/")) }
}

/// A path as a file names it, seen from the book's folder.
pub(crate) fn resolve_relative(file: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    match file.rsplit_once('/') {
        Some((folder, _)) => normalize(&format!("{folder}/{path}")),
        None => normalize(path),
    }
}

/// The text with `%41` and the like decoded (RFC 3986, section 2.1); text that
/// would not be UTF-8 stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The words of a file's name, without a number before them: `01-the-guide.md`
/// is `The guide`.
pub(crate) fn title_from_path(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let bare = stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c));
    let bare = if bare.is_empty() { stem } else { bare };
    let words = bare.replace(['-', '_'], " ");
    let words = words.trim();
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_brought_to_one_form() {
        assert_eq!(normalize("./a//b/../c.jpg").as_deref(), Some("a/c.jpg"));
        assert_eq!(normalize("../a.jpg"), None);
        assert_eq!(normalize("a/../../b.jpg"), None);
        assert_eq!(normalize("/etc/passwd"), None);
        assert_eq!(normalize("C:\\a.jpg"), None);
        assert_eq!(
            resolve_relative("essays/one.md", "img/a.jpg").as_deref(),
            Some("essays/img/a.jpg")
        );
        assert_eq!(resolve_relative("essays/one.md", "../img/a.jpg").as_deref(), Some("img/a.jpg"));
        assert_eq!(resolve_relative("one.md", "/a.jpg"), None);
    }

    #[test]
    fn percent_signs_are_decoded_where_they_can_be() {
        assert_eq!(percent_decode("a%20b%C3%A9.jpg"), "a bé.jpg");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
