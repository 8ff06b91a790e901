//! The tokens of a Rust file: its words and signs, without comments, strings and test code.

use std::iter::Peekable;
use std::str::Chars;

/// Returns the tokens of `text`, in order. `::` is one token, and every other sign is a token of
/// its own. Items under `#[cfg(test)]` are left out.
pub fn tokens(text: &str) -> Vec<String> {
    without_tests(all_tokens(text))
}

fn all_tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '/' if chars.peek() == Some(&'/') => skip_line(&mut chars),
            '/' if chars.peek() == Some(&'*') => skip_block(&mut chars),
            '"' => skip_text(&mut chars),
            '\'' => skip_char_or_lifetime(&mut chars),
            ':' if chars.peek() == Some(&':') => {
                chars.next();
                tokens.push("::".to_owned());
            }
            _ if is_word(next) => {
                let mut word = String::from(next);
                while let Some(more) = chars.next_if(|more| is_word(*more)) {
                    word.push(more);
                }
                let is_raw_text = (word == "r" || word == "br")
                    && chars.peek().is_some_and(|sign| *sign == '"' || *sign == '#');
                if is_raw_text {
                    skip_raw_text(&mut chars);
                } else {
                    tokens.push(word);
                }
            }
            _ if next.is_whitespace() => {}
            _ => tokens.push(next.to_string()),
        }
    }
    tokens
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn skip_line(chars: &mut Peekable<Chars<'_>>) {
    chars.by_ref().take_while(|sign| *sign != '\n').for_each(drop);
}

fn skip_block(chars: &mut Peekable<Chars<'_>>) {
    let mut before = ' ';
    for sign in chars.by_ref() {
        if before == '*' && sign == '/' {
            return;
        }
        before = sign;
    }
}

fn skip_text(chars: &mut Peekable<Chars<'_>>) {
    while let Some(sign) = chars.next() {
        match sign {
            '"' => return,
            '\\' => drop(chars.next()),
            _ => {}
        }
    }
}

fn skip_raw_text(chars: &mut Peekable<Chars<'_>>) {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    while let Some(sign) = chars.next() {
        if sign == '"' && (0..hashes).all(|_| chars.next_if_eq(&'#').is_some()) {
            return;
        }
    }
}

/// Skips a character, such as `'a'` and `'\n'`, or a lifetime, such as `'a`.
fn skip_char_or_lifetime(chars: &mut Peekable<Chars<'_>>) {
    let Some(sign) = chars.next() else { return };
    if sign == '\\' {
        chars.next();
        chars.by_ref().take_while(|sign| *sign != '\'').for_each(drop);
    } else if chars.next_if_eq(&'\'').is_none() {
        while chars.next_if(|more| is_word(*more)).is_some() {}
    }
}

const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

fn without_tests(tokens: Vec<String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        if tokens[place..].iter().take(TEST.len()).eq(TEST.iter()) {
            place = end_of_item(&tokens, place + TEST.len());
        } else {
            kept.push(tokens[place].clone());
            place += 1;
        }
    }
    kept
}

/// Returns the place after the item that begins at `place`: after its `;` or its outermost braces.
fn end_of_item(tokens: &[String], mut place: usize) -> usize {
    let mut depth = 0;
    let mut is_use = false;
    while place < tokens.len() {
        let token = tokens[place].as_str();
        is_use |= depth == 0 && token == "use";
        place += 1;
        match token {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && (token == ";" || token == "}" && !is_use) {
            break;
        }
    }
    place
}

#[test]
fn comments_texts_and_tests_are_left_out() {
    let code = r###"
        /* a /* */ use b::{c, d}; // e
        const F: &str = "g\" h"; const I: &str = r#"j"k"#; const L: char = 'm'; const N: char = '\'';
        fn o<'p>(q: &'p str) {}
        #[cfg(test)] use r::{s, t};
        #[cfg(test)] fn u([v]: [u8; 1]) { { w } }
        #[cfg(test)] mod x;
        y
        #[cfg(test)] mod z { fn aa() {} }
    "###;
    let words: Vec<_> = tokens(code).into_iter().filter(|token| token != "::").collect();
    let words = words.iter().filter(|token| token.chars().all(is_word));
    let expected = "use b c d const F str const I str const L char const N char fn o q str y";
    assert_eq!(words.map(String::as_str).collect::<Vec<_>>().join(" "), expected);
}
