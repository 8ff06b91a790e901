//! The walls of the house: who may name what, where packages don't say so already.
//! ARCHITECTURE.md says why.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(under: &str) -> Vec<(PathBuf, String)> {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![house.join(under)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                found.push((path.strip_prefix(house).unwrap().to_owned(), code_of(&text)));
            }
        }
    }
    assert!(!found.is_empty(), "{under} has no source");
    found
}

/// The text without comments and without the tests at its end.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn nobody_names(under: &str, words: &[&str], except: impl Fn(&Path) -> bool) {
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
        nobody_names(under, &["wasm_bindgen", "js_sys", "web_sys"], web);
    }
}

#[test]
fn programs_know_no_platform_no_trace_and_no_number_of_processors() {
    let words = ["cfg", "crate::trace", "settings.processors", "current_num_threads"];
    for folder in ["lessons", "for_scripts", "support"] {
        nobody_names(&format!("src/programs/{folder}"), &words, |_| false);
    }
}

#[test]
fn the_report_knows_the_trace_alone() {
    let words = ["crate::runtime", "runtime::", "crate::programs", "crate::params", "crate::clock"];
    nobody_names("src/report", &words, |_| false);
}

#[test]
fn each_step_of_the_report_knows_only_those_before_it() {
    nobody_names("src/report/rows", &["report::figures", "report::sentences"], |_| false);
    nobody_names("src/report/figures", &["report::sentences"], |_| false);
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
        nobody_names(under, &words, |path| path == Path::new("runtime/src/sync.rs"));
    }
}
