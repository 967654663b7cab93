//! What a paragraph measures, duty by duty.

use super::*;
use crate::model::{Direction, Lang};
use crate::page::StructId;
use crate::text::{FaceStyle, FontBook, Hyphenator, ShapeContext, WordShaper};
use crate::theme::Theme;
use crate::typeset::lines::items::{Breakpoint, Element};
use crate::typeset::lines::sums::Sums;
use crate::typeset::style::{Faces, Family, TextStyle};
use crate::typeset::styled_text::TextRun;
use crate::units::Pt;

/// A paragraph of one run in the theme's text face.
fn paragraph(text: &str, family: Family) -> ParaText {
    let (fonts, theme) = (FontBook::shipped(), Theme::default());
    let face = Faces::new(&fonts, &theme).get(family, FaceStyle::default());
    let run = TextRun {
        range: 0..text.len(),
        style: TextStyle::text(Pt(11.0)).family(family),
        face,
        node: StructId(0),
        lang: None,
        source: None,
        level: 0,
        link: None,
        object: None,
    };
    ParaText { text: text.into(), runs: vec![run], ..ParaText::default() }
}

fn measured(para: &ParaText, lang: &str, hyphenate: bool) -> Items {
    let fonts = FontBook::shipped();
    let context = ShapeContext::new(&fonts);
    let shaper = WordShaper::new(&fonts, &context);
    let hyphenator = Hyphenator::new(&[]);
    let lang = Lang::new(lang).expect("a language");
    let hyphenator = hyphenate.then_some(&hyphenator);
    measure_paragraph(para, &Measuring { shaper: &shaper, hyphenator, lang: &lang })
}

fn english(text: &str) -> Items {
    measured(&paragraph(text, Family::Serif), "en", true)
}

/// The text before each breakpoint of a kind.
fn breaks(text: &str, kind: BreakKind) -> Vec<&str> {
    let found = |b: &Breakpoint| (b.kind == kind).then(|| &text[..b.byte]);
    english(text).breakpoints.iter().filter_map(found).collect()
}

#[test]
fn a_dash_that_opens_stays_with_its_word() {
    assert_eq!(breaks("no —dijo él— ya", BreakKind::Plain), Vec::<&str>::new());
    assert_eq!(breaks("word—word", BreakKind::Plain), ["word—"]);
}

#[test]
fn boxes_and_glue_take_turns_and_the_sums_hold_them_all() {
    let para = paragraph("one two three", Family::Serif);
    let items = measured(&para, "en", false);
    let kinds: Vec<bool> =
        items.elements.iter().map(|e| matches!(e, Element::Word { .. })).collect();
    assert_eq!(kinds, [true, false, true, false, true]);
    let mut all = Sums::default();
    for element in &items.elements {
        all += element.sums(&para);
    }
    let end = items.breakpoints.last().expect("an end").end;
    assert_eq!(end, all);
    assert!(end.width > 0.0 && end.space > 0.0 && end.flex > 0.0);
}

#[test]
fn a_space_vanishes_at_the_break_that_it_allows() {
    let items = english("of men");
    let at = items.breakpoints.iter().find(|b| b.kind == BreakKind::Space).expect("a space");
    assert!(at.start.space > at.end.space, "the next line begins after the space");
    assert_eq!((at.byte, at.next, at.element), (2, 3, 2));
}

#[test]
fn a_no_break_space_gives_and_takes_but_is_no_breakpoint() {
    let items = english("10\u{a0}km on");
    let spaces = items.elements.iter().filter(|e| matches!(e, Element::Space { .. })).count();
    let breaks = items.breakpoints.iter().filter(|b| b.kind == BreakKind::Space).count();
    assert_eq!((spaces, breaks), (2, 1));
    let thin = english("10\u{202f}km");
    assert!(thin.elements.iter().any(|e| matches!(e, Element::Fixed { .. })));
}

#[test]
fn a_break_between_an_initial_and_a_name_is_dear() {
    let penalty = |text: &str| {
        let items = english(text);
        let space = items.breakpoints.iter().find(|b| b.kind == BreakKind::Space);
        space.map(|b| b.penalty)
    };
    assert_eq!(penalty("the house"), Some(0.0));
    assert!(penalty("J. Austen") > Some(1_000.0));
}

#[test]
fn a_word_breaks_at_its_hyphens_and_a_name_is_dearer() {
    let text = "a remarkable thing";
    assert_eq!(breaks(text, BreakKind::Hyphen), ["a re", "a remark"]);
    let dearest = |text: &str| {
        let items = english(text);
        let hyphens = items.breakpoints.iter().filter(|b| b.kind == BreakKind::Hyphen);
        hyphens.map(|b| b.penalty).fold(0.0, f64::max)
    };
    assert!(dearest("Remarkable") > dearest("remarkable"));
}

#[test]
fn code_is_left_whole_and_so_are_compounds() {
    let code = measured(&paragraph("remarkable", Family::Mono), "en", true);
    assert!(code.breakpoints.iter().all(|b| b.kind != BreakKind::Hyphen));
    assert_eq!(breaks("well-remarkable so", BreakKind::Hyphen), Vec::<&str>::new());
    assert_eq!(breaks("well-remarkable so", BreakKind::Plain), ["well-"]);
}

#[test]
fn a_hyphenated_head_is_wider_by_its_hyphen_less_what_protrudes() {
    let items = english("remarkable");
    let hyphen = items.breakpoints.iter().find(|b| b.kind == BreakKind::Hyphen).expect("one");
    assert!(hyphen.end_extra > 0.0 && hyphen.end_extra < 4.0, "{}", hyphen.end_extra);
    assert!(hyphen.start_extra.abs() < 1.0, "{}", hyphen.start_extra);
}

#[test]
fn a_full_stop_protrudes_and_does_not_in_text_that_runs_to_the_left() {
    let mut para = paragraph("so it ends.", Family::Serif);
    let end_extra = |para: &ParaText| {
        measured(para, "en", false).breakpoints.last().map_or(0.0, |b| b.end_extra)
    };
    assert!(end_extra(&para) < -1.0);
    para.direction = Direction::Rtl;
    assert_eq!(end_extra(&para), 0.0);
}

#[test]
fn the_same_word_at_two_edges_is_known_again() {
    let items = english("the lantern, Lantern of glass");
    let words: Vec<u64> =
        items.breakpoints.iter().map(|b| b.word_before).filter(|w| *w != 0).collect();
    assert_ne!(words[0], words[1]);
    let lanterns = items.breakpoints.iter().filter(|b| b.word_before == words[1]).count();
    assert_eq!(lanterns, 2, "marks and capitals make no difference");
}

#[test]
fn full_width_characters_break_between_each_other_with_a_gap() {
    let items = measured(&paragraph("東京都", Family::Serif), "ja", true);
    // Without a font that has them they are as wide as the sign for what lacks.
    let inner = items
        .breakpoints
        .iter()
        .filter(|b| matches!(b.kind, BreakKind::FullWidth | BreakKind::Plain));
    assert_eq!(inner.count(), 2);
}

#[test]
fn a_forced_end_stands_where_the_text_has_one() {
    let text = format!("one{LINE_END}two");
    assert_eq!(breaks(&text, BreakKind::Forced), ["", "one"]);
    assert_eq!(breaks(&text, BreakKind::End), [text.as_str()]);
}
