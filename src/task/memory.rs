//! Memory that nobody needs any more.

/// Has the C library give memory that was freed back to the system, of every thread's heap. By itself it
/// keeps what lies below a block still in use, and would hold the networks of a wide run through the
/// narrow one after it. Elsewhere than on Linux with the GNU library this does nothing.
pub(crate) fn give_back_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the C library has no safe form of this call")]
    // SAFETY: it may be called at any time from any thread, and touches free blocks only.
    unsafe {
        libc::malloc_trim(0);
    }
}
