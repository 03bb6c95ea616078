//! Lets the window go before the training beside it.

use std::time::Duration;

/// Time within which a frame is drawn, with room to spare.
pub(super) const FRAME: Duration = Duration::from_millis(10);

/// How far threads that train stand back, in steps of nice.
#[cfg(target_os = "linux")]
const BACK: i32 = 10;

/// The calling thread, and those it starts from now on, stand back where a core is wanted by the window
/// too: training uses all cores, and a frame that has to wait for one is late. With cores to spare
/// nothing changes. Only Linux has it by thread; elsewhere this does nothing.
pub(super) fn stand_back() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // Where the system does not let it, frames are late now and then, and nothing else.
        if let Ok(nice) = getpriority_process(None) {
            let _ = setpriority_process(None, nice.saturating_add(BACK));
        }
    }
}
