//! Goldens: plain files, rewritten when `UPDATE_GOLDENS=1` is set.

use std::path::Path;

pub fn check(area: &str, name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(area).join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some_and(|v| v == "1") {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, actual).expect("written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((n, (want, got))) =
        expected.lines().zip(actual.lines()).enumerate().find(|(_, (a, b))| a != b)
    {
        panic!("{area}/{name}, line {}:\n- {want}\n+ {got}\nUPDATE_GOLDENS=1 accepts it", n + 1);
    }
    assert_eq!(expected, actual, "{area}/{name}: UPDATE_GOLDENS=1 accepts it");
}
