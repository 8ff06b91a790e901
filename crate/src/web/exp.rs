//! The exponential function for `f32`, rounded to the nearest number.
//!
//! Outside a browser the standard library asks the system's mathematical library, which rounds so
//! in all but rare cases. For wasm it brings its own, which is off by up to one unit in the last
//! place: enough for a blur, whose weights are exponentials, to come out another here and there.

/// Takes the place of the one that `f32::exp` would call.
#[expect(unsafe_code, reason = "only the name is: it has to be this one, and to stand for this")]
#[unsafe(no_mangle)]
extern "C" fn expf(x: f32) -> f32 {
    f64::from(x).exp() as f32
}
