//! The licences of the fonts an EPUB carries, carried with them.

use std::collections::BTreeMap;

use skrifa::MetadataProvider;
use skrifa::string::StringId;

use crate::epub::ids::file_stem;
use crate::epub::resource::Resource;
use crate::text::FontFace;

/// The licences of the families that come with bindery.
const SHIPPED: [(&str, &str); 4] = [
    ("Libertinus Serif", include_str!("../../../fonts/OFL-LibertinusSerif.txt")),
    ("Libertinus Math", include_str!("../../../fonts/OFL-LibertinusMath.txt")),
    ("Source Sans 3", include_str!("../../../fonts/OFL-SourceSans3.txt")),
    ("Source Code Pro", include_str!("../../../fonts/OFL-SourceCodePro.txt")),
];

/// One text for each family: that of the shipped one, else what the font
/// itself says.
pub(super) fn of<'a>(faces: impl Iterator<Item = &'a FontFace>) -> Vec<Resource> {
    let families: BTreeMap<&str, &FontFace> =
        faces.map(|face| (face.family.as_str(), face)).collect();
    let files = families.into_iter().filter_map(|(family, face)| {
        let shipped = SHIPPED.iter().find(|(name, _)| *name == family);
        let text = shipped.map(|(_, text)| (*text).to_owned()).or_else(|| own_words(face))?;
        let href = format!("fonts/{}-licence.txt", file_stem(family));
        Some(Resource::new(&href, "text/plain", text.into_bytes()))
    });
    files.collect()
}

fn own_words(face: &FontFace) -> Option<String> {
    let font = face.font_ref();
    let ids = [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION, StringId::LICENSE_URL];
    let words = ids.iter().filter_map(|id| font.localized_strings(*id).english_or_first());
    let words: Vec<String> = words.map(|s| s.chars().collect()).collect();
    (!words.is_empty()).then(|| words.join("\n\n") + "\n")
}
