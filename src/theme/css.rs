//! The theme as a style sheet for the EPUB.
//!
//! `book.css` is written as a style sheet that anybody can read; where a value
//! comes from the theme it says `$(name)`. Sizes on paper become shares of the
//! reader's own text size.

use super::Theme;
use crate::units::Pt;

const TEMPLATE: &str = include_str!("book.css");

/// The smallest share of the text size that is still read with ease on a
/// screen; paper can go lower.
const SMALLEST: f64 = 0.82;

/// How much of their size on paper, beyond that of the text, large titles
/// keep on a screen that may be narrow.
const TITLE_SHARE: f64 = 0.75;

/// A face that the EPUB carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CssFace {
    /// The family it belongs to in the theme.
    pub family: String,
    /// The name it goes by in the EPUB; another one where its licence reserves
    /// the name for the uncut font.
    pub name: String,
    /// Whether it is of another family, which has what the theme's lacks.
    pub stands_in: bool,
    /// How heavy, from 100 to 900.
    pub weight: u16,
    /// Whether it leans.
    pub italic: bool,
    /// The file, relative to the style sheet.
    pub href: String,
}

/// The style sheet of a book that carries these faces.
pub fn style_sheet(theme: &Theme, faces: &[CssFace]) -> String {
    let share = |size: Pt| size / theme.size;
    let large = |size: Pt| 1.0 + (share(size) - 1.0) * TITLE_SHARE;
    let small = |size: Pt| share(size).max(SMALLEST);
    let values = [
        ("serif", family(&theme.serif, "serif", faces)),
        ("sans", family(&theme.sans, "sans-serif", faces)),
        ("mono", family(&theme.mono, "monospace", faces)),
        ("indent", em(share(theme.indent))),
        ("title", em(large(theme.title_size))),
        ("book-title", em(large(theme.title_size * 1.2))),
        ("section", em(share(theme.section_size))),
        ("quote", em(share(theme.quote_size))),
        ("pull", em(large(theme.pull_size))),
        ("caption", em(small(theme.caption_size))),
        ("table", em(small(theme.table_size))),
        ("code", em(small(theme.code_size))),
        ("note", em(small(theme.note_size))),
        ("tracking", em(theme.caps_tracking.0)),
    ];
    let hues = theme.code_hues.named();
    let hues = hues.iter().map(|(name, [r, g, b])| (*name, format!("#{r:02x}{g:02x}{b:02x}")));
    let values: Vec<(&str, String)> = values.into_iter().chain(hues).collect();
    let mut rules: Vec<String> = Vec::new();
    for rule in faces.iter().map(font_face) {
        // Two families of the theme may share what stands in for both.
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let mut css = rules.concat();
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("$(") {
        let (name, after) = after.split_once(')').unwrap_or((after, ""));
        css.push_str(before);
        css.push_str(values.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v));
        rest = after;
    }
    css.push_str(rest);
    css
}

fn font_face(face: &CssFace) -> String {
    let weight = face.weight;
    let style = if face.italic { "italic" } else { "normal" };
    format!(
        "@font-face {{\n  font-family: {};\n  font-weight: {weight};\n  font-style: {style};\n  \
         src: url(\"{}\");\n}}\n\n",
        quoted(&face.name),
        face.href
    )
}

/// The family list: the name the EPUB carries it by, its own, those that stand
/// in for it, a generic one.
fn family(family: &str, generic: &str, faces: &[CssFace]) -> String {
    let of = |stands_in| {
        let named = faces.iter().filter(move |f| f.family == family && f.stands_in == stands_in);
        named.map(|f| f.name.as_str()).filter(move |name| *name != family)
    };
    let mut names: Vec<&str> = Vec::new();
    for name in of(false).take(1).chain([family]).chain(of(true)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut list: Vec<String> = names.into_iter().map(quoted).collect();
    list.push(generic.to_owned());
    list.join(", ")
}

fn quoted(name: &str) -> String {
    let safe: String =
        name.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    format!("\"{safe}\"")
}

fn em(share: f64) -> String {
    let rounded = (share * 1000.0).round() / 1000.0;
    format!("{rounded}em")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Overrides;

    #[test]
    fn every_value_is_known_and_set() {
        let names = TEMPLATE.split("$(").skip(1).filter_map(|s| s.split(')').next());
        let css = style_sheet(&Theme::default(), &[]);
        assert!(names.count() > 10);
        assert!(!css.contains("$("));
        assert!(!css.contains(": ;"), "a value is missing");
    }

    #[test]
    fn text_keeps_the_readers_size_colour_and_leading() {
        let css = style_sheet(&Theme::default(), &[]);
        let body = css.split("body {").nth(1).and_then(|s| s.split('}').next()).unwrap_or("");
        let properties = body.lines().filter_map(|l| l.trim().split(':').next());
        for property in properties {
            assert!(!["color", "background", "font-size", "line-height"].contains(&property));
        }
        assert!(!css.contains("!important"));
        assert!(!css.contains("\n  color: #"));
    }

    #[test]
    fn a_change_of_the_theme_shows() {
        let theme =
            Theme::with(&Overrides { serif: Some("Gentium".into()), ..Overrides::default() });
        let css = style_sheet(&Theme { indent: Pt(22.0), ..theme }, &[]);
        assert!(css.contains("font-family: \"Gentium\", serif"));
        assert!(css.contains("text-indent: 2em"));
    }

    #[test]
    fn faces_are_declared_and_named_first() {
        let face = CssFace {
            family: "Source Sans 3".into(),
            name: "Binder Sans 3".into(),
            stands_in: false,
            weight: 600,
            italic: true,
            href: "fonts/a.otf".into(),
        };
        let css = style_sheet(&Theme::default(), &[face]);
        assert!(css.starts_with("@font-face {\n  font-family: \"Binder Sans 3\";\n  font-weight: 600;\n  font-style: italic;\n"));
        assert!(css.contains("font-family: \"Binder Sans 3\", \"Source Sans 3\", sans-serif"));
    }
}
