//! A white background for drawings.
//!
//! Ink drawn on nothing vanishes on a dark screen, and reading systems that
//! overrule a book's colours take away the background a style sheet gives it.
//! So the paper goes into the drawing: a white rectangle behind everything.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::{Tag, Xml};

/// The drawing with a white rectangle behind it; as it was if no root element is found.
pub(super) fn with_white_background(svg: &str) -> String {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(Event::Start(root)) if root.name().as_ref() == "svg" => {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                let Some((head, rest)) = svg.split_at_checked(at) else { break };
                return [head, &background(&root), rest].concat();
            }
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    svg.to_owned()
}

/// A rectangle as large as what the root element shows.
fn background(root: &BytesStart<'_>) -> String {
    let view = root.try_get_attribute("viewBox").ok().flatten();
    let numbers: Vec<f64> = view
        .iter()
        .flat_map(|a| a.value.split([' ', ',', '\n', '\t']))
        .filter(|n| !n.is_empty())
        .map_while(|n| n.parse().ok())
        .collect();
    let mut tag = Tag::new("rect");
    if let [x, y, width, height] = numbers[..] {
        for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
            tag = tag.with(name, &value.to_string());
        }
    } else {
        tag = tag.with("width", "100%").with("height", "100%");
    }
    let mut xml = Xml::fragment();
    xml.empty(tag.with("fill", "#fff"));
    String::from_utf8_lossy(&xml.into_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_covers_what_is_shown() {
        assert_eq!(
            with_white_background(
                "<?xml version=\"1.0\"?>\n<svg viewBox=\"-5,0 40 30.5\"><path/></svg>"
            ),
            "<?xml version=\"1.0\"?>\n<svg viewBox=\"-5,0 40 30.5\">\
             <rect x=\"-5\" y=\"0\" width=\"40\" height=\"30.5\" fill=\"#fff\"/><path/></svg>"
        );
        assert_eq!(
            with_white_background("<svg width=\"4\"></svg>"),
            "<svg width=\"4\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/></svg>"
        );
    }

    #[test]
    fn what_is_no_drawing_stays() {
        for text in ["", "<svg/>", "<p>x</p>", "no <", "<svg"] {
            assert_eq!(with_white_background(text), text);
        }
    }
}
