//! The proof of text: that manuscript, EPUB and PDF say the same words.
//!
//! # Why
//!
//! A book is long, and a word that a tool loses on the way is missed by nobody
//! until a reader stumbles over the gap. So the finished bytes are read back,
//! and the manuscript is read a second time by other code, and all must agree:
//!
//! ```text
//! *.md ──► words ─┐
//!                 ├─ lost in reading?
//! model ─► words ─┤
//!                 ├─ lost in the EPUB? ◄─ words ◄─ spine, XHTML ◄─ bytes
//!                 └─ lost in the PDF?  ◄─ words ◄─ structure tree ◄─ bytes
//! ```
//!
//! Words are compared in order, chapter by chapter (`words` says what a word
//! is, `diff` how two texts are compared). Notes, captions and what is said
//! instead of pictures are streams of their own, since they stand in different
//! places in different files. What the tool says itself (numbers, labels,
//! contents, heads) is not looked at, or may only stand where it is expected,
//! so that it can't hide a loss.

mod compare;
mod diff;
mod part_of_file;
mod readers;
mod report;
mod streams;
mod words;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Book, Chapter, ChapterId, GeneratedPage, Role};
use crate::source::{SourceMap, Span};
use compare::{Compared, compare, compare_moving};
use readers::citations::CitationForm;
use readers::manuscript;
use readers::model::Medium;
use report::{Place, Report, Step};
use streams::Streams;
pub use streams::{LeftOut, Reason};
use words::{At, Words};

/// What is to agree.
#[derive(Debug, Clone, Copy)]
pub struct ProofInput<'a> {
    /// The texts of the manuscript.
    pub sources: &'a SourceMap,
    /// The resolved model.
    pub book: &'a Book,
    /// The sections that `book.toml` omits.
    pub omitted: &'a [Span],
    /// The titles, subtitles and captions that `book.toml` replaces.
    pub replaced: &'a [Span],
    /// What was taken out of the texts before they were read.
    pub removed: &'a [(Span, Reason)],
    /// The pictures that became links, so that their alternative texts are text.
    pub linked_pictures: &'a [Span],
    /// Whether the manuscript was written for mdBook, whose hidden lines of
    /// listings are not shown.
    pub other_tool: bool,
    /// The EPUB's bytes.
    pub epub: &'a [u8],
    /// The PDF's bytes.
    pub pdf: &'a [u8],
}

/// What came of a proof.
#[derive(Debug, Default)]
pub struct Proof {
    /// How many words of the manuscript were looked for.
    pub words: usize,
    /// What the book leaves out on purpose, in order.
    pub left_out: Vec<LeftOut>,
    /// Every difference, as an error.
    pub faults: Diagnostics,
}

/// Compares the words of the manuscript, the EPUB and the PDF.
pub fn proof(input: &ProofInput<'_>) -> Proof {
    let mut proof = Proof::default();
    let (epub, pdf) =
        rayon::join(|| readers::epub::read(input.epub), || readers::pdf::read(input.pdf));
    let mut unread = |what: &str, why: String| {
        let message = format!("the {what} can't be read back: {why}");
        proof.faults.push(Diagnostic::new(Code::NoProof, message));
    };
    let epub = epub.map_err(|e| unread("EPUB", e.to_string())).ok();
    let pdf = pdf.map_err(|e| unread("PDF", e.to_string())).ok();
    let ids: Vec<ChapterId> = (0..input.book.chapters.len())
        .filter_map(|i| Some(ChapterId(u32::try_from(i).ok()?)))
        .collect();
    let read: Vec<ChapterProof<'_>> =
        ids.par_iter().map(|id| ChapterProof::read(input, *id)).collect();
    let find = |found: Option<Vec<Streams>>, paper: bool| {
        found.map(|found| assign(&read, found, paper)).unwrap_or_default()
    };
    let (mut epub, mut pdf) = (find(epub, false), find(pdf, true));
    epub.resize_with(read.len(), || None);
    pdf.resize_with(read.len(), || None);
    let parts: Vec<Proof> = read
        .into_par_iter()
        .zip(epub.into_par_iter().zip(pdf))
        .map(|(chapter, (epub, pdf))| chapter.prove(epub, pdf))
        .collect();
    for part in parts {
        proof.words += part.words;
        proof.left_out.extend(part.left_out);
        proof.faults.append(part.faults);
    }
    proof.left_out.extend(input.removed.iter().map(|(span, reason)| {
        let mut words = Words::default();
        words.text(input.sources.text(*span), At::Within(*span));
        LeftOut { span: *span, words: words.len(), reason: reason.clone() }
    }));
    proof.left_out.retain(|left| left.words > 0);
    proof.left_out.sort_by_key(|left| left.span);
    proof
}

/// Gives each chapter its part of a file. There are as many parts as chapters
/// that are in it; if there are not, those that say most of the same are taken.
fn assign(chapters: &[ChapterProof<'_>], found: Vec<Streams>, paper: bool) -> Vec<Option<Streams>> {
    let in_file: Vec<usize> =
        (0..chapters.len()).filter(|i| chapters.get(*i).is_some_and(|c| c.is_in(paper))).collect();
    let mut out: Vec<Option<Streams>> = Vec::new();
    out.resize_with(chapters.len(), || None);
    let same = in_file.len() == found.len();
    let mut next = 0;
    for streams in found {
        let chosen = if same {
            in_file.get(next).copied()
        } else {
            let rest = in_file.get(next..).unwrap_or(&[]).iter().copied();
            let likeness = |i: usize| chapters.get(i).map_or(0, |c| c.likeness(&streams, paper));
            rest.map(|i| (likeness(i), i))
                .filter(|(like, _)| *like > 0)
                .max_by_key(|(like, i)| (*like, std::cmp::Reverse(*i)))
                .map(|(_, i)| i)
        };
        let Some(chosen) = chosen else { continue };
        if let Some(slot) = out.get_mut(chosen) {
            *slot = Some(streams);
        }
        next = in_file.iter().position(|i| *i == chosen).map_or(next, |at| at + 1);
    }
    out
}

/// A chapter as the manuscript and the model have it.
struct ChapterProof<'a> {
    input: &'a ProofInput<'a>,
    chapter: &'a Chapter,
    source: manuscript::Reading,
    screen: readers::model::Reading,
    paper: readers::model::Reading,
}

impl<'a> ChapterProof<'a> {
    fn read(input: &'a ProofInput<'a>, id: ChapterId) -> ChapterProof<'a> {
        let chapter = &input.book.chapters[id.0 as usize];
        let mut source = match chapter.file.and_then(|id| Some((id, input.sources.get(id)?))) {
            Some((id, file)) => {
                manuscript::read(id, file.text(), cites(input.book), input.other_tool)
            }
            None => manuscript::Reading::default(),
        };
        part_of_file::keep(&mut source, input.book, id);
        ChapterProof {
            input,
            chapter,
            source,
            screen: readers::model::read(input.book, id, Medium::Screen),
            paper: readers::model::read(input.book, id, Medium::Paper),
        }
    }

    /// Whether it is made by the tool and none of the manuscript.
    fn is_made(&self) -> bool {
        match self.chapter.generated {
            Some(
                GeneratedPage::HalfTitle(_)
                | GeneratedPage::TitlePage(_)
                | GeneratedPage::Copyright,
            ) => true,
            Some(GeneratedPage::Contents) => self.chapter.blocks.is_empty(),
            None => self.chapter.file.is_none() && self.chapter.blocks.is_empty(),
        }
    }

    /// Whether a file has a part for it.
    fn is_in(&self, paper: bool) -> bool {
        if !paper {
            return self.chapter.role != Role::HalfTitle || !self.chapter.blocks.is_empty();
        }
        let says = &self.paper;
        self.is_made()
            || !says.head.is_empty()
            || !says.streams.flow.is_empty()
            || !says.streams.captions.is_empty()
            || !says.streams.pictures.is_empty()
    }

    /// How many of its words a part of a file has.
    fn likeness(&self, found: &Streams, paper: bool) -> usize {
        let own = if paper { &self.paper } else { &self.screen };
        let words = own.head.list().iter().chain(own.streams.flow.list());
        let known: std::collections::HashSet<u64> = words.map(|word| word.hash).collect();
        found.flow.list().iter().filter(|word| known.contains(&word.hash)).count()
    }

    fn prove(self, epub: Option<Streams>, pdf: Option<Streams>) -> Proof {
        let mut proof = Proof::default();
        if self.is_made() {
            return proof;
        }
        let ChapterProof { input, chapter, source, screen, paper } = self;
        proof.left_out = source.left_out;
        let mut report = Report { faults: Diagnostics::default(), name: chapter.stem.as_str() };
        let listings = source.listings;
        let source = shown(source.streams, input, &mut proof.left_out);
        let place = match chapter.file {
            Some(_) => {
                let source = Written { streams: &source, listings: &listings };
                read_against(chapter, &source, &screen, &mut report, input, &mut proof)
            }
            // A bibliography, a list: made of the model, and no less to be there.
            None => Places::default(),
        };
        proof.words = source.flow.len() + source.captions.len();
        proof.words += source.notes.iter().map(|note| note.words.len()).sum::<usize>();
        for (lost, expected, found) in [
            (Step::Epub, screen, epub.unwrap_or_default()),
            (Step::Pdf, paper, pdf.unwrap_or_default()),
        ] {
            written_against(lost, &expected, &found, &place, &mut report);
        }
        proof.faults = report.faults;
        proof
    }
}

/// How a book cites works. Notes that are made of citations are named so.
fn cites(book: &Book) -> CitationForm {
    match &book.works {
        None => CitationForm::Nowhere,
        Some(_) if book.notes.iter().any(|note| note.label.is_none()) => CitationForm::InNotes,
        Some(_) => CitationForm::InText,
    }
}

/// Takes away what the book leaves out on purpose.
fn shown(mut streams: Streams, input: &ProofInput<'_>, left_out: &mut Vec<LeftOut>) -> Streams {
    let within = |spans: &[Span], span: Span| {
        spans
            .iter()
            .position(|s| s.file == span.file && s.start <= span.start && span.start < s.end)
    };
    for (spans, reason) in [(input.omitted, Reason::Omitted), (input.replaced, Reason::Replaced)] {
        let mut counts = vec![0; spans.len()];
        let mut take = |words: &mut Words| {
            let all = std::mem::take(words);
            for word in all.list() {
                if let Some(count) =
                    word.span.and_then(|span| within(spans, span)).and_then(|i| counts.get_mut(i))
                {
                    *count += 1;
                }
            }
            let gone = |span: Option<Span>| span.is_some_and(|s| within(spans, s).is_some());
            *words = all.part(|word| !gone(word.span)).0;
        };
        [&mut streams.flow, &mut streams.captions, &mut streams.pictures]
            .into_iter()
            .for_each(&mut take);
        streams.notes.iter_mut().for_each(|note| take(&mut note.words));
        for (span, words) in spans.iter().zip(counts).filter(|(_, words)| *words > 0) {
            left_out.push(LeftOut { span: *span, words, reason: reason.clone() });
        }
    }
    streams
}

/// For the words of the model the places of those of the manuscript.
#[derive(Default)]
struct Places {
    head: Place,
    flow: Place,
    captions: Place,
    notes: Vec<Place>,
}

/// What a chapter's file says, and where its listings are.
struct Written<'a> {
    streams: &'a Streams,
    listings: &'a [std::ops::Range<usize>],
}

impl Written<'_> {
    /// Whether words are whole lines of a listing.
    fn are_lines(&self, text: &str, span: Span) -> bool {
        let (start, end) = (span.start as usize, span.end as usize);
        let within = self.listings.iter().any(|range| range.start <= start && end <= range.end);
        let before = text.get(..start).and_then(|t| t.rsplit('\n').next()).unwrap_or("");
        let after = text.get(end..).and_then(|t| t.split('\n').next()).unwrap_or("");
        within && !before.contains(char::is_alphanumeric) && !after.contains(char::is_alphanumeric)
    }
}

/// Compares the manuscript with the model.
fn read_against(
    chapter: &Chapter,
    written: &Written<'_>,
    model: &readers::model::Reading,
    report: &mut Report<'_>,
    input: &ProofInput<'_>,
    proof: &mut Proof,
) -> Places {
    let source = written.streams;
    let text = chapter.file.and_then(|id| input.sources.get(id)).map_or("", |f| f.text());
    let own = |span: Option<Span>| {
        let body = manuscript::body_start(text);
        span.is_some_and(|s| Some(s.file) == chapter.file && s.start as usize >= body)
    };
    // A title may stand below a text; in a book it is above it.
    let spans = model.head.list().iter().filter_map(|word| word.span).filter(|s| own(Some(*s)));
    let mut head_spans: Vec<Span> = spans.collect();
    head_spans.dedup();
    let in_head = |span: Option<Span>| {
        span.is_some_and(|s| head_spans.iter().any(|h| h.start <= s.start && s.start < h.end))
    };
    let (head, flow) = source.flow.clone().part(|word| in_head(word.span));
    let lost = Step::Reading;
    // What `book.toml` and front matter give is not in the file's text, and what
    // is said instead of a picture is none until the picture is a link.
    let linked = |span: Span| input.linked_pictures.contains(&span);
    let given = |found: &Words, compared: &Compared, at: usize| {
        let span = found.list().get(at).and_then(|word| word.span);
        compared.matched.get(at).is_some_and(Option::is_none)
            && (!own(span) || span.is_some_and(linked))
    };
    let mut pair = |expected: &Words, found: &Words, moving: bool| {
        let mut compared =
            if moving { compare_moving(expected, found) } else { compare(expected, found) };
        compared.differences = std::mem::take(&mut compared.differences)
            .into_iter()
            .filter(|difference| match difference {
                compare::Difference::Added { found: range, .. } => {
                    !range.clone().all(|at| given(found, &compared, at))
                }
                compare::Difference::Lost(range) => {
                    let span = expected.span(range.clone()).filter(|_| input.other_tool);
                    let Some(span) = span.filter(|s| written.are_lines(text, *s)) else {
                        return true;
                    };
                    let (words, reason) = (range.len(), Reason::HiddenLines);
                    proof.left_out.push(LeftOut { span, words, reason });
                    false
                }
                compare::Difference::Broken { .. } => true,
            })
            .collect();
        report.compared(lost, expected, found, &compared, &Place::own());
        Place::through(compared, expected, found)
    };
    let mut places = Places {
        head: pair(&head, &model.head, false),
        flow: pair(&flow, &model.streams.flow, false),
        captions: pair(&source.captions, &model.streams.captions, true),
        notes: Vec::new(),
    };
    for note in &model.streams.notes {
        // What a style makes of a citation is written nowhere.
        if note.key.is_empty() {
            places.notes.push(Place::own());
            continue;
        }
        let written = source.notes.iter().find(|written| written.key == note.key);
        let none = Words::default();
        let expected = written.map_or(&none, |written| &written.words);
        places.notes.push(pair(expected, &note.words, false));
    }
    for note in &source.notes {
        let is_used = model.streams.notes.iter().any(|used| used.key == note.key);
        if let (false, Some(span), words @ 1..) = (is_used, note.span, note.words.len()) {
            proof.left_out.push(LeftOut { span, words, reason: Reason::UnusedNote });
        }
    }
    places
}

/// Compares the model with a file.
fn written_against(
    lost: Step,
    model: &readers::model::Reading,
    found: &Streams,
    places: &Places,
    report: &mut Report<'_>,
) {
    let mut flow = model.head.clone();
    flow.append(&model.streams.flow);
    let place = places.head.followed_by(&places.flow);
    report.compared(lost, &flow, &found.flow, &compare(&flow, &found.flow), &place);
    for (expected, said, place) in [
        (&model.streams.captions, &found.captions, &places.captions),
        (&model.streams.pictures, &found.pictures, &Place::own()),
    ] {
        report.compared(lost, expected, said, &compare_moving(expected, said), place);
    }
    let none = Words::default();
    for (at, note) in model.streams.notes.iter().enumerate() {
        let by_number = found.notes.iter().find(|said| said.number == note.number);
        let said = by_number.map_or(&none, |said| &said.words);
        let place = places.notes.get(at).cloned().unwrap_or_default();
        report.compared(lost, &note.words, said, &compare(&note.words, said), &place);
    }
    for (at, said) in found.notes.iter().enumerate() {
        let first = found.notes.iter().position(|other| other.number == said.number);
        let known = model.streams.notes.iter().any(|note| note.number == said.number);
        if !known || first != Some(at) {
            let compared = compare(&none, &said.words);
            report.compared(lost, &none, &said.words, &compared, &Place::own());
        }
    }
}
