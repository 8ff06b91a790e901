//! The check of every value that comes from the form, a URL or a script.

use serde_json::{Map, Value as Json};

use super::param::Param;
use super::sentence::{Refusal, listed, quoted};
use super::values::Values;

/// The maximum number of unknown names that a sentence lists. A URL can hold hundreds of unknown
/// names.
const MOST_NAMED: usize = 3;

/// Returns the value of every parameter: the given one, or the default if none was given.
///
/// # Errors
///
/// A refusal for each value that is not allowed, and one refusal for all unknown names together.
pub fn check(params: &[Param], given: &Map<String, Json>) -> Result<Values, Vec<Refusal>> {
    let mut values = Vec::with_capacity(params.len());
    let mut refusals = Vec::new();
    for param in params {
        match param.read(given.get(param.name.as_ref()).unwrap_or(&param.default)) {
            Ok(value) => values.push((param.name.clone(), value)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    let unknown: Vec<_> =
        given.keys().filter(|name| params.iter().all(|param| param.name != **name)).collect();
    refusals.extend(no_parameters(params, &unknown));
    if refusals.is_empty() { Ok(Values(values)) } else { Err(refusals) }
}

/// Returns one refusal for all unknown names, if there are any. The refusal's `param` is the first
/// unknown name.
fn no_parameters(params: &[Param], unknown: &[&String]) -> Option<Refusal> {
    let (first, others) = unknown.split_first()?;
    let known: Vec<_> = params.iter().map(|param| param.name.to_string()).collect();
    let known = listed(&known, "and");
    let sentence = match others {
        [] => format!("There is no parameter {}; there are {known}.", quoted(first)),
        _ => {
            let mut names: Vec<_> =
                unknown.iter().take(MOST_NAMED).map(|name| quoted(name)).collect();
            if unknown.len() > MOST_NAMED {
                let others = unknown.len() - MOST_NAMED;
                names.push(if others == 1 { "1 other".into() } else { format!("{others} others") });
            }
            format!("There are no parameters {}; there are {known}.", listed(&names, "and"))
        }
    };
    Some(Refusal::new(*first, sentence))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn params() -> Vec<Param> {
        vec![
            Param::integer("dishes", "Dishes", 1..=64, 4).primary(),
            Param::integer("chopMs", "Chop", 0..=500, 60).unit("ms"),
            Param::number("work", "Work", 0.0..=30.0, 0.8).unit("s"),
            Param::optional_integer("iterations", "Iterations", 1..=1000),
            Param::choice("kind", "Kind of work", vec!["wait", "compute"]),
            Param::list("numbers", "Numbers", -10..=10, &[7, -9]),
        ]
    }

    fn checked(given: Json) -> Result<Values, Vec<Refusal>> {
        check(&params(), given.as_object().expect("tests hand in objects"))
    }

    /// Returns the sentence that refuses `value` for `name`. There must be exactly one refusal.
    fn refusal(name: &str, value: Json) -> String {
        let refusals = checked(json!({ name: value })).expect_err("this must be refused");
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        assert_eq!(refusals[0].param, name);
        refusals[0].sentence.clone()
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let values = checked(json!({ "dishes": 8 })).unwrap();
        assert_eq!(values.count("dishes"), 8);
        assert_eq!(values.integer("chopMs"), 60);
        assert_eq!(values.number("work"), 0.8);
        assert_eq!(values.given("iterations"), None);
        assert_eq!(values.choice("kind"), "compute");
        assert_eq!(values.list("numbers"), [7, -9]);
    }

    #[test]
    fn both_limits_are_allowed() {
        for dishes in [1, 64] {
            assert_eq!(checked(json!({ "dishes": dishes })).unwrap().integer("dishes"), dishes);
        }
        for work in [0.0, 30.0] {
            assert_eq!(checked(json!({ "work": work })).unwrap().number("work"), work);
        }
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        assert_eq!(checked(json!({ "dishes": 8.0 })).unwrap().integer("dishes"), 8);
        assert_eq!(checked(json!({ "dishes": 1e1 })).unwrap().integer("dishes"), 10);
    }

    #[test]
    fn values_can_be_handed_in_again() {
        let values = checked(json!({ "numbers": [1, 2], "work": 2 })).unwrap();
        assert_eq!(checked(values.to_json()).unwrap(), values);
        let all = json!({
            "dishes": 4, "chopMs": 60, "work": 2, "iterations": null, "kind": "compute",
            "numbers": [1, 2],
        });
        assert_eq!(values.to_json().to_string(), all.to_string());
    }

    #[test]
    fn every_bad_number_is_refused_with_the_limits() {
        let limits = "Dishes must be a whole number from 1 to 64";
        for (given, instead) in [
            (json!(0), "0"),
            (json!(-1), "-1"),
            (json!(65), "65"),
            (json!(1e300), "1e+300"),
            (json!(2.5), "2.5"),
            (json!("8"), "the text \"8\""),
            (json!("many"), "the text \"many\""),
            (json!(""), "empty"),
            (json!(" "), "empty"),
            (json!(null), "null"),
            (json!(true), "true"),
            (json!([8]), "a list"),
            (json!({ "a": 8 }), "an object"),
            (json!({ "notJson": "NaN" }), "NaN"),
            (json!({ "notJson": "-Infinity" }), "-Infinity"),
            (json!({ "notJson": "8n" }), "8n"),
        ] {
            assert_eq!(refusal("dishes", given), format!("{limits}, not {instead}."));
        }
    }

    #[test]
    fn a_number_need_not_be_whole_but_within_its_limits() {
        assert_eq!(checked(json!({ "work": 0.25 })).unwrap().number("work"), 0.25);
        assert_eq!(refusal("work", json!(30.1)), "Work must be a number from 0 to 30 s, not 30.1.");
        assert_eq!(
            refusal("work", json!({ "notJson": "NaN" })),
            "Work must be a number from 0 to 30 s, not NaN."
        );
    }

    #[test]
    fn a_sentence_names_the_label_and_the_unit() {
        assert_eq!(
            refusal("chopMs", json!(501)),
            "Chop must be a whole number from 0 to 500 ms, not 501."
        );
    }

    #[test]
    fn a_choice_is_one_of_its_words() {
        assert_eq!(checked(json!({ "kind": "wait" })).unwrap().choice("kind"), "wait");
        let limits = "Kind of work must be \"wait\" or \"compute\"";
        assert_eq!(refusal("kind", json!("Wait")), format!("{limits}, not the text \"Wait\"."));
        assert_eq!(refusal("kind", json!(1)), format!("{limits}, not 1."));
    }

    #[test]
    fn a_list_is_refused_for_any_of_its_values() {
        assert_eq!(checked(json!({ "numbers": [] })).unwrap().list("numbers"), [0; 0]);
        let limits = "Numbers must be a list of at most 1000 whole numbers from -10 to 10";
        for (given, instead) in [
            (json!(7), "not 7"),
            (json!("7, 2"), "not the text \"7, 2\""),
            (json!([1, 2.5]), "but number 2 is 2.5"),
            (json!([1, 2, 11]), "but number 3 is 11"),
            (json!(["1"]), "but number 1 is the text \"1\""),
            (json!([[1]]), "but number 1 is a list"),
            (json!([{ "notJson": "NaN" }]), "but number 1 is NaN"),
            (json!(vec![0; 1001]), "not 1001"),
        ] {
            assert_eq!(refusal("numbers", given), format!("{limits}, {instead}."));
        }
    }

    #[test]
    fn a_text_has_a_limit_of_bytes_and_may_be_empty() {
        let params = [Param::text("source", "Source", 8, "hi")];
        let checked = |given: Json| check(&params, json!({ "source": given }).as_object().unwrap());
        for good in ["", " ", "a\nb", "αβγδ"] {
            assert_eq!(&**checked(json!(good)).unwrap().text("source"), good);
            assert_eq!(checked(json!(good)).unwrap().to_json()["source"], good);
        }
        for (given, instead) in
            [(json!("αβγδε"), "not 10"), (json!(8), "not 8"), (json!(["a"]), "not a list")]
        {
            let refusals = checked(given).unwrap_err();
            let expected = format!("Source must be a text of at most 8 bytes, {instead}.");
            assert_eq!(refusals[0].sentence, expected);
        }
    }

    #[test]
    fn addresses_are_those_of_the_web_and_of_this_site() {
        let params = [Param::addresses("addresses", "Addresses")];
        let checked =
            |given: Json| check(&params, json!({ "addresses": given }).as_object().unwrap());
        let good = checked(json!(["https://example.org/a", "net/slow?ms=5"])).unwrap();
        assert_eq!(good.addresses("addresses"), ["https://example.org/a", "net/slow?ms=5"]);
        assert_eq!(good.to_json()["addresses"][1], "net/slow?ms=5");
        assert!(checked(json!([])).unwrap().addresses("addresses").is_empty());
        let limits = "Addresses must be a list of at most 64 addresses that begin with http:// or \
                      https://, or with neither for a file of this site";
        for (given, instead) in [
            (
                json!(["a", "javascript:alert(1)"]),
                "but number 2 is the text \"javascript:alert(1)\"",
            ),
            (json!(["file:///etc"]), "but number 1 is the text \"file:///etc\""),
            (json!([7]), "but number 1 is 7"),
            (json!("https://example.org"), "not the text \"https://example.org\""),
            (json!(vec!["a"; 65]), "not 65"),
        ] {
            let refusals = checked(given).unwrap_err();
            assert_eq!(refusals[0].sentence, format!("{limits}, {instead}."));
        }
        assert_eq!(params[0].to_json()["kind"], "list");
        assert_eq!(params[0].to_json()["min"], Json::Null);
    }

    #[test]
    fn null_is_a_value_only_where_there_need_be_none() {
        let values = checked(json!({ "iterations": null })).unwrap();
        assert_eq!(values.given("iterations"), None);
        let values = checked(json!({ "iterations": 3 })).unwrap();
        assert_eq!(values.given("iterations"), Some(3));
        assert_eq!(
            refusal("iterations", json!(0)),
            "Iterations must be a whole number from 1 to 1000, not 0."
        );
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        assert_eq!(
            refusal("dishs", json!(4)),
            "There is no parameter \"dishs\"; \
             there are dishes, chopMs, work, iterations, kind and numbers."
        );
    }

    #[test]
    fn many_unknown_names_are_refused_in_one_sentence() {
        let known = "there are dishes, chopMs, work, iterations, kind and numbers.";
        let refused = |many: usize| {
            let given: Map<_, _> = (0..many).map(|n| (format!("p{n:03}"), json!(n))).collect();
            let refusals = check(&params(), &given).unwrap_err();
            assert_eq!(refusals.len(), 1);
            assert_eq!(refusals[0].param, "p000");
            refusals[0].sentence.clone()
        };
        assert_eq!(refused(2), format!("There are no parameters \"p000\" and \"p001\"; {known}"));
        let names = "\"p000\", \"p001\", \"p002\" and 197 others";
        assert!(refused(4).contains(" and 1 other; "));
        assert_eq!(refused(200), format!("There are no parameters {names}; {known}"));
    }

    #[test]
    fn a_text_that_was_meant_as_a_number_is_refused_with_advice() {
        assert_eq!(
            refusal("chopMs", json!("1.000")),
            "Chop must be a whole number from 0 to 500 ms, not the text \"1.000\", \
             which can mean 1000 or 1: write one of these."
        );
        assert_eq!(
            refusal("work", json!("0,8")),
            "Work must be a number from 0 to 30 s, not the text \"0,8\": write 0.8, with a point."
        );
        assert_eq!(
            refusal("numbers", json!([1, "2.000"])),
            "Numbers must be a list of at most 1000 whole numbers from -10 to 10, but number 2 is \
             the text \"2.000\", which can mean 2000 or 2: write one of these."
        );
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let refusals = checked(json!({ "what": 1, "chopMs": -1, "dishes": "4" })).unwrap_err();
        let names: Vec<_> = refusals.iter().map(|refusal| refusal.param.as_str()).collect();
        assert_eq!(names, ["dishes", "chopMs", "what"]);
    }

    #[test]
    fn a_long_text_is_cut_in_the_sentence() {
        let sentence = refusal("dishes", json!("é".repeat(500)));
        assert!(sentence.chars().count() < 120, "{sentence}");
    }

    #[test]
    fn the_catalogue_names_limits_for_each_kind() {
        let shown: Vec<_> = params().iter().map(Param::to_json).collect();
        assert_eq!(shown[0]["kind"], "integer");
        assert_eq!((&shown[0]["min"], &shown[0]["max"]), (&json!(1), &json!(64)));
        assert_eq!((&shown[2]["min"], &shown[2]["max"]), (&json!(0), &json!(30)));
        assert_eq!(shown[2]["choices"], json!([]));
        assert_eq!(shown[3]["default"], Json::Null);
        assert_eq!(shown[4]["choices"], json!(["wait", "compute"]));
        assert_eq!(shown[4]["min"], Json::Null);
        assert_eq!(shown[5]["default"], json!([7, -9]));
    }

    #[test]
    fn every_default_is_a_value() {
        for param in params() {
            param.read(&param.default).unwrap();
        }
    }
}
