//! The head of a journal: what its rows are results of.

use crate::export::{VERSION, portable};
use crate::preset::{Difference, Experiment, PresetError, parse, to_ron};
use crate::spec::Preset;
use crate::sweep::Plan;
use crate::train::kernel_class;

use super::row;

/// First line of every journal of this format.
pub(super) const FIRST: &str = "# widescope sweep, format 1";

/// What the rows of a journal are results of.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Name of the preset.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Class of matrix kernels.
    pub kernels: String,
    /// The resolved preset.
    pub preset: Preset,
}

impl Head {
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            name: plan.experiment().name.clone(),
            version: VERSION.to_owned(),
            kernels: kernel_class().to_owned(),
            preset: portable(plan.experiment()),
        }
    }

    /// The sweep.
    ///
    /// # Errors
    /// A preset that does not stand up to its check.
    pub(super) fn plan(&self) -> Result<Option<Plan>, PresetError> {
        let experiment = Experiment::check(self.preset.clone(), &self.name, ".".into())?;
        Ok(Plan::of(&experiment))
    }

    /// The lines of the head, the names of the columns last.
    pub(super) fn text(&self) -> String {
        let ron = to_ron(&self.preset);
        let preset: String = ron.lines().map(|line| format!("#| {line}\n")).collect();
        let Self {
            name,
            version,
            kernels,
            preset: spec,
        } = self;
        // A name is a file's, and may hold anything.
        let name = name.replace(['\n', '\r'], " ");
        let columns = row::columns(spec);
        format!(
            "{FIRST}\n# name {name}\n# version {version}\n# kernels {kernels}\n{preset}{columns}\n"
        )
    }

    /// Reads the lines before the names of the columns.
    pub(super) fn read(lines: &[String]) -> Result<Self, String> {
        let first = lines.first().map_or("", String::as_str);
        if first != FIRST {
            return Err(format!(
                "begins with {:?}; allowed: {FIRST:?}",
                short(first)
            ));
        }
        let field = |key: &str| {
            let start = format!("# {key} ");
            let found = lines.iter().find_map(|line| line.strip_prefix(&start));
            found
                .map(ToOwned::to_owned)
                .ok_or_else(|| format!("has no line that begins with {start:?}"))
        };
        let ron: Vec<&str> = lines.iter().filter_map(|l| l.strip_prefix("#|")).collect();
        let preset =
            parse(&ron.join("\n")).map_err(|error| format!("the preset in it: {error}"))?;
        Ok(Self {
            name: field("name")?,
            version: field("version")?,
            kernels: field("kernels")?,
            preset,
        })
    }

    /// Whether rows under both heads are of one sweep and fit together bit by bit.
    ///
    /// # Errors
    /// The first difference, in words.
    pub(super) fn same_as(&self, other: &Self) -> Result<(), String> {
        self.same_sweep(other)?;
        let classes = [
            ("kernels", &self.kernels, &other.kernels),
            ("version", &self.version, &other.version),
        ];
        for (what, here, there) in classes {
            if here != there {
                return Err(format!("{what} {here}, not {there}"));
            }
        }
        Ok(())
    }

    /// Whether rows under both heads are of one sweep, in whatever version and kernel class.
    ///
    /// # Errors
    /// The first difference, in words.
    pub fn same_sweep(&self, other: &Self) -> Result<(), String> {
        match Difference::between(&self.preset, &other.preset) {
            None => Ok(()),
            Some(Difference { field, here, there }) => Err(format!("{field}: {here}, not {there}")),
        }
    }
}

/// The first characters of a text, for a message.
fn short(text: &str) -> &str {
    let end = text.char_indices().nth(60).map_or(text.len(), |(i, _)| i);
    text.get(..end).unwrap_or(text)
}
