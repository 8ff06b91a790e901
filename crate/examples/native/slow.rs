//! The one URL that native runs answer: `net/slow`, with the answers that the page's service worker
//! gives.

use std::thread;
use std::time::Duration;

use manyhands::runtime::io::{Answer, Request, Response};

/// Answers a request for `net/slow` after the milliseconds that its URL asks for. Refuses other
/// URLs.
pub fn answer(request: &Request) -> Answer {
    let query = request.address.strip_prefix("net/slow?");
    let query = query.ok_or("Nothing else is answered here.")?;
    let number = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name));
        value.and_then(|value| value.parse().ok()).unwrap_or(0)
    };
    thread::sleep(Duration::from_millis(number("ms=")));
    Ok(Response { status: 200, bytes: number("bytes=") })
}
