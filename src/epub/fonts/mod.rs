//! The fonts an EPUB carries: the faces that are used, cut to what is used.

use super::EpubInput;
use super::pictures::Resource;
use super::usage::{Family, FontUse};
use crate::theme::CssFace;

/// The fonts of an EPUB.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    /// What the style sheet says about them.
    pub faces: Vec<CssFace>,
    /// Their files and licences.
    pub files: Vec<Resource>,
}

impl Embedded {
    /// No fonts: the reader's own.
    pub fn none() -> Embedded {
        Embedded::default()
    }
}

/// Cuts the faces that are used.
pub(super) fn embed(input: &EpubInput<'_>, usage: FontUse) -> Embedded {
    let mut embedded = Embedded::none();
    let mut done = std::collections::BTreeSet::new();
    for (voice, _) in usage.iter() {
        let family = match voice.family {
            Family::Serif => &input.theme.serif,
            Family::Sans => &input.theme.sans,
            Family::Mono => &input.theme.mono,
        };
        let Some(id) = input.fonts.select(family, voice.style) else { continue };
        if !done.insert(id) {
            continue;
        }
        let face = input.fonts.face(id);
        let href = format!("fonts/{}.otf", face.postscript_name);
        embedded.faces.push(CssFace {
            family: family.clone(),
            name: face.family.clone(),
            style: face.style,
            href: href.clone(),
        });
        embedded.files.push(Resource::new(&href, "font/otf", face.data.clone()));
    }
    embedded
}
