//! Tags of site generators: Hugo's and Zola's shortcodes `{{< x >}}` and
//! `{{% x %}}`, Liquid's `{% x %}` and `{{ x }}`.

use std::ops::Range;

use super::admonition::{admonition_kind, class_of};
use super::draft::{Draft, Edits, Part, RemovedReason, made};
use super::scan::Scan;

/// A tag.
struct Template<'t> {
    /// Where it stands.
    range: Range<usize>,
    /// The first word in it, with `/` or `end` of a closing tag.
    name: &'t str,
    /// What follows the name.
    arguments: &'t str,
    /// Whether it is a value to be filled in: `{{ site.title }}`.
    value: bool,
}

/// Brings tags to Markdown; takes out those that nobody here knows.
pub(super) fn templates(draft: &mut Draft, math: bool) {
    if !draft.text.contains("{{") && !draft.text.contains("{%") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    let mut at = 0;
    while let Some(tag) = next(&scan, at) {
        at = tag.range.end;
        if matches!(tag.name, "raw" | "comment") {
            let end = format!("end{}", tag.name);
            let mut inside = at;
            while let Some(close) = next(&scan, inside) {
                inside = close.range.end;
                if close.name != end {
                    continue;
                }
                if tag.name == "comment" {
                    edits.remove(tag.range.start..inside, RemovedReason::Comment);
                } else {
                    let text = tag.range.end..close.range.start;
                    for open in scan.marks("{").filter(|open| text.contains(open)) {
                        edits.insert(open, "\\");
                    }
                    edits.drop(tag.range.clone());
                    edits.drop(close.range.clone());
                }
                at = inside;
                break;
            }
            continue;
        }
        let from = at;
        if tag.name == "highlight" {
            // What is in a listing is code, whatever it looks like.
            let mut inside = at;
            while let Some(close) = next(&scan, inside) {
                inside = close.range.end;
                if matches!(close.name, "endhighlight" | "/highlight") {
                    let lang = Arguments(tag.arguments).first().unwrap_or_default();
                    edits.replace(tag.range.clone(), fence(&scan, &tag.range, &lang));
                    edits.replace(close.range.clone(), fence(&scan, &close.range, ""));
                    at = inside;
                    break;
                }
            }
        }
        if at > from {
            continue;
        }
        match replacement(&tag) {
            Some(parts) => edits.replace(tag.range.clone(), parts),
            None => {
                let kind = if tag.value { "`{{ … }}`" } else { "a shortcode" };
                edits.left_over(kind, tag.range.clone());
                edits.remove(tag.range.clone(), RemovedReason::LeftOver);
            }
        }
    }
    draft.apply(edits);
}

/// The first tag from a byte on.
fn next<'t>(scan: &Scan<'t>, from: usize) -> Option<Template<'t>> {
    const MARKS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let text = scan.text;
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let open = at + rest.find("{{").into_iter().chain(rest.find("{%")).min()?;
        at = open + 2;
        // mdBook's directives are not these.
        if !scan.is_mark(open) || text.get(open..)?.starts_with("{{#") {
            continue;
        }
        let after = text.get(open..)?;
        let Some((start, end)) = MARKS.into_iter().find(|(start, _)| after.starts_with(start))
        else {
            continue;
        };
        let body = after.get(start.len()..)?;
        let paragraph = body.find("\n\n").unwrap_or(body.len());
        let Some(length) = body.get(..paragraph)?.find(end) else { continue };
        let inner = body.get(..length)?.trim_matches(['-', ' ', '\n', '\t']);
        let split = inner.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(inner.len());
        let (name, arguments) = inner.split_at(split);
        let range = open..open + start.len() + length + end.len();
        return Some(Template { range, name, arguments, value: start == "{{" });
    }
}

/// A fence on a line of its own.
fn fence(scan: &Scan<'_>, range: &Range<usize>, lang: &str) -> Vec<Part> {
    let begins = scan.text.get(..range.start).is_none_or(|t| t.is_empty() || t.ends_with('\n'));
    let ends = scan.text.get(range.end..).is_none_or(|t| t.is_empty() || t.starts_with('\n'));
    let (before, after) = (if begins { "" } else { "\n" }, if ends { "" } else { "\n" });
    vec![made(format!("{before}```{lang}{after}"))]
}

/// What stands in the place of a tag; `None` if it is unknown.
fn replacement(tag: &Template<'_>) -> Option<Vec<Part>> {
    let arguments = Arguments(tag.arguments);
    let closing = tag.name.strip_prefix('/').or_else(|| tag.name.strip_prefix("end"));
    if let Some(name) = closing.filter(|name| !name.is_empty()) {
        return match name {
            _ if is_box(name) => Some(vec![made("\n\n</div>\n\n")]),
            _ if is_transparent(name) => Some(Vec::new()),
            _ => None,
        };
    }
    match tag.name {
        "ref" | "relref" | "link" | "post_url" => Some(vec![made(arguments.first()?)]),
        "figure" | "img" | "image" => Some(vec![made(figure(&arguments)?)]),
        "youtube" => {
            let id = arguments.get("id").or_else(|| arguments.first())?;
            let address = format!("https://www.youtube.com/watch?v={id}");
            Some(vec![made(format!("<{address}>"))])
        }
        "br" => Some(vec![made("<br>")]),
        "toc" | "endtoc" => Some(Vec::new()),
        name if is_box(name) => {
            let given = arguments.get("type").or_else(|| arguments.first());
            let kind = admonition_kind(name).filter(|_| !is_generic(name));
            let kind = kind.or_else(|| admonition_kind(given.as_deref()?));
            let kind = kind.unwrap_or(crate::model::AdmonitionKind::Note);
            let mut html = format!("\n\n<div class=\"admonition {}\">\n\n", class_of(kind));
            if let Some(title) = arguments.get("title") {
                html.push_str(&format!("<strong>{title}</strong>\n\n"));
            }
            Some(vec![made(html)])
        }
        name if is_transparent(name) => {
            let title = arguments.get("name").or_else(|| arguments.get("title"));
            let title = title.or_else(|| (name == "tab").then(|| arguments.first()).flatten());
            Some(vec![made(title.map_or_else(String::new, |t| format!("\n\n**{t}**\n\n")))])
        }
        _ => None,
    }
}

fn is_generic(name: &str) -> bool {
    matches!(name, "admonition" | "callout" | "notice" | "alert" | "hint")
}

fn is_box(name: &str) -> bool {
    is_generic(name) || admonition_kind(name).is_some()
}

fn is_transparent(name: &str) -> bool {
    matches!(name, "tabs" | "tab" | "tabpane" | "details" | "expand" | "columns" | "steps")
}

fn figure(arguments: &Arguments<'_>) -> Option<String> {
    let src = arguments.get("src").or_else(|| arguments.first())?;
    let caption = arguments.get("caption").or_else(|| arguments.get("title"));
    let alt = arguments.get("alt").unwrap_or_default();
    let title = caption.map_or_else(String::new, |c| format!(" \"{}\"", c.replace('"', "\\\"")));
    Some(format!("![{alt}](<{src}>{title})"))
}

/// What follows the name of a tag.
struct Arguments<'t>(&'t str);

impl Arguments<'_> {
    /// The first value without a key.
    fn first(&self) -> Option<String> {
        let text = self.0.trim_start_matches('(').trim();
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let value = match quote {
            Some(quote) => text.get(1..)?.split(quote).next()?,
            None => text.split_whitespace().next().filter(|word| !word.contains('='))?,
        };
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The value of a key.
    fn get(&self, key: &str) -> Option<String> {
        for (at, _) in self.0.match_indices(key) {
            let before = self.0.get(..at)?;
            let Some(value) = self.0.get(at + key.len()..)?.trim_start().strip_prefix('=') else {
                continue;
            };
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '-') {
                continue;
            }
            return Arguments(value.trim_start()).first();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str) -> Draft {
        let mut draft = Draft::new(text, FileId(0), 0);
        templates(&mut draft, true);
        draft
    }

    #[test]
    fn what_is_known_becomes_markdown() {
        let figure = "{{< figure src=\"a.png\" alt=\"A\" caption=\"Of it\" >}}";
        assert_eq!(brought(figure).text, "![A](<a.png> \"Of it\")");
        assert_eq!(brought("[a]({{< ref \"b.md#c\" >}})").text, "[a](b.md#c)");
        let code = "{% highlight ruby %}\nputs {{ x }}\n{% endhighlight %}\n";
        assert_eq!(brought(code).text, "```ruby\nputs {{ x }}\n```\n");
        let note = brought("{{% notice tip %}}\na\n{{% /notice %}}").text;
        assert_eq!(note.replace('\n', ""), "<div class=\"admonition tip\">a</div>");
    }

    #[test]
    fn what_is_unknown_is_taken_out_and_reported() {
        let draft = brought("a {{ site.b }} c {% include d.html %}");
        assert_eq!(draft.text, "a  c ");
        let kinds: Vec<_> = draft.left_over.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, ["`{{ … }}`", "a shortcode"]);
        assert!(draft.removed.iter().all(|r| r.reason == RemovedReason::LeftOver));
    }

    #[test]
    fn raw_text_and_code_stay() {
        for text in ["`{{ a }}`", "```\n{% b %}\n```", "{{#include c}}", "{{ d", "$x^{{2}}$"] {
            assert_eq!(brought(text).text, text);
        }
        assert_eq!(brought("{% raw %}{{ a }}{% endraw %}").text, "\\{\\{ a }}");
        assert_eq!(brought("a{% comment %}b{% endcomment %}c").text, "ac");
    }
}
