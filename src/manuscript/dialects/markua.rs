//! Leanpub's Markua: asides and blurbs as lines `A> …`, `W> …` and as
//! `{aside}` … `{/aside}`.

use super::admonition::{admonition_kind, class_of, kind_name};
use super::draft::{Draft, Edits, made};
use super::lines::lines;
use crate::model::AdmonitionKind;

/// Makes admonitions of asides and blurbs.
pub(super) fn asides(draft: &mut Draft) {
    let mut edits = Edits::default();
    let mut before = None;
    for line in lines(&draft.text) {
        let text = line.is_text() && line.prefix.is_empty();
        let mark = if text { letter(line.words) } else { None };
        if let Some((kind, letter)) = mark {
            let alert = if before == Some(letter) {
                String::new()
            } else {
                format!("\n> [!{}]\n", kind_name(kind).to_uppercase())
            };
            edits.replace(line.start()..line.start() + 1, vec![made(alert)]);
        } else if text && let Some(tag) = braces(line.words) {
            edits.replace(line.range.clone(), vec![made(tag)]);
        }
        before = mark.map(|(_, letter)| letter);
    }
    draft.apply(edits);
}

fn letter(words: &str) -> Option<(AdmonitionKind, char)> {
    let mut chars = words.chars();
    let letter = chars.next()?;
    let rest = chars.as_str().strip_prefix('>')?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let kind = match letter {
        'A' | 'B' | 'I' | 'D' | 'Q' => AdmonitionKind::Note,
        'T' => AdmonitionKind::Tip,
        'W' => AdmonitionKind::Warning,
        'E' => AdmonitionKind::Caution,
        _ => return None,
    };
    Some((kind, letter))
}

fn braces(words: &str) -> Option<String> {
    let inner = words.strip_prefix('{')?.strip_suffix('}')?;
    if matches!(inner, "/aside" | "/blurb") {
        return Some("\n</div>\n".to_owned());
    }
    let rest = inner.strip_prefix("aside").or_else(|| inner.strip_prefix("blurb"))?;
    if !rest.is_empty() && !rest.starts_with([',', ' ']) {
        return None;
    }
    let name = rest.split(':').nth(1).unwrap_or("").trim().trim_matches('"');
    let kind = admonition_kind(name).unwrap_or(AdmonitionKind::Note);
    Some(format!("\n<div class=\"admonition {}\">\n", class_of(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str) -> String {
        let mut draft = Draft::new(text, FileId(0), 0);
        asides(&mut draft);
        draft.text
    }

    #[test]
    fn lines_with_a_letter_are_an_alert() {
        assert_eq!(brought("a\n\nW> b\nW>\nW> c\n"), "a\n\n\n> [!WARNING]\n> b\n>\n> c\n");
        assert_eq!(brought("A>b\n\nX> c\n"), "A>b\n\nX> c\n");
    }

    #[test]
    fn braces_hold_an_aside() {
        let html = "\n<div class=\"admonition warning\">\n\na\n\n</div>\n\n";
        assert_eq!(brought("{blurb, class: warning}\na\n{/blurb}\n"), html);
        assert_eq!(brought("{asides}\n"), "{asides}\n");
    }
}
