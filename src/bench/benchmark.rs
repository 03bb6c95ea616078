//! Names of the problems that are timed.

use std::fmt;
use std::str::FromStr;

use crate::network::Activation;
use crate::preset::nearest;

/// Every problem that is timed when none is named.
pub const LISTED: [Benchmark; 12] = [
    Benchmark::B1 { width: 8192 },
    Benchmark::B2,
    Benchmark::B3 { width: 1024 },
    Benchmark::B3 { width: 8192 },
    Benchmark::C1 { width: 2000 },
    Benchmark::C1 { width: 10_000 },
    Benchmark::D1 {
        width: 12,
        dimension: 12,
        activation: Activation::Softplus,
    },
    Benchmark::D1 {
        width: 25,
        dimension: 25,
        activation: Activation::Softplus,
    },
    Benchmark::E1 { width: 500 },
    Benchmark::E1 { width: 10_000 },
    Benchmark::A1,
    Benchmark::J,
];

/// Width of B1 where its name gives none.
const B1_WIDTH: usize = 8192;

/// A problem that is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Benchmark {
    /// tanh on n = 40 Gaussian points of R²⁰, scaling *ours*, W trained.
    B1 {
        /// Width m.
        width: usize,
    },
    /// ReLU, m = 8192, on the quadratic embedding D = 900 of n = 500 points.
    B2,
    /// ReLU on D = m random features of n = 600 points of R⁵⁰: the partially trained network of three
    /// layers.
    B3 {
        /// Width m and number of random features D.
        width: usize,
    },
    /// ReLU on n = 1000 points of the sphere of R¹⁰⁰⁰, a = 1/√m, W trained.
    C1 {
        /// Width m.
        width: usize,
    },
    /// Trials of a phase diagram: n = 100 points of the sphere, W trained; a trial a core.
    D1 {
        /// Width k.
        width: usize,
        /// Dimension d of the points.
        dimension: usize,
        /// Softplus or ReLU.
        activation: Activation,
    },
    /// A linear network on n = 100 points of R⁴⁰⁰, both layers trained.
    E1 {
        /// Width h.
        width: usize,
    },
    /// GELU, 784–1000–10, by SGD with batches of 128 on the 60 000 training digits.
    A1,
    /// All singular values of the Jacobian of C1 at the start, m = 2000.
    J,
}

/// A name that no problem has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown benchmark `{name}`{}; allowed: {}, with any sizes from 1 to {LARGEST}, and `,relu` after \
     D1-K,D",
    .nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean `{n}`?")),
    LISTED.map(|b| b.to_string()).join(" ")
)]
pub struct UnknownBenchmark {
    /// The name as written.
    pub name: String,
    /// The name with the nearest spelling.
    pub nearest: Option<String>,
}

/// Largest size a name may give.
const LARGEST: usize = 1 << 20;

impl Benchmark {
    /// What is trained, in a line.
    pub fn description(self) -> String {
        match self {
            Self::B1 { width } => format!("tanh, n = 40, d = 20, m = {width}"),
            Self::B2 => "ReLU on a quadratic embedding, D = 900, n = 500, m = 8192".to_owned(),
            Self::B3 { width } => format!("ReLU on random features, D = m = {width}, n = 600"),
            Self::C1 { width } => format!("ReLU, n = d = 1000, m = {width}"),
            Self::D1 {
                width,
                dimension,
                activation,
            } => format!("{activation:?}, n = 100, k = {width}, d = {dimension}, one trial a core"),
            Self::E1 { width } => format!("linear, n = 100, D = 400, h = {width}, both layers"),
            Self::A1 => {
                "GELU, 784–1000–10, SGD on 60 000 digits, batch 128, both layers".to_owned()
            }
            Self::J => "singular values of the Jacobian, ReLU, n = d = 1000, m = 2000".to_owned(),
        }
    }
}

impl fmt::Display for Benchmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::B1 { width: B1_WIDTH } => f.write_str("B1"),
            Self::B1 { width } => write!(f, "B1-{width}"),
            Self::B2 => f.write_str("B2"),
            Self::B3 { width } => write!(f, "B3-{width}"),
            Self::C1 { width } => write!(f, "C1-{width}"),
            Self::D1 {
                width,
                dimension,
                activation,
            } => {
                let rest = if *activation == Activation::Relu {
                    ",relu"
                } else {
                    ""
                };
                write!(f, "D1-{width},{dimension}{rest}")
            }
            Self::E1 { width } => write!(f, "E1-{width}"),
            Self::A1 => f.write_str("A1"),
            Self::J => f.write_str("J"),
        }
    }
}

impl FromStr for Benchmark {
    type Err = UnknownBenchmark;

    fn from_str(name: &str) -> Result<Self, UnknownBenchmark> {
        named(name).ok_or_else(|| UnknownBenchmark {
            name: name.to_owned(),
            nearest: nearest(name, &LISTED.map(|b| b.to_string())),
        })
    }
}

fn named(name: &str) -> Option<Benchmark> {
    let (kind, sizes) = match name.split_once('-') {
        Some((kind, sizes)) => (kind, sizes.split(',').collect()),
        None => (name, Vec::new()),
    };
    let activation = match sizes.get(2) {
        None | Some(&"softplus") => Activation::Softplus,
        Some(&"relu") => Activation::Relu,
        Some(_) => return None,
    };
    let size = |text: &str| {
        let size = text.parse().ok();
        size.filter(|size| (1..=LARGEST).contains(size))
    };
    Some(match (kind, sizes.as_slice()) {
        ("B1", []) => Benchmark::B1 { width: B1_WIDTH },
        ("B1", [m]) => Benchmark::B1 { width: size(m)? },
        ("B2", []) => Benchmark::B2,
        ("B3", [m]) => Benchmark::B3 { width: size(m)? },
        ("C1", [m]) => Benchmark::C1 { width: size(m)? },
        ("D1", [k, d] | [k, d, _]) => Benchmark::D1 {
            width: size(k)?,
            dimension: size(d)?,
            activation,
        },
        ("E1", [h]) => Benchmark::E1 { width: size(h)? },
        ("A1", []) => Benchmark::A1,
        ("J", []) => Benchmark::J,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_read_back() {
        let names = LISTED.map(|b| b.to_string());
        let expected =
            "B1 B2 B3-1024 B3-8192 C1-2000 C1-10000 D1-12,12 D1-25,25 E1-500 E1-10000 A1 J";
        assert_eq!(names.join(" "), expected);
        for (name, benchmark) in names.iter().zip(LISTED) {
            assert_eq!(name.parse(), Ok(benchmark));
        }
    }

    #[test]
    fn other_sizes_have_names_too() {
        for name in ["B1-1024", "C1-7", "D1-3,4", "D1-3,4,relu", "E1-1"] {
            let benchmark: Benchmark = name.parse().unwrap();
            assert_eq!(benchmark.to_string(), name);
        }
        let softplus: Benchmark = "D1-3,4,softplus".parse().unwrap();
        assert_eq!(softplus.to_string(), "D1-3,4");
    }

    #[test]
    fn unknown_names_are_told_the_nearest() {
        let wrong = [
            "B4",
            "b1",
            "B1-0",
            "B2-5",
            "C1",
            "C1-x",
            "D1-12",
            "D1-1,2,gelu",
            "D1-1,2,relu,3",
            "J-2",
        ];
        for name in wrong {
            let error = name.parse::<Benchmark>().unwrap_err();
            assert_eq!(error.name, name);
        }
        let error = "B3-1023x".parse::<Benchmark>().unwrap_err().to_string();
        let start = "unknown benchmark `B3-1023x`, did you mean `B3-1024`?; allowed: B1 B2 ";
        assert!(error.starts_with(start), "{error}");
    }
}
