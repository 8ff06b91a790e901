//! The structure of the packages: which part may name which other part. These tests check the rules
//! that the division into packages does not enforce. ARCHITECTURE.md gives the reasons.

mod circles;
mod imports;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

use circles::{between_siblings, circles};
use imports::{Edges, Package};

/// Returns the folder that holds all packages of the workspace that are built for the page.
fn packages_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all Rust files below the folder `under`: the path below that folder, and the text.
fn texts(under: &Path) -> Vec<(String, String)> {
    let mut folders = vec![under.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                let name = path.strip_prefix(under).expect("it is below the folder");
                found.push((name.to_str().expect("a plain name").replace('\\', "/"), text));
            }
        }
    }
    assert!(!found.is_empty(), "{} has no source", under.display());
    found
}

/// Returns all Rust files below the folder `under` of this package: the path, and the code without
/// comments, strings and tests.
fn sources(under: &str) -> Vec<(PathBuf, String)> {
    let files = texts(&packages_folder().join(under)).into_iter();
    files.map(|(path, text)| (Path::new(under).join(path), code_of(&text))).collect()
}

fn code_of(text: &str) -> String {
    let is_word = |token: &str| token.starts_with(|sign: char| sign.is_alphanumeric());
    let mut code = String::new();
    for token in tokens::tokens(text) {
        if is_word(&token) && code.ends_with(|sign: char| sign.is_alphanumeric()) {
            code.push(' ');
        }
        code.push_str(&token);
    }
    code
}

#[track_caller]
fn assert_not_mentioned(under: &str, words: &[&str], except: impl Fn(&Path) -> bool) {
    for (path, code) in sources(under) {
        for word in words {
            let named = !except(&path) && code.contains(word);
            assert!(!named, "{} names {word}", path.display());
        }
    }
}

const EVERYWHERE: [&str; 3] = ["src", "runtime/src", "images/src"];

#[test]
fn only_web_knows_a_browser() {
    let web = |path: &Path| path.starts_with("src/web");
    for under in EVERYWHERE {
        assert_not_mentioned(under, &["wasm_bindgen", "js_sys", "web_sys"], web);
    }
}

#[test]
fn programs_know_no_platform_no_trace_and_no_number_of_processors() {
    let words = ["cfg", "crate::trace", "settings.processors", "current_num_threads"];
    for folder in ["lessons", "for_scripts", "support"] {
        assert_not_mentioned(&format!("src/programs/{folder}"), &words, |_| false);
    }
}

#[test]
fn the_report_knows_the_trace_alone() {
    let words = ["crate::runtime", "runtime::", "crate::programs", "crate::params", "crate::clock"];
    assert_not_mentioned("src/report", &words, |_| false);
}

#[test]
fn each_step_of_the_report_knows_only_those_before_it() {
    assert_not_mentioned("src/report/rows", &["report::figures", "report::sentences"], |_| false);
    assert_not_mentioned("src/report/figures", &["report::sentences"], |_| false);
}

#[test]
fn the_trace_knows_no_policy() {
    for (path, code) in sources("runtime/src/trace") {
        let policy = |name: &str| !name.starts_with("sync::") && !name.starts_with("trace::");
        let named = code.split("crate::").skip(1).find(|name| policy(name));
        assert_eq!(named, None, "{} names more than the trace", path.display());
    }
}

#[test]
fn atomics_and_locks_come_through_one_door() {
    let words = ["std::sync", "core::sync", "std::thread::park"];
    for under in EVERYWHERE {
        assert_not_mentioned(under, &words, |path| path == Path::new("runtime/src/sync.rs"));
    }
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut faults = Vec::new();
    for folder in packages() {
        let package = folder.file_name().and_then(|name| name.to_str()).expect("a plain name");
        let files = texts(&folder.join("src"));
        let package_files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let edges = Package::new(package_files).edges();
        faults.extend(sentences(package, &edges));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns a sentence for each circle of files, then for each circle of folders.
fn sentences(package: &str, edges: &Edges) -> Vec<String> {
    let found = circles(edges).into_iter().chain(circles(&between_siblings(edges)));
    found.map(|way| format!("{package}: {} …", way.join(" → "))).collect()
}

/// Returns the folders of all packages, which are the folders with a `Cargo.toml`.
fn packages() -> Vec<PathBuf> {
    let mut folders = vec![packages_folder().to_owned()];
    let mut packages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            let is_source = path.ends_with("src") || path.ends_with("target");
            if path.is_dir() && !is_source {
                folders.push(path);
            } else if path.ends_with("Cargo.toml") {
                packages.push(folder.clone());
            }
        }
    }
    assert!(packages.len() >= 4, "the packages are elsewhere: {packages:?}");
    packages
}
