//! Small books, built by hand, and a look into the EPUBs made of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use bindery::assets::{Asset, AssetKind, Assets};
use bindery::epub::{EpubInput, PageMark, write};
use bindery::model::*;
use bindery::source::{FileId, Span};
use bindery::text::FontBook;
use bindery::theme::Theme;
use bindery::units::Px;

pub fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub fn text(words: &str) -> Inline {
    Inline::text(words, span())
}

pub fn inline(kind: InlineKind) -> Inline {
    Inline::new(kind, span())
}

pub fn emph(content: Vec<Inline>) -> Inline {
    inline(InlineKind::Emph(content))
}

pub fn strong(content: Vec<Inline>) -> Inline {
    inline(InlineKind::Strong(content))
}

pub fn note(id: u32) -> Inline {
    inline(InlineKind::Note(NoteId(id)))
}

pub fn block(kind: BlockKind) -> Block {
    Block::new(kind, span())
}

pub fn para(words: &str) -> Block {
    block(BlockKind::Paragraph(vec![text(words)]))
}

pub fn paragraph(content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(content))
}

pub fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading { level, content: vec![text(words)] })
}

pub fn quote(role: QuoteRole, blocks: Vec<Block>, source: &str) -> Block {
    let source = if source.is_empty() { vec![] } else { vec![text(source)] };
    block(BlockKind::Quote { role, blocks, source })
}

pub fn item(checked: Option<bool>, blocks: Vec<Block>) -> ListItem {
    ListItem { checked, number: None, blocks, span: span() }
}

pub fn list(start: Option<u64>, tight: bool, items: Vec<ListItem>) -> Block {
    block(BlockKind::List(List { start, numbering: Default::default(), tight, items }))
}

pub fn image(source: u32, alt: Alt) -> Image {
    Image { source: ImageId(source), alt, width: None, span: span() }
}

pub fn figure(source: u32, alt: &str, caption: &str) -> Block {
    let caption = if caption.is_empty() { vec![] } else { vec![text(caption)] };
    block(BlockKind::Figure { images: vec![image(source, Alt::Text(alt.into()))], caption })
}

pub fn row(cells: &[&str]) -> Row {
    let cell = |c: &&str| {
        let content = if c.is_empty() { vec![] } else { vec![text(c)] };
        Cell { content, head: false, span: span() }
    };
    Row { cells: cells.iter().map(cell).collect() }
}

pub fn address(url: &str) -> ExternalAddress {
    ExternalAddress::parse(url).expect("an address")
}

pub fn lang(tag: &str) -> Lang {
    Lang::new(tag).expect("a language tag")
}

pub fn chapter(role: Role, stem: &str, title: &str, blocks: Vec<Block>) -> Chapter {
    let title = if title.is_empty() { vec![] } else { vec![text(title)] };
    Chapter { file: Some(FileId(0)), title, blocks, ..Chapter::bare(role, stem, span()) }
}

pub fn foot(chapter: u32, number: u32, blocks: Vec<Block>) -> Note {
    let label = Some(number.to_string());
    Note { label, chapter: ChapterId(chapter), number, blocks, span: span() }
}

/// A book with what it is made with.
pub struct Case {
    pub book: Book,
    pub assets: Assets,
    pub theme: Theme,
    pub fonts: FontBook,
    pub embed_fonts: bool,
    pub extra_css: Option<String>,
    pub page_marks: Vec<PageMark>,
}

impl Case {
    /// A book of these chapters, numbered, with an anchor for each chapter and
    /// each heading.
    pub fn new(chapters: Vec<Chapter>) -> Case {
        let meta = Metadata {
            title: "The Book".into(),
            identifier: "urn:uuid:5a5ad5ab-9b54-4c5f-8bb3-3b1a1c9f7a11".into(),
            slug: "the-book".into(),
            contributors: vec![Contributor {
                name: "Ann Author".into(),
                sort: Some("Author, Ann".into()),
                role: ContributorRole::Author,
            }],
            ..Metadata::default()
        };
        let book = Book { meta, chapters, ..Book::default() };
        Case {
            book,
            assets: Assets::default(),
            theme: Theme::default(),
            fonts: FontBook::shipped(),
            embed_fonts: false,
            extra_css: None,
            page_marks: vec![],
        }
    }

    /// Adds a JPEG; what makes it different from others stands behind its end.
    pub fn jpeg(&mut self, path: &str, difference: &str) -> u32 {
        let mut bytes = encoded(image::ImageFormat::Jpeg);
        bytes.extend(difference.bytes());
        self.picture(path, AssetKind::Jpeg { components: 3, inverted: false }, &bytes)
    }

    /// Adds a PNG.
    pub fn png(&mut self, path: &str) -> u32 {
        self.picture(path, AssetKind::Raster, &encoded(image::ImageFormat::Png))
    }

    /// Adds a drawing.
    pub fn svg(&mut self, path: &str) -> u32 {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 48\">\
                       <path d=\"M0 0H32V48Z\"/></svg>";
        self.picture(path, AssetKind::Svg(None), drawing.as_bytes())
    }

    fn picture(&mut self, path: &str, kind: AssetKind, bytes: &[u8]) -> u32 {
        self.book.images.push(ImageSource {
            path: path.into(),
            span: span(),
            width: None,
            content: ImageContent::File,
            alt: None,
            placement: Placement::Block,
        });
        let hash = bytes.iter().fold(17u64, |h, b| h.wrapping_mul(31).wrapping_add((*b).into()));
        let (bytes, size) = (Arc::from(bytes), (Px(8), Px(6)));
        self.assets.images.push(Some(Asset {
            path: path.into(),
            bytes,
            hash,
            kind,
            size,
            is_placeholder: false,
        }));
        self.book.images.len() as u32 - 1
    }

    /// Numbers the nodes in reading order and gives headings their anchors.
    pub fn resolved(mut self) -> Case {
        let mut chapters = std::mem::take(&mut self.book.chapters);
        let mut numbering = Numbering { next: 0, chapter: 0, anchors: vec![] };
        for (n, chapter) in chapters.iter_mut().enumerate() {
            numbering.chapter = n as u32;
            let title = plain_text(&chapter.title);
            let id = format!("ch-{}", chapter.stem);
            chapter.anchor = Some(numbering.anchor(id, AnchorTarget::Chapter, title));
            numbering.inlines(&mut chapter.title);
            numbering.inlines(&mut chapter.subtitle);
            numbering.blocks(&mut chapter.blocks);
        }
        self.book.notes.iter_mut().for_each(|note| numbering.blocks(&mut note.blocks));
        self.book.chapters = chapters;
        self.book.anchors = numbering.anchors;
        self
    }

    /// A link to the anchor with this id.
    pub fn anchor(&self, id: &str) -> LinkTarget {
        let at = self.book.anchors.iter().position(|a| a.id == id).expect("an anchor");
        LinkTarget::Anchor(AnchorId(at as u32))
    }

    /// Marks the beginning of a printed page at some words.
    pub fn mark(&mut self, label: &str, words: &str) {
        struct Find<'a>(&'a str, Option<(NodeId, u32)>);
        impl Visitor for Find<'_> {
            fn inline(&mut self, inline: &Inline) {
                if let InlineKind::Text(text) | InlineKind::Code(_, text) = &inline.kind
                    && let Some(at) = text.find(self.0)
                {
                    self.1 = self.1.or(Some((inline.id, at as u32)));
                }
                walk_inline(self, inline);
            }
        }
        let mut find = Find(words, None);
        for chapter in &self.book.chapters {
            find.inlines(&chapter.title);
            find.blocks(&chapter.blocks);
        }
        self.book.notes.iter().for_each(|note| find.blocks(&note.blocks));
        let (node, byte) = find.1.expect("the words are in the book");
        self.page_marks.push(PageMark { label: label.into(), node, byte });
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut book = self.book.clone();
        bindery::finalize::make_pages(&mut book);
        bindery::finalize::finalize(&mut book, &self.theme);
        let input = EpubInput {
            book: &book,
            assets: &self.assets,
            theme: &self.theme,
            fonts: &self.fonts,
            cover: None,
            embed_fonts: self.embed_fonts,
            extra_css: self.extra_css.as_deref(),
            page_marks: &self.page_marks,
        };
        write(&input).expect("an EPUB")
    }

    pub fn open(&self) -> Opened {
        Opened::new(self.bytes())
    }
}

struct Numbering {
    next: u32,
    chapter: u32,
    anchors: Vec<Anchor>,
}

impl Numbering {
    fn id(&mut self) -> NodeId {
        self.next += 1;
        NodeId(self.next - 1)
    }

    fn anchor(&mut self, id: String, target: AnchorTarget, title: String) -> AnchorId {
        let chapter = ChapterId(self.chapter);
        self.anchors.push(Anchor { chapter, id, target, title, number: None });
        AnchorId(self.anchors.len() as u32 - 1)
    }
}

impl VisitorMut for Numbering {
    fn block(&mut self, block: &mut Block) {
        block.id = self.id();
        if let BlockKind::Heading { level, content } = &block.kind {
            let title = plain_text(content);
            let slug = title.to_lowercase().replace(' ', "-");
            let target = AnchorTarget::Heading(block.id, *level);
            let anchor = self.anchor(slug, target, title);
            block.attrs.set_anchor(anchor);
        } else if let Some(id) = block.attrs.id().map(str::to_owned) {
            let anchor = self.anchor(id, AnchorTarget::Node(block.id), String::new());
            block.attrs.set_anchor(anchor);
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.id = self.id();
        walk_inline_mut(self, inline);
    }
}

fn encoded(format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(vec![]);
    image::RgbImage::new(8, 6).write_to(&mut out, format).expect("encoded");
    out.into_inner()
}

/// An EPUB's files.
pub struct Opened {
    pub names: Vec<String>,
    pub bytes: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Opened {
    pub fn new(bytes: Vec<u8>) -> Opened {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("a ZIP file");
        let (mut names, mut files) = (vec![], BTreeMap::new());
        for n in 0..archive.len() {
            let mut file = archive.by_index(n).expect("a file");
            let mut content = vec![];
            file.read_to_end(&mut content).expect("sound");
            names.push(file.name().to_owned());
            files.insert(file.name().to_owned(), content);
        }
        Opened { names, bytes, files }
    }

    pub fn raw(&self, name: &str) -> &[u8] {
        self.files.get(&format!("OEBPS/{name}")).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.raw(name).to_vec()).expect("UTF-8")
    }
}
