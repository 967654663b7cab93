//! Reading files of the manuscript as text, each fault reported.

use super::folder::{FindError, Folder};
use super::path::normalize;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::located::Located;
use crate::source::{SourceMap, Span};

/// The bytes as text; where they are not UTF-8, that is reported at the first
/// byte that isn't. A mark of byte order at the beginning goes.
pub(crate) fn decode_utf8(
    bytes: Vec<u8>,
    path: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let file = sources.add(path, lossy);
            let span = Span::new(file, at, at + '\u{FFFD}'.len_utf8());
            let message = format!("`{path}` is not in UTF-8");
            let hint = "Save it as UTF-8 in your editor.";
            diagnostics.push(Diagnostic::at(Code::NotUtf8, span, message).hint(hint));
            None
        }
    }
}

/// A kind of file that `book.toml` names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedFile {
    /// The code of a fault with it.
    pub code: Code,
    /// What it is called in messages.
    pub what: &'static str,
}

/// The text of a file that `book.toml` names.
pub(crate) fn read_named_file(
    file: &Located<String>,
    NamedFile { code, what }: NamedFile,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let found = match normalize(&file.value) {
        Some(path) => folder.find(&path).map(|place| (path, place)),
        None => Err(FindError::Outside),
    };
    match found {
        Ok((path, place)) => match std::fs::read(place) {
            Ok(bytes) => decode_utf8(bytes, &path, sources, diagnostics),
            Err(error) => {
                let message = format!("the {what} `{path}` can't be read: {error}");
                diagnostics.push(Diagnostic::at(code, file.span, message));
                None
            }
        },
        Err(trouble) => {
            let found = not_found(code, what, &file.value, file.span, &trouble);
            diagnostics.push(found);
            None
        }
    }
}

/// Says why a file can't be had.
pub(crate) fn not_found(
    code: Code,
    what: &str,
    path: &str,
    span: Span,
    trouble: &FindError,
) -> Diagnostic {
    match trouble {
        FindError::Outside => {
            let message = format!("the {what} `{path}` is outside the book's folder");
            // Only of a picture no more than the picture is missing.
            let code = if code == Code::NoPicture { Code::OutsideFolder } else { code };
            let found = Diagnostic::at(code, span, message);
            found.hint("Copy it into the book's folder and use the path of the copy.")
        }
        FindError::Missing(guess) => {
            let found = Diagnostic::at(code, span, format!("there is no {what} `{path}`"));
            match guess {
                Some(guess) => found.hint(format!("Did you mean `{guess}`?")),
                None => found.hint("Paths are relative to the book's folder."),
            }
        }
        FindError::NotAFile => Diagnostic::at(code, span, format!("`{path}` is not a file"))
            .hint("Write the path of a file in it."),
    }
}
