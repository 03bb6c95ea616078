//! The tangent kernel of every arm as an image.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::KernelImage;
use crate::spec::Quantity;

use super::layer::Palette;
use super::{ArmStatus, at_or_before, pictured_arms};

/// What is shown of the kernels, and of which.
#[derive(Clone, Debug, Hash)]
pub struct KernelOptions<'a> {
    /// What is shown.
    pub view: KernelView,
    /// Whether the kernels of the run before are shown in the place of those of its arms.
    pub before: bool,
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
}

/// What is shown of the kernels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KernelView {
    /// K at the step shown.
    #[default]
    Kernel,
    /// Its change from the start.
    Change,
}

impl KernelView {
    /// The views in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Kernel, Self::Change];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Kernel => "kernel",
            Self::Change => "change",
        }
    }

    /// Its colours.
    pub fn palette(self) -> Palette {
        match self {
            Self::Kernel => Palette::Size,
            Self::Change => Palette::Change,
        }
    }

    /// What it shows.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Kernel => {
                "K(xₐ, x_b) = ⟨∂f(xₐ)/∂θ, ∂f(x_b)/∂θ⟩ on the training points shown, θ the trained weights; of several outputs the first"
            }
            Self::Change => {
                "Kₜ(xₐ, x_b) − K₀(xₐ, x_b), in colours that are neutral at 0: how far the kernel has left its start"
            }
        }
    }
}

/// Kernels of the visible arms.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelMap {
    /// What is shown.
    pub view: KernelView,
    /// The images, in the order of the arms.
    pub plots: Vec<KernelPlot>,
    /// Whether there are kernels of the run before to be shown.
    pub has_before: bool,
}

/// The kernel of an arm.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelPlot {
    /// Index of the arm.
    pub arm: usize,
    /// Index of the arm in whose place it stands: its own, unless it is of the run before.
    pub place: usize,
    /// Name of the arm.
    pub label: String,
    /// The image; `None` where no kernel was recorded.
    pub image: Option<Image>,
    /// Step it was recorded at, at or before the step shown.
    pub step: Option<u64>,
    /// ‖K_t − K_0‖_F/‖K_0‖_F.
    pub change: Option<f64>,
    /// ⟨K_t, yyᵀ⟩_F/(‖K_t‖_F·‖y‖²).
    pub alignment: Option<f64>,
    /// The numbers of the same arm in the other run, the one before or the one shown, where there is one.
    pub beside: Option<Beside>,
    /// How far the arm is.
    pub status: ArmStatus,
}

/// The numbers of the same arm in another run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// `before` or `now`.
    pub name: &'static str,
    /// ‖K_t − K_0‖_F/‖K_0‖_F.
    pub change: Option<f64>,
    /// ⟨K_t, yyᵀ⟩_F/(‖K_t‖_F·‖y‖²).
    pub alignment: Option<f64>,
}

/// Numbers in a square, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Training points of the rows and columns.
    pub points: Arc<[usize]>,
    /// The numbers.
    pub values: Vec<f32>,
    /// Numbers at the ends of the colours; of a change −high and high.
    pub range: [f32; 2],
}

impl Image {
    /// Rows and columns.
    pub fn side(&self) -> usize {
        self.points.len()
    }

    /// The number in a row and a column.
    pub fn at(&self, row: usize, column: usize) -> Option<f32> {
        let side = self.side();
        let inside = row < side && column < side;
        let index = inside.then_some(row * side + column)?;
        self.values.get(index).copied()
    }

    /// Place of a number between the ends of the colours, from 0 to 1; `None` where it is not finite.
    pub fn share(&self, value: f32) -> Option<f64> {
        let [low, high] = self.range.map(f64::from);
        let share = (f64::from(value) - low) / (high - low);
        share.is_finite().then(|| share.clamp(0.0, 1.0))
    }
}

impl KernelMap {
    /// The images of a history.
    pub fn new(history: &RunHistory, options: &KernelOptions<'_>) -> Self {
        let plot = |index, arm| plot(index, arm, options.view, options.cursor);
        let mut has_before = false;
        let pair = |(index, arm)| {
            let mut now = plot(index, arm);
            let before = history.before(index);
            let before = before.filter(|(guest, _)| !options.hidden.contains(guest));
            let Some(mut before) = before.map(|(guest, arm)| plot(guest, arm)) else {
                return now;
            };
            share_colours(&mut now.image, &mut before.image);
            before.place = index;
            let seen = before.image.is_some();
            has_before |= seen;
            let (shown, other, name) = match options.before && seen {
                true => (before, now, "now"),
                false => (now, before, "before"),
            };
            KernelPlot {
                beside: Some(Beside {
                    name,
                    change: other.change,
                    alignment: other.alignment,
                }),
                ..shown
            }
        };
        let plots = pictured_arms(history, options.hidden).map(pair).collect();
        Self {
            view: options.view,
            plots,
            has_before,
        }
    }

    /// Whether any arm has an image.
    pub fn is_measured(&self) -> bool {
        self.plots.iter().any(|plot| plot.image.is_some())
    }
}

fn plot(index: usize, arm: &ArmHistory, view: KernelView, cursor: u64) -> KernelPlot {
    let found = at_or_before(arm, cursor, |r| r.kernel.clone());
    let get = |quantity| at_or_before(arm, cursor, |r| r.get(quantity)).map(|(_, value)| value);
    let image = found.as_ref().and_then(|(_, kernel)| match view {
        KernelView::Kernel => kernel_image(kernel),
        KernelView::Change => change_image(kernel, start(arm)?),
    });
    KernelPlot {
        arm: index,
        place: index,
        beside: None,
        label: arm.label.clone(),
        image,
        step: found.map(|(record, _)| record.step),
        change: get(Quantity::NtkChange),
        alignment: get(Quantity::KernelAlignment),
        status: ArmStatus::of(arm),
    }
}

/// Gives two images the same colours, so that one can be held against the other.
fn share_colours(here: &mut Option<Image>, there: &mut Option<Image>) {
    if let (Some(here), Some(there)) = (here, there) {
        let ([a, b], [c, d]) = (here.range, there.range);
        here.range = [a.min(c), b.max(d)];
        there.range = here.range;
    }
}

/// The kernel at the start of the run.
fn start(arm: &ArmHistory) -> Option<&KernelImage> {
    arm.first()?.kernel.as_deref()
}

fn is_square(kernel: &KernelImage) -> bool {
    let side = kernel.points.len();
    side > 0 && kernel.values.len() == side * side
}

fn kernel_image(kernel: &KernelImage) -> Option<Image> {
    is_square(kernel).then(|| {
        let finite = || kernel.values.iter().copied().filter(|v| v.is_finite());
        let (low, high) = (
            finite().fold(f32::INFINITY, f32::min),
            finite().fold(f32::NEG_INFINITY, f32::max),
        );
        let range = if low < high {
            [low, high]
        } else {
            let middle = if low.is_finite() { low } else { 0.0 };
            let room = middle.abs().max(1e-6);
            [middle - room, middle + room]
        };
        Image {
            points: kernel.points.clone(),
            values: kernel.values.clone(),
            range,
        }
    })
}

fn change_image(kernel: &KernelImage, start: &KernelImage) -> Option<Image> {
    let comparable = is_square(kernel) && kernel.points == start.points;
    (comparable && is_square(start)).then(|| {
        let pairs = kernel.values.iter().zip(&start.values);
        let values: Vec<f32> = pairs.map(|(now, then)| now - then).collect();
        let finite = values.iter().filter(|v| v.is_finite());
        let largest = finite.fold(0f32, |high, v| high.max(v.abs()));
        // Where nothing changed the colours still need two ends: a millionth of the kernel.
        let size = start.values.iter().fold(0f32, |high, v| high.max(v.abs()));
        let high = largest.max(1e-6 * size).max(f32::MIN_POSITIVE);
        Image {
            points: kernel.points.clone(),
            values,
            range: [-high, high],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Role;
    use crate::observe::Record;

    fn kernel(values: &[f32]) -> KernelImage {
        KernelImage {
            points: [3, 8].into(),
            values: values.to_vec(),
        }
    }

    #[test]
    fn a_change_is_centred_at_zero() {
        let start = kernel(&[2.0, 1.0, 1.0, 2.0]);
        let now = kernel(&[2.0, 1.5, 1.5, 1.0]);
        let image = change_image(&now, &start).expect("both are square");
        assert_eq!(image.values, [0.0, 0.5, 0.5, -1.0]);
        assert_eq!(image.range, [-1.0, 1.0]);
        assert_eq!(image.share(0.0), Some(0.5));
        assert_eq!(image.at(1, 1), Some(-1.0));
        assert_eq!(image.at(0, 2), None);
        assert_eq!(image.share(f32::NAN), None);
    }

    /// A run whose arms have this kernel from the start on.
    fn run(labels: &[&str], value: f32) -> RunHistory {
        let mut history = RunHistory::new(labels.iter().map(|label| (*label).to_owned()));
        for arm in 0..labels.len() {
            let mut record = Record {
                kernel: Some(Arc::new(kernel(&[value, 0.0, 0.0, value]))),
                ..Record::default()
            };
            record.set(Quantity::KernelAlignment, f64::from(value));
            history.push(arm, Arc::new(record));
        }
        history
    }

    #[test]
    fn the_run_before_stands_beside_in_numbers_and_in_its_place_on_one_scale() {
        let (now, before) = (run(&["a", "b"], 1.0), run(&["b"], 3.0));
        let role = Role::Before { of: Some(1) };
        let guest = before.arms()[0].as_guest("b, before".to_owned(), role);
        let together = now.with_guests([guest]);
        let map = |before, hidden: &[usize]| {
            let hidden = hidden.iter().copied().collect();
            let options = KernelOptions {
                view: KernelView::Kernel,
                before,
                hidden: &hidden,
                cursor: 0,
            };
            KernelMap::new(&together, &options)
        };
        let told = |map: &KernelMap| -> Vec<_> {
            let plots = map.plots.iter();
            let told = plots.map(|plot| {
                let image = plot
                    .image
                    .as_ref()
                    .map(|image| (image.values[0], image.range[1]));
                let beside = plot.beside.map(|beside| (beside.name, beside.alignment));
                (plot.arm, plot.place, image, beside)
            });
            told.collect()
        };
        let first = (0, 0, Some((1.0, 1.0)), None);
        let shown = (1, 1, Some((1.0, 3.0)), Some(("before", Some(3.0))));
        assert_eq!(told(&map(false, &[])), [first, shown]);
        assert!(map(false, &[]).has_before);
        let turned = (2, 1, Some((3.0, 3.0)), Some(("now", Some(1.0))));
        assert_eq!(told(&map(true, &[])), [first, turned]);
        let without = map(true, &[2]);
        assert_eq!(told(&without)[1], (1, 1, Some((1.0, 1.0)), None));
        assert!(!without.has_before);
    }

    #[test]
    fn a_kernel_of_one_value_has_a_range() {
        let image = kernel_image(&kernel(&[1.0; 4])).expect("it is square");
        assert!(image.range[0] < 1.0 && 1.0 < image.range[1]);
        assert_eq!(kernel_image(&kernel(&[1.0; 3])), None);
    }
}
