//! The n-th name from a list that never runs out.
//!
//! Formula: name n is word n mod L of a list of L words; from the second round on the number of
//! the round follows, from 2: "soup", "rice", …, "soup 2", "rice 2", ….

/// Name `n`, counted from 0.
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
