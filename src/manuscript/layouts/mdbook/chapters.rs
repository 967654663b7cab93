//! The chapters of a summary as entries of the book.

use std::collections::BTreeSet;

use super::summary::{Item, Kind, Summary};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{ChapterEntry, Config, Site};
use crate::manuscript::files::url::is_remote;
use crate::manuscript::files::{Folder, normalize};
use crate::manuscript::located::Located;
use crate::manuscript::markdown::plain_words;
use crate::model::{Matter, Role};
use crate::names::slug;

/// Lists the chapters of the summary in the config, with what
/// `[[output.bindery.chapter]]` says of them.
pub(super) fn list(
    config: &mut Config,
    summary: Summary,
    site: &Site,
    folder: &Folder,
    diagnostics: &mut Diagnostics,
) {
    let overrides = std::mem::take(&mut config.chapters);
    let (mut overrides, generated): (Vec<_>, Vec<_>) =
        overrides.into_iter().partition(|entry| entry.file.is_some());
    config.chapters = generated;
    let mut paths = BTreeSet::new();
    let mut front = true;
    let mut items = summary.items.into_iter().peekable();
    while let Some(item) = items.next() {
        let parent = items.peek().is_some_and(|next| next.depth > item.depth);
        if is_left_out(&item, parent, site, &mut paths, diagnostics) {
            continue;
        }
        let mut entry = entry(item, site, &mut front);
        let path = entry.file.as_ref().map(|file| file.value.clone());
        let own = path.and_then(|path| overrides.iter().position(|own| is_for(own, &path, site)));
        if let Some(own) = own {
            entry = overridden(entry, overrides.remove(own));
        }
        config.chapters.push(entry);
    }
    for left in overrides {
        let path = left.file.as_ref().map_or("", |file| file.value.as_str());
        let message = format!("SUMMARY.md lists no chapter `{path}`");
        let hint = "Settings here apply only to chapters listed there.";
        diagnostics.push(Diagnostic::at(Code::BadValue, left.span, message).hint(hint));
    }
    let pictures = std::mem::take(&mut config.pictures);
    // Pictures may be named from the folder of the texts as well.
    config.pictures = pictures
        .into_iter()
        .map(|(path, entry)| {
            let below = site.path(&path).filter(|below| folder.find(below).is_ok());
            (below.filter(|_| folder.find(&path).is_err()).unwrap_or(path), entry)
        })
        .collect();
}

/// Whether an item does not become a chapter: a draft without chapters under
/// it, or a file that is listed already.
fn is_left_out(
    item: &Item,
    parent: bool,
    site: &Site,
    paths: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let words = plain_words(&item.title.value);
    match &item.file {
        None if item.kind == Kind::Part || parent => false,
        None => {
            let message = format!("the chapter `{words}` is a draft and was skipped");
            let found = Diagnostic::at(Code::ChapterLeftOut, item.title.span, message);
            diagnostics.push(found.hint("Give it a file: `[Title](file.md)`."));
            true
        }
        Some(file) => {
            let path = site.path(&file.value).unwrap_or_else(|| file.value.clone());
            if is_remote(&file.value) {
                let message = format!("the chapter `{words}` is a remote file and was skipped");
                let found = Diagnostic::at(Code::ChapterLeftOut, item.title.span, message);
                diagnostics.push(found.hint("Save a copy in the book's folder and list that."));
                return true;
            }
            let again = !paths.insert(path);
            if again && !item.section {
                let message =
                    format!("`{}` is listed twice; only the first entry is used", file.value);
                let found = Diagnostic::at(Code::ChapterLeftOut, item.title.span, message);
                diagnostics.push(found.hint("List each file once."));
            }
            again
        }
    }
}

/// An item as an entry. `front` is whether only front matter went before it.
fn entry(item: Item, site: &Site, front: &mut bool) -> ChapterEntry {
    let role = role_of(&item, *front);
    let mut entry = ChapterEntry::bare(role, item.title.span);
    entry.depth = item.depth;
    entry.numbered = item.kind == Kind::Numbered;
    entry.matter = match item.kind {
        Kind::Suffix => Some(Matter::Back),
        Kind::Numbered => Some(Matter::Main),
        Kind::Part | Kind::Prefix => None,
    };
    *front &= role.matter() == Matter::Front;
    entry.listed = (!item.title.value.is_empty()).then_some(item.title);
    entry.file = item.file.map(|file| Located {
        value: site.path(&file.value).unwrap_or(file.value),
        span: file.span,
    });
    entry
}

/// What a chapter is: those around the numbered ones by their names, if they
/// are called like a role.
fn role_of(item: &Item, front: bool) -> Role {
    match item.kind {
        Kind::Part => return Role::Part,
        Kind::Numbered => return Role::Chapter,
        Kind::Prefix | Kind::Suffix => {}
    }
    let file = item.file.as_ref().map_or("", |file| file.value.as_str());
    let stem = file.rsplit('/').next().unwrap_or("").split('.').next().unwrap_or("");
    let names = [slug(&plain_words(&item.title.value)), slug(stem)];
    let named = |role: &Role| {
        let american =
            *role == Role::Acknowledgements && names.iter().any(|n| n == "acknowledgments");
        american || names.iter().any(|name| name == role.name())
    };
    let found = Role::ALL.iter().copied().filter(|role| role.in_contents()).find(named);
    let fits = |role: &Role| match role {
        Role::Part | Role::Chapter | Role::Index | Role::ListOfFigures | Role::ListOfTables => {
            false
        }
        role if item.kind == Kind::Prefix => match role.matter() {
            Matter::Front => front,
            Matter::Main => true,
            Matter::Back => false,
        },
        role => role.matter() == Matter::Back,
    };
    found.filter(fits).unwrap_or(Role::Chapter)
}

/// Whether an entry of `[[output.bindery.chapter]]` is about a file.
fn is_for(own: &ChapterEntry, path: &str, site: &Site) -> bool {
    let given = own.file.as_ref().map_or("", |file| file.value.as_str());
    normalize(given).as_deref() == Some(path) || site.path(given).as_deref() == Some(path)
}

/// What `book.toml` says of a chapter goes before what the summary says.
fn overridden(listed: ChapterEntry, own: ChapterEntry) -> ChapterEntry {
    let plain = own.role == Role::Chapter;
    ChapterEntry {
        file: listed.file,
        listed: listed.listed,
        depth: listed.depth,
        numbered: listed.numbered,
        matter: if plain { own.matter.or(listed.matter) } else { own.matter },
        role: if plain { listed.role } else { own.role },
        ..own
    }
}
