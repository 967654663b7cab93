//! Where a file's text begins.

/// Where the text begins after front matter in TOML or YAML.
pub(in crate::check) fn body_start(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return 0 };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return 0;
    }
    let mut at = first.len();
    let mut any = false;
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return if any { at } else { 0 };
        }
        // A rule above a text is no fence: keys follow a fence.
        if !any && !line.is_empty() && !line.starts_with('#') && !is_key(line) {
            return 0;
        }
        any = any || !line.is_empty();
    }
    0
}

fn is_key(line: &str) -> bool {
    let key = line.split([':', '=']).next().unwrap_or("");
    key.len() < line.len() && !key.trim().is_empty() && !key.trim().contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_its_second_fence() {
        for text in ["---\na: b\n---\n", "---\na: b\n...\n", "+++\na = 1\n+++\n"] {
            assert_eq!(body_start(&format!("{text}body")), text.len(), "{text}");
        }
    }

    #[test]
    fn a_rule_above_a_text_is_no_front_matter() {
        for text in ["---\n\nA rule above.\n\n---\n", "---\nA text\n---\n", "a\n---\nb: c\n---\n"] {
            assert_eq!(body_start(text), 0, "{text}");
        }
    }
}
