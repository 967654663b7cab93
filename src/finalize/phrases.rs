//! Which words of a language don't end a phrase: articles, prepositions,
//! conjunctions, and pronouns and auxiliaries that wait for their word.
//!
//! Short lists of the most frequent ones, enough to judge the first words of a
//! paragraph. They are looked up in lower case without the signs around them.

use crate::model::Lang;

/// The words of one language that bind phrases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases {
    /// Words that lead on to the one after them; `None` where no list is known.
    leading: Option<&'static [&'static str]>,
}

/// In a language without a list, a word of so few letters is taken for a
/// preposition or the like.
const FEW_LETTERS: usize = 2;

impl Phrases {
    /// The words of a language.
    pub fn of(lang: &Lang) -> Phrases {
        let leading = match lang.primary().as_str() {
            "en" => Some(ENGLISH),
            "de" => Some(GERMAN),
            "fr" => Some(FRENCH),
            "es" => Some(SPANISH),
            "it" => Some(ITALIAN),
            "pt" => Some(PORTUGUESE),
            "nl" => Some(DUTCH),
            _ => None,
        };
        Phrases { leading }
    }

    /// Whether a word leads on to the one after it.
    pub fn leads_on(&self, word: &str) -> bool {
        let word = bare(word);
        match self.leading {
            Some(words) => words.contains(&word.as_str()),
            None => word.chars().count() <= FEW_LETTERS,
        }
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

const ENGLISH: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our",
    "their", "no", "every", "each", "some", "any", "of", "in", "on", "at", "to", "for", "from",
    "by", "with", "without", "into", "onto", "upon", "over", "under", "between", "among", "about",
    "against", "through", "during", "before", "after", "since", "until", "than", "as", "like",
    "and", "or", "but", "nor", "so", "if", "when", "while", "because", "though", "although",
    "where", "which", "who", "whom", "whose", "what", "how", "why", "whether", "i", "we", "he",
    "she", "they", "it", "you", "there", "is", "are", "was", "were", "be", "been", "am", "has",
    "have", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might", "must",
    "shall", "should", "not", "very", "too", "more", "most",
];

const GERMAN: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines",
    "kein", "keine", "keinen", "keinem", "keiner", "mein", "meine", "meinen", "meinem", "meiner",
    "sein", "seine", "seinen", "seinem", "seiner", "ihr", "ihre", "ihren", "ihrem", "ihrer",
    "unser", "unsere", "dieser", "diese", "dieses", "diesen", "diesem", "jeder", "jede", "jedes",
    "in", "im", "ins", "an", "am", "ans", "auf", "aus", "bei", "beim", "mit", "nach", "von", "vom",
    "vor", "vorm", "zu", "zum", "zur", "über", "unter", "zwischen", "durch", "für", "gegen",
    "ohne", "um", "bis", "seit", "während", "wegen", "und", "oder", "aber", "denn", "sondern",
    "dass", "weil", "wenn", "als", "ob", "wie", "wo", "wer", "was", "ich", "du", "er", "sie", "es",
    "wir", "man", "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wird",
    "wurde", "nicht", "sehr", "so",
];

const FRENCH: &[&str] = &[
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "ce", "cet", "cette", "ces",
    "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos",
    "leur", "leurs", "à", "en", "dans", "sur", "sous", "par", "pour", "avec", "sans", "vers",
    "chez", "entre", "depuis", "pendant", "contre", "et", "ou", "mais", "ni", "car", "que", "qui",
    "dont", "où", "quand", "si", "comme", "je", "tu", "il", "elle", "on", "nous", "vous", "ils",
    "elles", "me", "te", "se", "ne", "est", "sont", "suis", "était", "étaient", "a", "ont",
    "avait", "avaient", "pas", "très", "plus",
];

const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "un", "una", "unos", "unas", "lo", "este", "esta", "estos", "estas",
    "ese", "esa", "aquel", "aquella", "mi", "mis", "tu", "tus", "su", "sus", "nuestro", "nuestra",
    "de", "del", "a", "al", "en", "con", "sin", "por", "para", "sobre", "entre", "desde", "hasta",
    "hacia", "contra", "y", "e", "o", "u", "pero", "ni", "que", "quien", "cuando", "donde", "como",
    "si", "me", "te", "se", "no", "es", "son", "era", "eran", "fue", "ha", "han", "había", "muy",
    "más",
];

const ITALIAN: &[&str] = &[
    "il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "questo", "questa", "quel", "quella",
    "mio", "mia", "tuo", "tua", "suo", "sua", "di", "del", "dello", "della", "dei", "degli",
    "delle", "a", "al", "allo", "alla", "ai", "agli", "alle", "da", "dal", "dalla", "in", "nel",
    "nella", "nei", "nelle", "su", "sul", "sulla", "con", "per", "tra", "fra", "senza", "e", "ed",
    "o", "ma", "né", "che", "chi", "cui", "quando", "dove", "come", "se", "mi", "ti", "si", "ci",
    "non", "è", "sono", "era", "erano", "fu", "ha", "hanno", "aveva", "molto", "più",
];

const PORTUGUESE: &[&str] = &[
    "o", "a", "os", "as", "um", "uma", "uns", "umas", "este", "esta", "esse", "essa", "aquele",
    "aquela", "meu", "minha", "teu", "tua", "seu", "sua", "nosso", "nossa", "de", "do", "da",
    "dos", "das", "em", "no", "na", "nos", "nas", "ao", "aos", "à", "às", "por", "pelo", "pela",
    "para", "com", "sem", "sobre", "entre", "desde", "até", "e", "ou", "mas", "nem", "que", "quem",
    "quando", "onde", "como", "se", "me", "te", "não", "é", "são", "era", "eram", "foi", "tem",
    "tinha", "muito", "mais",
];

const DUTCH: &[&str] = &[
    "de", "het", "een", "deze", "dit", "die", "dat", "mijn", "jouw", "zijn", "haar", "ons", "onze",
    "hun", "geen", "elke", "van", "in", "op", "aan", "bij", "met", "naar", "om", "over", "onder",
    "tussen", "door", "voor", "tegen", "zonder", "tot", "sinds", "uit", "en", "of", "maar", "want",
    "als", "toen", "omdat", "waar", "wie", "wat", "hoe", "ik", "jij", "hij", "zij", "ze", "we",
    "wij", "er", "is", "was", "waren", "heeft", "had", "hadden", "werd", "niet", "zeer", "zo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_without_case_and_signs() {
        let english = Phrases::of(&Lang::default());
        assert!(english.leads_on("“The"));
        assert!(!english.leads_on("tide"));
    }

    #[test]
    fn every_word_is_listed_in_lower_case() {
        for list in [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH] {
            assert!(list.iter().all(|word| bare(word) == *word));
        }
    }
}
