//! Prints the facts that the page shares with this crate, as JSON.
//!
//!     cargo run --example shared_facts

fn main() {
    println!("{}", manyhands::shared_facts::shared_facts());
}
