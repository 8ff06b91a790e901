//! Places: the lines of the program's source at which events happened.
//!
//! The compiler gives a function that is marked `#[track_caller]` the line of its call. An event
//! has room only for a small number, so each run numbers its places. A table holds the line of each
//! number.

use std::cell::Cell;
use std::panic::Location;
use std::ptr;

use crate::sync::{Mutex, lock};

/// A line of source at which a program calls the runtime.
pub type Place = &'static Location<'static>;

/// A place's number within its run: its index in the table of places.
pub type PlaceId = u16;

/// The largest number of places that a run numbers. An event at any further place is recorded
/// without a place.
const MOST: usize = PlaceId::MAX as usize;

/// A line of source, as the table holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// The file's path, as it was given to the compiler.
    pub file: &'static str,
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
    /// Returns the number of a place. A new line gets a new number. Returns `None` if there are too
    /// many places, or if the compiler left out the line.
    #[cold]
    fn id(&self, place: Place) -> Option<PlaceId> {
        let line = SourceLine { file: place.file(), line: place.line() };
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

/// A place that a writer has asked for, and its number.
type Entry = Cell<Option<(Place, Option<PlaceId>)>>;

/// The number of entries that are searched for one place.
const PROBES: usize = 8;

/// The places whose numbers one writer knows: a hash table without a lock. For each of these
/// places, the writer asks the run's table, which has a lock, only once. If a place has no free
/// entry, the writer asks the run's table each time.
pub(super) struct KnownPlaces {
    entries: Box<[Entry; ENTRIES]>,
}

impl KnownPlaces {
    pub(super) fn new() -> KnownPlaces {
        KnownPlaces { entries: Box::new([const { Cell::new(None) }; ENTRIES]) }
    }

    /// Returns the number of a place, as [`Places::id`] does.
    #[inline]
    pub(super) fn id(&self, places: &Places, place: Place) -> Option<PlaceId> {
        // Fibonacci hashing of the address.
        let address = ptr::from_ref(place).addr() as u32;
        let first = address.wrapping_mul(0x9E37_79B9) >> 24;
        for probe in 0..PROBES {
            let entry = &self.entries[(first as usize + probe) % ENTRIES];
            match entry.get() {
                Some((known, id)) if ptr::eq(known, place) => return id,
                Some(_) => {}
                None => {
                    let id = places.id(place);
                    entry.set(Some((place, id)));
                    return id;
                }
            }
        }
        places.id(place)
    }
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
        assert_eq!(zero.id(&places, a), Some(0));
        assert_eq!(one.id(&places, b), Some(0), "it is the same line");
        assert_eq!(one.id(&places, c), Some(1));
        assert_eq!(zero.id(&places, c), Some(1));
        assert_eq!(zero.id(&places, a), Some(0));
        let lines = [a, c].map(|place| SourceLine { file: file!(), line: place.line() });
        assert_eq!(places.take_new(), lines);
        assert_eq!(places.take_new(), []);
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
            assert_eq!(known.id(&places, place), Some(0));
        }
        assert_eq!(places.take_new().len(), 1);
    }
}
