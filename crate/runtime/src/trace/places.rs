//! Places: the lines of the program's source at which events happened.
//!
//! The compiler gives a function that is marked `#[track_caller]` the line of its call. An event
//! has room only for a small number, so each run numbers its places. A table holds the line of each
//! number. A guest numbers its own lines, and hands its table on when the run starts.

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::Location;
use std::ptr;

use crate::sync::{Mutex, lock};

/// A line of source at which a program calls the runtime.
pub type Place = &'static Location<'static>;

/// A place's number within its run: its index in the table of places.
pub type PlaceId = u16;

/// What an event holds for its place: 0 if it has none, and else the number of the place plus 1.
pub(crate) type PlaceCode = u16;

/// Returns what an event holds for this place.
#[inline]
pub(super) fn code_of(place: Option<PlaceId>) -> PlaceCode {
    place.map_or(0, |id| id + 1)
}

/// Returns the place for which an event holds this code.
#[inline]
pub(super) fn place_of(code: PlaceCode) -> Option<PlaceId> {
    code.checked_sub(1)
}

/// The largest number of places that a run numbers. An event at any further place is recorded
/// without a place.
const MOST: usize = PlaceId::MAX as usize;

/// A line of source, as the table holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// The file's path, as it was given to the compiler.
    pub file: Cow<'static, str>,
    /// The line's number, from 1.
    pub line: u32,
}

/// The places at which a run's events have happened, by number.
#[derive(Debug, Default)]
pub(super) struct Places {
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    lines: Vec<SourceLine>,
    /// How many of the lines a reader has taken.
    taken: usize,
}

impl Places {
    /// Creates a table that begins with these lines. Lines for which there is no room are left out.
    pub(super) fn beginning_with(mut lines: Vec<SourceLine>) -> Places {
        lines.truncate(MOST);
        Places { table: Mutex::new(Table { lines, taken: 0 }) }
    }

    pub(super) fn len(&self) -> usize {
        lock(&self.table).lines.len()
    }

    /// Returns the number of a place. A new line gets a new number. Returns `None` if there are too
    /// many places, or if the compiler has omitted the line.
    #[cold]
    fn id(&self, place: Place) -> Option<PlaceId> {
        let line = SourceLine { file: place.file().into(), line: place.line() };
        if line.line == 0 {
            return None;
        }
        let lines = &mut lock(&self.table).lines;
        let id = lines.iter().position(|known| *known == line).unwrap_or(lines.len());
        if id == MOST {
            return None;
        }
        if id == lines.len() {
            lines.push(line);
        }
        Some(id as PlaceId)
    }

    /// Takes the places that were added since the last call, in the order of their numbers.
    pub(super) fn take_new(&self) -> Vec<SourceLine> {
        let table = &mut *lock(&self.table);
        let new = table.lines[table.taken..].to_vec();
        table.taken = table.lines.len();
        new
    }
}

/// The number of entries of a [`KnownPlaces`].
const ENTRIES: usize = 256;

/// How many entries are looked at for one place.
const PROBES: usize = 8;

/// A place that a writer has asked for: its address in memory, and what stands for it in an event.
/// An address of 0 marks an entry that is free.
type Entry = Cell<(usize, PlaceCode)>;

/// The places whose numbers one writer knows. A writer asks the table, which has a lock, once for
/// each place. A place that finds no free entry is looked up in the table each time.
pub(super) struct KnownPlaces {
    entries: Box<[Entry; ENTRIES]>,
}

impl KnownPlaces {
    pub(super) fn new() -> KnownPlaces {
        KnownPlaces { entries: Box::new([const { Cell::new((0, 0)) }; ENTRIES]) }
    }

    /// Returns what an event holds for a place. A place that has no number (see [`Places::id`])
    /// counts as no place.
    #[inline]
    pub(super) fn code(&self, places: &Places, place: Place) -> PlaceCode {
        let address = ptr::from_ref(place).addr();
        match self.entries[first_entry(address)].get() {
            (known, code) if known == address => code,
            _ => self.search(places, place),
        }
    }

    /// Does the same for a place that is not in its first entry.
    #[cold]
    #[inline(never)]
    fn search(&self, places: &Places, place: Place) -> PlaceCode {
        let address = ptr::from_ref(place).addr();
        for probe in 0..PROBES {
            let entry = &self.entries[(first_entry(address) + probe) % ENTRIES];
            match entry.get() {
                (known, code) if known == address => return code,
                (0, _) => {
                    let code = code_of(places.id(place));
                    entry.set((address, code));
                    return code;
                }
                _ => {}
            }
        }
        code_of(places.id(place))
    }
}

/// Returns the entry in which a place is looked for first. The compiler lays places side by side, so
/// neighbours have different entries.
#[inline]
fn first_entry(address: usize) -> usize {
    address / size_of::<Location<'_>>() % ENTRIES
}

impl std::fmt::Debug for KnownPlaces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnownPlaces").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn here() -> Place {
        Location::caller()
    }

    #[test]
    fn each_line_has_one_number_for_all_writers() {
        let places = Places::default();
        let (zero, one) = (KnownPlaces::new(), KnownPlaces::new());
        let (a, b) = (here(), here());
        let c = here();
        assert_eq!(zero.code(&places, a), 1);
        assert_eq!(one.code(&places, b), 1, "it is the same line");
        assert_eq!(one.code(&places, c), 2);
        assert_eq!(zero.code(&places, c), 2);
        assert_eq!(zero.code(&places, a), 1);
        let lines = [a, c].map(|place| SourceLine { file: file!().into(), line: place.line() });
        assert_eq!(places.take_new(), lines);
        assert_eq!(places.take_new(), []);
    }

    #[test]
    fn the_lines_of_a_guest_come_first() {
        let line = |line| SourceLine { file: "prog.go".into(), line };
        let places = Places::beginning_with(vec![line(3), line(8)]);
        assert_eq!(KnownPlaces::new().code(&places, here()), 3);
        assert_eq!(places.take_new()[..2], [line(3), line(8)]);
        let places = Places::beginning_with(vec![line(1); 2 * MOST]);
        assert_eq!(KnownPlaces::new().code(&places, here()), code_of(None), "there is no room");
        assert_eq!(places.take_new().len(), MOST);
    }

    #[test]
    fn more_places_than_a_writer_can_know_have_numbers_too() {
        let places = Places::default();
        let known = KnownPlaces::new();
        // A writer tells places apart by their address in memory. The run's table tells lines apart
        // by their content.
        let location = *here();
        let many: Vec<Place> = (0..2 * ENTRIES).map(|_| &*Box::leak(Box::new(location))).collect();
        for place in many.iter().chain(&many) {
            assert_eq!(known.code(&places, place), 1);
        }
        assert_eq!(places.take_new().len(), 1);
    }
}
