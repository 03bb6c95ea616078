//! Where the slope of σ jumps: which one a feature has that stays there, and when others get there.

use crate::network::Activation;

/// Sweeps after which the slopes of the features that stay at their kink are taken as they are.
const MOST_SWEEPS: usize = 1000;

/// Part of the largest unknown below which a sweep's change ends the sweeps.
const SETTLED: f64 = 1e-15;

/// Halvings when a moment is located; the last bits of the interval are rounding.
const HALVINGS: usize = 50;

/// σ' on the two sides of an activation's kink at 0.
#[derive(Clone, Copy, Debug)]
pub struct Kink {
    /// σ' left of it; right of it it is 1.
    pub low: f64,
}

impl Kink {
    /// The kink of ReLU and leaky ReLU; the others are smooth.
    pub fn of(activation: Activation) -> Option<Self> {
        (!activation.is_smooth()).then(|| Self {
            low: activation.derivative(-1.0_f64),
        })
    }

    /// Whether a slope is the one right of the kink.
    pub fn is_right(self, slope: f64) -> bool {
        slope > 0.5 * (1.0 + self.low)
    }
}

/// What an inner step loses if it ends at τ: size·(τ − at)^order, in H.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    /// Time from the start of the inner step.
    pub at: f64,
    /// Loss of following the old slope for a unit of time.
    pub size: f64,
    /// 1 where σ' jumps, 2 where it begins to leave its range.
    pub order: i32,
}

/// ‖loss in H‖_F of all features together where an inner step has the length τ.
pub fn delay(crossings: &[Crossing], tau: f64) -> f64 {
    let losses = crossings.iter().filter(|c| c.at < tau);
    let squares = losses.map(|c| (c.size * (tau - c.at).powi(c.order)).powi(2));
    squares.sum::<f64>().sqrt()
}

/// The longest inner step up to τ that loses no more than `allowed`.
pub fn longest(crossings: &[Crossing], allowed: f64, tau: f64) -> f64 {
    if delay(crossings, tau) <= allowed {
        return tau;
    }
    let (mut left, mut right) = (0.0, tau);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (left + right);
        if delay(crossings, middle) <= allowed {
            left = middle;
        } else {
            right = middle;
        }
    }
    right
}

/// One feature over an inner step, as the cubic through its ends; positive on its own side.
#[derive(Clone, Copy, Debug)]
pub struct Passage {
    /// Values at the start and at the end.
    pub value: [f64; 2],
    /// Derivatives there by the part of the step done.
    pub rate: [f64; 2],
}

impl Passage {
    /// Part of the inner step after which the feature first leaves its side; `None` where it stays.
    pub fn leaves(self) -> Option<f64> {
        let [start, end] = self.value;
        let [first, last] = self.rate;
        if end < 0.0 {
            let outwards = end < start;
            return outwards.then(|| if start > 0.0 { self.root(1.0) } else { 0.0 });
        }
        let turns = start > 0.0 && first < 0.0 && last > 0.0;
        let lowest = first / (first - last);
        (turns && self.at(lowest) < 0.0).then(|| self.root(lowest))
    }

    fn at(self, t: f64) -> f64 {
        let [start, end] = self.value;
        let [first, last] = self.rate;
        let s = 1.0 - t;
        s * s * ((1.0 + 2.0 * t) * start + t * first) + t * t * ((3.0 - 2.0 * t) * end - s * last)
    }

    /// A zero between 0, where the cubic is positive, and `right`, where it is negative.
    fn root(self, mut right: f64) -> f64 {
        let mut left = 0.0;
        for _ in 0..HALVINGS {
            let middle = 0.5 * (left + right);
            if self.at(middle) > 0.0 {
                left = middle;
            } else {
                right = middle;
            }
        }
        right
    }
}

/// Features of one neuron at their kinks, h_a = 0: with u_a = g_a·σ'_a they move at a rate of
/// −(rest_a + Σ_b K_ab u_b).
#[derive(Clone, Debug)]
pub struct AtKink {
    /// g_a.
    pub pull: Vec<f64>,
    /// What the neuron's other features add.
    pub rest: Vec<f64>,
    /// K_ab, row by row.
    pub gram: Vec<f64>,
    /// σ'_a to begin with; those with g_a ≤ 0 keep it, for their kink repels.
    pub slopes: Vec<f64>,
}

impl AtKink {
    /// The slopes with which the features stay where they are.
    pub fn stay(mut self) -> Vec<f64> {
        self.sweep(|slope| slope);
        self.slopes
    }

    /// The slopes within [low, 1] with which each feature stays, or moves to the side its slope is
    /// of: Filippov's solution. With K positive semidefinite it is the minimum of a convex function
    /// over a box, found one coordinate at a time.
    pub fn settle(mut self, kink: Kink) -> Vec<f64> {
        // The slope itself is limited, not u: low·g/g need not be `low`, and a feature that moves left
        // would count as one that stays.
        self.sweep(|slope| slope.clamp(kink.low, 1.0));
        self.slopes
    }

    fn sweep(&mut self, limit: impl Fn(f64) -> f64) {
        let count = self.pull.len();
        let pairs = self.pull.iter().zip(&self.slopes);
        let mut unknowns: Vec<f64> = pairs.map(|(g, slope)| g * slope).collect();
        for _ in 0..MOST_SWEEPS {
            let (mut change, mut size) = (0.0_f64, 0.0_f64);
            for a in 0..count {
                let row = &self.gram[a * count..(a + 1) * count];
                if self.pull[a] <= 0.0 || row[a] <= 0.0 {
                    continue;
                }
                let drive: f64 = row.iter().zip(&unknowns).map(|(k, u)| k * u).sum();
                let own = unknowns[a] - (self.rest[a] + drive) / row[a];
                self.slopes[a] = limit(own / self.pull[a]);
                let new = self.slopes[a] * self.pull[a];
                change = change.max((new - unknowns[a]).abs());
                size = size.max(new.abs()).max(self.pull[a]);
                unknowns[a] = new;
            }
            if change <= SETTLED * size || !change.is_finite() {
                break;
            }
        }
    }
}
