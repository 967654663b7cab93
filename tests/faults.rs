//! Runs that are killed, run into each other or find no room: an earlier book
//! stays whole, and nothing is left behind.

#![cfg(unix)]

mod support;

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use support::Project;

const FILES: [&str; 2] = ["a-small-book.epub", "a-small-book.pdf"];

/// Starts a build and doesn't wait for it.
fn start(project: &Project) -> Child {
    let mut command = project.command(["build", "-q"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

fn books(project: &Project) -> [Vec<u8>; 2] {
    FILES.map(|name| project.read(&format!("dist/{name}")))
}

/// A book that was built, how long that took, and both files.
fn built() -> (Project, Duration, [Vec<u8>; 2]) {
    let project = Project::book();
    project.run(["build"]).success();
    let begin = Instant::now();
    project.run(["build"]).success();
    let took = begin.elapsed();
    let files = books(&project);
    (project, took, files)
}

#[test]
fn two_hundred_kills_cost_no_book_and_leave_no_litter() {
    const KILLS: u32 = 200;
    let (project, took, earlier) = built();
    // Another text, so that a file is the earlier one or the later one and no mix.
    let project = project.edit("book/two.md", "The last words", "Quite other words");
    for kill in 0..KILLS {
        let mut child = start(&project);
        // Most of what can go wrong happens near the end.
        sleep(took.mul_f64(0.5 + 0.7 * f64::from(kill) / f64::from(KILLS)));
        let _ = child.kill();
        child.wait().expect("it ends");
        let now = books(&project);
        for (file, before) in now.iter().zip(&earlier) {
            assert!(file == before || is_whole(file), "after kill {kill}");
        }
    }
    project.run(["build"]).success();
    assert_eq!(project.list("dist"), FILES, "the next run removes what was left");
    assert!(books(&project) != earlier);
}

/// Whether a PDF or an archive has its end, which is written last (ISO 32000-1,
/// 7.5.5; APPNOTE.TXT, 4.3.16).
fn is_whole(bytes: &[u8]) -> bool {
    let end_record = bytes.len().checked_sub(22).and_then(|at| bytes.get(at..at + 4));
    end_record == Some(b"PK\x05\x06") || bytes.trim_ascii_end().ends_with(b"%%EOF")
}

#[test]
fn a_build_that_is_asked_to_stop_leaves_nothing() {
    let (project, took, earlier) = built();
    for signal in ["-TERM", "-INT"] {
        for tenth in 0..10 {
            let mut child = start(&project);
            sleep(took.mul_f64(0.7 + 0.04 * f64::from(tenth)));
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).status();
            child.wait().expect("it ends");
            assert_eq!(project.list("dist"), FILES);
            assert!(books(&project) == earlier);
        }
    }
}

#[test]
fn builds_at_once_leave_one_whole_book() {
    let (project, _, earlier) = built();
    let mut running: Vec<Child> = (0..8).map(|_| start(&project)).collect();
    for child in &mut running {
        assert!(child.wait().expect("it ends").success());
    }
    assert!(books(&project) == earlier);
    assert_eq!(project.list("dist"), FILES);
}

#[test]
fn a_manuscript_that_changes_during_the_run_gives_a_whole_book_or_an_error() {
    let (project, _, _) = built();
    let whole = project.read("book/one.md");
    for round in 0..20 {
        let mut child = start(&project);
        for cut in (0..whole.len()).step_by(whole.len() / 8 + 1) {
            project.write("book/one.md", whole.get(..cut).unwrap_or_default());
            sleep(Duration::from_millis(round % 7));
        }
        project.write("book/one.md", &whole);
        child.wait().expect("it ends");
        assert!(books(&project).iter().all(|file| is_whole(file)), "in round {round}");
    }
    assert_eq!(project.list("dist"), FILES);
}

#[test]
fn a_full_disk_is_named() {
    if !std::path::Path::new("/dev/full").exists() {
        eprintln!("SKIPPED: this system has no /dev/full");
        return;
    }
    let project = Project::book();
    let run = project.run(["pdf", "--out", "/dev/full"]).code(1);
    run.stderr_has("error[no-output]").stderr_has("Free some disk space");
}

#[test]
fn a_folder_that_nobody_may_write_to_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let (project, _, earlier) = built();
    let folder = project.path("dist");
    let allow = |mode| {
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(mode)).expect("permissions");
    };
    allow(0o555);
    let protected = std::fs::write(folder.join("probe"), "").is_err();
    if protected {
        project.run(["build"]).code(1).stderr_has("error[no-output]").stderr_has("permissions");
    } else {
        eprintln!("SKIPPED: whoever runs this test may write everywhere");
    }
    allow(0o755);
    let _ = std::fs::remove_file(folder.join("probe"));
    assert!(books(&project) == earlier);
}

#[test]
fn no_manuscript_is_overwritten_and_no_link_followed() {
    let project = Project::book();
    let toml = project.read("book/book.toml");
    let run = project.run(["pdf", "--out", "book/book.toml"]).code(1);
    run.stderr_has("error[no-output]").stderr_has("another kind of file");
    assert!(project.read("book/book.toml") == toml);

    std::fs::create_dir(project.path("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink("elsewhere", project.path("dist")).expect("a link");
    let run = project.run(["build"]).code(1);
    run.stderr_has("`dist` is a link to another folder").stderr_has("--out dist/");
    assert!(project.list("elsewhere").is_empty());
    project.run(["build", "--out", "dist/"]).success();
    assert_eq!(project.list("elsewhere"), FILES);
}

#[test]
fn a_chapter_whose_name_is_not_utf8_is_named() {
    use std::os::unix::ffi::OsStrExt;

    let project = Project::new().file("texts/one.md", "# One\n\nWords.\n");
    let name = std::ffi::OsStr::from_bytes(b"tw\xff.md");
    if std::fs::write(project.path("texts").join(name), "# Two\n\nLost words.\n").is_err() {
        eprintln!("SKIPPED: this file system takes no such names");
        return;
    }
    let run = project.run(["build", "texts"]).code(1);
    run.stderr_has("error[not-utf8]: the name of the file `tw\u{fffd}.md` is not in UTF-8");
}

#[test]
fn pipes_devices_and_links_out_of_the_folder_are_not_read() {
    let pipe = Project::new();
    std::fs::create_dir(pipe.path("book")).expect("a folder");
    let made = Command::new("mkfifo").arg(pipe.path("book/book.toml")).status();
    if made.is_ok_and(|status| status.success()) {
        pipe.run(["build"]).code(1).stderr_has("book.toml is not a file");
    }
    let fonts = Project::book();
    std::fs::create_dir(fonts.path("book/fonts")).expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", fonts.path("book/fonts/a.ttf")).expect("a link");
    let run = fonts.run(["build"]).success();
    run.stderr_has("warning[bad-font]: fonts/a.ttf can't be used: it is outside the book's folder");
}
