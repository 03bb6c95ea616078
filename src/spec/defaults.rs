//! Default value of every preset field.

use super::*;
use crate::network::Activation;

impl Default for Preset {
    fn default() -> Self {
        Self {
            format: FORMAT,
            title: String::new(),
            source: Source::default(),
            takeaway: String::new(),
            rests_on: Vec::new(),
            lasts: Lasts::default(),
            seed: 1,
            precision: Precision::default(),
            needs: None,
            data: DataSpec::SignedPairs {
                d: 50,
                n: 200,
                n_test: 500,
            },
            network: NetworkSpec::default(),
            scaling: Scaling::default(),
            init: InitSpec::default(),
            loss: LossSpec::default(),
            train: TrainSpec::default(),
            axes: Vec::new(),
            sweep: None,
            observe: ObserveSpec::default(),
            panels: vec![
                PanelKind::Loss,
                PanelKind::Spectrum,
                PanelKind::FeatureMap,
                PanelKind::Regime,
                PanelKind::Story,
            ],
            hero: None,
            summary: None,
            view: None,
            story: String::new(),
            notice: Vec::new(),
            notes: Vec::new(),
            claims: Vec::new(),
            wrong: Vec::new(),
        }
    }
}

impl Default for NetworkSpec {
    fn default() -> Self {
        Self {
            kind: NetworkKind::default(),
            width: 1024,
            embedding: EmbeddingSpec::default(),
            activation: Activation::Relu,
            bias: false,
            output_bias: false,
        }
    }
}

impl Default for InitSpec {
    fn default() -> Self {
        Self {
            omega_ratio: None,
            w_std: 1.0,
            output: OutputInit::Rademacher(1.0),
            symmetrize: Symmetrize::default(),
            bias: BiasInit::default(),
            weights: None,
        }
    }
}

impl Default for TeacherSpec {
    fn default() -> Self {
        Self {
            width: 1000,
            activation: Activation::Gelu,
            naming_activation: None,
            bias: false,
            step: 0.1,
            batch: 128,
            epochs: 100,
            train_error: 0.0,
        }
    }
}

impl Default for TrainSpec {
    fn default() -> Self {
        Self {
            layers: Layers::default(),
            method: Method::GradientDescent { step: 1.0 },
            step_unit: StepUnit::default(),
            changes: Vec::new(),
            indices: None,
            representation: Representation::default(),
            stop: StopSpec::default(),
        }
    }
}

impl Default for StopSpec {
    fn default() -> Self {
        Self {
            steps: 20_000,
            relative_error: None,
            loss: None,
            accuracy: None,
        }
    }
}

impl Default for ObserveSpec {
    fn default() -> Self {
        Self {
            schedule: Schedule::Log { per_decade: 40 },
            also: Vec::new(),
            costly: Costly::Sparse,
            observables: vec![
                Observable::Loss,
                Observable::TestLoss,
                Observable::LazyGap,
                Observable::FeatureMovement,
                Observable::NtkChange,
                Observable::JacobianSpectrum,
                Observable::Distances,
                Observable::PatternChanges,
                Observable::FeatureMap {
                    x1: PointRef::Train(0),
                    x2: PointRef::Test(0),
                },
            ],
        }
    }
}
