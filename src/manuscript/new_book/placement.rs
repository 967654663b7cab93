//! Which file goes where in a new book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::source_file::InputFile;
use crate::names::{slug_or, unique};

/// Which file goes where.
#[derive(Debug)]
pub(super) struct Placement {
    /// From and to; a file that several inputs show is there once.
    pub copies: Vec<(PathBuf, String)>,
    /// The new path of each input.
    pub inputs: Vec<String>,
    /// The new paths of pictures, by input and place.
    pub pictures: Vec<BTreeMap<PathBuf, String>>,
}

/// The most folders that the files may lie below their common one. Where they
/// lie further apart, each input gets a folder of its own.
const DEEPEST: usize = 3;

impl Placement {
    /// The files as they lie in relation to each other; if they lie far apart,
    /// each input with its pictures in a folder `01-title`.
    pub fn of(inputs: &[InputFile]) -> Self {
        let all = inputs.iter().flat_map(InputFile::places);
        let together = common_folder(all).filter(|root| {
            let depth = |place: &PathBuf| {
                place.strip_prefix(root).map_or(usize::MAX, |rest| rest.components().count())
            };
            inputs.iter().flat_map(InputFile::places).all(|place| depth(place) <= DEEPEST + 1)
        });
        let mut placement = Self { copies: Vec::new(), inputs: Vec::new(), pictures: Vec::new() };
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (index, input) in inputs.iter().enumerate() {
            let (root, prefix) = match &together {
                Some(root) => (root.clone(), String::new()),
                None => {
                    let name = format!("{:02}-{}", index + 1, slug_or(&input.title, "chapter"));
                    let name = unique(&name, |name| taken.contains(name));
                    taken.insert(name.clone());
                    (common_folder(input.places()).unwrap_or_default(), format!("{name}/"))
                }
            };
            let to = |place: &Path| format!("{prefix}{}", relative(&root, place));
            placement.inputs.push(to(&input.place));
            placement.copy(&input.place, to(&input.place));
            let mut pictures = BTreeMap::new();
            for place in input.pictures.keys() {
                placement.copy(place, to(place));
                pictures.insert(place.clone(), to(place));
            }
            placement.pictures.push(pictures);
        }
        placement
    }

    fn copy(&mut self, from: &Path, to: String) {
        if !self.copies.iter().any(|(_, other)| *other == to) {
            self.copies.push((from.to_path_buf(), to));
        }
    }
}

/// The deepest folder that all files are in.
fn common_folder<'p>(places: impl IntoIterator<Item = &'p PathBuf>) -> Option<PathBuf> {
    let mut folders = places.into_iter().filter_map(|place| place.parent());
    let mut common = folders.next()?.to_path_buf();
    for folder in folders {
        while !folder.starts_with(&common) {
            if !common.pop() {
                return None;
            }
        }
    }
    Some(common)
}

/// The path below a folder, with `/`.
fn relative(root: &Path, place: &Path) -> String {
    let rest = place.strip_prefix(root).unwrap_or(place);
    let parts: Vec<String> = rest
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => None,
        })
        .collect();
    parts.join("/")
}
