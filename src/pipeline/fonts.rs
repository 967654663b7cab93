//! The fonts of one book: those shipped with bindery and those of its own
//! `fonts/` folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap, Span};
use crate::text::{FontBook, FontFace};
use crate::theme::Theme;

/// The folder of a book in which its own fonts lie.
const FOLDER: &str = "fonts";

/// What font files are called; other files of the folder, such as licences,
/// are left alone.
const READABLE: [&str; 4] = ["otf", "ttf", "ttc", "otc"];
const UNREADABLE: [&str; 2] = ["woff", "woff2"];

/// No font is larger: in bytes.
const LARGEST: u64 = 128 << 20;

/// No collection holds more fonts than this.
const MOST_IN_ONE_FILE: u32 = 64;

/// The shipped fonts and those of the book, in the order of their file names.
/// A font file that can't be read is reported.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> FontBook {
    let mut book = FontBook::shipped();
    for path in font_files(&root.join(FOLDER), diagnostics) {
        match faces(&path, root) {
            Ok(faces) => faces.into_iter().for_each(|face| {
                book.add(face);
            }),
            Err(why) => diagnostics.push(bad_font(&path, &why)),
        }
    }
    book
}

fn font_files(folder: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(e) => {
            let message = format!("the folder {FOLDER} can't be read: {e}");
            diagnostics.push(Diagnostic::new(Code::BadFont, message));
            return Vec::new();
        }
    };
    let is_font = |ext: &str| READABLE.contains(&ext) || UNREADABLE.contains(&ext);
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| extension(path).is_some_and(|ext| is_font(&ext)))
        .collect();
    files.sort();
    files
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The fonts of a file: one, or those of a collection. A link is followed within the
/// book's folder only, and what has no end, such as a device, is not read.
fn faces(path: &Path, root: &Path) -> Result<Vec<FontFace>, String> {
    let real = |path: &Path| path.canonicalize().map_err(|e| e.to_string());
    if !real(path)?.starts_with(real(root)?) {
        return Err("it is outside the book's folder".into());
    }
    let info = path.metadata().map_err(|e| e.to_string())?;
    if !info.is_file() || info.len() > LARGEST {
        return Err(format!("it is no file of at most {} MB", LARGEST >> 20));
    }
    if extension(path).is_some_and(|ext| UNREADABLE.contains(&ext.as_str())) {
        return Err("it is packed".into());
    }
    let bytes: Arc<[u8]> = fs::read(path).map_err(|e| e.to_string())?.into();
    let one = |index| FontFace::parse_index(Arc::clone(&bytes), index);
    let faces: Vec<FontFace> = match bytes.get(..4) {
        Some(b"ttcf") => (0..MOST_IN_ONE_FILE).map_while(one).collect(),
        _ => one(0).into_iter().collect(),
    };
    if faces.is_empty() { Err("it is not a font".into()) } else { Ok(faces) }
}

fn bad_font(path: &Path, why: &str) -> Diagnostic {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Diagnostic::new(Code::BadFont, format!("{FOLDER}/{name} can't be used: {why}"))
        .hint("Fonts are OpenType or TrueType files, with names that end in .otf, .ttf or .ttc.")
}

/// Reports families that no font has, at their place in `book.toml`, and puts
/// the default in their stead so that the other steps can go on.
pub fn check(
    theme: &mut Theme,
    fonts: &FontBook,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let default = Theme::default();
    let known = fonts.families();
    let families = [
        (&mut theme.serif, default.serif),
        (&mut theme.sans, default.sans),
        (&mut theme.mono, default.mono),
    ];
    for (family, fallback) in families {
        if known.iter().any(|name| name.eq_ignore_ascii_case(family)) {
            continue;
        }
        let message = format!("there is no font family \"{family}\"");
        let found = match place(sources, family) {
            Some(span) => Diagnostic::at(Code::BadFont, span, message),
            None => Diagnostic::new(Code::BadFont, message),
        };
        diagnostics.push(found.hint(format!(
            "Put its font files into the book's {FOLDER} folder, or use one of: {}.",
            known.join(", ")
        )));
        *family = fallback;
    }
}

/// Where a value stands in quotes in `book.toml`, which is the first text that
/// is read.
fn place(sources: &SourceMap, value: &str) -> Option<Span> {
    let file = FileId(0);
    let text = sources.get(file)?.text();
    let quoted = [format!("\"{value}\""), format!("'{value}'")];
    let (start, length) = quoted.iter().find_map(|q| Some((text.find(q)?, q.len())))?;
    Some(Span::new(file, start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(diagnostics: &Diagnostics) -> Vec<Code> {
        diagnostics.iter().map(|d| d.code).collect()
    }

    #[test]
    fn broken_fonts_are_reported_and_other_files_left_alone() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let folder = root.path().join(FOLDER);
        fs::create_dir(&folder)?;
        fs::write(folder.join("OFL.txt"), "licence")?;
        fs::write(folder.join("broken.otf"), "not a font")?;
        fs::write(folder.join("web.woff2"), "wOF2")?;
        let own = &FontBook::shipped();
        let (_, sound) = own.iter().next().ok_or(io::ErrorKind::NotFound)?;
        fs::write(folder.join("sound.otf"), &sound.data)?;
        let mut found = Diagnostics::default();
        let book = load(root.path(), &mut found);
        assert_eq!(codes(&found), [Code::BadFont, Code::BadFont]);
        assert!(found.iter().all(|d| d.message.starts_with("fonts/")), "{found:?}");
        assert_eq!(book.iter().count(), own.iter().count() + 1);
        Ok(())
    }

    #[test]
    fn an_unknown_family_is_shown_where_it_is_named() {
        let fonts = FontBook::shipped();
        let mut sources = SourceMap::default();
        sources.add("book.toml", "[fonts]\ntext = \"Comic Sans\"\n");
        let mut theme = Theme { serif: "Comic Sans".into(), ..Theme::default() };
        let mut found = Diagnostics::default();
        check(&mut theme, &fonts, &sources, &mut found);
        assert_eq!(codes(&found), [Code::BadFont]);
        let span = found.iter().next().and_then(|d| d.span);
        assert_eq!(span.map(|s| sources.text(s)), Some("\"Comic Sans\""));
        assert_eq!(theme, Theme::default(), "and the run can go on");
    }
}
