//! A page as SVG: letters as outlines, rules, pictures with their bytes inside,
//! so that a file is whole by itself.
//!
//! Each glyph of a page is defined once, in the units of its font, and used
//! where it stands. Links are not drawn: they are areas, not ink.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::SvgPen;
use skrifa::{GlyphId, MetadataProvider};

use crate::assets::{Asset, AssetKind, Assets, Drawing};
use crate::page::{Color, GlyphRun, Item, Page, Pages, Picture, PictureSource, Rect};
use crate::text::{FaceId, FontBook};
use crate::units::Pt;

/// Decimals of positions in points: a hundredth is finer than any screen.
const POSITION: usize = 2;
/// Decimals of factors from font units to points.
const FACTOR: usize = 6;

/// What is drawn besides the page itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct SvgOptions {
    /// The grid of baselines, in thin lines below everything.
    pub grid: Option<BaselineGrid>,
}

/// Where the baselines of the text are.
#[derive(Debug, Clone, Copy)]
pub struct BaselineGrid {
    /// The first baseline, from the top edge of the page.
    pub first: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    /// How many there are.
    pub lines: usize,
}

/// Draws pages.
#[derive(Debug, Clone, Copy)]
pub struct SvgRenderer<'a> {
    /// The pages.
    pub pages: &'a Pages,
    /// Their pictures.
    pub assets: &'a Assets,
    /// Their fonts.
    pub fonts: &'a FontBook,
    /// What is drawn besides.
    pub options: SvgOptions,
}

impl SvgRenderer<'_> {
    /// The page with this index, from zero, as an SVG document one CSS point to
    /// the point; `None` if there is no such page. The same page gives the same
    /// bytes.
    pub fn page(&self, index: usize) -> Option<String> {
        let page = self.pages.pages.get(index)?;
        let mut glyphs = Glyphs { fonts: self.fonts, outlines: BTreeMap::new() };
        let mut body = String::new();
        for item in &page.items {
            match item {
                Item::Glyphs(run) => glyphs.run(&mut body, run),
                Item::Rule(rule) => self.rectangle(&mut body, rule.rect, rule.color),
                Item::Picture(picture) => self.picture(&mut body, picture),
                Item::Link(_) => {}
            }
        }
        Some(self.document(page, &glyphs, &body))
    }

    fn document(&self, page: &Page, glyphs: &Glyphs<'_>, body: &str) -> String {
        let (width, height) = (number(page.size.0.0, POSITION), number(page.size.1.0, POSITION));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
             viewBox=\"0 0 {width} {height}\">\n<defs>\n"
        );
        glyphs.definitions(&mut out);
        let _ =
            writeln!(out, "</defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        if let Some(grid) = &self.options.grid {
            draw_grid(&mut out, grid, page.size.0);
        }
        out.push_str(body);
        out.push_str("</svg>\n");
        out
    }

    fn rectangle(&self, out: &mut String, rect: Rect, color: Color) {
        let _ = writeln!(out, "<rect {} fill=\"{}\"/>", place(rect), ink(color));
    }

    fn picture(&self, out: &mut String, picture: &Picture) {
        match &picture.what {
            PictureSource::Drawing(drawing) => draw(out, drawing, picture.rect),
            PictureSource::Image(id) => {
                if let Some(asset) = self.assets.get(*id) {
                    image(out, asset, picture.rect);
                }
            }
        }
    }
}

/// The glyphs of one page.
struct Glyphs<'a> {
    fonts: &'a FontBook,
    /// The outline of each as path data in font units, y up; empty for blanks.
    outlines: BTreeMap<(FaceId, u16), String>,
}

impl Glyphs<'_> {
    /// Draws a run: each glyph is used at its place, in font units.
    fn run(&mut self, out: &mut String, run: &GlyphRun) {
        let em = self.fonts.face(run.face).metrics.units_per_em.max(1.0);
        let (down, across) = (run.size.0 / em, run.size.0 / em * run.stretch.max(0.01));
        let _ = write!(
            out,
            "<g fill=\"{}\" transform=\"matrix({} 0 0 -{} {} {})\">",
            ink(run.color),
            number(across, FACTOR),
            number(down, FACTOR),
            number(run.origin.x.0, POSITION),
            number(run.origin.y.0, POSITION),
        );
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            if self.is_drawn(run.face, glyph.id) {
                let x = number((pen + glyph.dx.0) / across, 0);
                let y = number(glyph.dy.0 / down, 0);
                let id = glyph_id(run.face, glyph.id);
                let _ = write!(out, "<use href=\"#{id}\" x=\"{x}\"");
                if y != "0" {
                    let _ = write!(out, " y=\"{y}\"");
                }
                out.push_str("/>");
            }
            pen += glyph.advance.0;
        }
        out.push_str("</g>\n");
    }

    /// Reads the outline of a glyph; false if there is nothing to see.
    fn is_drawn(&mut self, face: FaceId, id: u16) -> bool {
        let fonts = self.fonts;
        let outline = self.outlines.entry((face, id)).or_insert_with(|| {
            let mut pen = SvgPen::new();
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let outlines = fonts.face(face).font_ref().outline_glyphs();
            if let Some(glyph) = outlines.get(GlyphId::from(id)) {
                // A glyph that can't be drawn leaves its space empty.
                let _ = glyph.draw(settings, &mut pen);
            }
            pen.to_string()
        });
        !outline.is_empty()
    }

    fn definitions(&self, out: &mut String) {
        for ((face, id), outline) in self.outlines.iter().filter(|(_, o)| !o.is_empty()) {
            let _ = writeln!(out, "<path id=\"{}\" d=\"{outline}\"/>", glyph_id(*face, *id));
        }
    }
}

fn glyph_id(face: FaceId, glyph: u16) -> String {
    format!("f{}g{glyph}", face.0)
}

/// A picture file: a drawing as its paths, all else as its bytes.
fn image(out: &mut String, asset: &Asset, rect: Rect) {
    match &asset.kind {
        AssetKind::Svg(Some(drawing)) => draw(out, drawing, rect),
        AssetKind::Svg(None) | AssetKind::Jpeg { .. } | AssetKind::Raster => {
            let _ = write!(
                out,
                "<image {} preserveAspectRatio=\"none\" href=\"data:{};base64,",
                place(rect),
                asset.media_type()
            );
            BASE64_STANDARD.encode_string(&asset.bytes, out);
            out.push_str("\"/>\n");
        }
    }
}

/// A drawing, laid into a rectangle.
fn draw(out: &mut String, drawing: &Drawing, rect: Rect) {
    let _ = writeln!(
        out,
        "<svg {} preserveAspectRatio=\"none\" viewBox=\"0 0 {} {}\">{}</svg>",
        place(rect),
        number(drawing.width, POSITION),
        number(drawing.height, POSITION),
        drawing.svg_paths(),
    );
}

fn draw_grid(out: &mut String, grid: &BaselineGrid, width: Pt) {
    let _ = write!(out, "<path fill=\"none\" stroke=\"#9cf\" stroke-width=\"0.25\" d=\"");
    for line in 0..grid.lines {
        let y = number((grid.first + grid.leading * line as f64).0, POSITION);
        let _ = write!(out, "M0 {y}H{}", number(width.0, POSITION));
    }
    out.push_str("\"/>\n");
}

/// The attributes that say where a rectangle is.
fn place(rect: Rect) -> String {
    let [x, y, width, height] =
        [rect.x, rect.y, rect.width, rect.height].map(|n| number(n.0, POSITION));
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

/// The colour as it is on a screen.
fn ink(color: Color) -> String {
    let [r, g, b] = match color {
        Color::Black => [0; 3],
        // `as` saturates.
        Color::Gray(share) => [((1.0 - share) * 255.0).round() as u8; 3],
        Color::Ink(rgb) | Color::Rgb(rgb) => rgb,
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A number with at most so many decimals and no more than it needs.
fn number(value: f64, decimals: usize) -> String {
    let mut text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let shown = [1.0, 0.5, -0.001, 12.345, 100.0].map(|n| number(n, 2)).join(" ");
        assert_eq!(shown, "1 0.5 0 12.35 100");
        assert_eq!(number(100.0, 0), "100");
        assert_eq!(number(-0.2, 0), "0");
    }

    #[test]
    fn gray_is_thinned_black() {
        let shades = [Color::Black, Color::Gray(1.0), Color::Gray(0.0), Color::Rgb([1, 2, 255])];
        assert_eq!(shades.map(ink), ["#000000", "#000000", "#ffffff", "#0102ff"]);
    }
}
