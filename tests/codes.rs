//! No code without a test: whatever bindery can find wrong, some test shows
//! that it does.

mod support;

use bindery::diag::Code;

#[test]
fn every_code_has_a_test() {
    let mut tests = String::new();
    for (path, text) in support::rust_files("tests") {
        if !path.ends_with("codes.rs") {
            tests.push_str(&text);
        }
    }
    for (path, text) in support::rust_files("src") {
        let name = path.to_string_lossy();
        if name.ends_with("tests.rs") || name.contains("/tests/") {
            tests.push_str(&text);
        } else if let Some(at) = text.find("#[cfg(test)]") {
            tests.push_str(&text[at..]);
        }
    }
    let named = |code: &Code| {
        let word = format!("Code::{code:?}");
        let whole = |(at, w): (usize, &str)| {
            !tests[at + w.len()..].starts_with(|c: char| c.is_alphanumeric())
        };
        tests.match_indices(&word).any(whole) || tests.contains(code.slug())
    };
    let missing: Vec<&str> = Code::ALL.iter().filter(|c| !named(c)).map(|c| c.slug()).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
}
