//! Faults on purpose, to show that the simulator bites: each is one line in the code that does
//! the thing right, and none of them is there without the feature `faults`, which a release
//! build refuses. One is set at run time, for the thread that tells the story.

#[cfg(all(feature = "faults", not(debug_assertions)))]
compile_error!("the feature `faults` breaks replication on purpose: it is for tests, never for a release");

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server forgets what it judged.
    SkipDedupe,
    /// What has a number that was used counts as taken, whatever it is.
    DropFence,
    /// Versions come as from a sequence that does not wait: some show up after larger ones.
    PlainSequence,
    /// A cursor names the newest version, though the page was full before it.
    CursorAhead,
    /// The server answers from the heads alone, past the moment when a dated fact changes.
    EarlyExit,
    /// The server lets go of what a person may not see any more when the data is through.
    PurgeAfterData,
    /// Of a group that is refused, what came before stays.
    HalfGroup,
    /// What is final is changed like anything else.
    Thaw,
    /// The last one counts in a family's words.
    LatestWins,
    /// A choice takes away what the chooser has not seen.
    ResolveAll,
    /// A guardian's draft lies where the case manager looks.
    LeakDraft,
    /// The phone stores a page's rows and forgets to purge.
    SkipPurge,
    /// A purge deletes what was not sent instead of sealing it.
    PurgeUnsent,
    /// The phone deletes what was rejected.
    ForgetRejected,
    /// A new stream begins without what was pending.
    ForkForgets,
    /// The phone trusts a restored server to have what it took.
    IgnoreEpoch,
    /// The phone shows rows as they come, without its own pending work over them.
    SkipRebase,
    /// The phone shows what it has, however long it had no contact.
    OutliveLease,
}

/// All of them.
pub const ALL: [Fault; 18] = [
    Fault::SkipDedupe,
    Fault::DropFence,
    Fault::PlainSequence,
    Fault::CursorAhead,
    Fault::EarlyExit,
    Fault::PurgeAfterData,
    Fault::HalfGroup,
    Fault::Thaw,
    Fault::LatestWins,
    Fault::ResolveAll,
    Fault::LeakDraft,
    Fault::SkipPurge,
    Fault::PurgeUnsent,
    Fault::ForgetRejected,
    Fault::ForkForgets,
    Fault::IgnoreEpoch,
    Fault::SkipRebase,
    Fault::OutliveLease,
];

#[cfg(feature = "faults")]
thread_local! {
    static COMMITTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// From now on this thread commits that fault, or none.
#[cfg(feature = "faults")]
pub fn commit(fault: Option<Fault>) {
    COMMITTED.set(fault);
}

/// Whether that fault is to be committed.
#[cfg(feature = "faults")]
pub fn is(fault: Fault) -> bool {
    COMMITTED.get() == Some(fault)
}

/// Whether that fault is to be committed: never.
#[cfg(not(feature = "faults"))]
pub const fn is(_: Fault) -> bool {
    false
}
