//! Figures as the sentences of a report show them.

/// Formats a duration with few digits: "12.3 s", "540 ms", "5.4 ms", "0.05 ms".
pub(super) fn duration(ms: f64) -> String {
    // The rounded value determines the unit and the digits: 9,999.7 ms is "10.0 s".
    if ms >= 9_999.5 {
        format!("{:.1} s", ms / 1e3)
    } else if ms >= 9.95 {
        format!("{} ms", grouped(ms.round() as u64))
    } else if ms >= 0.995 {
        format!("{ms:.1} ms")
    } else {
        format!("{ms:.2} ms")
    }
}

/// Formats a count with separators for thousands: "12,345".
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// Formats a share as a percentage: "3 %".
///
/// A share above 0 that would be rounded to 0 % is "less than 1 %".
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        little if little > 0.0 && little < 0.5 => "less than 1 %".into(),
        percent => format!("{:.0} %", percent.round()),
    }
}

/// Formats a count with its noun: "one task", "2 tasks". The noun's plural must end in "s".
pub(super) fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("one {noun}") } else { format!("{} {noun}s", grouped(count)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_the_page_writes_them() {
        let table = include_str!("../../../../tests/durations.json");
        let table: Vec<(f64, String)> = serde_json::from_str(table).expect("pairs of ms and text");
        for (ms, text) in table {
            assert_eq!(duration(ms), text, "{ms} ms");
        }
    }

    #[test]
    fn counts_are_grouped_and_agree_with_their_noun() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "task"), "one task");
        assert_eq!(counted(2, "task"), "2 tasks");
        assert_eq!(percent(0.028), "3 %");
        assert_eq!(percent(0.005), "1 %");
        assert_eq!(percent(0.0049), "less than 1 %");
        assert_eq!(percent(0.0), "0 %");
    }
}
