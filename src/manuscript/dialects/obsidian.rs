//! Obsidian: `[[links]]`, `![[embeds]]`, callouts, `%%comments%%` and ids of
//! blocks.

use std::collections::BTreeMap;
use std::ops::Range;

use super::admonition::{admonition_kind, kind_name};
use super::draft::{Draft, Edits, Part, RemovedReason, made};
use super::lines::lines;
use super::scan::Scan;
use crate::manuscript::files::{FindError, Folder};
use crate::names::slug;

/// What names in `[[links]]` may mean.
pub(super) struct Vault<'a> {
    /// The chapters by the names of their files, in small letters, without
    /// folder and ending.
    pub chapters: &'a BTreeMap<String, String>,
    /// The book's folder.
    pub folder: &'a Folder,
    /// The path of the file at hand.
    pub path: &'a str,
}

/// Takes out comments.
pub(super) fn comments(draft: &mut Draft, math: bool) {
    if !draft.text.contains("%%") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    let marks: Vec<usize> = scan.marks("%%").collect();
    let mut marks = marks.into_iter();
    while let Some(open) = marks.next() {
        let after = draft.text.get(open + 2..).and_then(|rest| rest.chars().next());
        let before = draft.text.get(..open).and_then(|text| text.chars().next_back());
        if before.is_some_and(char::is_alphanumeric) || after.is_none_or(|c| c == '%') {
            continue;
        }
        let Some(close) = marks.find(|at| *at >= open + 2) else { break };
        edits.remove(open..close + 2, RemovedReason::Comment);
    }
    draft.apply(edits);
}

/// Makes alerts of callouts: `> [!tip]- Title`.
pub(super) fn callouts(draft: &mut Draft) {
    if !draft.text.contains("[!") {
        return;
    }
    let mut edits = Edits::default();
    for line in lines(&draft.text) {
        if line.code || !line.prefix.contains('>') || !line.words.starts_with("[!") {
            continue;
        }
        let Some(close) = line.words.find(']') else { continue };
        let name = line.words.get(2..close).unwrap_or("");
        let name = name.split('|').next().unwrap_or(name).trim();
        let shaped = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
        if name.is_empty() || !name.chars().all(shaped) {
            continue;
        }
        let rest = line.words.get(close + 1..).unwrap_or("");
        let title = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
        let plain = title.is_empty() && rest.is_empty();
        let kind = admonition_kind(name).unwrap_or(crate::model::AdmonitionKind::Note);
        // GitHub's names mean what they say there.
        const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
        let own = ALERTS.into_iter().find(|alert| alert.eq_ignore_ascii_case(name));
        if plain && own.is_some() {
            continue;
        }
        let alert = own.unwrap_or(kind_name(kind));
        let prefix = line.prefix;
        let mut parts = vec![made(format!("[!{}]", alert.to_uppercase()))];
        if !title.is_empty() {
            let start = line.start() + line.words.len() - title.len();
            parts.push(made(format!("\n{prefix}<strong>")));
            parts.push(Part::Kept(start..start + title.len()));
            parts.push(made(format!("</strong>\n{prefix}")));
        }
        edits.replace(line.start()..line.range.end, parts);
    }
    draft.apply(edits);
}

/// Makes ids of the marks at the ends of blocks: `… ^name`. In a text without
/// links in double brackets only those that Obsidian makes itself are such marks:
/// elsewhere a caret before a word is a writer's own.
pub(super) fn block_ids(draft: &mut Draft) {
    if !draft.text.contains('^') {
        return;
    }
    let has_links = draft.text.contains("[[");
    let mut edits = Edits::default();
    for line in lines(&draft.text).into_iter().filter(|line| line.is_text()) {
        let Some(at) = line.words.rfind('^') else { continue };
        let id = line.words.get(at + 1..).unwrap_or("");
        let before = line.words.get(..at).unwrap_or("");
        let shaped = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let apart = before.is_empty() || before.ends_with(' ');
        if id.is_empty() || !id.chars().all(shaped) || !apart || !(has_links || is_made_id(id)) {
            continue;
        }
        let start = line.start() + before.trim_end().len();
        edits.replace(
            start..line.start() + line.words.len(),
            vec![made(format!("<a id=\"{id}\"></a>"))],
        );
    }
    draft.apply(edits);
}

/// Whether Obsidian may have made an id: six small letters and digits, of both.
fn is_made_id(id: &str) -> bool {
    id.len() == 6
        && id.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
        && id.contains(|c: char| c.is_ascii_digit())
        && id.contains(|c: char| c.is_ascii_lowercase())
}

/// Makes links of `[[name#heading|words]]` and pictures of `![[name.png|300]]`.
pub(super) fn links(draft: &mut Draft, vault: &Vault<'_>, math: bool) {
    if !draft.text.contains("[[") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    let mut end = 0;
    for open in scan.marks("[[") {
        let Some(length) = draft.text.get(open..).and_then(|rest| rest.find("]]")) else { break };
        let inner = open + 2..open + length;
        let words = draft.text.get(inner.clone()).unwrap_or("");
        let listed = draft.text.get(inner.end + 2..).is_some_and(|rest| rest.starts_with('('));
        if open < end || words.trim().is_empty() || words.contains(['\n', '[', ']']) || listed {
            continue;
        }
        end = inner.end + 2;
        let embedded = draft.text.get(..open).is_some_and(|text| text.ends_with('!'));
        let start = if embedded { open - 1 } else { open };
        let parts = if embedded { vault.embed(words, &inner) } else { vault.link(words, &inner) };
        edits.replace(start..end, parts);
    }
    draft.apply(edits);
}

impl Vault<'_> {
    fn link(&self, words: &str, place: &Range<usize>) -> Vec<Part> {
        let (target, label) = parts_of(words, place);
        let (name, heading) = target.split_once('#').unwrap_or((target, ""));
        let shown = label.unwrap_or_else(|| {
            let whole = place.start..place.start + target.len();
            let name_end = place.start + name.len();
            if heading.is_empty() {
                place.start..name_end
            } else if name.is_empty() {
                let marks = target.len() - heading.trim_start_matches(['#', '^']).len();
                place.start + marks..whole.end
            } else {
                whole
            }
        });
        let address = self.address(name.trim(), heading);
        vec![made("["), Part::Kept(shown), made(format!("](<{address}>)"))]
    }

    /// The address of a heading or block in a chapter.
    fn address(&self, name: &str, heading: &str) -> String {
        let mut out = String::new();
        if !name.is_empty() {
            let bare = name.strip_suffix(".md").unwrap_or(name);
            let stem = bare.rsplit('/').next().unwrap_or(bare).to_lowercase();
            match self.chapters.get(&stem) {
                Some(path) => out.push_str(&from_file(self.path, path)),
                None => out.push_str(&format!("{bare}.md")),
            }
        }
        // `a#b#c` is the heading c below b.
        let last = heading.rsplit('#').next().unwrap_or("");
        if let Some(id) = last.strip_prefix('^') {
            out.push_str(&format!("#{id}"));
        } else if !last.is_empty() {
            out.push_str(&format!("#{}", slug(last)));
        }
        out
    }

    fn embed(&self, words: &str, place: &Range<usize>) -> Vec<Part> {
        const PICTURES: [&str; 9] =
            [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".heic"];
        let (target, label) = parts_of(words, place);
        let lower = target.to_lowercase();
        if !PICTURES.iter().any(|kind| lower.ends_with(kind)) {
            return self.link(words, place);
        }
        let said = words.rsplit(['|']).next().unwrap_or("").trim();
        let sized = label.is_some() && said.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let path = self.attachment(target.trim());
        let mut parts = vec![made("![")];
        parts.extend(label.filter(|_| !sized).map(Part::Kept));
        parts.push(made(format!("](<{path}>)")));
        if sized {
            let width = said.split('x').next().unwrap_or(said);
            parts.push(made(format!("{{width={width}}}")));
        }
        parts
    }

    /// The path of a file that a vault finds wherever it lies.
    fn attachment(&self, name: &str) -> String {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if self.folder.find(&beside).is_ok() {
            return name.to_owned();
        }
        match self.folder.find(name) {
            Ok(_) => from_file(self.path, name),
            Err(FindError::Missing(Some(other))) => from_file(self.path, &other),
            Err(_) => name.to_owned(),
        }
    }
}

/// The target, and where the words to be shown stand. In a table the stroke
/// between them is escaped.
fn parts_of<'w>(words: &'w str, place: &Range<usize>) -> (&'w str, Option<Range<usize>>) {
    match words.split_once('|') {
        Some((target, label)) if !label.trim().is_empty() => {
            let start = place.start + target.len() + 1;
            (target.strip_suffix('\\').unwrap_or(target), Some(start..place.end))
        }
        Some((target, _)) => (target, None),
        None => (words, None),
    }
}

/// A path from the book's folder as a file writes it.
pub(super) fn from_file(file: &str, path: &str) -> String {
    let up = file.matches('/').count();
    format!("{}{path}", "../".repeat(up))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use std::path::Path;

    fn linked(text: &str) -> String {
        let folder = Folder::new(Path::new("/nowhere"));
        let names = [("other note".to_owned(), "b/Other note.md".to_owned())];
        let chapters = BTreeMap::from(names);
        let vault = Vault { chapters: &chapters, folder: &folder, path: "a/x.md" };
        let mut draft = Draft::new(text, FileId(0), 0);
        links(&mut draft, &vault, true);
        draft.text
    }

    #[test]
    fn links_lead_to_the_chapter_of_the_name() {
        assert_eq!(linked("[[Other note]]"), "[Other note](<../b/Other note.md>)");
        assert_eq!(linked("[[Other note|*so*]]"), "[*so*](<../b/Other note.md>)");
        assert_eq!(linked("[[Other note#A head|x]]"), "[x](<../b/Other note.md#a-head>)");
        assert_eq!(linked("[[#A head]]"), "[A head](<#a-head>)");
        assert_eq!(linked("[[#^id]]"), "[id](<#id>)");
        assert_eq!(linked("| [[Other note\\|x]] |"), "| [x](<../b/Other note.md>) |");
        assert_eq!(linked("[[No note]]"), "[No note](<No note.md>)");
    }

    #[test]
    fn code_and_lists_of_lists_stay() {
        for text in ["`[[a]]`", "[[1]](u)", "[[]]", "a [[b", "```\n[[a]]\n```"] {
            assert_eq!(linked(text), text);
        }
    }

    #[test]
    fn embedded_pictures_have_a_width_or_words() {
        assert_eq!(linked("![[p q.png|300]]"), "![](<p q.png>){width=300}");
        assert_eq!(linked("![[p.png|A tree]]"), "![A tree](<p.png>)");
        assert_eq!(linked("![[Other note]]"), "[Other note](<../b/Other note.md>)");
    }

    #[test]
    fn callouts_become_alerts_with_their_titles() {
        let mut draft =
            Draft::new("> [!faq]- Why *so*?\n> a\n>\n> > [!tip]\n> > b\n", FileId(0), 0);
        callouts(&mut draft);
        let alert = "> [!NOTE]\n> <strong>Why *so*?</strong>\n> \n> a\n>\n> > [!tip]\n> > b\n";
        assert_eq!(draft.text, alert);
    }

    #[test]
    fn alerts_of_github_stay_as_they_are() {
        let mut draft = Draft::new("> [!CAUTION]\n> a\n", FileId(0), 0);
        callouts(&mut draft);
        assert_eq!(draft.text, "> [!CAUTION]\n> a\n");
    }

    #[test]
    fn comments_are_taken_out_and_known() {
        let mut draft = Draft::new("a %%b\n\nc%% d `%%` 5%% x", FileId(0), 0);
        comments(&mut draft, true);
        assert_eq!(draft.text, "a  d `%%` 5%% x");
        assert_eq!(draft.removed.len(), 1);
    }

    #[test]
    fn marks_of_blocks_are_ids() {
        let of = |text: &str| {
            let mut draft = Draft::new(text, FileId(0), 0);
            block_ids(&mut draft);
            draft.text.clone()
        };
        assert_eq!(
            of("[[a]] ^id-1\n\nx^2\n\n2 ^ 3\n"),
            "[[a]]<a id=\"id-1\"></a>\n\nx^2\n\n2 ^ 3\n"
        );
        assert_eq!(of("A line. ^37f0e6\n"), "A line.<a id=\"37f0e6\"></a>\n");
        assert_eq!(of("A line ^above\n"), "A line ^above\n", "a word of the writer's");
    }
}
