//! One writer's events that no reader has taken yet, in the order of writing.
//!
//! They lie in pages, so that none moves when more come: the largest run of a
//! page fills 50 MB, the usual one a few kilobytes.

use super::event::{Timed, WORDS};

/// Events of one page.
pub(super) const PAGE: usize = 4096;

/// An event, encoded.
pub(super) type Words = [u64; WORDS];

/// Events in the order of writing.
#[derive(Debug, Default)]
pub(super) struct Log {
    pages: Vec<Vec<Words>>,
}

impl Log {
    pub(super) fn append(&mut self, mut events: &[Words]) {
        while !events.is_empty() {
            let page = self.page_with_room();
            let fits = events.len().min(PAGE - page.len());
            page.extend_from_slice(&events[..fits]);
            events = &events[fits..];
        }
    }

    fn page_with_room(&mut self) -> &mut Vec<Words> {
        if self.pages.last().is_none_or(|page| page.len() == PAGE) {
            self.pages.push(Vec::with_capacity(PAGE));
        }
        self.pages.last_mut().expect("a page was added where none was")
    }

    pub(super) fn into_events(self) -> impl Iterator<Item = Timed> {
        self.pages.into_iter().flatten().filter_map(Timed::decode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Event;

    #[test]
    fn events_come_out_as_they_went_in_across_pages() {
        let event = |n: u32| Timed { at: u64::from(n), event: Event::Output { task: n, line: n } };
        let all: Vec<_> = (0..2 * PAGE as u32 + 5).map(event).collect();
        let words: Vec<_> = all.iter().map(|event| event.encode()).collect();
        let mut log = Log::default();
        for some in words.chunks(777) {
            log.append(some);
        }
        assert_eq!(log.into_events().collect::<Vec<_>>(), all);
    }
}
