//! Which module uses which, and whether one uses itself by way of others.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Reference, Source, Sources};

/// Name of the node for what a folder's own `mod.rs` defines.
pub const FACE: &str = "mod.rs";

/// Who uses whom, with one place in the sources for each.
pub type Graph = BTreeMap<(String, String), String>;

/// The graph of the modules at the root of the library.
pub fn root(sources: &Sources) -> Graph {
    let mut graph = Graph::new();
    for file in sources.files() {
        let Some(from) = file.module.first().filter(|name| *name != "main") else {
            continue;
        };
        for used in sources.references(file) {
            if let Some(to) = used.module.first().filter(|to| *to != from) {
                add(&mut graph, from, to, file, &used);
            }
        }
    }
    graph
}

/// The graph of what is directly in a folder, by the rules that ARCHITECTURE.md
/// gives under "Who may know whom".
pub fn folder(sources: &Sources, folder: &[String]) -> Graph {
    let mut graph = Graph::new();
    for file in sources.files().iter().filter(|file| file.module.starts_with(folder)) {
        let from = file.module.get(folder.len()).map_or(FACE, String::as_str);
        for used in sources.references(file) {
            if !used.module.starts_with(folder) {
                continue;
            }
            match (used.module.get(folder.len()), &used.item) {
                // Passing a name on is not using it.
                (Some(_), _) if from == FACE && used.reexport => {}
                (Some(to), _) if to != from => add(&mut graph, from, to, file, &used),
                (None, Some(item)) if from != FACE && is_function(item) => {
                    add(&mut graph, from, FACE, file, &used);
                }
                _ => {}
            }
        }
    }
    graph
}

fn is_function(item: &str) -> bool {
    item.starts_with(|c: char| c.is_lowercase())
}

fn add(graph: &mut Graph, from: &str, to: &str, file: &Source, used: &Reference) {
    let place = format!("{}:{}", file.path, used.line);
    graph.entry((from.to_owned(), to.to_owned())).or_insert(place);
}

/// The groups of modules that use each other in a circle.
pub fn cycles(graph: &Graph) -> Vec<BTreeSet<&str>> {
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for (from, _) in graph.keys() {
        if groups.iter().any(|group| group.contains(from.as_str())) {
            continue;
        }
        let around = reached(graph, from);
        let group: BTreeSet<&str> = around
            .iter()
            .copied()
            .filter(|node| reached(graph, node).contains(from.as_str()))
            .collect();
        if !group.is_empty() && around.contains(from.as_str()) {
            groups.push(group);
        }
    }
    groups
}

/// Everything that a module uses, directly or by way of others.
fn reached<'a>(graph: &'a Graph, from: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(node) = next.pop() {
        let used = graph.keys().filter(|(a, _)| a == node).map(|(_, b)| b.as_str());
        next.extend(used.filter(|b| seen.insert(*b)));
    }
    seen
}
