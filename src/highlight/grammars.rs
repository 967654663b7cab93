//! The grammars, and which of them a fence names.

use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names that people write at fences and the grammars don't know, with one
/// that they do.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("c#", "cs"),
    ("csharp", "cs"),
    ("c++", "cpp"),
    ("docker", "dockerfile"),
    ("elisp", "el"),
    ("f#", "fs"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("ksh", "sh"),
    ("make", "makefile"),
    ("node", "js"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("obj-c", "m"),
    ("pgsql", "sql"),
    ("plpgsql", "sql"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("sqlite", "sql"),
    ("py3", "py"),
    ("python3", "py"),
    ("rs", "rust"),
    ("shell", "sh"),
    ("shell-script", "sh"),
    ("viml", "vim"),
];

/// All grammars; read once, when first asked for.
pub(super) fn all() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

/// The grammar of what stands at a fence, such as `rust,ignore` or `{.python}`;
/// nothing for plain text and for what no grammar is known of.
pub(super) fn named(fence: &str) -> Option<&'static SyntaxReference> {
    let name = fence
        .trim_start_matches(['{', '.', ' '])
        .split([',', ' ', '\t', '{', '}', ':'])
        .next()?
        .to_lowercase();
    if name.is_empty() {
        return None;
    }
    let known = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(&*name, |(_, k)| *k);
    let found = all().find_syntax_by_token(known)?;
    (found.name != "Plain Text").then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(fence: &str) -> Option<&'static str> {
        named(fence).map(|g| g.name.as_str())
    }

    #[test]
    fn fences_name_grammars_in_many_ways() {
        assert_eq!(name("rust,ignore"), Some("Rust"));
        assert_eq!(name("{.python}"), Some("Python"));
        assert_eq!(name("Python title=\"x\""), Some("Python"));
        assert_eq!(name("toml"), Some("TOML"));
        assert_eq!(name("no-such-language"), None);
        assert_eq!(name("text"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn every_other_name_leads_to_a_grammar() {
        for (other, _) in OTHER_NAMES {
            assert!(named(other).is_some(), "{other}");
        }
        let usual = "bash c cpp cs css diff dockerfile elixir elm go haskell html ini java javascript \
                     js json kotlin latex lua makefile markdown perl php python r ruby rust scala \
                     sh sql swift toml tsx typescript ts xml yaml yml zig";
        for name in usual.split_whitespace() {
            assert!(named(name).is_some(), "{name}");
        }
    }
}
