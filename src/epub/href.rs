//! Addresses outside the book, as they may stand in a link.

/// The address as a valid absolute URL, or `None` if it can't be followed from
/// a book: another scheme than the web's and mail's, or none, or no host.
///
/// What a URL may not hold literally (URL Standard, "URL code points") is
/// percent-encoded; what is encoded already stays.
pub(super) fn external_href(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let rest = match scheme.as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            let plain = |c: char| c.is_alphanumeric() || "-._~:@[]".contains(c);
            if !host.chars().all(plain) || !is_domain(host) {
                return None;
            }
            format!("//{host}{}", encoded(path))
        }
        "mailto" | "tel" if !rest.is_empty() => encoded(rest),
        _ => return None,
    };
    Some(format!("{scheme}:{rest}"))
}

/// Whether no part of a host's name is empty, but the last, which is the root.
fn is_domain(host: &str) -> bool {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or("") };
    !name.is_empty()
        && name.strip_suffix('.').unwrap_or(name).split('.').all(|part| !part.is_empty())
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, c) in text.char_indices() {
        let literal = match c {
            '%' => is_escape(text.get(at + 1..).unwrap_or("")),
            '#' => !std::mem::replace(&mut fragment, true),
            c if c.is_ascii() => c.is_ascii_alphanumeric() || "!$&'()*+,-./:;=?@_~".contains(c),
            c => !c.is_whitespace() && !c.is_control(),
        };
        if literal {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

fn is_escape(rest: &str) -> bool {
    rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_valid_or_dropped() {
        let href = |url| external_href(url).unwrap_or_default();
        assert_eq!(href("https://example.org/a b?q=[1]"), "https://example.org/a%20b?q=%5B1%5D");
        assert_eq!(href("HTTP://example.org/100%#a#b"), "http://example.org/100%25#a%23b");
        assert_eq!(href("https://example.org/%C3%A9é"), "https://example.org/%C3%A9é");
        assert_eq!(href("mailto:someone@example.org"), "mailto:someone@example.org");
        assert_eq!(href("javascript:alert(1)"), "");
        assert_eq!(href("https://"), "");
        assert_eq!(href("https://../"), "");
        assert_eq!(href("https://a..b/"), "");
        assert_eq!(href("https://me@example.org.:80/"), "https://me@example.org.:80/");
        assert_eq!(href("http:/example.org"), "");
        assert_eq!(href("chapter.md"), "");
    }
}
