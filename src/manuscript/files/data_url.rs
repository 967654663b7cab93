//! Pictures that the text itself holds, as `data:` addresses (RFC 2397).

use data_url::{DataUrl, DataUrlError};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::hash::hash64;

/// What an address ends at or loses by the standard, and what manuscripts have in
/// it all the same: `#` in the colours of a drawing, and its line ends.
const UNESCAPED: &AsciiSet = &CONTROLS.add(b'#');

/// The bytes in a `data:` address; `None` if it is another address.
///
/// # Errors
/// With the reason why the bytes can't be read.
pub(crate) fn read(address: &str) -> Option<Result<Vec<u8>, &'static str>> {
    let address = utf8_percent_encode(address.trim(), UNESCAPED).to_string();
    let url = match DataUrl::process(&address) {
        Ok(url) => url,
        Err(DataUrlError::NotADataUrl) => return None,
        Err(DataUrlError::NoComma) => return Some(Err("there is no comma before the data")),
    };
    Some(url.decode_to_vec().map(|(bytes, _)| bytes).map_err(|_| "it is not in Base64"))
}

/// The `data:` address of a text, such as a drawing, that is read back as it is.
pub(crate) fn write(media_type: &str, text: &str) -> String {
    const ESCAPED: &AsciiSet = &UNESCAPED.add(b'%');
    format!("data:{media_type},{}", utf8_percent_encode(text, ESCAPED))
}

/// A name for a picture without one, the same for the same bytes: their hash.
pub(crate) fn name(data: &[u8]) -> String {
    format!("picture-{:016x}", hash64(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_and_percent_signs_are_decoded() {
        let bytes = |address| read(address).map(|r| r.map(|b| String::from_utf8_lossy(&b).into()));
        let text = |t: &str| Some(Ok(t.to_owned()));
        assert_eq!(bytes("data:image/png;base64,Zm9v"), text("foo"));
        assert_eq!(bytes("DATA:;base64, Zm9v\nYg=="), text("foob"));
        assert_eq!(bytes("data:image/svg+xml,%3Csvg%20a='1'/>"), text("<svg a='1'/>"));
        assert_eq!(bytes("data:image/png;base64,Zm9*"), Some(Err("it is not in Base64")));
        assert_eq!(bytes("data:image/png"), Some(Err("there is no comma before the data")));
        assert_eq!(bytes("tower.png"), None);
    }

    #[test]
    fn a_text_comes_back_as_it_was_written() {
        let drawing = "<svg fill=\"#fff\">\r\n\t<title>100% é</title> </svg> ";
        let read_back = read(&write("image/svg+xml", drawing)).map(|bytes| bytes.ok());
        assert_eq!(read_back, Some(Some(drawing.trim_end().as_bytes().to_vec())));
    }

    #[test]
    fn colours_and_line_ends_need_no_escapes() {
        let drawing = "<svg\n fill='#fff'/>";
        let bytes = read(&format!("data:image/svg+xml,{drawing}"));
        assert_eq!(bytes, Some(Ok(drawing.as_bytes().to_vec())));
    }

    #[test]
    fn a_name_is_of_the_bytes() {
        assert_eq!(name(b"a"), name(b"a"));
        assert_ne!(name(b"a"), name(b"b"));
    }
}
