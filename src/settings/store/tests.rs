//! What is written is read back, and nothing is lost where something goes wrong.

use super::*;
use crate::settings::{Colours, WindowPlace};
use crate::spec::{PanelKind, Place};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::new(folder.path().join("config").join("widescope"));
    (folder, store)
}

fn some() -> Settings {
    let mut settings = Settings {
        theme: Colours::Dark,
        zoom: 1.1,
        window: Some(WindowPlace {
            at: None,
            size: (1280.5, 720.0),
            maximized: true,
        }),
        ..Settings::default()
    };
    settings.switches.bounds = Some(true);
    let tabs = Place::Tabs {
        panels: vec![PanelKind::Loss, PanelKind::Story],
        shown: 1,
    };
    let row = Place::Row(vec![
        (0.3, tabs.clone()),
        (0.7, Place::Column(vec![(1.0, tabs)])),
    ]);
    settings.layouts.insert("it's \"mine\"".to_owned(), row);
    settings.note_opened("/a/b \u{1f980}.ron", "title\n");
    settings
}

#[test]
fn what_is_written_is_read_back() {
    let (_folder, store) = store();
    assert_eq!(store.read().expect("no file"), Settings::default());
    let all = store.write(&Settings::default(), &some()).expect("written");
    assert_eq!(all, some());
    assert_eq!(store.read().expect("the file"), some());
}

#[test]
fn a_damaged_file_is_set_aside_and_the_next_start_is_fresh() {
    let (_folder, store) = store();
    store.write(&Settings::default(), &some()).expect("written");
    let text = fs::read_to_string(store.path()).expect("the file");
    // Whatever is missing or changed, there are settings or one message.
    let (mut refused, mut read) = (0, 0);
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        fs::write(store.path(), &text[..end]).expect("written");
        match store.read() {
            Ok(_) => read += 1,
            Err(trouble) => {
                assert!(trouble.leaves_writing(), "{trouble}");
                let kept = store.folder.join(BROKEN);
                assert_eq!(fs::read_to_string(kept).expect("kept"), text[..end]);
                assert_eq!(store.read().expect("no file"), Settings::default());
                refused += 1;
            }
        }
    }
    assert!(refused > 100 && read <= 3, "{refused} {read}");
    fs::write(store.path(), [0xff, 0xfe, 0x00]).expect("written");
    let message = store.read().expect_err("no text").to_string();
    assert!(message.contains("settings.ron.broken"), "{message}");
}

#[test]
fn a_newer_file_is_left_as_it_is() {
    let (_folder, store) = store();
    store.write(&Settings::default(), &some()).expect("written");
    let newer = "(format: 99, news: [1, 2, 3])";
    fs::write(store.path(), newer).expect("written");
    let trouble = store.read().expect_err("newer");
    assert!(trouble.to_string().contains("format 99") && !trouble.leaves_writing());
    assert!(store.write(&Settings::default(), &some()).is_err());
    assert_eq!(fs::read_to_string(store.path()).expect("the file"), newer);
}

#[test]
fn a_folder_that_is_none_is_named() {
    let (folder, _) = store();
    let file = folder.path().join("file");
    fs::write(&file, "mine").expect("written");
    let store = Store::new(file.join("widescope"));
    let trouble = store.write(&Settings::default(), &some());
    let message = trouble.expect_err("a file is in the way").to_string();
    assert!(
        message.contains("file") && message.contains("not remembered"),
        "{message}"
    );
    assert_eq!(fs::read_to_string(&file).expect("the file"), "mine");
}

#[test]
fn windows_that_write_at_once_lose_nothing() {
    let (_folder, store) = store();
    let base = Settings::default();
    std::thread::scope(|scope| {
        for i in 0..8 {
            let (store, base) = (store.clone(), base.clone());
            scope.spawn(move || {
                let mut mine = base.clone();
                mine.note_opened(&format!("/{i}"), "");
                let tabs = Place::Tabs {
                    panels: vec![PanelKind::Loss],
                    shown: i,
                };
                mine.layouts.insert(i.to_string(), tabs);
                store.write(&base, &mine).expect("written");
            });
        }
    });
    let all = store.read().expect("the file");
    assert_eq!((all.recent.len(), all.layouts.len()), (8, 8));
}
