//! The exponential function for `f32`, rounded to the nearest number.
//!
//! Outside a browser, the standard library calls the system's mathematical library, which rounds to
//! the nearest number except in rare cases. For wasm, the standard library has its own function.
//! The result of that function is off by up to one unit in the last place. This error changes some
//! pixels of a blur, because the weights of a blur are exponentials.

/// Replaces the function that `f32::exp` would call.
#[expect(unsafe_code, reason = "only the name is: it has to be this one, and to stand for this")]
#[unsafe(no_mangle)]
extern "C" fn expf(x: f32) -> f32 {
    f64::from(x).exp() as f32
}
