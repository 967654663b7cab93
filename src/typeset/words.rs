//! The few words the tool itself puts on a page, in the book's language.

use crate::model::Lang;
use crate::text::HanStyle;

/// Words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    page: &'static str,
    abbreviated: &'static str,
    note: &'static str,
    /// The heading of the contents.
    pub contents: &'static str,
    /// The word before authors' names of a chapter.
    pub by: &'static str,
}

impl Words {
    /// The words of a language; English for those that aren't known here.
    pub fn of(lang: &Lang) -> Words {
        let [page, abbreviated, note, contents, by] = match lang.primary().as_str() {
            "de" => ["Seite", "S.", "Fußnote", "Inhalt", "von"],
            "fr" => ["page", "p.", "note", "Table des matières", "par"],
            "es" => ["página", "pág.", "nota", "Índice", "de"],
            "it" => ["pagina", "p.", "nota", "Indice", "di"],
            "pt" => ["página", "p.", "nota", "Sumário", "de"],
            "nl" => ["pagina", "p.", "noot", "Inhoud", "door"],
            "sv" => ["sida", "s.", "not", "Innehåll", "av"],
            "da" | "nb" | "nn" | "no" => ["side", "s.", "note", "Innhold", "av"],
            "pl" => ["strona", "s.", "przypis", "Spis treści", ""],
            "ru" => ["страница", "с.", "примечание", "Содержание", ""],
            "uk" => ["сторінка", "с.", "примітка", "Зміст", ""],
            "el" => ["σελίδα", "σ.", "σημείωση", "Περιεχόμενα", ""],
            "ja" => ["頁", "頁", "注", "目次", ""],
            "zh" if HanStyle::of(lang) == Some(HanStyle::Traditional) => {
                ["頁", "頁", "註", "目錄", ""]
            }
            "zh" => ["页", "页", "注", "目录", ""],
            "ko" => ["쪽", "쪽", "주", "차례", ""],
            _ => ["page", "p.", "note", "Contents", "by"],
        };
        Words { page, abbreviated, note, contents, by }
    }

    /// `page 12`.
    pub fn page(&self, folio: &str) -> String {
        format!("{}\u{a0}{folio}", self.page)
    }

    /// `p. 12`.
    pub fn on_page(&self, folio: &str) -> String {
        format!("{}\u{a0}{folio}", self.abbreviated)
    }

    /// `note 3`, for readers that can't see the mark.
    pub fn note(&self, number: &str) -> String {
        format!("{} {number}", self.note)
    }
}
