//! Conversion of JSON values to JavaScript's objects and lists, and back.
//!
//! JavaScript parses the text. A parser and a formatter in this module would make the download
//! larger.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Value as Json};
use wasm_bindgen::{JsCast, JsValue};

use crate::params::number;

/// The deepest nesting of lists and objects that is read: twice what any parameter needs.
const DEPTH: u32 = 4;

/// Parses `text`. Returns null if it is not JSON, and replaces values that are nested too deeply
/// by null.
pub(super) fn read(text: &str) -> Json {
    JSON::parse(text).map_or(Json::Null, |value| from_js(&value, DEPTH))
}

fn from_js(value: &JsValue, depth: u32) -> Json {
    if let Some(text) = value.as_string() {
        return Json::String(text);
    }
    if let Some(given) = value.as_f64() {
        return number(given);
    }
    if let Some(truth) = value.as_bool() {
        return Json::Bool(truth);
    }
    let Some(object) = value.dyn_ref::<Object>().filter(|_| depth > 0) else { return Json::Null };
    let inner = |value: JsValue| from_js(&value, depth - 1);
    if let Some(items) = value.dyn_ref::<Array>() {
        return Json::Array(items.iter().map(inner).collect());
    }
    let field = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        (pair.get(0).as_string().unwrap_or_default(), inner(pair.get(1)))
    };
    Json::Object(Object::entries(object).iter().map(field).collect::<Map<_, _>>())
}

/// Returns the value that JavaScript would get by parsing `value` as JSON text.
pub(super) fn to_js(value: &Json) -> JsValue {
    match value {
        Json::Null => JsValue::NULL,
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => number.as_f64().into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => list(items.iter().map(to_js)),
        Json::Object(fields) => {
            let object = Object::new().into();
            fields.iter().for_each(|(name, value)| set(&object, name, to_js(value)));
            object
        }
    }
}

/// Returns a JavaScript array of `items`.
pub(super) fn list(items: impl Iterator<Item = JsValue>) -> JsValue {
    items.collect::<Array>().into()
}

/// Returns a JavaScript object with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

fn set(object: &JsValue, name: &str, value: JsValue) {
    Reflect::set(object, &name.into(), &value).expect("a plain object takes any field");
}
