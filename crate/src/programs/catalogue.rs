//! Every program, in the order of the lessons.

#[cfg(feature = "guests")]
use super::for_scripts::guest;
use super::for_scripts::{fault, meeting, runaway, text};
use super::lessons::{
    counters, fetch, greeters, images, kitchen, mandelbrot, pipeline, pool, quadrants, spaces, sum,
};
use super::support::Program;
use crate::sync::{Arc, LazyLock};

/// The programs of the lessons, in the order of the lessons.
const LESSONS: [fn() -> Program; 11] = [
    kitchen::program,
    greeters::program,
    counters::program,
    quadrants::program,
    sum::program,
    spaces::program,
    fetch::program,
    images::program,
    pool::program,
    pipeline::program,
    mandelbrot::program,
];

/// The programs that only scripts can start. No lesson shows them.
const FOR_SCRIPTS: &[fn() -> Program] = &[
    runaway::program,
    fault::program,
    meeting::program,
    text::program,
    #[cfg(feature = "guests")]
    guest::program,
];

static PROGRAMS: LazyLock<Vec<Arc<Program>>> = LazyLock::new(|| {
    LESSONS.iter().chain(FOR_SCRIPTS).map(|program| Arc::new(program())).collect()
});

/// Returns the programs of the lessons, in the order of the lessons.
pub fn lesson_programs() -> &'static [Arc<Program>] {
    &PROGRAMS[..LESSONS.len()]
}

/// Returns the programs that only scripts can start.
pub fn programs_for_scripts() -> &'static [Arc<Program>] {
    &PROGRAMS[LESSONS.len()..]
}

/// Returns the program whose id is `id`, from the lessons or for scripts.
pub fn find(id: &str) -> Option<Arc<Program>> {
    PROGRAMS.iter().find(|program| program.id == id).cloned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::params::check;
    use crate::programs::support::Machine;

    const MACHINES: [Machine; 3] = [
        Machine { cores: 1, isolated: false, steps_per_ms: 50_000.0 },
        Machine { cores: 2, isolated: true, steps_per_ms: 400_000.0 },
        Machine { cores: 64, isolated: true, steps_per_ms: 1e6 },
    ];

    #[test]
    fn the_names_that_others_rely_on() {
        let shown: Vec<_> = lesson_programs()
            .iter()
            .map(|program| {
                let params = (program.params)(&MACHINES[1]);
                let names = |primary| {
                    let chosen = params.iter().filter(|param| param.primary == primary);
                    chosen.map(|param| param.name.as_ref()).collect::<Vec<_>>().join(" ")
                };
                format!("{}: {} · {}", program.id, names(true), names(false))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "kitchen: dishes chopMs boilMs · ",
                "greeters: times mainWaitsMs · greeters firstDelayMs delayStepMs",
                "counters: counters timeSliceMs · work iterations serialPercent",
                "quadrants: tasks taskMs · ",
                "sum: numbers parts · length capacity",
                "spaces: workers update · increments payloadMiB",
                "fetch: requests latencyMs · spreadMs bytes addresses",
                "images: images filter · size radius tiles",
                "pool: workers jobs jobMs work · capacity",
                "pipeline: from to squarers · workUs capacity",
                "mandelbrot: width · height iterations",
            ]
        );
    }

    #[test]
    fn ids_and_labels_are_unique_and_everything_is_explained() {
        for (place, program) in lesson_programs().iter().enumerate() {
            assert!(lesson_programs()[..place].iter().all(|other| other.id != program.id));
            assert!(!program.title.is_empty() && !program.lesson.is_empty());
            assert!(program.summary.ends_with('.'));
            let params = (program.params)(&MACHINES[0]);
            for (place, param) in params.iter().enumerate() {
                assert!(params[..place].iter().all(|other| other.label != param.label));
                assert!(param.help.ends_with('.'), "{} {}", program.id, param.name);
            }
            assert!(params.iter().any(|param| param.name == program.workload_param));
        }
    }

    #[test]
    fn a_lane_takes_a_second_and_a_half_at_most_on_its_defaults_on_any_machine() {
        for machine in &MACHINES {
            for program in lesson_programs() {
                let values = check(&(program.params)(machine), &Default::default()).unwrap();
                for structure in &program.structures {
                    let takes = (program.estimated_duration)(&values, machine, *structure);
                    assert!(takes < Duration::from_millis(1500), "{program:?} takes {takes:?}");
                }
            }
        }
    }

    #[test]
    fn the_catalogue_as_javascript_gets_it() {
        let kitchen = find("kitchen").unwrap().to_json(&MACHINES[1]);
        assert_eq!(kitchen["structures"], json!(["sequential", "concurrent"]));
        assert_eq!(kitchen["params"][0]["default"], 4);
        assert_eq!(find("sum").unwrap().to_json(&MACHINES[1])["structures"], json!(["concurrent"]));
        assert!(find("kitchn").is_none());
    }
}
