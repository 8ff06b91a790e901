//! What tasks find outside: addresses that answer as the page's service worker does, and counting
//! with nobody else.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use manyhands::runtime::io::{Completion, Counted, Isolated, Poller, Request, Response};

/// Somebody who answers.
pub fn poller() -> Arc<dyn Poller> {
    Arc::new(Outside::default())
}

/// The runtime is answered by one at a time, as a host's event loop does.
#[derive(Debug, Default)]
struct Outside(Arc<Mutex<()>>);

impl Outside {
    fn answer<A: 'static>(
        &self,
        completion: Completion<A>,
        find: impl FnOnce() -> Result<A, String> + Send + 'static,
    ) where
        Completion<A>: Send,
    {
        let turn = self.0.clone();
        thread::spawn(move || {
            let answer = find();
            let _turn = turn.lock().expect("nobody panics in a turn");
            completion.complete(answer);
        });
    }
}

impl Poller for Outside {
    fn submit(&self, request: Request, completion: Completion) {
        self.answer(completion, move || {
            let query = request.address.strip_prefix("net/slow?");
            let query = query.ok_or("Nothing else is answered here.")?;
            let number = |name: &str| {
                let value = query.split('&').find_map(|pair| pair.strip_prefix(name));
                value.and_then(|value| value.parse().ok()).unwrap_or(0)
            };
            thread::sleep(Duration::from_millis(number("ms=")));
            Ok(Response { status: 200, bytes: number("bytes=") })
        });
    }

    fn isolate(&self, work: Isolated, completion: Completion<Counted>) {
        self.answer(completion, move || {
            Ok(Counted { count: work.increments, copying: Duration::ZERO })
        });
    }
}
