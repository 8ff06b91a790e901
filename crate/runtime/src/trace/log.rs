//! One writer's events that no reader has taken yet, in the order of writing.
//!
//! A mark holds a time, and stands before the first event of that time. Many events share one mark,
//! because a clock has steps, and a processor does not read the clock for each event. Events and
//! marks lie in pages of memory, so they are not moved when the log grows. The largest run of the
//! web page fills 50 MB, a usual run a few kilobytes.

use std::cell::Cell;

use super::event::{self, Event, Timed, Words};

/// The number of entries, which are events and marks, in one page.
const PAGE_ENTRIES: usize = 4096;

/// Events in the order of writing.
#[derive(Debug, Default)]
pub(super) struct Log {
    pages: Vec<Vec<Words>>,
}

impl Log {
    /// Adds events with their marks. The first of `events` has to be a mark.
    pub(super) fn append(&mut self, mut events: &[Cell<Words>]) {
        while !events.is_empty() {
            let page = self.page_with_room();
            let fits = events.len().min(PAGE_ENTRIES - page.len());
            page.extend(events[..fits].iter().map(Cell::get));
            events = &events[fits..];
        }
    }

    fn page_with_room(&mut self) -> &mut Vec<Words> {
        if self.pages.last().is_none_or(|page| page.len() == PAGE_ENTRIES) {
            self.pages.push(Vec::with_capacity(PAGE_ENTRIES));
        }
        self.pages.last_mut().expect("a page was added where none was")
    }

    pub(super) fn into_events(self) -> impl Iterator<Item = Timed> {
        let mut at = 0;
        self.pages.into_iter().flatten().filter_map(move |words| {
            if let Some(moment) = event::marked(words) {
                at = moment;
                return None;
            }
            Event::decode(words).map(|(place, event)| Timed { at, place, event })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::places::code_of;
    use super::*;
    use crate::trace::Event;

    #[test]
    fn events_come_out_as_they_went_in_across_pages() {
        let event = |n: u32| Event::Output { task: n, chunk: n };
        // Three events have the same time.
        let timed = |n| Timed { at: u64::from(n / 3), place: Some(n as u16), event: event(n) };
        let all: Vec<_> = (0..PAGE_ENTRIES as u32 + 5).map(timed).collect();
        let words: Vec<_> = all
            .chunks(3)
            .flat_map(|some| {
                let events = some.iter().map(|timed| {
                    let [head, body] = timed.event.encode();
                    [event::with_place(head, code_of(timed.place)), body]
                });
                std::iter::once(event::mark(some[0].at)).chain(events).map(Cell::new)
            })
            .collect();
        let mut log = Log::default();
        for some in words.chunks(777) {
            log.append(some);
        }
        assert_eq!(log.into_events().collect::<Vec<_>>(), all);
    }
}
