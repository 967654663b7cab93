//! `[lints]`: which warnings stop the book, and which are not reported.

use super::reader::{Reader, Section};
use crate::diag::{Code, LintLevel, Lints, Severity};

/// The key that stands for every warning.
const ALL_WARNINGS: &str = "warnings";

const LEVELS: [(&str, LintLevel); 3] =
    [("allow", LintLevel::Allow), ("warn", LintLevel::Warn), ("deny", LintLevel::Deny)];

/// Reads the table, and the two keys that were there before it.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>) -> Lints {
    let mut lints = Lints::default();
    read_deprecated(reader, top, &mut lints);
    let Some(section) = reader.section(top, "lints") else { return lints };
    let codes = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let mut known: Vec<&str> = codes.map(|code| code.slug()).collect();
    known.push(ALL_WARNINGS);
    reader.check_keys(section, "lints", &known);
    let deny = [("warn", LintLevel::Warn), ("deny", LintLevel::Deny)];
    if reader.choice(section, ALL_WARNINGS, &deny) == Some(LintLevel::Deny) {
        lints.deny_warnings();
    }
    for code in Code::ALL.iter().filter(|code| section.table.contains_key(code.slug())) {
        if let Some(level) = reader.choice(section, code.slug(), &LEVELS) {
            lints.set(*code, level);
        }
    }
    lints
}

/// `dead-links` and `remote-images`, which said for two codes what `[lints]`
/// says for all.
fn read_deprecated(reader: &mut Reader<'_>, top: Section<'_>, lints: &mut Lints) {
    let dead = [("error", LintLevel::Deny), ("text", LintLevel::Warn)];
    if let Some(level) = reader.choice(top, "dead-links", &dead) {
        lints.set(Code::DeadLink, level);
    }
    let remote = [("error", LintLevel::Deny), ("link", LintLevel::Allow)];
    if let Some(level) = reader.choice(top, "remote-images", &remote) {
        lints.set(Code::RemotePicture, level);
    }
}
