//! The few words the tool itself says in an e-book, by language.
//!
//! They are names of places and things that the manuscript doesn't name: the
//! title of a contents page, the label of a warning. A language that isn't
//! here gets English.

use crate::model::{AdmonitionKind, Lang, Role};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    lang: &'static str,
    cover: &'static str,
    title_page: &'static str,
    copyright: &'static str,
    contents: &'static str,
    figures: &'static str,
    tables: &'static str,
    index: &'static str,
    dedication: &'static str,
    epigraph: &'static str,
    foreword: &'static str,
    preface: &'static str,
    introduction: &'static str,
    part: &'static str,
    chapter: &'static str,
    appendix: &'static str,
    afterword: &'static str,
    acknowledgements: &'static str,
    notes: &'static str,
    bibliography: &'static str,
    glossary: &'static str,
    about_author: &'static str,
    colophon: &'static str,
    /// The name of the list of landmarks.
    pub landmarks: &'static str,
    /// The name of the list of printed pages.
    pub pages: &'static str,
    /// Where the text begins.
    pub begin: &'static str,
    /// What leads from a note to its mark.
    pub back: &'static str,
    /// An item of a task list that is done.
    pub done: &'static str,
    /// An item of a task list that isn't.
    pub to_do: &'static str,
    note: &'static str,
    tip: &'static str,
    important: &'static str,
    warning: &'static str,
    caution: &'static str,
}

impl Words {
    /// The words of a language, or the English ones.
    pub fn of(lang: &Lang) -> &'static Words {
        let primary = lang.primary();
        ALL.into_iter().find(|w| w.lang == primary).unwrap_or(&ENGLISH)
    }

    /// The cover.
    pub fn cover(&self) -> &'static str {
        self.cover
    }

    /// What a chapter of a role is called when it has no title.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::HalfTitle | Role::TitlePage => self.title_page,
            Role::Copyright => self.copyright,
            Role::Contents => self.contents,
            Role::ListOfFigures => self.figures,
            Role::ListOfTables => self.tables,
            Role::Dedication => self.dedication,
            Role::Epigraph => self.epigraph,
            Role::Foreword => self.foreword,
            Role::Preface => self.preface,
            Role::Introduction => self.introduction,
            Role::Part => self.part,
            Role::Chapter => self.chapter,
            Role::Appendix => self.appendix,
            Role::Afterword => self.afterword,
            Role::Acknowledgements => self.acknowledgements,
            Role::Notes => self.notes,
            Role::Bibliography => self.bibliography,
            Role::Glossary => self.glossary,
            Role::Index => self.index,
            Role::AboutAuthor => self.about_author,
            Role::Colophon => self.colophon,
        }
    }

    /// The label of an admonition.
    pub fn admonition(&self, kind: AdmonitionKind) -> &'static str {
        match kind {
            AdmonitionKind::Note => self.note,
            AdmonitionKind::Tip => self.tip,
            AdmonitionKind::Important => self.important,
            AdmonitionKind::Warning => self.warning,
            AdmonitionKind::Caution => self.caution,
        }
    }
}

const ALL: [&Words; 6] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &ITALIAN, &DUTCH];

static ENGLISH: Words = Words {
    lang: "en",
    cover: "Cover",
    title_page: "Title page",
    copyright: "Copyright",
    contents: "Contents",
    figures: "Figures",
    tables: "Tables",
    index: "Index",
    dedication: "Dedication",
    epigraph: "Epigraph",
    foreword: "Foreword",
    preface: "Preface",
    introduction: "Introduction",
    part: "Part",
    chapter: "Chapter",
    appendix: "Appendix",
    afterword: "Afterword",
    acknowledgements: "Acknowledgements",
    notes: "Notes",
    bibliography: "Bibliography",
    glossary: "Glossary",
    about_author: "About the author",
    colophon: "Colophon",
    landmarks: "Landmarks",
    pages: "Pages",
    begin: "Begin reading",
    back: "Back to the text",
    done: "Done",
    to_do: "To do",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
};

static GERMAN: Words = Words {
    lang: "de",
    cover: "Umschlag",
    title_page: "Titelseite",
    copyright: "Impressum",
    contents: "Inhalt",
    figures: "Abbildungen",
    tables: "Tabellen",
    index: "Register",
    dedication: "Widmung",
    epigraph: "Motto",
    foreword: "Geleitwort",
    preface: "Vorwort",
    introduction: "Einleitung",
    part: "Teil",
    chapter: "Kapitel",
    appendix: "Anhang",
    afterword: "Nachwort",
    acknowledgements: "Dank",
    notes: "Anmerkungen",
    bibliography: "Literatur",
    glossary: "Glossar",
    about_author: "Über den Autor",
    colophon: "Kolophon",
    landmarks: "Orientierungspunkte",
    pages: "Seiten",
    begin: "Beginn des Textes",
    back: "Zurück zum Text",
    done: "Erledigt",
    to_do: "Offen",
    note: "Hinweis",
    tip: "Tipp",
    important: "Wichtig",
    warning: "Warnung",
    caution: "Vorsicht",
};

static FRENCH: Words = Words {
    lang: "fr",
    cover: "Couverture",
    title_page: "Page de titre",
    copyright: "Mentions légales",
    contents: "Table des matières",
    figures: "Table des figures",
    tables: "Table des tableaux",
    index: "Index",
    dedication: "Dédicace",
    epigraph: "Épigraphe",
    foreword: "Avant-propos",
    preface: "Préface",
    introduction: "Introduction",
    part: "Partie",
    chapter: "Chapitre",
    appendix: "Annexe",
    afterword: "Postface",
    acknowledgements: "Remerciements",
    notes: "Notes",
    bibliography: "Bibliographie",
    glossary: "Glossaire",
    about_author: "L’auteur",
    colophon: "Colophon",
    landmarks: "Repères",
    pages: "Pages",
    begin: "Début du texte",
    back: "Retour au texte",
    done: "Fait",
    to_do: "À faire",
    note: "Note",
    tip: "Conseil",
    important: "Important",
    warning: "Attention",
    caution: "Prudence",
};

static SPANISH: Words = Words {
    lang: "es",
    cover: "Cubierta",
    title_page: "Portada",
    copyright: "Créditos",
    contents: "Índice",
    figures: "Índice de figuras",
    tables: "Índice de tablas",
    index: "Índice alfabético",
    dedication: "Dedicatoria",
    epigraph: "Epígrafe",
    foreword: "Presentación",
    preface: "Prefacio",
    introduction: "Introducción",
    part: "Parte",
    chapter: "Capítulo",
    appendix: "Apéndice",
    afterword: "Epílogo",
    acknowledgements: "Agradecimientos",
    notes: "Notas",
    bibliography: "Bibliografía",
    glossary: "Glosario",
    about_author: "Sobre el autor",
    colophon: "Colofón",
    landmarks: "Puntos de referencia",
    pages: "Páginas",
    begin: "Comienzo del texto",
    back: "Volver al texto",
    done: "Hecho",
    to_do: "Pendiente",
    note: "Nota",
    tip: "Consejo",
    important: "Importante",
    warning: "Advertencia",
    caution: "Precaución",
};

static ITALIAN: Words = Words {
    lang: "it",
    cover: "Copertina",
    title_page: "Frontespizio",
    copyright: "Colophon editoriale",
    contents: "Indice",
    figures: "Indice delle figure",
    tables: "Indice delle tabelle",
    index: "Indice analitico",
    dedication: "Dedica",
    epigraph: "Epigrafe",
    foreword: "Presentazione",
    preface: "Prefazione",
    introduction: "Introduzione",
    part: "Parte",
    chapter: "Capitolo",
    appendix: "Appendice",
    afterword: "Postfazione",
    acknowledgements: "Ringraziamenti",
    notes: "Note",
    bibliography: "Bibliografia",
    glossary: "Glossario",
    about_author: "L’autore",
    colophon: "Colophon",
    landmarks: "Punti di riferimento",
    pages: "Pagine",
    begin: "Inizio del testo",
    back: "Torna al testo",
    done: "Fatto",
    to_do: "Da fare",
    note: "Nota",
    tip: "Suggerimento",
    important: "Importante",
    warning: "Avvertenza",
    caution: "Attenzione",
};

static DUTCH: Words = Words {
    lang: "nl",
    cover: "Omslag",
    title_page: "Titelpagina",
    copyright: "Colofon en rechten",
    contents: "Inhoud",
    figures: "Afbeeldingen",
    tables: "Tabellen",
    index: "Register",
    dedication: "Opdracht",
    epigraph: "Motto",
    foreword: "Woord vooraf",
    preface: "Voorwoord",
    introduction: "Inleiding",
    part: "Deel",
    chapter: "Hoofdstuk",
    appendix: "Bijlage",
    afterword: "Nawoord",
    acknowledgements: "Dankwoord",
    notes: "Noten",
    bibliography: "Bibliografie",
    glossary: "Verklarende woordenlijst",
    about_author: "Over de auteur",
    colophon: "Colofon",
    landmarks: "Oriëntatiepunten",
    pages: "Pagina’s",
    begin: "Begin van de tekst",
    back: "Terug naar de tekst",
    done: "Gedaan",
    to_do: "Te doen",
    note: "Opmerking",
    tip: "Tip",
    important: "Belangrijk",
    warning: "Waarschuwing",
    caution: "Let op",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_words_gets_english() {
        let word = |tag| Lang::new(tag).map(|l| Words::of(&l).role(Role::Contents));
        assert_eq!(word("de-AT"), Some("Inhalt"));
        assert_eq!(word("is"), Some("Contents"));
    }
}
