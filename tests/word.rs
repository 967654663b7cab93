//! Documents of Word become books: `bindery new --from letter.docx`.
//!
//! `tests/documents/lock-keeper.docx` was made of `lock-keeper.fodt` with
//! LibreOffice; what Word does otherwise is put together here.

mod support;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use support::{Project, golden};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const LOCK_KEEPER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/lock-keeper.docx");

/// A document with a body, and whatever parts beside the usual ones.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    let relationship = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let of = |list: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             {list}</Relationships>"
        )
    };
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let mut all = vec![
        ("_rels/.rels".to_owned(), of(relationship("r0", "officeDocument", "word/document.xml"))),
        (
            "word/_rels/document.xml.rels".to_owned(),
            of(["styles", "numbering", "footnotes"]
                .map(|kind| relationship(kind, kind, &format!("{kind}.xml")))
                .concat()),
        ),
        ("word/document.xml".to_owned(), document),
    ];
    all.extend(parts.iter().map(|(name, xml)| {
        (
            (*name).to_owned(),
            xml.replacen("<w:root", &format!("<w:root {NAMESPACES}"), 1).replace(
                "w:root",
                match *name {
                    "word/styles.xml" => "w:styles",
                    "word/numbering.xml" => "w:numbering",
                    _ => "w:footnotes",
                },
            ),
        )
    }));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in all {
        writer.start_file(name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("a part");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The project that a document becomes.
fn project(document: &[u8]) -> Project {
    let project = Project::new().bytes("a.docx", document);
    project.run(["new", "book", "--from", "a.docx"]).success();
    project
}

/// The texts of a project, one after the other.
fn texts(project: &Project) -> String {
    let mut out = String::new();
    for name in project.list("book").iter().filter(|name| name.ends_with(".md")) {
        let text = String::from_utf8(project.read(&format!("book/{name}"))).expect("text");
        out.push_str(&format!("== {name}\n{text}"));
    }
    out
}

#[test]
fn a_document_comes_in_whole() {
    let document = fs::read(LOCK_KEEPER).expect("a document");
    let project = Project::new().bytes("a.docx", &document);
    let run = project.run(["new", "book", "--from", "a.docx"]).success();
    run.stderr_has("1 tracked insertion was accepted")
        .stderr_has("1 tracked deletion was left out")
        .stderr_has("1 comment was left out");
    golden("word/lock-keeper.md", &texts(&project));
    let toml = String::from_utf8(project.read("book/book.toml")).expect("text");
    assert!(toml.contains("title = \"The Lock Keeper\""), "{toml}");
    assert!(toml.contains("subtitle = \"A Season on the Canal\""), "{toml}");
    assert!(project.read("book/images/1.png").starts_with(b"\x89PNG"));
    let proof = project.run(["check", "--proof", "--book", "book"]).success();
    proof.stdout_has("words in the manuscript, the EPUB and the PDF, in order");
}

/// All words of the document's parts, read by nothing but the tags around them.
#[test]
fn no_word_of_a_document_is_lost() {
    let bytes = fs::read(LOCK_KEEPER).expect("a document");
    let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).expect("a part");
        file.read_to_string(&mut text).expect("text");
        text
    };
    let words_of = |xml: &str| -> Vec<String> {
        let texts = xml.split("<w:t").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
        let texts = texts.filter_map(|rest| rest.split_once('>')?.1.split_once("</w:t>"));
        let paragraphs: String = texts.map(|(text, _)| format!("{text} ")).collect();
        let plain = paragraphs.replace("&amp;", "&");
        let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let mut wanted = words_of(&part("word/document.xml"));
    wanted.extend(words_of(&part("word/footnotes.xml")));
    wanted.extend(words_of(&part("word/endnotes.xml")));
    let project = project(&bytes);
    let all = texts(&project) + &String::from_utf8(project.read("book/book.toml")).expect("text");
    let all: String = all.replace("<em>", "").replace("</em>", "");
    for word in &wanted {
        // A word that Word has cut into runs is found in its parts.
        assert!(all.contains(word.as_str()), "{word}");
    }
    assert!(wanted.len() > 80, "{wanted:?}");
    assert!(!all.contains("never seen again") && !all.contains("Is this so"));
}

#[test]
fn what_word_does_to_runs_fields_and_styles_is_undone() {
    let styles = "<w:root><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\">\
         <w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Kapitel\"><w:name w:val=\"Kapitel\"/>\
         <w:basedOn w:val=\"berschrift1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Code\"><w:name w:val=\"Source Code\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"V1\"><w:name w:val=\"toc 1\"/></w:style></w:root>";
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let style = |id: &str| format!("<w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr>");
    let body = [
        format!("<w:p>{}{}</w:p>", style("V1"), run("Contents line … 7")),
        format!(
            "<w:p>{}<w:bookmarkStart w:id=\"1\" w:name=\"_Ref7\"/>{}</w:p>",
            style("Kapitel"),
            run("Der Fluss")
        ),
        // A word in three runs, one of them with a spelling mark; bold switched off.
        format!(
            "<w:p>{}<w:r><w:rPr><w:b/></w:rPr><w:t>fa</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
             <w:r><w:rPr><w:b/></w:rPr><w:t>st</w:t></w:r><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr>\
             <w:t xml:space=\"preserve\"> plain</w:t></w:r><w:r><w:tab/><w:noBreakHyphen/></w:r></w:p>",
            run("very ")
        ),
        // A link as a field in pieces, and one to a bookmark.
        format!(
            "<w:p>{}<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \
             \"https://example.org/\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/>\
             </w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}<w:hyperlink w:anchor=\"_Ref7\">{}\
             </w:hyperlink><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>XE \
             \"water:low\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
            run("See "),
            run("the page"),
            run(" and "),
            run("above")
        ),
        format!("<w:p>{}<w:r><w:t>let a = *b;</w:t></w:r></w:p>", style("Code")),
        format!("<w:p>{}<w:r><w:t>}} // `end`</w:t></w:r></w:p>", style("Code")),
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r>\
         </m:den></m:f></m:oMath></w:p>"
            .to_owned(),
        format!(
            "<w:sdt><w:sdtPr/><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>",
            run("In a control.")
        ),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>* * *</w:t></w:r></w:p>"
            .to_owned(),
        format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", run("One line,"), run("another.")),
    ];
    let document = docx(&body.concat(), &[("word/styles.xml", styles)]);
    let project = project(&document);
    golden("word/word-habits.md", &texts(&project));
    project.run(["check", "--proof", "--book", "book"]).success();
}

#[test]
fn documents_that_are_none_are_errors_and_leave_nothing() {
    let broken = docx("<w:p><w:r>", &[]);
    let mut deep = String::new();
    deep.push_str(&"<w:sdt><w:sdtContent>".repeat(3000));
    deep.push_str("<w:p><w:r><w:t>deep down</w:t></w:r></w:p>");
    deep.push_str(&"</w:sdtContent></w:sdt>".repeat(3000));
    for (bytes, message) in [
        (b"no document".to_vec(), "it is not a document of Word"),
        (broken, "its part `word/document.xml` can't be read"),
        (docx("", &[]), "there is no text in it"),
    ] {
        let project = Project::new().bytes("a.docx", &bytes);
        project.run(["new", "book", "--from", "a.docx"]).code(1).stderr_has(message);
        assert!(!Path::new(&project.path("book")).exists(), "{message}");
    }
    let project = Project::new().bytes("a.docx", &docx(&deep, &[]));
    // Nested beyond all measure it is read or refused, and nothing overflows.
    let run = project.run(["new", "book", "--from", "a.docx"]);
    assert!(!run.stderr().contains("overflow"), "{}", run.stderr());
}
