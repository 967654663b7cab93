use bindery::model::*;
use bindery::source::*;
fn inl(text: &str, span: Span) -> Vec<Inline> {
    let mut out = vec![]; let mut em = false;
    for part in text.split('*') {
        if !part.is_empty() {
            let t = Inline::text(part, span);
            out.push(if em { Inline::new(InlineKind::Emph(vec![t]), span) } else { t });
        }
        em = !em;
    }
    out
}
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let span = Span::new(FileId(0), 0, 0);
    let mut book = Book::default();
    book.meta.title = "Pride and Prejudice".into();
    book.meta.identifier = "urn:x".into();
    for para in text.split("\n\n") {
        let para = para.trim().replace('\n', " ");
        if para.is_empty() { continue; }
        if let Some(t) = para.strip_prefix("# ") {
            book.chapters.push(Chapter { file: None, stem: format!("c{}", book.chapters.len()), role: Role::Chapter, matter: Matter::Main, number: None, title: inl(t, span), subtitle: vec![], authors: vec![], opener: None, blocks: vec![], lang: None, canonical: None, anchor: None, span });
        } else {
            let b = Block::new(BlockKind::Paragraph(inl(&para, span)), span);
            book.chapters.last_mut().unwrap().blocks.push(b);
        }
    }
    let theme = bindery::theme::Theme::default();
    let fonts = bindery::text::FontBook::shipped();
    let assets = bindery::assets::Assets::default();
    let mut diags = bindery::diag::Diagnostics::default();
    let t = std::time::Instant::now();
    let pages = bindery::typeset::typeset(&bindery::typeset::TypesetInput { book: &book, assets: &assets, theme: &theme, fonts: &fonts, cover: None, hyphenation: &[] }, &mut diags);
    eprintln!("{} pages, typeset {:?}, {} diags", pages.pages.len(), t.elapsed(), diags.iter().count());
    let t = std::time::Instant::now();
    let pdf = bindery::pdf::write(&bindery::pdf::PdfInput { pages: &pages, meta: &book.meta, assets: &assets, fonts: &fonts }).unwrap();
    eprintln!("pdf {:?} {}", t.elapsed(), pdf.len());
    std::fs::write(std::env::args().nth(2).unwrap(), pdf).unwrap();
}
