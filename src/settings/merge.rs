//! Settings that two windows changed at once.

use serde_json::{Map, Value};

use super::Settings;
use super::recent::noted;

/// How deep fields are told apart: those of the settings, and those of their parts.
const DEPTH: usize = 2;

/// What to write where `base` was read, `mine` is what this window has made of it, and `theirs` is there by
/// now: of each field what this window changed, else what is there. Of the lists of what was opened nothing is
/// lost, and what this window opened comes first.
pub(super) fn merged(base: &Settings, mine: &Settings, theirs: &Settings) -> Settings {
    let trees = [base, mine, theirs].map(|of| serde_json::to_value(of).unwrap_or_default());
    let [of_base, of_mine, of_theirs] = &trees;
    let tree = field(Some(of_base), Some(of_mine), Some(of_theirs), DEPTH);
    let read = tree.and_then(|tree| serde_json::from_value(tree).ok());
    // The tree of settings is one of settings, so this is what it always is.
    let mut settings: Settings = read.unwrap_or_else(|| mine.clone());
    let new = mine
        .recent
        .iter()
        .filter(|r| !base.recent.contains(r))
        .rev();
    settings.recent = new.fold(theirs.recent.clone(), |list, recent| {
        noted(&list, recent.clone(), |a, b| a.source == b.source)
    });
    let new = mine
        .folders
        .iter()
        .filter(|f| !base.folders.contains(f))
        .rev();
    settings.folders = new.fold(theirs.folders.clone(), |list, folder| {
        noted(&list, folder.clone(), |a, b| a == b)
    });
    settings
}

fn field(
    base: Option<&Value>,
    mine: Option<&Value>,
    theirs: Option<&Value>,
    depth: usize,
) -> Option<Value> {
    if depth > 0
        && let (Some(Value::Object(mine)), Some(Value::Object(theirs))) = (mine, theirs)
    {
        let nothing = Map::new();
        let base = base.and_then(Value::as_object).unwrap_or(&nothing);
        let new = mine.keys().filter(|key| !theirs.contains_key(*key));
        let all = theirs.keys().chain(new);
        let fields = all.filter_map(|key| {
            let value = field(base.get(key), mine.get(key), theirs.get(key), depth - 1);
            Some((key.clone(), value?))
        });
        return Some(Value::Object(fields.collect()));
    }
    if mine == base { theirs } else { mine }.cloned()
}

#[cfg(test)]
mod tests {
    use super::super::{Colours, WindowPlace};
    use super::*;
    use crate::spec::{PanelKind, Place};

    fn tabs(kind: PanelKind) -> Place {
        Place::Tabs {
            panels: vec![kind],
            shown: 0,
        }
    }

    #[test]
    fn of_two_windows_that_change_other_fields_nothing_is_lost() {
        let base = Settings::default();
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.theme = Colours::Light;
        mine.switches.log_time = Some(false);
        mine.layouts.insert("a".to_owned(), tabs(PanelKind::Loss));
        theirs.zoom = 1.5;
        theirs.switches.bounds = Some(true);
        theirs
            .layouts
            .insert("b".to_owned(), tabs(PanelKind::Story));
        theirs.window = Some(WindowPlace {
            at: Some((1.0, 2.5)),
            size: (800.0, 600.25),
            maximized: false,
        });
        let both = merged(&base, &mine, &theirs);
        assert_eq!((both.theme, both.zoom), (Colours::Light, 1.5));
        assert_eq!(both.switches.log_time, Some(false));
        assert_eq!(both.switches.bounds, Some(true));
        assert_eq!(both.layouts.len(), 2);
        assert_eq!(both.window, theirs.window);
    }

    #[test]
    fn of_one_field_the_later_change_stays_and_what_was_set_back_is_set_back() {
        let mut base = Settings::default();
        base.switches.bounds = Some(true);
        base.layouts.insert("a".to_owned(), tabs(PanelKind::Loss));
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.zoom = 2.0;
        theirs.zoom = 3.0;
        mine.switches.bounds = None;
        mine.layouts.clear();
        let both = merged(&base, &mine, &theirs);
        assert_eq!(both.zoom, 2.0);
        assert_eq!(both.switches.bounds, None);
        assert!(both.layouts.is_empty());
        // A layout of another form takes the place of the whole one.
        let row = Place::Row(vec![(1.0, tabs(PanelKind::Data))]);
        theirs.layouts.insert("a".to_owned(), row.clone());
        let both = merged(&base, &base, &theirs);
        assert_eq!(both.layouts["a"], row);
    }

    #[test]
    fn what_both_have_opened_is_in_the_list() {
        let mut base = Settings::default();
        base.note_opened("old", "");
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.note_opened("mine", "");
        theirs.note_opened("theirs", "");
        theirs.note_folder("/b");
        mine.note_folder("/a");
        let both = merged(&base, &mine, &theirs);
        let sources: Vec<&str> = both.recent.iter().map(|r| r.source.as_str()).collect();
        assert_eq!(sources, ["mine", "theirs", "old"]);
        assert_eq!(both.folders, ["/a", "/b"]);
    }
}
