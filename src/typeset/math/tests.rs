//! Formulas have the shape they should have.

use std::cell::RefCell;

use proptest::prelude::*;

use super::boxes::{Mark, MathBox};
use super::font::{MathFace, MathFont};
use super::layout::{Layouter, Style};
use super::words::TextFaces;
use crate::math::{Level, parse};
use crate::page::Color;
use crate::text::{FontBook, ShapeContext, WordShaper};
use crate::theme::Theme;
use crate::typeset::style::Faces;

/// Sets formulas with the shipped fonts at ten points.
fn with<T>(work: impl FnOnce(&Layouter<'_>) -> T) -> T {
    let fonts = FontBook::shipped();
    let face = MathFace::find(&fonts).expect("the shipped fonts have one for formulas");
    let context = ShapeContext::new(&fonts);
    let shaper = WordShaper::new(&fonts, &context);
    let faces = Faces::new(&fonts, &Theme::default());
    let layouter = Layouter {
        font: MathFont::new(&face, &fonts),
        text: TextFaces { faces: &faces, shaper: &shaper, missing: RefCell::default() },
        size: 10.0,
    };
    work(&layouter)
}

fn set(layouter: &Layouter<'_>, tex: &str, level: Level) -> MathBox {
    let row = parse(tex).unwrap_or_else(|fault| panic!("{tex}: {fault}"));
    layouter.row(&row, Style { level, cramped: false, color: Color::Black })
}

/// The glyphs of a text: where they stand.
fn glyph(set: &MathBox, wanted: &str) -> (f64, f64, f64) {
    let found = set.marks.iter().find_map(|mark| match mark {
        Mark::Glyph { x, y, size, text, .. } if text == wanted => Some((*x, *y, *size)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no {wanted} in {:?}", set.marks))
}

fn bar(set: &MathBox) -> (f64, f64, f64, f64) {
    let found = set.marks.iter().find_map(|mark| match mark {
        Mark::Bar { x, y, width, height, .. } => Some((*x, *y, *width, *height)),
        Mark::Glyph { .. } => None,
    });
    found.expect("a bar")
}

#[test]
fn a_numerator_stands_above_the_bar_and_the_bar_on_the_axis() {
    with(|l| {
        let set = set(l, r"\frac{a}{b}", Level::Display);
        let (_, above, _) = glyph(&set, "𝑎");
        let (_, below, _) = glyph(&set, "𝑏");
        let (_, top, width, thickness) = bar(&set);
        assert!(above < top && below > top, "{above} {top} {below}");
        assert!((top + thickness / 2.0 + 2.6).abs() < 1e-9, "the axis is at 0.26 em");
        assert!((thickness - 0.65).abs() < 1e-9 && width > 4.0);
    });
}

#[test]
fn scripts_are_smaller_and_stand_where_they_belong() {
    with(|l| {
        let set = set(l, "x_1^{2^3}", Level::Text);
        let (x, _, size) = glyph(&set, "𝑥");
        let (sub_x, sub, small) = glyph(&set, "1");
        let (sup_x, sup, _) = glyph(&set, "2");
        let (_, higher, smaller) = glyph(&set, "3");
        assert_eq!((size, small, smaller), (10.0, 7.3, 5.5));
        assert!(sub > 0.0 && sup < 0.0 && higher < sup);
        assert!(sub_x > x && sup_x > sub_x, "the upper one clears what leans");
    });
}

#[test]
fn limits_stand_above_and_below_in_displays_only() {
    with(|l| {
        let tex = r"\sum_{i}^{n} x";
        let (display, text) = (set(l, tex, Level::Display), set(l, tex, Level::Text));
        let (sum, _, _) = glyph(&display, "∑");
        assert!(glyph(&display, "𝑖").0 < sum + 12.0);
        assert!(glyph(&text, "𝑖").0 > glyph(&text, "∑").0 + 8.0);
        assert!(display.height + display.depth > 20.0, "the sign is larger and has limits");
        let integral = set(l, r"\int_0^1 x", Level::Display);
        assert!(glyph(&integral, "1").0 > glyph(&integral, "0").0, "it leans");
    });
}

#[test]
fn delimiters_cover_what_they_stand_around() {
    with(|l| {
        let low = set(l, r"\left(x\right)", Level::Display);
        let high = set(l, r"\left(\frac{\frac{a}{b}}{\frac{c}{d}}\right)", Level::Display);
        let tall = set(
            l,
            r"\left(\begin{matrix}1\\2\\3\\4\\5\\6\\7\\8\end{matrix}\right)",
            Level::Display,
        );
        assert!(high.height > low.height && tall.height > high.height);
        let parts = |set: &MathBox| set.marks.iter().filter(|m| is_glyph(m)).count();
        assert!(parts(&tall) > 8 + 6, "it is built of parts");
        assert!(tall.height > 45.0 && tall.depth > 40.0);
        let text: String = texts(&tall).concat();
        assert_eq!(text, "(12345678)", "and said once");
    });
}

fn is_glyph(mark: &Mark) -> bool {
    matches!(mark, Mark::Glyph { .. })
}

fn texts(set: &MathBox) -> Vec<&str> {
    set.marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Glyph { text, .. } => Some(text.as_str()),
            Mark::Bar { .. } => None,
        })
        .collect()
}

#[test]
fn a_root_covers_what_it_is_of() {
    with(|l| {
        for tex in [r"\sqrt{x}", r"\sqrt{\frac{a}{b}}", r"\sqrt[3]{\int_0^1 x}"] {
            let set = set(l, tex, Level::Display);
            let (x, y, width, thickness) = bar(&set);
            assert!(y < -thickness && y >= -set.height, "{tex}");
            assert!(x + width <= set.width + 1e-9 && x > 0.0, "{tex}");
        }
    });
}

#[test]
fn operators_have_room_and_signs_have_none() {
    with(|l| {
        let gap = |tex: &str, a: &str, b: &str| {
            let set = set(l, tex, Level::Text);
            glyph(&set, b).0 - glyph(&set, a).0
        };
        let minus = gap("a-b", "−", "𝑏");
        let sign = gap("=-b", "−", "𝑏");
        assert!((minus - sign - 10.0 * 4.0 / 18.0).abs() < 1e-6, "{minus} {sign}");
    });
}

#[test]
fn columns_of_equations_meet_at_the_relation() {
    with(|l| {
        let set = set(l, r"\begin{aligned}a+b&=c\\d&=e\end{aligned}", Level::Display);
        let relations: Vec<(f64, f64)> = set
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Glyph { x, y, text, .. } if text == "=" => Some((*x, *y)),
                _ => None,
            })
            .collect();
        let [(a, y), (b, z)] = relations[..] else { panic!("{relations:?}") };
        assert!((a - b).abs() < 1e-9 && (z - y - 15.0).abs() < 0.5, "{relations:?}");
        assert!((set.height - set.depth - 5.2).abs() < 1e-6, "centred on the axis");
    });
}

#[test]
fn a_row_breaks_after_relations_and_operators_at_the_outermost_level() {
    with(|l| {
        let row = parse("a+b=c-(d+e)^{f+g}").unwrap_or_default();
        let style = Style { level: Level::Text, cramped: false, color: Color::Black };
        let pieces = l.pieces(&row, style, true);
        let told: Vec<String> = pieces.iter().map(|p| texts(&p.content).concat()).collect();
        assert_eq!(told, ["𝑎+", "𝑏=", "𝑐−", "(𝑑+", "𝑒)𝑓+𝑔"]);
        assert_eq!(pieces.iter().map(|p| p.penalty).collect::<Vec<_>>()[..2], [700.0, 500.0]);
        let whole = l.row(&row, style);
        let parts: f64 = pieces.iter().map(|p| p.content.width + p.space).sum();
        assert!((whole.width - parts).abs() < 1e-6);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn boxes_hold_what_is_in_them(tex in formula()) {
        with(|l| {
            for level in [Level::Display, Level::Text] {
                let Ok(row) = parse(&tex) else { continue };
                let style = Style { level, cramped: false, color: Color::Black };
                let set = l.row(&row, style);
                assert!(set.width.is_finite() && set.height.is_finite() && set.depth.is_finite());
                for mark in &set.marks {
                    let (left, top, right, bottom) = match mark {
                        // Accents stand over the letter before them.
                        Mark::Glyph { text, .. } if text.starts_with('\u{302}') => continue,
                        Mark::Glyph { x, y, .. } => (*x, *y, *x, *y),
                        Mark::Bar { x, y, width, height, .. } => (*x, *y, x + width, y + height),
                    };
                    assert!(left >= -3.0 && right <= set.width + 3.0, "{tex}: {mark:?} {}", set.width);
                    assert!(top >= -set.height - 3.0 && bottom <= set.depth + 3.0, "{tex}: {mark:?}");
                }
            }
        });
    }

    #[test]
    fn nothing_makes_it_panic(tex in r"([a-z0-9{}^_& ∑é+='|().\\]|\\(frac|sqrt|left|right|hat|text|sum|limits|not|over|big|mathbb|vec|overbrace|quad|!)){0,30}") {
        with(|l| {
            if let Ok(row) = parse(&tex) {
                let style = Style { level: Level::Display, cramped: false, color: Color::Black };
                let set = l.row(&row, style);
                let _ = set.items(crate::page::StructId(0));
            }
        });
    }
}

/// Formulas nested at random.
fn formula() -> impl Strategy<Value = String> {
    let leaf =
        prop::sample::select(vec!["x", "y", "12", r"\alpha", r"\mathbb{R}", r"\sin", "+", "="]);
    leaf.prop_map(String::from).prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!(r"\frac{{{a}}}{{{b}}}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{{a}}}^{{{b}}}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{{a}}}_{{{b}}}")),
            inner.clone().prop_map(|a| format!(r"\sqrt{{{a}}}")),
            inner.clone().prop_map(|a| format!(r"\left[{a}\right)")),
            inner.clone().prop_map(|a| format!(r"\overline{{{a}}}")),
            inner.clone().prop_map(|a| format!(r"\hat{{{a}}}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} + {b}")),
            (inner.clone(), inner)
                .prop_map(|(a, b)| format!(r"\begin{{matrix}}{a}&{b}\\{b}&{a}\end{{matrix}}")),
        ]
    })
}
