//! Any number of names, made from a list of words.
//!
//! Formula: name n, counted from 0, is word n mod L of a list of L words. From the second round
//! through the list on, the number of the round follows: "soup", "rice", …, "soup 2", "rice 2", ….

/// Returns name `n`, counted from 0.
pub fn nth(words: &[&str], n: usize) -> String {
    let word = words[n % words.len()];
    match n / words.len() {
        0 => word.to_string(),
        round => format!("{word} {}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_starts_over_with_numbers() {
        let names: Vec<_> = (0..5).map(|n| nth(&["a", "b"], n)).collect();
        assert_eq!(names, ["a", "b", "a 2", "b 2", "a 3"]);
    }
}
