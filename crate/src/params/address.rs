//! Which addresses may be fetched.
//!
//! An address is either one of the web, which begins with `http://` or `https://`, or a path
//! from this site's own root. Browsers read far more than that as an address, and
//! repair what is written carelessly: they drop line breaks, and take a backslash for a
//! slash. So what is not plainly one of the two is refused.

/// What may not stand in an address: what browsers drop or take for something else.
fn is_doubtful(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\\' | '"' | '<' | '>' | '^' | '`' | '{' | '}')
}

/// The longest address.
const LONGEST: usize = 2000;

/// Whether `text` is an address that may be fetched.
pub fn may_be_fetched(text: &str) -> bool {
    if text.is_empty() || text.len() > LONGEST || text.contains(is_doubtful) {
        return false;
    }
    let ends_path = |c| matches!(c, '/' | '?' | '#');
    match text.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(ends_path) => {
            let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            let host = rest.strip_prefix("//").map(|rest| rest.split(ends_path).next());
            known && host.flatten().is_some_and(is_host)
        }
        _ => !text.starts_with("//"),
    }
}

/// Whether `text` is a host with or without a port, and without a user.
fn is_host(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::may_be_fetched;

    #[test]
    fn addresses_of_the_web_and_paths_of_this_site() {
        for address in [
            "https://example.org",
            "HTTP://example.org:8080/a?b=c:d#e",
            "http://[::1]:80/",
            "https://bücher.example/",
            "net/slow?ms=200&bytes=1000",
            "/index.html",
            "./www/icon.svg",
            "../other:thing/a",
            "a?b=http://c",
            "#top",
            "?a:b",
        ] {
            assert!(may_be_fetched(address), "{address}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for address in [
            "",
            " ",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "\tjavascript:alert(1)",
            "file:///etc/passwd",
            "data:text/plain,hello",
            "blob:https://example.org/1",
            "ws://example.org",
            "view-source:https://example.org",
            "//example.org/a",
            "\\\\example.org\\a",
            "/\\example.org",
            "https:example.org",
            "https:/example.org",
            "https://",
            "https:///path",
            "http://?a",
            "https://user:password@example.org/",
            "https://:80/",
            "http://exam ple.org",
            "localhost:8080/a",
            "<b>bold</b>",
        ] {
            assert!(!may_be_fetched(address), "{address}");
        }
        assert!(!may_be_fetched(&format!("https://example.org/{}", "a".repeat(2000))));
    }
}
