//! The files of a manuscript: paths and addresses as texts write them, the
//! folder they may lead into, and reading what is there.

pub(super) mod data_url;
mod folder;
mod path;
mod style_sheet;
mod text;
pub(super) mod url;

pub(super) use folder::{FindError, Folder, folder_of, is_folder_page};
pub(super) use path::{normalize, percent_decode, resolve_relative, title_from_path};
pub(super) use style_sheet::safe_rules;
pub(super) use text::{NamedFile, decode_utf8, not_found, read_named_file};
