//! Reading a manuscript: `book.toml`, Markdown and what lies beside it.
//!
//! Why so many steps: a manuscript is written by a person, and everything that
//! can be wrong in it must be said with its place, all of it in one run. So no
//! step stops at a fault, and each keeps the places of what it passes on.
//!
//! ```text
//! folder ─► layouts ─► Config ──────────────────────┐
//! *.md ─► front_matter ─► dialects ─► markdown ─► chapter ─► assembly ─► Book
//! ```
//!
//! | Folder              | Holds                                                     |
//! |---------------------|-----------------------------------------------------------|
//! | `config`            | `book.toml`: its keys, their values, their faults         |
//! | `layouts`           | kinds of folder: bindery's own, mdBook's `SUMMARY.md`     |
//! | `dialects`          | marks of other tools in the texts, brought to Markdown    |
//! | `front_matter`      | YAML, TOML or JSON before a text                          |
//! | `markdown`          | Markdown and the HTML in it as blocks and inlines         |
//! | `smart_punctuation` | quotes, apostrophes, dashes and dots, by language         |
//! | `chapter`           | title, levels, omitted sections, links, pictures, notes   |
//! | `assembly`          | all chapters in their order, cover, bibliography          |
//! | `new_book`          | `bindery new`: a project out of files that are there      |
//! | `import`            | documents of Word, brought to Markdown once               |
//! | `files`             | paths, addresses, the one folder that is read             |

mod assembly;
mod chapter;
mod config;
mod dialects;
mod files;
mod front_matter;
mod import;
mod layouts;
mod located;
mod markdown;
mod new_book;
mod smart_punctuation;

pub use assembly::{Manuscript, book_folder, read};
pub use dialects::RemovedReason;
pub use import::DocxError;
pub use new_book::{CreateError, Created, MissingPicture, NewBook, create};
