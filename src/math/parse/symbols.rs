//! Leaves of the tree: letters, signs, numbers, and the alphabet and size they are
//! set in.

use pulldown_latex::event::{
    ColorTarget, Content, DelimiterSize, DelimiterType, Font, StateChange, Style,
};

use crate::math::{Alphabet, Class, Level, Node, Symbol};

/// A piece of content as a node.
pub(super) fn leaf(content: &Content<'_>, alphabet: Alphabet) -> Node {
    let symbol = |text: String, class| Node::Symbol(Symbol { text, class, alphabet });
    match *content {
        Content::Text(text) => Node::Words(text.replace("&nbsp;", "\u{a0}"), alphabet),
        Content::Number(number) => Node::Number(number.to_owned(), alphabet),
        Content::Function(name) => Node::Function(name.to_owned()),
        // What `\colon` gives; a colon that is written is a relation.
        Content::Ordinary { content: ':', .. } => symbol(":".into(), Class::Punct),
        Content::Ordinary { content, .. } => symbol(content.into(), Class::Ord),
        Content::LargeOp { content, small } => Node::Large { sign: content, small },
        // TeX sets a slash without spaces (*The TeXbook*, chapter 17).
        Content::BinaryOp { content: '/', .. } => symbol("/".into(), Class::Ord),
        Content::BinaryOp { content, .. } => symbol(content.into(), Class::Bin),
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let text = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer));
            symbol(text.into_owned(), Class::Rel)
        }
        Content::Delimiter { content, size, ty } => {
            let class = match ty {
                DelimiterType::Open => Class::Open,
                DelimiterType::Fence => Class::Ord,
                DelimiterType::Close => Class::Close,
            };
            // Sizes as amsmath has them, in em.
            let size = size.map(|size| match size {
                DelimiterSize::Big => 1.2,
                DelimiterSize::BIG => 1.8,
                DelimiterSize::Bigg => 2.4,
                DelimiterSize::BIGG => 3.0,
            });
            Node::Delimiter { sign: content, size, class }
        }
        Content::Punctuation(c) => symbol(c.into(), Class::Punct),
    }
}

/// What a change of state leaves in the row; an alphabet is kept for what follows.
pub(super) fn state(change: StateChange, alphabet: &mut Alphabet) -> Option<Node> {
    match change {
        StateChange::Font(font) => {
            *alphabet = font.map_or(Alphabet::Default, alphabet_of);
            None
        }
        StateChange::Style(style) => Some(Node::Level(level_of(style))),
        StateChange::Color(change) => match change.target {
            ColorTarget::Text => {
                let (r, g, b) = change.color;
                Some(Node::Color([r, g, b]))
            }
            // A ground behind a formula would have to be seen on any page colour.
            ColorTarget::Background | ColorTarget::Border => None,
        },
    }
}

pub(super) fn level_of(style: Style) -> Level {
    match style {
        Style::Display => Level::Display,
        Style::Text => Level::Text,
        Style::Script => Level::Script,
        Style::ScriptScript => Level::ScriptScript,
    }
}

fn alphabet_of(font: Font) -> Alphabet {
    match font {
        Font::BoldScript => Alphabet::BoldScript,
        Font::BoldItalic => Alphabet::BoldItalic,
        Font::Bold => Alphabet::Bold,
        Font::BoldSymbol => Alphabet::BoldSymbol,
        Font::Fraktur => Alphabet::Fraktur,
        Font::Script => Alphabet::Script,
        Font::Monospace => Alphabet::Monospace,
        Font::SansSerif => Alphabet::Sans,
        Font::DoubleStruck | Font::DoubleStruckItalic => Alphabet::DoubleStruck,
        Font::Italic => Alphabet::Italic,
        Font::BoldFraktur => Alphabet::BoldFraktur,
        Font::SansSerifBoldItalic => Alphabet::SansBoldItalic,
        Font::SansSerifItalic => Alphabet::SansItalic,
        Font::BoldSansSerif => Alphabet::SansBold,
        Font::UpRight => Alphabet::Upright,
    }
}

/// A node struck through: as one character where there is one.
pub(super) fn negated(node: Node) -> Node {
    let node = match node {
        Node::Group(mut row) if row.len() == 1 => match row.pop() {
            Some(node) => node,
            None => Node::Group(row),
        },
        node => node,
    };
    let Node::Symbol(symbol) = &node else { return Node::Negated(Box::new(node)) };
    let mut chars = symbol.text.chars();
    let struck = match (chars.next(), chars.next()) {
        (Some(c), None) => struck(c),
        _ => None,
    };
    match struck {
        Some(c) => Node::Symbol(Symbol { text: c.into(), ..symbol.clone() }),
        None => Node::Negated(Box::new(node)),
    }
}

fn struck(c: char) -> Option<char> {
    const PAIRS: &str = "=≠∈∉∋∌<≮>≯≤≰≥≱∼≁≈≉≡≢⊂⊄⊃⊅⊆⊈⊇⊉∣∤∥∦→↛←↚∃∄⇒⇏⇐⇍≅≇≃≄⊢⊬⊨⊭";
    let mut pairs = PAIRS.chars();
    while let (Some(plain), Some(struck)) = (pairs.next(), pairs.next()) {
        if plain == c {
            return Some(struck);
        }
    }
    None
}
