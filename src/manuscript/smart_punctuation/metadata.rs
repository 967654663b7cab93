//! The marks in what is known about the book: it is printed too.

use super::punctuate_untied;
use crate::model::{Alt, Lang, Metadata};

/// Sets the marks in title, subtitle, names, publisher, description, rights and
/// series, in the language of the book. Identifier, slug and date stay.
pub(crate) fn punctuate_metadata(meta: &mut Metadata) {
    let lang = meta.language.clone();
    let set = |text: &mut String| *text = punctuate_untied(text, &lang);
    set(&mut meta.title);
    let optional =
        [&mut meta.subtitle, &mut meta.publisher, &mut meta.description, &mut meta.rights];
    optional.into_iter().flatten().for_each(set);
    meta.subjects.iter_mut().for_each(set);
    for person in &mut meta.contributors {
        set(&mut person.name);
        person.sort.iter_mut().for_each(set);
    }
    meta.series.iter_mut().for_each(|series| set(&mut series.name));
    if let Some(Alt::Text(alt)) = &mut meta.cover_alt {
        set(alt);
    }
}

/// Sets the marks in the names of a chapter's authors.
pub(crate) fn punctuate_names(names: &mut [String], lang: &Lang) {
    for name in names {
        *name = punctuate_untied(name, lang);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_rights_are_set_as_the_text_is() {
        let mut meta = Metadata {
            title: "The King's \"Men\" -- a tale...".into(),
            rights: Some("Don't copy".into()),
            publisher: Some("J. R. Mr. Smith".into()),
            identifier: "urn:x'y".into(),
            ..Metadata::default()
        };
        punctuate_metadata(&mut meta);
        assert_eq!(meta.title, "The King’s “Men” – a tale…");
        assert_eq!(meta.publisher.as_deref(), Some("J. R. Mr. Smith"), "no ties in names");
        assert_eq!(meta.rights.as_deref(), Some("Don’t copy"));
        assert_eq!(meta.identifier, "urn:x'y");
    }
}
