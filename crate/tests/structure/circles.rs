//! Circles, or import cycles: modules that import each other.

use std::collections::BTreeSet;

use super::imports::Edges;

/// Returns the same edges between siblings, which are the files and folders directly in one folder.
/// A folder stands for everything in it. The folder's own file, `mod.rs`, is written `folder::mod`.
pub fn between_siblings(edges: &Edges) -> Edges {
    let mut siblings = Edges::new();
    for (from, to) in edges {
        let parts = |path: &str| -> Vec<String> {
            path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let (from, to) = (parts(from), parts(to));
        let common = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
        let sibling = |path: &[String]| {
            let name = path.get(common).map_or("mod", String::as_str);
            from[..common].iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
        };
        siblings.insert((sibling(&from), sibling(&to)));
    }
    siblings
}

/// Returns circles among the edges. In each circle, every module imports the next, and the last
/// module imports the first. If the first import of each circle is removed, no circle remains.
pub fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let mut left = edges.clone();
    let mut circles = Vec::new();
    while let Some(circle) = first_circle(&mut left) {
        let next = circle.get(1).unwrap_or(&circle[0]).clone();
        left.remove(&(circle[0].clone(), next));
        circles.push(circle);
    }
    circles
}

/// Returns one circle, if there is one. Removes edges that lead to no circle.
fn first_circle(edges: &mut Edges) -> Option<Vec<String>> {
    loop {
        // A module that imports nothing is in no circle. A module that imports only such modules is
        // in no circle either.
        let importers: BTreeSet<_> = edges.iter().map(|(from, _)| from.clone()).collect();
        let before = edges.len();
        edges.retain(|(_, to)| importers.contains(to));
        if edges.len() == before {
            break;
        }
    }
    let mut way = vec![edges.first()?.0.clone()];
    loop {
        let last = way.last().expect("the way has a beginning");
        let (_, next) = edges.iter().find(|(from, _)| from == last).expect("it imports one");
        if let Some(start) = way.iter().position(|module| module == next) {
            return Some(way.split_off(start));
        }
        way.push(next.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::Package;

    /// Returns the circles of the files, and the circles of the folders.
    fn found(files: &[(&str, &str)]) -> [Vec<String>; 2] {
        let edges = Package::new(files.iter().copied()).edges();
        [&edges, &between_siblings(&edges)]
            .map(|edges| circles(edges).iter().map(|way| way.join(" ")).collect())
    }

    #[test]
    fn files_that_import_each_other_are_a_circle() {
        for (a, b) in [
            ("use crate::b::B; struct A;", "use super::a::A; struct B;"),
            ("fn a() { crate::b::b() }", "use crate::{a::A}; fn b() {}"),
            ("use super::b::{self, B}; struct A;", "use crate::A; struct B;"),
            ("use super::*; struct A(B);", "use crate::A; struct B;"),
            ("use crate::b; fn a() { b::b() } struct A;", "fn b(a: super::A) {}"),
        ] {
            let root = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;");
            let found = found(&[root, ("a.rs", a), ("b.rs", b)]);
            assert_eq!(found, [["a b"], ["a b"]], "{a} {b}");
        }
    }

    #[test]
    fn folders_that_import_each_other_are_a_circle_even_if_no_files_are() {
        let found = found(&[
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "pub mod one; pub mod two;"),
            ("a/one.rs", "use crate::b::three::Three;"),
            ("a/two.rs", "pub struct Two;"),
            ("b/mod.rs", "pub mod three; pub mod four;"),
            ("b/three.rs", "pub struct Three;"),
            ("b/four.rs", "use crate::a::two::Two;"),
        ]);
        assert_eq!(found, [vec![], vec!["a b"]]);
    }

    #[test]
    fn a_contents_page_is_in_no_circle_unless_it_uses_what_it_lists() {
        let lists = |contents| {
            found(&[
                ("lib.rs", "mod a;"),
                ("a/mod.rs", contents),
                ("a/one.rs", "use super::Two; use super::Own; pub struct One;"),
                ("a/two.rs", "pub struct Two;"),
            ])
        };
        let names = "mod one; mod two; pub use one::One; pub use two::Two; pub struct Own;";
        assert_eq!(lists(names), [[""; 0]; 2]);
        let uses = format!("{names} fn uses(one: One) {{}}");
        assert_eq!(lists(&uses), [["a a::one"], ["a::mod a::one"]]);
        let names_a_child = format!("{names} fn uses() {{ one::f() }}");
        assert_eq!(lists(&names_a_child)[0], ["a a::one"]);
    }

    #[test]
    fn tests_and_other_packages_make_no_circle() {
        let found = found(&[
            ("lib.rs", "mod a; mod b; pub use other::{self, b};"),
            ("a.rs", "use crate::b::B; struct A;"),
            (
                "b.rs",
                "use other::a::A; use std::b; struct B; #[cfg(test)] mod tests { use crate::a::A; }",
            ),
            ("c.rs", "use crate::c::d;"),
        ]);
        assert_eq!(found, [[""; 0]; 2]);
    }
}
