//! Hand-written guests in WebAssembly's text format, with which tests and benchmarks try the
//! runtime. `programs/shared.wat` says what they have in common.

/// The programs: the name and the module of each.
pub static PROGRAMS: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// Returns the module of the program with this name.
///
/// # Panics
///
/// If there is no such program.
pub fn program(name: &str) -> &'static [u8] {
    let program = PROGRAMS.iter().find(|(known, _)| *known == name);
    program.unwrap_or_else(|| panic!("there is a guest named {name}")).1
}
