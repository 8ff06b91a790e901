//! What is recorded beside events because it does not fit into them: names, and the times of ended
//! tasks.

use std::fmt;
use std::num::NonZeroU32;

use super::event::{EndedBy, Nanos, TaskId};

/// The maximum number of names, and the maximum number of [`TaskSums`], that one writer keeps for a
/// reader.
const MOST_RECORDS: usize = 1 << 20;

/// A task's name: a word, or a word with a number. A name takes only three machine words, because
/// every task has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Word);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// A static word, and its number plus 1, if it has a number.
    Numbered(&'static str, Option<NonZeroU32>),
    /// A text that was made for this task alone.
    Own(Box<str>),
}

impl Name {
    /// Returns the name "`word` `number`", without an allocation. `u32::MAX` means no number.
    pub fn numbered(word: &'static str, number: u32) -> Name {
        Name(Word::Numbered(word, NonZeroU32::new(number.wrapping_add(1))))
    }
}

impl From<&'static str> for Name {
    fn from(word: &'static str) -> Name {
        Name(Word::Numbered(word, None))
    }
}

impl From<String> for Name {
    fn from(word: String) -> Name {
        Name(Word::Own(word.into()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Word::Numbered(word, Some(after)) => write!(f, "{word} {}", after.get() - 1),
            Word::Numbered(word, None) => f.write_str(word),
            Word::Own(word) => f.write_str(word),
        }
    }
}

/// A new task's id, name and parent. The parent is stored in this record and not in the task, to
/// keep tasks small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The new task.
    pub task: TaskId,
    /// The task that created the new task; `None` for `main`.
    pub parent: Option<TaskId>,
    /// The new task's name.
    pub name: Name,
}

/// A task's times by state. The times are exact even if the logs had no room for the task's events.
/// They are recorded once for each task: when the task has ended, or when the run's end has
/// cancelled the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskSums {
    /// The task.
    pub task: TaskId,
    /// When the task was created.
    pub created: Nanos,
    /// When the task's first turn began; `None` if the task had no turn.
    pub first_run: Option<Nanos>,
    /// When the task ended. For a task that the run's end cancelled, when the run ended.
    pub ended: Nanos,
    /// How the task ended.
    pub ended_by: EndedBy,
    /// Nanoseconds in a processor.
    pub running: Nanos,
    /// Nanoseconds in which the task could run, but had no processor.
    pub ready: Nanos,
    /// Nanoseconds waiting.
    pub blocked: Nanos,
}

/// What one writer has recorded beside its events, by kind.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) names: Vec<Named>,
    pub(super) ended: Vec<TaskSums>,
}

impl Records {
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.ended.is_empty()
    }

    /// Moves the records from `new` to the end of these.
    pub(super) fn append(&mut self, new: &mut Records) {
        append(&mut self.names, &mut new.names);
        append(&mut self.ended, &mut new.ended);
    }
}

/// Moves as many records from `new` to `kept` as there is room for, and drops the rest. Capacities
/// are powers of two, so the largest capacity is exactly [`MOST_RECORDS`].
fn append<T>(kept: &mut Vec<T>, new: &mut Vec<T>) {
    if new.is_empty() {
        return;
    }
    new.truncate(MOST_RECORDS - kept.len());
    let filled = kept.len() + new.len();
    kept.reserve_exact(filled.next_power_of_two() - kept.len());
    kept.append(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_three_words() {
        assert_eq!(size_of::<Option<Name>>(), 3 * size_of::<usize>());
        assert_eq!(Name::numbered("dish", 0).to_string(), "dish 0");
        assert_eq!(Name::numbered("dish", u32::MAX).to_string(), "dish");
        assert_eq!(Name::from("soup".to_string()).to_string(), "soup");
    }
}
