//! The line of a paragraph: runs, links, notes, pictures, fields.

use super::formula;
use super::inlines::{Piece, escaped, markdown};
use super::reading::{Reading, Remark};
use super::styles::Look;
use super::xml::Element;

/// What a paragraph holds.
#[derive(Default)]
pub(super) struct Line {
    pub pieces: Vec<Piece>,
    /// The pictures in it: address, alternative text, and share of the measure.
    pub pictures: Vec<Picture>,
    /// Whether there are words beside the pictures.
    pub has_words: bool,
    /// Paragraphs of text boxes, to be set after this one.
    pub boxes: Vec<Element>,
    /// The ids of the bookmarks that begin in it and that something refers to.
    pub ids: Vec<String>,
}

/// A picture in a line.
#[derive(Clone)]
pub(super) struct Picture {
    pub path: String,
    pub alt: String,
    /// Its width in percent of the measure, where it is less than that.
    pub percent: Option<u32>,
}

/// A field that is open: what it does, and where its result begins.
pub(super) struct Field {
    instruction: String,
    start: Option<usize>,
}

impl Reading<'_> {
    /// Reads the line of a paragraph.
    pub(super) fn line(&mut self, paragraph: &Element) -> Line {
        let style = paragraph.child("w:pPr").and_then(|p| p.value_of("w:pStyle"));
        let mut line = Line::default();
        self.fields_start_anew();
        self.inlines(paragraph, style, &mut line);
        line
    }

    /// A field whose result began in an earlier paragraph has its end in this one.
    fn fields_start_anew(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.start.is_some()) {
            field.start = Some(0);
        }
    }

    fn inlines(&mut self, parent: &Element, style: Option<&str>, line: &mut Line) {
        for child in &parent.children {
            match child.name.as_str() {
                "w:r" => self.run(child, style, line),
                "w:hyperlink" => self.hyperlink(child, style, line),
                "w:fldSimple" => {
                    let start = line.pieces.len();
                    self.inlines(child, style, line);
                    let instruction = child.get("instr").unwrap_or("").to_owned();
                    self.field_ends(&instruction, start, line);
                }
                "w:del" | "w:moveFrom" => self.remark(Remark::Deletion),
                "w:ins" | "w:moveTo" => {
                    self.remark(Remark::Insertion);
                    self.inlines(child, style, line);
                }
                "w:bookmarkStart" => {
                    let name = child.get("name").filter(|name| self.referenced.contains(*name));
                    line.ids.extend(name.map(super::reading::id_of));
                }
                "m:oMathPara" => self.formula(child, true, line),
                "m:oMath" => self.formula(child, false, line),
                "mc:AlternateContent" => {
                    self.alternatives(child).iter().for_each(|one| self.inlines(one, style, line));
                }
                name if name.ends_with("Pr") => {}
                _ => self.inlines(child, style, line),
            }
        }
    }

    /// What is shown of contents that are given in several forms.
    fn alternatives<'e>(&self, element: &'e Element) -> Option<&'e Element> {
        element.child("mc:Choice").or_else(|| element.child("mc:Fallback"))
    }

    fn run(&mut self, run: &Element, style: Option<&str>, line: &mut Line) {
        let properties = run.child("w:rPr");
        let character = properties.and_then(|p| p.value_of("w:rStyle"));
        let mut look = self.styles.look(character, style);
        if let Some(properties) = properties {
            look.apply(properties);
            if properties.switch("w:vanish") == Some(true) {
                self.remark(Remark::Hidden);
                return;
            }
        }
        self.run_content(run, &look, line);
    }

    fn run_content(&mut self, run: &Element, look: &Look, line: &mut Line) {
        for child in &run.children {
            match child.name.as_str() {
                "w:t" => self.words(&child.words(), look, line),
                "w:tab" | "w:ptab" => self.words(" ", look, line),
                "w:noBreakHyphen" => self.words("\u{2011}", look, line),
                "w:softHyphen" => self.words("\u{ad}", look, line),
                "w:cr" => line.pieces.push(Piece::Break),
                "w:br" if matches!(child.get("type"), Some("page" | "column")) => {}
                "w:br" => line.pieces.push(Piece::Break),
                "w:sym" => {
                    self.remark(Remark::Symbol);
                    self.words(symbol(child), look, line);
                }
                "w:footnoteReference" | "w:endnoteReference" => self.note_mark(child, line),
                "w:commentReference" => self.remark(Remark::Comment),
                "w:fldChar" => self.field_mark(child, line),
                "w:instrText" => {
                    let text = child.words();
                    self.fields.last_mut().into_iter().for_each(|f| f.instruction.push_str(&text));
                }
                "w:drawing" | "w:pict" | "w:object" => self.drawing(child, line),
                "w:ruby" => self.ruby(child, look, line),
                "mc:AlternateContent" => {
                    if let Some(content) = self.alternatives(child) {
                        self.run_content(content, look, line);
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, words: &str, look: &Look, line: &mut Line) {
        if !self.is_dropping() {
            line.has_words |= !words.trim().is_empty();
            line.pieces.push(Piece::Words(words.to_owned(), look.clone()));
        }
    }

    /// Markdown that stands for words.
    fn add(&mut self, text: String, line: &mut Line) {
        if !self.is_dropping() {
            line.has_words = true;
            line.pieces.push(Piece::Markdown(text));
        }
    }

    /// Whether the result of a field is left out: a table of contents, a page's number.
    fn is_dropping(&self) -> bool {
        const MADE_ANEW: [&str; 7] =
            ["TOC", "INDEX", "PAGE", "NUMPAGES", "PAGEREF", "TOA", "SECTIONPAGES"];
        self.fields.iter().any(|field| {
            let name = field.instruction.split_whitespace().next().unwrap_or("");
            field.start.is_none() || MADE_ANEW.contains(&name)
        })
    }

    fn field_mark(&mut self, mark: &Element, line: &mut Line) {
        match mark.get("fldCharType") {
            Some("begin") => {
                self.fields.push(Field { instruction: String::new(), start: None });
            }
            Some("separate") => {
                let start = line.pieces.len();
                self.fields.last_mut().into_iter().for_each(|f| f.start = Some(start));
            }
            Some("end") => {
                if let Some(field) = self.fields.pop() {
                    let start = field.start.unwrap_or(line.pieces.len());
                    self.field_ends(&field.instruction, start, line);
                }
            }
            _ => {}
        }
    }

    /// Makes of the result of a field what it stands for.
    fn field_ends(&mut self, instruction: &str, start: usize, line: &mut Line) {
        let mut words = instruction.split_whitespace();
        let name = words.next().unwrap_or("");
        let quoted = instruction.split('"').nth(1);
        let argument = quoted.or_else(|| words.next()).unwrap_or("");
        match name {
            "HYPERLINK" => {
                let local = instruction.contains("\\l");
                let address = match quoted {
                    Some(place) if local => format!("#{}", super::reading::id_of(place)),
                    Some(address) => address.to_owned(),
                    None => return,
                };
                self.link(&address, start, line);
            }
            "REF" if self.referenced.contains(argument) => {
                self.link(&format!("#{}", super::reading::id_of(argument)), start, line);
            }
            "XE" => {
                let levels: Vec<&str> = argument.split(':').map(str::trim).collect();
                let levels: Vec<String> =
                    levels.iter().map(|level| escaped(level, false)).collect();
                self.add(format!("{{index: {}}}", levels.join(" > ")), line);
            }
            _ => {}
        }
    }

    fn hyperlink(&mut self, link: &Element, style: Option<&str>, line: &mut Line) {
        let start = line.pieces.len();
        self.inlines(link, style, line);
        let outside = link.get("id").and_then(|id| self.relationships.get(id));
        let address = outside.map(|target| target.target.clone());
        let address = match (address, link.get("anchor")) {
            (Some(address), Some(place)) => Some(format!("{address}#{place}")),
            (Some(address), None) => Some(address),
            (None, Some(place)) => Some(format!("#{}", super::reading::id_of(place))),
            (None, None) => None,
        };
        if let Some(address) = address {
            self.link(&address, start, line);
        }
    }

    /// Makes a link of the pieces from one on.
    fn link(&mut self, address: &str, start: usize, line: &mut Line) {
        let content = line.pieces.split_off(start.min(line.pieces.len()));
        let words = markdown(&content);
        if words.is_empty() {
            return;
        }
        // Spaces at the ends are outside of the link.
        let space = |piece: Option<&Piece>, starts: bool| match piece {
            Some(Piece::Words(words, _)) if starts => words.starts_with(' '),
            Some(Piece::Words(words, _)) => words.ends_with(' '),
            _ => false,
        };
        let (before, after) = (space(content.first(), true), space(content.last(), false));
        let address: String = address.chars().filter(|c| !"<>\n".contains(*c)).collect();
        let pad = |there: bool| if there { " " } else { "" };
        let text = format!("{}[{words}](<{address}>){}", pad(before), pad(after));
        line.pieces.push(Piece::Markdown(text));
    }

    fn note_mark(&mut self, mark: &Element, line: &mut Line) {
        let ending = mark.name == "w:endnoteReference";
        if let Some(label) = mark.get("id").and_then(|id| self.note(id, ending)) {
            self.add(format!("[^{label}]"), line);
        }
    }

    fn formula(&mut self, formula: &Element, display: bool, line: &mut Line) {
        let tex = formula::tex(formula);
        let tex = tex.trim();
        if tex.is_empty() {
            return;
        }
        self.remark(Remark::Formula);
        self.add(if display { format!("$${tex}$$") } else { format!("${tex}$") }, line);
    }

    fn ruby(&mut self, ruby: &Element, look: &Look, line: &mut Line) {
        let part = |name: &str| ruby.child(name).map(Element::words).unwrap_or_default();
        let (base, reading) = (escaped(&part("w:rubyBase"), false), escaped(&part("w:rt"), false));
        let _ = look;
        self.add(format!("<ruby>{base}<rt>{reading}</rt></ruby>"), line);
    }

    /// A picture, or a box of text.
    fn drawing(&mut self, drawing: &Element, line: &mut Line) {
        if self.is_dropping() {
            return;
        }
        if let Some(text) = drawing.find("w:txbxContent") {
            line.boxes.push(text.clone());
            return;
        }
        let blip = drawing.find("a:blip").and_then(|blip| blip.get("embed").or(blip.get("link")));
        let vml = || drawing.find("v:imagedata").and_then(|data| data.get("id"));
        let properties = drawing.find("wp:docPr");
        let described = properties.and_then(|p| p.get("descr").or_else(|| p.get("title")));
        let shape = || drawing.find("v:shape").and_then(|shape| shape.get("alt"));
        let alt = described.or_else(shape).unwrap_or("").to_owned();
        let Some(path) = blip.or_else(vml).and_then(|id| self.picture(id)) else {
            self.remark(Remark::Drawing);
            if !alt.trim().is_empty() {
                self.add(format!("\\[{}\\]", escaped(alt.trim(), false)), line);
            }
            return;
        };
        let width = drawing.find("wp:extent").and_then(|extent| extent.get("cx")?.parse().ok());
        let percent = width.map(|emu: f64| (100.0 * emu / self.measure).round().clamp(1.0, 100.0));
        let percent = percent.filter(|percent| *percent < 97.0).map(|percent| percent as u32);
        let picture = Picture { path, alt, percent };
        line.pieces.push(Piece::Markdown(picture.markdown("", false)));
        line.pictures.push(picture);
    }
}

impl Picture {
    /// The picture with a caption; with its width if it stands alone.
    pub fn markdown(&self, caption: &str, alone: bool) -> String {
        let alt = escaped(self.alt.trim(), false);
        let title = match caption.replace('"', "\\\"") {
            caption if caption.is_empty() => String::new(),
            caption => format!(" \"{caption}\""),
        };
        let width = match self.percent {
            Some(percent) if alone => format!("{{width={percent}%}}"),
            _ => String::new(),
        };
        format!("![{alt}](<{}>{title}){width}", self.path)
    }
}

/// A character of a font of signs, as far as there is one for it in Unicode.
fn symbol(symbol: &Element) -> &'static str {
    let code = symbol.get("char").and_then(|char| u32::from_str_radix(char, 16).ok());
    let font = symbol.get("font").unwrap_or("").to_lowercase();
    let wingdings = font.contains("wingdings");
    match code.map(|code| code & 0xff) {
        Some(0xa7 | 0xb7 | 0x6c) => "•",
        Some(0xe0) if wingdings => "→",
        Some(0xdf) if wingdings => "←",
        Some(0xfc) if wingdings => "✓",
        Some(0xa8 | 0x6f) if wingdings => "□",
        Some(0x4a) if wingdings => "☺",
        Some(0x61) => "α",
        Some(0x62) => "β",
        Some(0x6d) => "μ",
        Some(0x70) => "π",
        Some(0xae) => "→",
        Some(0xb0) => "°",
        Some(0xb1) => "±",
        Some(0xb4) => "×",
        Some(0xd7) => "·",
        _ => "\u{fffd}",
    }
}
