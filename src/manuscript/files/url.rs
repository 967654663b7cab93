//! Addresses: links and pictures that are no paths.

use super::path::percent_decode;

/// An address without what makes no difference: scheme, `www.`, query,
/// fragment and a slash at the end.
pub(crate) fn comparable_url(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("//").unwrap_or(bare);
    let path = bare.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let (host, path) = match path.split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (path, None),
    };
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    path.map_or(host.to_owned(), |path| format!("{host}/{}", percent_decode(path)))
}

/// A link to another page of the site where the chapter was published: a path
/// from the site's root, which no file of a book is.
pub(crate) fn page_on_site(page: &str, dest: &str) -> Option<String> {
    let (scheme, rest) = page.split_once("://")?;
    let host = rest.split('/').next()?;
    (dest.starts_with('/') && !host.is_empty()).then(|| format!("{scheme}://{host}{dest}"))
}

/// The scheme of an address, in lower case (RFC 3986, section 3.1); `//host`
/// has that of the web.
pub(crate) fn scheme(dest: &str) -> Option<String> {
    if dest.starts_with("//") {
        return Some("https".to_owned());
    }
    let (scheme, _) = dest.split_once(':')?;
    let shaped = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    shaped.then(|| scheme.to_ascii_lowercase())
}

/// Whether a picture's address is not a path.
pub(crate) fn is_remote(dest: &str) -> bool {
    scheme(dest).is_some_and(|scheme| scheme != "file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_what_makes_no_difference() {
        let one = comparable_url("https://www.Example.org/a/b/?source=x#y");
        assert_eq!(one, comparable_url("http://example.org/a/b"));
        assert_ne!(one, comparable_url("http://example.org/a/B"));
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("HTTPS://x").as_deref(), Some("https"));
        assert_eq!(scheme("mailto:a@b").as_deref(), Some("mailto"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert_eq!(scheme("c:\\x"), None);
    }
}
