//! Tangent kernels of the arms, a plot an arm.

use crate::figure::{
    Axis, Cells, Figure, Fill, Image, KernelMap, KernelOptions, KernelView, Layer, Range, Scale,
    Tick,
};
use crate::number;
use crate::spec::PanelKind;

use super::names::names;
use super::{ColourBar, Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let shown = view.choice.kernel;
    let options = KernelOptions {
        view: shown,
        before: view.choice.kernel_before,
        hidden: &view.choice.shared.hidden_arms,
        cursor: view.step,
    };
    let map = KernelMap::new(view.history, &options);
    if map.plots.is_empty() {
        return Err(NoFigure::Hidden);
    }
    let names = names(view);
    let plots = map.plots.iter().filter_map(|plot| {
        let image = plot.image.as_ref()?;
        let change = plot.change.filter(|change| change.is_finite());
        let note = change.map(|v| format!("‖ΔK‖/‖K_0‖ = {}", number::number(v, 2)));
        Some(Plot {
            name: names.get(plot.arm).cloned().unwrap_or_default(),
            note: note.unwrap_or_default(),
            arm: Some(plot.arm),
            square: true,
            colour_bar: Some(colour_bar(shown, image)),
            ..Plot::of(figure(shown, image))
        })
    });
    let plots: Vec<Plot> = plots.collect();
    if plots.is_empty() {
        return Err(NoFigure::Unmeasured {
            title: "No kernel was recorded",
            remedy: "Add KernelImage to the preset's observables.",
        });
    }
    Ok(Content {
        kind: PanelKind::Kernel,
        title: match shown {
            KernelView::Kernel => "Tangent kernels on training points",
            KernelView::Change => "Change of the tangent kernels on training points",
        }
        .to_owned(),
        sentence: String::new(),
        plots,
        // Each has a bar of colours of its own.
        same_axes: false,
        key: Vec::new(),
    })
}

fn figure(view: KernelView, image: &Image) -> Figure {
    let side = image.side();
    let fill = |(column, row): (usize, usize)| {
        let value = image.at(row, column);
        Fill {
            share: value.and_then(|value| image.share(value)),
            known: true,
            bad: false,
        }
    };
    let all = (0..side).flat_map(|column| (0..side).map(move |row| (column, row)));
    let cells = Cells {
        x: (0..=side).map(|k| k as f64).collect(),
        // The first row stands on top, as in a matrix.
        y: (0..=side).rev().map(|k| k as f64).collect(),
        fills: all.map(fill).collect(),
        palette: view.palette(),
    };
    let tick = |(k, point): (usize, &usize)| (k as f64 + 0.5, point.to_string());
    let along: Vec<(f64, String)> = image.points.iter().enumerate().map(tick).collect();
    let axis = |symbol: &str, marks: Vec<Tick>| Axis {
        label: format!("training point {symbol}"),
        definition: "index of the training point".to_owned(),
        scale: Scale::Linear,
        whole: true,
        range: Range {
            low: 0.0,
            high: side as f64,
        },
        marks,
    };
    let upwards = along.iter().rev().map(|(place, label)| Tick {
        place: side as f64 - place,
        label: label.clone(),
    });
    let upwards = upwards.collect();
    let rightwards = along.iter().map(|(place, label)| Tick {
        place: *place,
        label: label.clone(),
    });
    Figure {
        x: axis("b", rightwards.collect()),
        y: axis("a", upwards),
        layers: vec![Layer::Cells(cells)],
    }
}

fn colour_bar(view: KernelView, image: &Image) -> ColourBar {
    let [low, high] = image.range.map(f64::from);
    ColourBar {
        palette: view.palette(),
        axis: Axis {
            label: match view {
                KernelView::Kernel => "K(x_a, x_b)",
                KernelView::Change => "K_t − K_0",
            }
            .to_owned(),
            definition: view.definition().to_owned(),
            scale: Scale::Linear,
            whole: false,
            range: Range { low, high },
            marks: Vec::new(),
        },
    }
}
