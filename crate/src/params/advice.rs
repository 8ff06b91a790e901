//! Advice about a text that was meant as a number.
//!
//! Readers may write numbers as in their own country, such as 1.000 for a thousand. The code does
//! not guess the meaning of such a text: it refuses the value, and the sentence says what to write.

/// Returns the end of a sentence that says what to write instead of `text`. The returned text
/// follows the words "not the text …", and is empty if there is no advice. `fractions` says whether
/// the parameter takes numbers that are not whole.
pub(super) fn advice(text: &str, fractions: bool, unit: &str) -> String {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let groups = numbers(digits, '.').or_else(|| numbers(digits, ','));
    if let Some(parts) = groups.filter(|parts| are_thousands(parts)) {
        return match parts.as_slice() {
            [whole, rest] if fractions || digits.contains('.') => {
                let rest = rest.trim_end_matches('0');
                let point = if rest.is_empty() { "" } else { "." };
                format!(
                    ", which can mean {sign}{} or {sign}{whole}{point}{rest}: write one of these",
                    parts.concat()
                )
            }
            _ => format!(": write {sign}{}", parts.concat()),
        };
    }
    match numbers(digits, ',').as_deref() {
        Some([whole, rest]) if fractions => {
            return format!(": write {sign}{whole}.{rest}, with a point");
        }
        Some(_) => {
            return ": a comma stands only between groups of three digits here, as in 1,000".into();
        }
        None => {}
    }
    let is_number_first = digits.starts_with(|first: char| first.is_ascii_digit());
    let is_unit_last = digits.ends_with(|last: char| last.is_alphabetic() || last == '%');
    match (is_number_first && is_unit_last, unit) {
        (false, _) => String::new(),
        (true, "") => ": write the number alone".into(),
        (true, unit) => format!(": write the number alone, in {unit}"),
    }
}

/// Returns the parts of `text` between separators, if there are at least two parts and each part
/// consists of digits only.
fn numbers(text: &str, separator: char) -> Option<Vec<&str>> {
    let parts: Vec<_> = text.split(separator).collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() > 1 && parts.iter().all(is_number)).then_some(parts)
}

/// Whether `parts` are the digit groups of a number with separators for thousands, as in 1,000.
fn are_thousands(parts: &[&str]) -> bool {
    parts[0].len() <= 3
        && !parts[0].starts_with('0')
        && parts[1..].iter().all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::advice;

    #[test]
    fn groups_with_a_point_have_two_readings() {
        for fractions in [false, true] {
            let said = advice("1.000", fractions, "ms");
            assert_eq!(said, ", which can mean 1000 or 1: write one of these");
            let said = advice("-12.340", fractions, "");
            assert_eq!(said, ", which can mean -12340 or -12.34: write one of these");
            assert_eq!(advice("1.000.000", fractions, ""), ": write 1000000");
        }
    }

    #[test]
    fn a_comma_is_no_decimal_point() {
        assert_eq!(advice("60,5", true, "s"), ": write 60.5, with a point");
        let said = advice("60,5", false, "ms");
        assert_eq!(said, ": a comma stands only between groups of three digits here, as in 1,000");
        let said = advice("1,000", true, "s");
        assert_eq!(said, ", which can mean 1000 or 1: write one of these");
        assert_eq!(advice("1,000", false, ""), ": write 1000");
        assert_eq!(advice("0,500", true, "s"), ": write 0.500, with a point");
    }

    #[test]
    fn a_number_stands_alone() {
        assert_eq!(advice("60 s", false, "ms"), ": write the number alone, in ms");
        assert_eq!(advice("4 dishes", false, ""), ": write the number alone");
    }

    #[test]
    fn what_looks_like_no_number_gets_no_advice() {
        for text in ["", "8", "many", "0x10", "1_000", "2.5", "--1", ".", ",", "٤", "12..3"] {
            assert_eq!(advice(text, true, "ms"), "", "{text}");
        }
    }
}
