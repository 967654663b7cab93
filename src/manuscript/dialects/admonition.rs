//! The many names that tools have for admonitions.

use crate::model::AdmonitionKind;

/// The kind of the model for a name; `None` for a name that is none.
pub(crate) fn admonition_kind(name: &str) -> Option<AdmonitionKind> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("callout-").unwrap_or(&name);
    Some(match name {
        "tip" | "hint" | "success" | "check" | "done" => AdmonitionKind::Tip,
        "important" => AdmonitionKind::Important,
        "warning" | "caution" | "attention" | "warn" => AdmonitionKind::Warning,
        "danger" | "error" | "bug" | "failure" | "fail" | "missing" => AdmonitionKind::Caution,
        "note" | "info" | "information" | "abstract" | "summary" | "tldr" | "todo" | "question"
        | "help" | "faq" | "example" | "quote" | "cite" | "seealso" | "admonition" | "callout"
        | "discussion" | "secondary" => AdmonitionKind::Note,
        _ => return None,
    })
}

/// The class by which [`admonition_kind`] knows the kind: `caution` is a warning
/// to most tools.
pub(super) fn class_of(kind: AdmonitionKind) -> &'static str {
    match kind {
        AdmonitionKind::Caution => "danger",
        kind => kind_name(kind),
    }
}

/// The kind's name in alerts.
pub(super) fn kind_name(kind: AdmonitionKind) -> &'static str {
    match kind {
        AdmonitionKind::Note => "note",
        AdmonitionKind::Tip => "tip",
        AdmonitionKind::Important => "important",
        AdmonitionKind::Warning => "warning",
        AdmonitionKind::Caution => "caution",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_of_a_kind_means_that_kind() {
        for name in ["note", "tip", "important", "warning", "danger"] {
            let kind = admonition_kind(name).expect("a kind");
            assert_eq!(admonition_kind(class_of(kind)), Some(kind), "{name}");
        }
        assert_eq!(admonition_kind("theorem"), None);
    }
}
