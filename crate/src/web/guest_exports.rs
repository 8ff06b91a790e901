//! What this module exports to guests. The module that executes no guests exports nothing to them.

use wasm_bindgen::prelude::*;

use crate::runtime::guest_calls;

macro_rules! export {
    ($($name:ident = $exported:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[doc(hidden)]
            #[wasm_bindgen]
            pub fn $exported($($argument: $type),*) -> $result {
                guest_calls::$name($($argument),*)
            }
        )*

        /// The names of the calls: as a guest imports them, and as this module exports them.
        pub(super) const CALLS: &[(&str, &str)] =
            &[$((stringify!($name), stringify!($exported))),*];
    };
}

crate::runtime::guest_calls!(export);

/// Returns whether this thread panics.
#[doc(hidden)]
#[wasm_bindgen]
pub fn is_panicking() -> bool {
    std::thread::panicking()
}
