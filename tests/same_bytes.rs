//! The same manuscript gives the same bytes, wherever and however it is built.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, Run};

/// A book of the tests that has a bit of everything.
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/manuscripts/torture");

/// Copies a folder; with `backwards`, files are created from the last name to the
/// first, which is the order in which many file systems list them.
fn copy(from: &Path, to: &Path, backwards: bool) {
    fs::create_dir_all(to).expect("a folder is made");
    let entries = fs::read_dir(from).expect("a folder is read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    if backwards {
        paths.reverse();
    }
    for path in paths {
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &place, backwards);
        } else {
            fs::copy(&path, &place).expect("a file is copied");
        }
    }
}

/// The bytes of both files of the book in `folder`, built by `command`.
fn built(project: &Project, command: Command, out: &str) -> [Vec<u8>; 2] {
    Run::of(command).success();
    ["epub", "pdf"].map(|ending| project.read(&format!("{out}.{ending}")))
}

#[test]
fn threads_locale_time_zone_folder_and_order_of_files_change_nothing() {
    let project = Project::new();
    copy(Path::new(BOOK), &project.path("book"), false);
    copy(Path::new(BOOK), &project.path("elsewhere/a folder, deeper"), true);
    let build =
        |book: &str, out: &str| project.command(["build", "-q", "--book", book, "--out", out]);
    let first = built(&project, build("book", "first"), "first");

    let environments: [&[(&str, &str)]; 5] = [
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "2"), ("TZ", "Pacific/Kiritimati")],
        &[("RAYON_NUM_THREADS", "8"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("LC_ALL", "C"), ("HOME", "/nonexistent"), ("USER", "somebody")],
        &[("COLUMNS", "20"), ("TERM", "dumb"), ("SOURCE_DATE_EPOCH", "86400")],
    ];
    for (number, variables) in environments.iter().enumerate() {
        let out = format!("other-{number}");
        let mut command = build("book", &out);
        command.envs(variables.iter().copied());
        assert!(built(&project, command, &out) == first, "{variables:?}");
    }

    let moved = build("elsewhere/a folder, deeper", "moved");
    assert!(built(&project, moved, "moved") == first, "another folder, files in another order");
    let mut from_within = project.command(["build", "-q", "--out", "../from-within"]);
    from_within.current_dir(project.path("book"));
    assert!(built(&project, from_within, "from-within") == first, "from within the folder");
}

#[cfg(unix)]
#[test]
fn the_umask_changes_no_byte() {
    let project = Project::book();
    project.run(["build", "-q", "--out", "first"]).success();
    let program = project.command(["build", "-q", "--out", "masked"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 077 && exec \"$@\"", "sh"]);
    shell.arg(program.get_program()).args(program.get_args()).current_dir(project.path(""));
    let masked = built(&project, shell, "masked");
    assert!(masked == ["epub", "pdf"].map(|ending| project.read(&format!("first.{ending}"))));
}
