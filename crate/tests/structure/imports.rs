//! The imports between the modules of a package.
//!
//! A module is identified by its path, such as `scheduling::idle`. The package's root has the empty
//! path. Module A imports module B if A names an item that B defines. A name is followed through
//! re-exports to the module that defines the item. So a `mod.rs` that only lists its children's
//! names causes no circle. A call of a method names no module, so such a call does not count.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::tokens;

/// The imports of one file, and its other code.
#[derive(Debug, Default)]
struct Module {
    /// The file's tokens outside its `use` items.
    code: Vec<String>,
    /// The names that the file imports, each with its path as the file writes it.
    imports: BTreeMap<String, Import>,
    /// The paths of `use path::*`.
    globs: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Import {
    path: Vec<String>,
    is_public: bool,
}

/// The modules of one package, by their paths.
#[derive(Debug, Default)]
pub struct Package {
    modules: BTreeMap<String, Module>,
}

/// Pairs of modules. The first module of a pair imports the second.
pub type Edges = BTreeSet<(String, String)>;

impl Package {
    /// Makes a package of `files`, which are pairs of a path below `src/` and a text. Leaves out
    /// files that only tests include, by [`Package::keep_included`].
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Package {
        let mut package = Package::default();
        for (path, text) in files {
            package.modules.insert(module_path(path), Module::new(text));
        }
        package.keep_included();
        package
    }

    /// Leaves out files that no other file of the package declares as a module outside tests.
    fn keep_included(&mut self) {
        let mut included = BTreeSet::from([String::new()]);
        let mut open = vec![String::new()];
        while let Some(path) = open.pop() {
            let Some(module) = self.modules.get(&path) else { continue };
            for pair in module.code.windows(3) {
                let [keyword, name, end] = pair else { continue };
                assert!(
                    keyword != "mod" || end != "{",
                    "{path}: a module inside a file is not followed; give {name} a file of its own"
                );
                if keyword == "mod" && end == ";" {
                    let child = join(&path, name);
                    if included.insert(child.clone()) {
                        open.push(child);
                    }
                }
            }
        }
        self.modules.retain(|path, _| included.contains(path));
    }

    /// Returns which module imports which.
    pub fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (from, module) in &self.modules {
            let words: BTreeSet<_> = module.code.iter().map(String::as_str).collect();
            for (name, import) in &module.imports {
                // A name that is only re-exported is not used by this module.
                if !import.is_public || words.contains(name.as_str()) {
                    edges.extend(self.edge(from, &import.path));
                }
            }
            for glob in &module.globs {
                for word in words.iter().filter(|word| !is_keyword(word)) {
                    let path = glob.iter().cloned().chain([(*word).to_owned()]);
                    if self.defines_or_imports(from, glob, word) {
                        edges.extend(self.edge(from, &path.collect::<Vec<_>>()));
                    }
                }
            }
            for path in paths(&module.code) {
                edges.extend(self.edge(from, &path));
            }
        }
        edges
    }

    fn edge(&self, from: &str, path: &[String]) -> Option<(String, String)> {
        let to = self.definer(from, path)?;
        (to != from).then(|| (from.to_owned(), to))
    }

    fn defines_or_imports(&self, from: &str, glob: &[String], name: &str) -> bool {
        let to = self.follow(from, glob, 0, false);
        let Some(module) = to.and_then(|to| self.modules.get(&to)) else {
            return false;
        };
        module.imports.contains_key(name) || module.defines(name)
    }

    /// Returns the module that defines the item that `path` names in the module `from`, or `None`
    /// if no module of this package defines it.
    fn definer(&self, from: &str, path: &[String]) -> Option<String> {
        self.follow(from, path, 0, true)
    }

    /// Returns what [`Package::definer`] returns. `depth` is the number of re-exports that were
    /// followed before. Follows `path::*` only if `through_globs` is set.
    fn follow(
        &self,
        from: &str,
        path: &[String],
        depth: usize,
        through_globs: bool,
    ) -> Option<String> {
        assert!(depth < 20, "{from}: {path:?} is imported in a circle");
        let mut module = from.to_owned();
        let mut rest = path;
        let mut is_first = true;
        while let Some((name, after)) = rest.split_first() {
            match name.as_str() {
                "crate" if is_first => module = String::new(),
                "self" => {}
                "super" => module = parent(&module)?.to_owned(),
                _ if self.modules.contains_key(&join(&module, name)) => {
                    module = join(&module, name);
                }
                _ => {
                    let here = self.modules.get(&module)?;
                    if let Some(import) = here.imports.get(name) {
                        // If an import's path begins with the imported name, that name is the name
                        // of another package.
                        let is_own = import.path.first() == Some(name);
                        let other = is_own && !self.modules.contains_key(&join("", name));
                        if other {
                            return None;
                        }
                        let path: Vec<_> = import.path.iter().chain(after).cloned().collect();
                        return self.follow(&module, &path, depth + 1, through_globs);
                    }
                    let looks_through = through_globs && !here.defines(name);
                    for glob in here.globs.iter().filter(|_| looks_through) {
                        if self.defines_or_imports(&module, glob, name) {
                            let path: Vec<_> = glob.iter().chain(rest).cloned().collect();
                            return self.follow(&module, &path, depth + 1, through_globs);
                        }
                    }
                    // A first name that is neither a module nor imported is another package,
                    // unless this module defines it.
                    return (!is_first || here.defines(name)).then_some(module);
                }
            }
            is_first = false;
            rest = after;
        }
        Some(module)
    }
}

impl Module {
    fn new(text: &str) -> Module {
        let mut module = Module::default();
        let mut tokens = tokens(text).into_iter().peekable();
        while let Some(token) = tokens.next() {
            if token != "use" {
                module.code.push(token);
                continue;
            }
            // The item begins with `use`, or has `pub` or `pub(…)` before it.
            let is_public = match module.code.last().map(String::as_str) {
                Some("pub") => true,
                Some(")") => module.code.iter().rev().nth(3).is_some_and(|word| word == "pub"),
                _ => false,
            };
            let item: Vec<_> = tokens.by_ref().take_while(|token| token != ";").collect();
            module.add_use(&[], &item, is_public);
        }
        module
    }

    /// Adds the imports of `tree`, a part of a `use` item below the path `above`.
    fn add_use(&mut self, above: &[String], tree: &[String], is_public: bool) {
        let mut path = above.to_vec();
        let mut alias = None;
        let mut place = 0;
        while place < tree.len() {
            match tree[place].as_str() {
                "::" => {}
                "*" => return self.globs.push(path),
                "as" => {
                    alias = tree.get(place + 1).cloned();
                    break;
                }
                "{" => {
                    let inner = &tree[place + 1..tree.len() - 1];
                    for part in split_at_commas(inner) {
                        self.add_use(&path, part, is_public);
                    }
                    return;
                }
                name => path.push(name.to_owned()),
            }
            place += 1;
        }
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(name) = alias.or_else(|| path.last().cloned()) {
            self.imports.insert(name, Import { path, is_public });
        }
    }

    /// Returns whether the file defines an item of this name.
    fn defines(&self, name: &str) -> bool {
        const KINDS: [&str; 8] =
            ["fn", "struct", "enum", "trait", "type", "const", "static", "macro_rules"];
        let defines = |pair: &[String]| {
            pair[1] == name && KINDS.contains(&pair[0].as_str())
                || pair[1] == "!" && pair[0] == "macro_rules" && pair[2] == name
        };
        self.code.windows(3).any(defines)
    }
}

/// Splits the inside of `{a, b::{c, d}}` at its outer commas.
fn split_at_commas(tokens: &[String]) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (place, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                parts.push(&tokens[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// Returns all paths of at least two names in `code`.
fn paths(code: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut place = 0;
    while place + 2 < code.len() {
        let begins = code[place + 1] == "::" && (place == 0 || code[place - 1] != "::");
        if !begins {
            place += 1;
            continue;
        }
        let mut path = vec![code[place].clone()];
        while code.get(place + 1).is_some_and(|token| token == "::") && place + 2 < code.len() {
            path.push(code[place + 2].clone());
            place += 2;
        }
        paths.push(path);
        place += 1;
    }
    paths
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "self" | "super" | "crate" | "mod" | "fn" | "pub")
}

/// Returns the path of a file's module: `a/b.rs` and `a/b/mod.rs` are `a::b`, `lib.rs` is the root.
fn module_path(file: &str) -> String {
    let path = file.strip_suffix(".rs").expect("a Rust file");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn parent(module: &str) -> Option<&str> {
    match module.rsplit_once("::") {
        Some((parent, _)) => Some(parent),
        None => (!module.is_empty()).then_some(""),
    }
}
