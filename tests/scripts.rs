//! Books in other scripts: lines that begin and end as their languages want,
//! readings above characters, fonts that stand in for others. Every font is the
//! fixtures' own.

mod support;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use bindery::model::Lang;
use bindery::pipeline::{Dump, Output, Project};
use bindery::text::{FaceStyle, Fallbacks, FontBook, FontFace, Generic, Needs, Weight};

/// What must not begin a line of Japanese or Chinese (JIS X 4051, 4.3).
const NEVER_FIRST: &str =
    "、。，．・：；？！）］｝」』】〉》”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…";
/// What must not end one.
const NEVER_LAST: &str = "（［｛「『【〈《“‘";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/manuscripts").join(name)
}

/// The lines of a book's pages from left to right, without readings.
fn lines(name: &str) -> Vec<String> {
    let mut project = Project::read(&fixture(name));
    let text = project.dump(Dump::Pages);
    assert!(project.diagnostics().iter().next().is_none(), "{:?}", project.diagnostics());
    let mut lines: BTreeMap<(usize, i64), Vec<(i64, String)>> = BTreeMap::new();
    let mut page = 0;
    for line in text.expect("pages").lines() {
        if line.starts_with("page ") {
            page += 1;
        }
        let Some((place, quoted)) = line.split_once(" \"") else { continue };
        let mut words = place.split_whitespace();
        let number = |w: Option<&str>| {
            let digits = w?.split("..").next()?.parse::<f64>().ok()?;
            Some((digits * 10.0) as i64)
        };
        let (Some(y), Some(x)) = (number(words.next()), number(words.next())) else { continue };
        if place.contains("RubyText") || place.contains("(Header)") || place.contains("(Footer)") {
            continue;
        }
        let words = quoted.trim_end_matches('"').to_owned();
        lines.entry((page, y)).or_default().push((x, words));
    }
    let joined = lines.into_values().map(|mut runs| {
        runs.sort_by_key(|(x, _)| *x);
        runs.into_iter().map(|(_, words)| words).collect::<String>().trim().to_owned()
    });
    joined.filter(|line| line.chars().count() > 15).collect()
}

#[test]
fn no_line_begins_or_ends_with_what_must_not() {
    for name in ["japanese", "chinese"] {
        let lines = lines(name);
        assert!(lines.len() > 15, "{name}: {lines:?}");
        for line in lines {
            let first = line.chars().next().is_some_and(|c| NEVER_FIRST.contains(c));
            let last = line.chars().next_back().is_some_and(|c| NEVER_LAST.contains(c));
            assert!(!first && !last, "{name}: {line}");
        }
    }
}

#[test]
fn readings_are_ruby_in_the_epub() {
    let built = Project::read(&fixture("japanese")).build(&[Output::Epub { page_list: false }]);
    let epub = built.and_then(|b| b.files.into_iter().next()).expect("an EPUB").bytes;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).expect("an archive");
    let mut text = String::new();
    let mut fonts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        if file.name().ends_with(".xhtml") {
            file.read_to_string(&mut text).expect("text");
        } else if file.name().contains("NotoSerif") {
            fonts.push(file.size());
        }
    }
    assert!(text.contains("<ruby>川辺<rp>(</rp><rt>かわべ</rt><rp>)</rp></ruby>"), "川辺");
    let parts =
        "<ruby>禁<rp>(</rp><rt>きん</rt><rp>)</rp>則<rp>(</rp><rt>そく</rt><rp>)</rp></ruby>";
    assert!(text.contains(parts), "禁則");
    assert!(!fonts.is_empty(), "the book's own fonts are carried");
}

/// The shipped fonts and the fixtures' own, arranged for a text.
fn book(text: &str, lang: &Lang, generic: Generic) -> FontBook {
    let mut book = FontBook::shipped();
    for file in [
        "japanese/fonts/NotoSansCJKjp-Bold.otf",
        "japanese/fonts/NotoSerifCJKjp-Bold.otf",
        "japanese/fonts/NotoSerifCJKjp-Regular.otf",
        "chinese/fonts/NotoSerifCJKsc-Regular.otf",
        "korean/fonts/NotoSerifCJKkr-Regular.otf",
    ] {
        let bytes = std::fs::read(fixture(file)).expect("a font");
        book.add(FontFace::parse(bytes.into()).expect("a font"));
    }
    let mut needs = Needs::default();
    text.chars().for_each(|c| needs.note(c, lang, generic));
    let fallbacks = Fallbacks::arrange(&book, &needs);
    book.set_fallbacks(fallbacks);
    book
}

#[test]
fn fonts_stand_in_by_coverage_language_and_use() {
    let name = |text: &str, cluster: &str, tag: &str, generic, style| {
        let lang = Lang::new(tag).expect("a tag");
        let book = book(text, &lang, generic);
        let id = book.fallback_face(cluster, &lang, generic, style)?;
        Some(book.face(id).postscript_name.clone())
    };
    let regular = FaceStyle::default();
    let bold = FaceStyle { weight: Weight::Bold, italic: false };
    // All have both characters: the language decides.
    for (tag, font) in [("ja", "jp"), ("zh", "sc")] {
        let found = name("水字", "水", tag, Generic::Serif, regular).expect("a font");
        assert!(found.contains(font), "{tag}: {found}");
    }
    // A family without serifs has it as well, and is asked for.
    let sans = name("文字", "文", "ja", Generic::Sans, bold);
    assert_eq!(sans.as_deref(), Some("NotoSansCJKjp-Bold"));
    // What the bold face lacks, the regular one of the family gives.
    let all = name("川辺の", "辺", "ja", Generic::Serif, bold).expect("a font");
    assert!(all.starts_with("NotoSerifCJKjp"), "{all}");
    // Hangul is only in the Korean one, whatever the language says.
    let hangul = name("강", "강", "en", Generic::Serif, regular).expect("a font");
    assert!(hangul.starts_with("NotoSerifCJKkr"), "{hangul}");
    assert_eq!(name("\u{10fffd}", "\u{10fffd}", "ja", Generic::Serif, regular), None);
}

#[test]
fn a_long_paragraph_without_spaces_is_set_in_time() {
    let sentence = "川辺の小さな印刷所で、祖父は毎朝七時に窓を開けた。「水の音」と彼は言った。";
    let text = format!("# 川辺\n\n{}\n", sentence.repeat(300));
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    std::fs::create_dir(root.join("fonts")).expect("a folder");
    let font = "fonts/NotoSerifCJKjp-Regular.otf";
    std::fs::copy(fixture("japanese").join(font), root.join(font)).expect("a font");
    let toml = "title = \"川辺\"\nlanguage = \"ja\"\nslug = \"k\"\n[fonts]\nsystem = false\n";
    std::fs::write(root.join("book.toml"), toml).expect("a file");
    std::fs::write(root.join("text.md"), text).expect("a file");
    let begin = std::time::Instant::now();
    let pages = Project::read(root).dump(Dump::Pages);
    assert!(pages.is_some_and(|p| p.contains("page 15 ")));
    // Without pruning it is minutes; the limit is for slow machines.
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
}
