//! The rule that decides which URLs may be fetched.
//!
//! An accepted URL either begins with `http://` or `https://`, or is a path that is resolved
//! against this site's root. Browsers also accept other texts as URLs, and repair faulty ones: they
//! drop line breaks and read a backslash as a slash. So this module refuses every text that is not
//! clearly in one of the two forms.

/// Whether `c` is a character that an accepted URL does not contain, because browsers drop it or
/// read it as another character.
fn is_doubtful(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\\' | '"' | '<' | '>' | '^' | '`' | '{' | '}')
}

/// The length of the longest URL that is accepted, in bytes.
const LONGEST: usize = 2000;

/// Whether `text` is a URL that may be fetched.
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

/// Whether `text` begins like a host name or an IPv6 address and contains no user name.
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
