//! Addresses outside the book that a link may lead to.

use std::fmt;

use thiserror::Error;
use url::Url;

/// A valid absolute URL of a kind that is safe to follow from a book: what both
/// outputs may write into a link as it is.
///
/// Every book has readers who trust its links, and a manuscript may come from
/// somebody else. So the kinds are a closed list: pages, files and mail, but
/// nothing that runs a program or opens a file of the reader's machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalAddress(String);

/// Why an address can't be a link of a book.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressFault {
    /// No scheme, so not absolute.
    #[error("it is not a full address")]
    NotAbsolute,
    /// A scheme that is not on the list.
    #[error("links to `{0}:` are not allowed in a book")]
    Scheme(String),
    /// The rest is not what the scheme asks for.
    #[error("it is not a valid address: {0}")]
    Invalid(String),
}

/// What an address of a scheme has after the colon.
enum Form {
    /// `//host/path`.
    Host,
    /// Anything but nothing.
    Opaque,
}

/// The schemes that books link to; EPUBCheck warns of those that are not on its list
/// of registered ones, such as `geo` and `sms`.
fn form(scheme: &str) -> Option<Form> {
    match scheme {
        "http" | "https" | "ftp" => Some(Form::Host),
        "mailto" | "tel" | "urn" | "news" | "sip" | "sips" | "xmpp" => Some(Form::Opaque),
        _ => None,
    }
}

impl ExternalAddress {
    /// Reads an address as a writer gives it. `//host` is taken for `https`, `doi:`
    /// for its page at doi.org. What a URL may not hold literally (URL Standard,
    /// "URL code points") is percent-encoded; what is encoded already stays.
    ///
    /// # Errors
    /// If it is relative, of a scheme that is not allowed, or not valid.
    pub fn parse(address: &str) -> Result<ExternalAddress, AddressFault> {
        let address = address.trim();
        let on_web = address.strip_prefix("//").map(|rest| format!("https://{rest}"));
        let address = on_web.as_deref().unwrap_or(address);
        let (scheme, rest) = address.split_once(':').ok_or(AddressFault::NotAbsolute)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme == "doi" {
            return ExternalAddress::parse(&format!("https://doi.org/{rest}"));
        }
        let rest = match form(&scheme) {
            Some(Form::Host) => with_host(rest)?,
            Some(Form::Opaque) if rest.trim().is_empty() => {
                return Err(AddressFault::Invalid("nothing follows the colon".to_owned()));
            }
            Some(Form::Opaque) => encoded(rest),
            None if is_scheme(&scheme) => return Err(AddressFault::Scheme(scheme)),
            None => return Err(AddressFault::NotAbsolute),
        };
        let address = format!("{scheme}:{rest}");
        match Url::parse(&address) {
            Ok(_) => Ok(ExternalAddress(address)),
            Err(fault) => Err(AddressFault::Invalid(fault.to_string())),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExternalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether something has the shape of a scheme (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// What follows the scheme, from `//` on, with its path encoded. EPUBCheck takes
/// fewer hosts than the URL Standard: no empty parts, no signs.
fn with_host(rest: &str) -> Result<String, AddressFault> {
    let invalid = |why: &str| AddressFault::Invalid(why.to_owned());
    let rest = rest.strip_prefix("//").ok_or_else(|| invalid("no `//` follows the scheme"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let is_plain = |c: char| c.is_alphanumeric() || "-._~:@[]%".contains(c);
    if !host.chars().all(is_plain) || !has_domain(host) {
        return Err(invalid("the name of the host is not one"));
    }
    Ok(format!("//{host}{}", encoded(path)))
}

/// Whether no part of a host's name is empty, but the last, which is the root.
fn has_domain(host: &str) -> bool {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or("") };
    !name.is_empty()
        && name.strip_suffix('.').unwrap_or(name).split('.').all(|part| !part.is_empty())
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_fragment = false;
    for (at, c) in text.char_indices() {
        let literal = match c {
            '%' => is_escape(text.get(at + 1..).unwrap_or("")),
            '#' => !std::mem::replace(&mut in_fragment, true),
            c if c.is_ascii() => c.is_ascii_alphanumeric() || "!$&'()*+,-./:;=?@_~".contains(c),
            c => is_letter_of_iri(c),
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

/// Whether a character beyond ASCII may stand in an address as it is: `ucschar` of
/// RFC 3987, section 2.2, without spaces and controls.
fn is_letter_of_iri(c: char) -> bool {
    let private_or_special =
        matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..);
    let noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    !c.is_whitespace() && !c.is_control() && !private_or_special && !noncharacter
}

fn is_escape(rest: &str) -> bool {
    rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_valid() {
        let read = |address| ExternalAddress::parse(address).map(|address| address.0);
        for (written, wanted) in [
            ("https://example.org/a b?q=[1]", "https://example.org/a%20b?q=%5B1%5D"),
            ("HTTP://example.org/100%#a#b", "http://example.org/100%25#a%23b"),
            ("https://example.org/%C3%A9é", "https://example.org/%C3%A9é"),
            ("//example.org/x", "https://example.org/x"),
            ("mailto:someone@example.org", "mailto:someone@example.org"),
            ("tel:+44 20 7946 0000", "tel:+44%2020%207946%200000"),
            ("doi:10.1000/182", "https://doi.org/10.1000/182"),
            ("https://me@example.org.:80/", "https://me@example.org.:80/"),
            ("https://example.org/\u{fffd}\u{e000}", "https://example.org/%EF%BF%BD%EE%80%80"),
        ] {
            assert_eq!(read(written).as_deref(), Ok(wanted), "{written}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "https://",
            "https://../",
            "https://a..b/",
            "http:/example.org",
            "https://example.org:99999/",
            "https://example.org:port/",
            "https://exa mple.org/",
            "https://[::zz]/",
            "mailto:",
        ] {
            let read = ExternalAddress::parse(address);
            assert!(matches!(read, Err(AddressFault::Invalid(_))), "{address}: {read:?}");
        }
        for address in ["chapter.md", "", "a b:c"] {
            assert_eq!(ExternalAddress::parse(address), Err(AddressFault::NotAbsolute));
        }
    }

    #[test]
    fn schemes_that_could_run_or_open_something_are_refused() {
        for scheme in
            ["javascript", "ms-msdt", "search-ms", "smb", "jar", "file", "data", "vbscript"]
        {
            let read = ExternalAddress::parse(&format!(" {}:x ", scheme.to_uppercase()));
            assert_eq!(read, Err(AddressFault::Scheme(scheme.to_owned())));
        }
    }
}
