//! Attributes in braces: `{#id .class key="value"}`, and kramdown's `{: …}`.

/// What braces say.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The id.
    pub id: Option<String>,
    /// The classes, in order.
    pub classes: Vec<String>,
    /// The other keys with their values.
    pub pairs: Vec<(String, String)>,
}

impl Attributes {
    /// Reads what stands between the braces; `None` if that is no attributes.
    pub fn parse(inner: &str) -> Option<Self> {
        let inner = inner.trim();
        let mut rest = inner.strip_prefix(':').unwrap_or(inner).trim_start();
        let mut out = Self::default();
        while !rest.is_empty() {
            let end = word_end(rest);
            let (word, after) = rest.split_at(end);
            rest = after.trim_start();
            if let Some(id) = word.strip_prefix('#').filter(|id| is_name(id)) {
                out.id = Some(id.to_owned());
            } else if let Some(classes) = word.strip_prefix('.') {
                let mut classes = classes.split('.');
                if !classes.clone().all(is_name) {
                    return None;
                }
                out.classes.extend(classes.by_ref().map(str::to_owned));
            } else if matches!(word, "-" | ".-") {
                out.classes.push("unnumbered".to_owned());
            } else {
                let (key, value) = word.split_once('=')?;
                if !is_name(key) {
                    return None;
                }
                let value = value.trim_matches(['"', '\'']);
                match key {
                    "class" => out.classes.extend(value.split_whitespace().map(str::to_owned)),
                    "id" => out.id = Some(value.to_owned()),
                    _ => out.pairs.push((key.to_owned(), value.to_owned())),
                }
            }
        }
        (out != Self::default()).then_some(out)
    }

    /// Reads braces at the beginning of a text: what they say and where they end.
    pub fn at_start(text: &str) -> Option<(Self, usize)> {
        let inner = text.strip_prefix('{')?;
        let end = inner
            .find(['}', '\n'])
            .filter(|end| inner.get(*end..).is_some_and(|r| r.starts_with('}')))?;
        Some((Self::parse(inner.get(..end)?)?, end + 2))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// The attributes as they stand in a tag of HTML, with a space before.
    pub fn html(&self) -> String {
        let mut out = String::new();
        if let Some(id) = &self.id {
            out.push_str(&format!(" id=\"{}\"", escape(id)));
        }
        if !self.classes.is_empty() {
            out.push_str(&format!(" class=\"{}\"", escape(&self.classes.join(" "))));
        }
        for key in ["lang", "dir"] {
            if let Some(value) = self.get(key) {
                out.push_str(&format!(" {key}=\"{}\"", escape(value)));
            }
        }
        out
    }
}

/// A value as it stands in quotation marks in HTML.
pub(super) fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_:/@".contains(c))
}

/// Where the first word ends; quotation marks hold words together.
fn word_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_ids_classes_and_pairs() {
        let (found, end) =
            Attributes::at_start("{#a .b .c-d width=50% t=\"x y\"} rest").expect("some");
        assert_eq!(found.html(), " id=\"a\" class=\"b c-d\"");
        assert_eq!((found.get("width"), found.get("t"), end), (Some("50%"), Some("x y"), 30));
        let (kramdown, _) = Attributes::at_start("{: .note #x}").expect("some");
        assert_eq!(kramdown.html(), " id=\"x\" class=\"note\"");
    }

    #[test]
    fn other_braces_are_no_attributes() {
        for text in ["{index: a}", "{ref #a}", "{}", "{a b}", "{a}", "{#a", "{.a b!}", "{{.Title}}"]
        {
            assert!(Attributes::at_start(text).is_none(), "{text}");
        }
    }
}
