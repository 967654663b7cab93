//! The pictures of the EPUB: in a form every reading system can show, each
//! file once, under names that are safe in an archive.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::ids::{Ids, ascii_name};
use super::input::EpubError;
use super::resource::Resource;
use super::svg_background::with_white_background;
use crate::assets::{Asset, Assets, EpubPicture, PictureError, epub_form};
use crate::model::ImageId;

/// A picture as pages use it.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// The place of its file.
    pub href: String,
    /// Whether it may be see-through: ink without paper, which vanishes in
    /// the dark unless paper is put under it.
    pub clear: bool,
}

/// All pictures, by [`ImageId`].
#[derive(Debug, Default)]
pub(super) struct Pictures {
    images: Vec<Option<Picture>>,
    /// The files they are in.
    pub files: Vec<Resource>,
}

impl Pictures {
    /// Brings all pictures of a book into the form the EPUB carries.
    ///
    /// # Errors
    /// If a picture can't be encoded.
    pub fn prepare(assets: &Assets) -> Result<Pictures, EpubError> {
        let form = |asset: &Asset| {
            epub_form(asset).map_err(|e: PictureError| EpubError(format!("{}: {e}", asset.path)))
        };
        let forms: Vec<Option<EpubPicture>> = assets
            .images
            .par_iter()
            .map(|asset| asset.as_ref().map(form).transpose())
            .collect::<Result<_, _>>()?;
        let mut pictures = Pictures::default();
        let mut names = Ids(BTreeSet::new());
        let mut stored: BTreeMap<u64, Picture> = BTreeMap::new();
        for (asset, form) in assets.images.iter().zip(forms) {
            let picture = match (asset, form) {
                (Some(asset), Some(form)) => {
                    let again = stored.get(&asset.hash).cloned();
                    let picture = again.unwrap_or_else(|| pictures.store(asset, form, &mut names));
                    stored.insert(asset.hash, picture.clone());
                    Some(picture)
                }
                _ => None,
            };
            pictures.images.push(picture);
        }
        Ok(pictures)
    }

    /// The picture, if it was read.
    pub fn get(&self, id: ImageId) -> Option<&Picture> {
        self.images.get(id.0 as usize)?.as_ref()
    }

    fn store(&mut self, asset: &Asset, form: EpubPicture, names: &mut Ids) -> Picture {
        let stem = Path::new(&asset.path).file_stem().and_then(|s| s.to_str()).unwrap_or("");
        let name = names.make(&ascii_name(stem));
        let href = format!("images/{name}.{}", form.extension);
        let clear = form.media_type != "image/jpeg";
        let bytes = match (form.media_type, std::str::from_utf8(&form.bytes)) {
            ("image/svg+xml", Ok(svg)) => with_white_background(svg).into_bytes().into(),
            _ => form.bytes,
        };
        let mut file = Resource::new(&href, form.media_type, bytes);
        if let Some(other) = form.fallback {
            let other_href = format!("images/{name}.{}", other.extension);
            self.files.push(Resource::new(&other_href, other.media_type, other.bytes));
            file.fallback = Some(other_href);
        }
        self.files.push(file);
        Picture { href, clear }
    }
}
