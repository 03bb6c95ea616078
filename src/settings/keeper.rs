//! Settings read at the start and written as they change, on a thread of its own.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::{ConfigFolder, Settings, Store, Trouble};

/// Settings read at the start and written as they change. Dropping it waits for what is being written.
#[derive(Debug)]
pub struct Keeper {
    /// What is asked to be remembered, as of the last time.
    last: Settings,
    /// What went wrong, to be said once.
    trouble: Option<String>,
    /// Whether that was said, so that a disk that stays full is not told of again and again.
    complained: bool,
    writer: Option<Writer>,
}

#[derive(Debug)]
struct Writer {
    wishes: Option<Sender<Settings>>,
    troubles: Receiver<Trouble>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Reads the settings; the usual ones where there are none, or something is wrong with them.
    pub fn open(folder: ConfigFolder) -> Self {
        let (store, read) = match folder {
            ConfigFolder::At(folder) => {
                let store = Store::new(folder);
                let read = store.read();
                (Some(store), read)
            }
            ConfigFolder::Unknown => (None, Err(Trouble::NoFolder)),
            ConfigFolder::Unwanted => (None, Ok(Settings::default())),
        };
        let writes = read.as_ref().map_or_else(Trouble::leaves_writing, |_| true);
        let (last, trouble) = match read {
            Ok(settings) => (settings, None),
            Err(trouble) => (Settings::default(), Some(trouble.to_string())),
        };
        let store = store.filter(|_| writes);
        Self {
            writer: store.and_then(|store| Writer::spawn(store, last.clone())),
            complained: trouble.is_some(),
            last,
            trouble,
        }
    }

    /// The settings as of now.
    pub fn settings(&self) -> &Settings {
        &self.last
    }

    /// Remembers these settings, where anything in them is new.
    pub fn keep(&mut self, settings: Settings) {
        if settings == self.last {
            return;
        }
        self.last = settings;
        let wishes = self.writer.as_ref().and_then(|w| w.wishes.as_ref());
        if let Some(wishes) = wishes {
            // A writer that has ended said why.
            let _ = wishes.send(self.last.clone());
        }
    }

    /// What went wrong, once in the life of a window.
    pub fn trouble(&mut self) -> Option<String> {
        if let Some(writer) = &self.writer
            && let Some(trouble) = writer.troubles.try_iter().last()
            && !self.complained
        {
            self.complained = true;
            self.trouble = Some(trouble.to_string());
        }
        self.trouble.take()
    }
}

impl Writer {
    fn spawn(store: Store, read: Settings) -> Option<Self> {
        let (wishes, wished) = channel::<Settings>();
        let (tell, troubles) = channel();
        let name = "widescope-settings".to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || {
            let mut base = read;
            while let Ok(first) = wished.recv() {
                // Of several only the newest is worth writing.
                let mine = wished.try_iter().last().unwrap_or(first);
                match store.write(&base, &mine) {
                    // What another window wrote is there and stays there: it is no change of this one's.
                    Ok(_) => base = mine,
                    Err(trouble) => {
                        let _ = tell.send(trouble);
                    }
                }
            }
        });
        thread.ok().map(|thread| Self {
            wishes: Some(wishes),
            troubles,
            thread: Some(thread),
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.wishes.take());
        if let Some(thread) = self.thread.take() {
            // It says what is wrong by the channel.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = || ConfigFolder::At(folder.path().to_owned());
        let mut keeper = Keeper::open(at());
        for zoom in [1.25, 1.5, 2.0] {
            let settings = Settings {
                zoom,
                ..keeper.settings().clone()
            };
            keeper.keep(settings);
        }
        drop(keeper);
        let mut keeper = Keeper::open(at());
        assert_eq!(keeper.settings().zoom, 2.0);
        assert_eq!(keeper.trouble(), None);
    }

    #[test]
    fn trouble_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("settings.ron"), "(zoom: many)").expect("written");
        let mut keeper = Keeper::open(ConfigFolder::At(folder.path().to_owned()));
        let message = keeper.trouble().expect("a message");
        assert!(message.contains("settings.ron.broken"), "{message}");
        assert_eq!(keeper.trouble(), None);
        assert_eq!(keeper.settings(), &Settings::default());
        let mut none = Keeper::open(ConfigFolder::Unknown);
        assert!(none.trouble().is_some_and(|text| text.contains("HOME")));
        assert_eq!(none.trouble(), None);
        assert_eq!(Keeper::open(ConfigFolder::Unwanted).trouble(), None);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_told_of_once() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder stands in the file's place, which is refused whoever asks, the superuser too.
        std::fs::create_dir(folder.path().join("settings.ron")).expect("a folder");
        let mut keeper = Keeper::open(ConfigFolder::At(folder.path().to_owned()));
        let mut messages = keeper.trouble().into_iter().count();
        for zoom in [1.5, 2.0] {
            let settings = Settings {
                zoom,
                ..Settings::default()
            };
            keeper.keep(settings);
            std::thread::sleep(std::time::Duration::from_millis(50));
            messages += keeper.trouble().into_iter().count();
        }
        assert_eq!(messages, 1);
    }
}
