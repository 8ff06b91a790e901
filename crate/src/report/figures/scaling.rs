//! How a program scales: the measurements of a sweep over numbers of processors, and the laws that
//! are fitted to them. T(p) is the time on p processors, and S is the speed-up.
//!
//! - **Amdahl** (1967, "Validity of the single processor approach"): a share `s` of the time on one
//!   processor can't be divided, so T(p) / T(1) = s + (1 − s) / p.
//! - **Karp and Flatt** (1990, "Measuring parallel processor performance"): the share `s` that
//!   follows from a single point is (1/S − 1/p) / (1 − 1/p). If `s` rises with p, overhead grows.
//! - **Universal Scalability Law** (Gunther 1993): S(p) = p / (1 + σ (p − 1) + κ p (p − 1)), with
//!   contention σ and coherency κ.
//! - **Gustafson** (1988, "Reevaluating Amdahl's law"): if the work grows with the processors, the
//!   scaled speed-up is p − s (p − 1).
//!
//! A law is fitted by least squares to the medians of at least four points. Oversubscribed points
//! are left out: if processors share cores, the times say nothing about a law.

use super::median::median;

/// The smallest number of points that a fit needs.
const LEAST_POINTS: usize = 4;

/// The numbers of processors for which the laws predict a speed-up.
const PREDICTED: [u32; 3] = [8, 16, 64];

/// The number of steps of a law's curve: 2 to the power of `HALVINGS`. More steps would not make
/// the curve look smoother.
const CURVE_STEPS: u32 = 1 << HALVINGS;

const HALVINGS: u32 = 6;

/// What was measured with one number of processors.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number of processors.
    pub processors: u32,
    /// The wall time of each repeat, in milliseconds.
    pub walls_ms: Vec<f64>,
}

/// The figures of one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The number of processors.
    pub processors: u32,
    /// The median wall time of the repeats, in milliseconds.
    pub median_ms: f64,
    /// The wall time of the fastest repeat, in milliseconds.
    pub least_ms: f64,
    /// The wall time of the slowest repeat, in milliseconds.
    pub most_ms: f64,
    /// The median on one processor / this median. If the work grows, the quotient is multiplied by
    /// the number of processors. NaN if the time on one processor was not measured.
    pub speedup: f64,
    /// The speed-up / the number of processors.
    pub efficiency: f64,
    /// Karp and Flatt's serial share. `None` for one processor, if the work grows, or if the
    /// speed-up is unknown.
    pub karp_flatt: Option<f64>,
    /// Whether there were more processors than the browser reports.
    pub oversubscribed: bool,
}

/// A share with the standard error of its fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share as fitted. Noise may make it negative.
    pub value: f64,
    /// The standard error of the share.
    pub error: f64,
}

/// The two coefficients of the Universal Scalability Law. Neither is negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usl {
    /// Contention: the cost of waiting for shared resources.
    pub sigma: f64,
    /// Coherency: the cost of agreement between processors.
    pub kappa: f64,
}

/// The speed-up that the laws give for a number of processors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The number of processors. On a curve it can have a fraction part.
    pub processors: f64,
    /// Amdahl's speed-up, or Gustafson's if the work grows.
    pub amdahl: f64,
    /// The Universal Scalability Law's speed-up, or `None` if the work grows.
    pub usl: Option<f64>,
}

/// The fitted laws.
#[derive(Clone, Debug, PartialEq)]
pub struct Laws {
    /// Amdahl's serial share, or Gustafson's if the work grows.
    pub serial: Share,
    /// The Universal Scalability Law, or `None` if the work grows.
    pub usl: Option<Usl>,
    /// Predictions for numbers of processors above the largest one that the fit used.
    pub predictions: Vec<Prediction>,
    /// The laws as curves, from one processor to the largest number that was measured or predicted.
    /// A curve has `CURVE_STEPS` steps, and each step multiplies the number by the same ratio.
    pub curve: Vec<Prediction>,
}

/// The figures of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// The points, in the order of their numbers of processors.
    pub points: Vec<Measured>,
    /// The laws, or a sentence that says why there are none.
    pub laws: Result<Laws, String>,
}

/// Computes the figures of a sweep. `cores` is the number of processors that the browser reports.
/// `growing` says whether the work was multiplied by the number of processors. Points without a
/// repeat are ignored.
pub fn scaling(points: &[Point], cores: u32, growing: bool) -> Scaling {
    let mut points: Vec<&Point> =
        points.iter().filter(|point| !point.walls_ms.is_empty()).collect();
    points.sort_by_key(|point| point.processors);
    let alone = points.iter().find(|point| point.processors == 1);
    let alone_ms = alone.map(|point| median(point.walls_ms.clone()));
    let measured = |point: &&Point| {
        let median_ms = median(point.walls_ms.clone());
        let p = f64::from(point.processors);
        let work = if growing { p } else { 1.0 };
        let speedup = alone_ms.map_or(f64::NAN, |alone| work * alone / median_ms);
        let karp_flatt = (point.processors > 1 && !growing && speedup.is_finite())
            .then(|| (1.0 / speedup - 1.0 / p) / (1.0 - 1.0 / p));
        Measured {
            processors: point.processors,
            median_ms,
            least_ms: point.walls_ms.iter().copied().fold(f64::INFINITY, f64::min),
            most_ms: point.walls_ms.iter().copied().fold(0.0, f64::max),
            speedup,
            efficiency: speedup / p,
            karp_flatt,
            oversubscribed: point.processors > cores,
        }
    };
    let points: Vec<Measured> = points.iter().map(measured).collect();
    let laws = laws(&points, growing);
    Scaling { points, laws }
}

fn laws(points: &[Measured], growing: bool) -> Result<Laws, String> {
    let fit: Vec<&Measured> = points.iter().filter(|point| !point.oversubscribed).collect();
    if fit.first().is_none_or(|point| point.processors != 1) {
        return Err("A law needs the time on one processor, which was not measured.".into());
    }
    if fit.len() < LEAST_POINTS {
        let were = if fit.len() == 1 { "was one" } else { &format!("were {}", fit.len()) };
        return Err(format!(
            "A curve needs times for at least {LEAST_POINTS} numbers of processors, none of them higher \
             than the browser reports; here {were}. With more, processors share cores, and their \
             times say nothing about a law.",
        ));
    }
    let serial = if growing { gustafson(&fit) } else { amdahl(&fit) };
    let usl = (!growing).then(|| usl(&fit));
    let most = fit.iter().map(|point| point.processors).max().unwrap_or(1);
    let s = serial.value.clamp(0.0, 1.0);
    let predict = |p: f64| Prediction {
        processors: p,
        amdahl: if growing { p - s * (p - 1.0) } else { 1.0 / (s + (1.0 - s) / p) },
        usl: usl.map(|Usl { sigma, kappa }| p / (1.0 + sigma * (p - 1.0) + kappa * p * (p - 1.0))),
    };
    let beyond = PREDICTED.into_iter().filter(|p| *p > most);
    let predictions = beyond.clone().map(|p| predict(f64::from(p))).collect();
    let shown = points.iter().map(|point| point.processors).chain(beyond).max().unwrap_or(1);
    // Repeated square roots compute the root. A square root is one instruction in WebAssembly, but
    // a power is not.
    let ratio = (0..HALVINGS).fold(f64::from(shown), |root, _| root.sqrt());
    let steps = std::iter::successors(Some(1.0), |at| Some(at * ratio));
    let curve = steps.take(CURVE_STEPS as usize + 1).map(predict).collect();
    Ok(Laws { serial, usl, predictions, curve })
}

/// Fits Amdahl's law in the form T(p)/T(1) − 1/p = s (1 − 1/p).
fn amdahl(points: &[&Measured]) -> Share {
    through_origin(points.iter().filter(|point| point.processors > 1).map(|point| {
        let p = f64::from(point.processors);
        (1.0 - 1.0 / p, 1.0 / point.speedup - 1.0 / p)
    }))
}

/// Fits Gustafson's law in the form p − S = s (p − 1).
fn gustafson(points: &[&Measured]) -> Share {
    through_origin(points.iter().filter(|point| point.processors > 1).map(|point| {
        let p = f64::from(point.processors);
        (p - 1.0, p - point.speedup)
    }))
}

/// Fits the Universal Scalability Law in the form p/S − 1 = σ (p − 1) + κ p (p − 1). A negative
/// coefficient has no meaning. Such a coefficient is set to 0, and the other coefficient is fitted
/// alone.
fn usl(points: &[&Measured]) -> Usl {
    let rows = || {
        points.iter().filter(|point| point.processors > 1).map(|point| {
            let p = f64::from(point.processors);
            (p - 1.0, p * (p - 1.0), p / point.speedup - 1.0)
        })
    };
    let sum = |of: fn((f64, f64, f64)) -> f64| rows().map(of).sum::<f64>();
    let (aa, ab, bb) = (sum(|(a, _, _)| a * a), sum(|(a, b, _)| a * b), sum(|(_, b, _)| b * b));
    let (ay, by) = (sum(|(a, _, y)| a * y), sum(|(_, b, y)| b * y));
    let determinant = aa * bb - ab * ab;
    let sigma = (ay * bb - by * ab) / determinant;
    let kappa = (by * aa - ay * ab) / determinant;
    if kappa < 0.0 {
        Usl { sigma: (ay / aa).max(0.0), kappa: 0.0 }
    } else if sigma < 0.0 {
        Usl { sigma: 0.0, kappa: (by / bb).max(0.0) }
    } else {
        Usl { sigma, kappa }
    }
}

/// Fits a line through the origin by least squares. Returns its slope with the standard error.
fn through_origin(points: impl Iterator<Item = (f64, f64)>) -> Share {
    let points: Vec<(f64, f64)> = points.collect();
    let squares: f64 = points.iter().map(|(x, _)| x * x).sum();
    let value = points.iter().map(|(x, y)| x * y).sum::<f64>() / squares;
    let residue: f64 = points.iter().map(|(x, y)| (y - value * x).powi(2)).sum();
    let freedom = (points.len() as f64 - 1.0).max(1.0);
    Share { value, error: (residue / freedom / squares).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(walls: &[(u32, f64)]) -> Vec<Point> {
        let point = |&(processors, wall): &(u32, f64)| Point { processors, walls_ms: vec![wall] };
        walls.iter().map(point).collect()
    }

    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual}, not {expected}");
    }

    #[test]
    fn a_point_has_its_median_its_spread_and_its_speedup() {
        let points = [
            Point { processors: 2, walls_ms: vec![60.0, 50.0, 55.0, 65.0] },
            Point { processors: 1, walls_ms: vec![100.0, 120.0, 115.0] },
            Point { processors: 3, walls_ms: vec![] },
        ];
        let Scaling { points, laws } = scaling(&points, 1, false);
        assert_eq!(points.len(), 2);
        let two = points[1];
        assert_eq!((two.median_ms, two.least_ms, two.most_ms), (57.5, 50.0, 65.0));
        near(two.speedup, 2.0);
        near(two.efficiency, 1.0);
        near(two.karp_flatt.unwrap(), 0.0);
        assert!(two.oversubscribed && !points[0].oversubscribed);
        assert!(points[0].karp_flatt.is_none());
        assert!(laws.unwrap_err().contains("here was one"));
    }

    #[test]
    fn amdahl_finds_the_share_that_made_the_times() {
        // A fifth of the work is serial: T(p) = 20 + 80 / p.
        let times: Vec<_> = [1, 2, 4, 8].map(|p| (p, 20.0 + 80.0 / f64::from(p))).to_vec();
        let Scaling { points, laws } = scaling(&sweep(&times), 8, false);
        let laws = laws.unwrap();
        near(laws.serial.value, 0.2);
        near(laws.serial.error, 0.0);
        assert!(points[1..].iter().all(|point| (point.karp_flatt.unwrap() - 0.2).abs() < 1e-9));
        // Amdahl's law is the Universal Scalability Law with σ = s and κ = 0.
        near(laws.usl.unwrap().sigma, 0.2);
        near(laws.usl.unwrap().kappa, 0.0);
        // 1 / (0.2 + 0.8 / 16) = 4, and for 64: 1 / (0.2 + 0.0125).
        assert_eq!(laws.predictions.len(), 2);
        near(laws.predictions[0].amdahl, 4.0);
        near(laws.predictions[1].amdahl, 1.0 / 0.2125);
    }

    #[test]
    fn a_curve_goes_from_one_processor_to_the_most_that_is_shown() {
        let times: Vec<_> = [1, 2, 4, 8].map(|p| (p, 20.0 + 80.0 / f64::from(p))).to_vec();
        let laws = scaling(&sweep(&times), 8, false).laws.unwrap();
        let (first, last) = (laws.curve[0], laws.curve[64]);
        assert_eq!(laws.curve.len(), 65);
        near(first.processors, 1.0);
        near(first.amdahl, 1.0);
        near(last.processors, 64.0);
        near(last.amdahl, laws.predictions[1].amdahl);
        near(last.usl.unwrap(), laws.predictions[1].usl.unwrap());
        let ratio = 64f64.powf(1.0 / 64.0);
        for pair in laws.curve.windows(2) {
            near(pair[1].processors / pair[0].processors, ratio);
        }
    }

    #[test]
    fn the_error_is_the_standard_error_of_the_slope() {
        // Computed by hand: the slope is 1.4 / 1.25, and there is one degree of freedom.
        let share = through_origin([(1.0, 1.0), (0.5, 0.8)].into_iter());
        near(share.value, 1.12);
        // The squares of the residuals −0.12 and 0.24 add up to 0.072; 0.072 / 1 / 1.25 = 0.0576.
        near(share.error, 0.24);
    }

    #[test]
    fn the_universal_law_finds_both_coefficients() {
        let speedup = |p: f64| p / (1.0 + 0.05 * (p - 1.0) + 0.01 * p * (p - 1.0));
        let times: Vec<_> = [1, 2, 3, 4, 6].map(|p| (p, 100.0 / speedup(f64::from(p)))).to_vec();
        let laws = scaling(&sweep(&times), 8, false).laws.unwrap();
        near(laws.usl.unwrap().sigma, 0.05);
        near(laws.usl.unwrap().kappa, 0.01);
        near(laws.predictions[0].usl.unwrap(), speedup(8.0));
    }

    #[test]
    fn better_than_ideal_is_no_negative_coefficient() {
        let times = [(1, 100.0), (2, 48.0), (3, 31.0), (4, 23.0)];
        let laws = scaling(&sweep(&times), 8, false).laws.unwrap();
        assert_eq!(laws.usl.unwrap(), Usl { sigma: 0.0, kappa: 0.0 });
        assert!(laws.serial.value < 0.0);
        near(laws.predictions[0].amdahl, 8.0);
    }

    #[test]
    fn gustafson_where_the_work_grows() {
        // With s = 0.1, p times the work takes T(1) · p / (p − 0.1 (p − 1)).
        let time = |p: f64| 100.0 * p / (p - 0.1 * (p - 1.0));
        let times: Vec<_> = [1, 2, 3, 4].map(|p| (p, time(f64::from(p)))).to_vec();
        let Scaling { points, laws } = scaling(&sweep(&times), 4, true);
        near(points[3].speedup, 3.7);
        assert!(points[3].karp_flatt.is_none());
        let laws = laws.unwrap();
        near(laws.serial.value, 0.1);
        assert!(laws.usl.is_none());
        near(laws.predictions[0].amdahl, 7.3);
    }

    #[test]
    fn no_law_from_oversubscribed_points_or_without_one_processor() {
        let times = [(1, 100.0), (2, 50.0), (3, 50.0), (4, 50.0)];
        let refused = scaling(&sweep(&times), 2, false).laws.unwrap_err();
        assert!(refused.contains("at least 4") && refused.contains("here were 2"), "{refused}");
        let refused = scaling(&sweep(&times[1..]), 8, false).laws.unwrap_err();
        assert!(refused.contains("one processor"), "{refused}");
        assert!(scaling(&[], 8, false).laws.is_err());
    }
}
