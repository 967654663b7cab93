//! The program as a person meets it: run in a folder, watched from outside.

mod support;

use support::Project;

#[test]
fn without_a_command_it_helps() {
    Project::new().run::<&str>([]).code(2).stderr_has("Examples:").stderr_has("bindery new");
    Project::new().run(["--help"]).success().stdout_has("Exit code: 0 if all is well");
    for command in ["epub", "pdf", "build", "new", "dump"] {
        Project::new().run([command, "--help"]).success().stdout_has("Examples:");
    }
    Project::new().run(["--version"]).success().stdout_has(env!("CARGO_PKG_VERSION"));
}

#[test]
fn wrong_usage_is_code_2() {
    let lines: [&[&str]; 7] = [
        &["print"],
        &["pdf", "--bok", "x"],
        &["new", "x"],
        &["new", "x", "--from"],
        &["new", "x", "--from", "a.md", "--language", "english!"],
        &["dump", "soul"],
        &["pdf", "-q", "-v"],
    ];
    for line in lines {
        Project::book().run(line).code(2).stderr_has("error:").stderr_has("--help");
    }
}
