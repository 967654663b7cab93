//! The file as a whole.

use crate::sample;

#[test]
fn the_same_pages_give_the_same_bytes() {
    let bytes = sample::book().bytes();
    assert!(bytes == sample::book().bytes());
    // For the validators, which no test needs.
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample.pdf");
    std::fs::write(path, bytes).expect("a file");
}
