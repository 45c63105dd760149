//! A story as data: steps that can be taken out one by one, printed, kept in a file and told
//! again. Each step brings its own luck, so that what is left of a story after others were
//! taken out goes on as before.

use super::{
    cast::{ORDERS, PHONES, TIES},
    chance::Chance,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use sync::page::MAX_PAGE;

/// One story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Where its luck comes from.
    pub seed: u64,
    /// How many of the phones are in it.
    pub phones: usize,
    /// How much JSON a page holds.
    pub room: usize,
    /// Whether phones hear at once that something changed.
    pub listens: bool,
    /// What happens.
    pub steps: Vec<Step>,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Seconds after the step before.
    pub after: u32,
    /// On which phone, or with which phone's request.
    pub phone: usize,
    /// Decides the details.
    pub luck: u64,
    /// What.
    pub deed: Deed,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Deed {
    // What a person does on a phone, if they may.
    /// Logs a visit, with or without a data point.
    LogVisit,
    /// Writes what is theirs to write.
    Write,
    /// Writes down a call to the family.
    LogAttempt,
    /// Goes on writing in the family's statement.
    EditStatement,
    /// Goes on writing input of their own.
    EditInput,
    /// Hands it in.
    SubmitInput,
    /// Writes a text anew, without what stood there.
    Rewrite,
    /// Opens a form on a text and leaves it open.
    OpenForm,
    /// Goes on in a form that stood open, whatever came meanwhile.
    FinishForm,
    /// Answers an invitation.
    AnswerMeeting,
    /// Chooses between versions: one of them, or a text with all that they say.
    Resolve,
    /// Does the last thing again, as an impatient thumb would.
    Repeat,
    /// Edits and sends again what was refused.
    Resend,
    /// Throws away what was refused.
    Drop,

    // What becomes of a phone.
    /// Loses the network.
    Offline,
    /// Finds it.
    Online,
    /// Is looked at.
    Hello,
    /// Hears that something changed.
    Poke,
    /// Is closed and opened.
    Reopen,
    /// Its process ends at a statement of what it does.
    Dies {
        /// After so many things that it does.
        after: u32,
        /// At which statement, from 1; beyond the last: when all is kept and nobody was told.
        at: u32,
    },
    /// Its disk is full.
    DiskFills,
    /// It has room again.
    DiskFrees,
    /// Its clock is set.
    SetClock {
        /// So many minutes off.
        minutes: i32,
    },
    /// Is backed up.
    Backup,
    /// Is restored from its own backup.
    Restore,
    /// The app is deleted and installed anew.
    Reinstall,
    /// The person signs out.
    SignOut(Leaving),
    /// The owner signs in.
    SignIn,
    /// Whoever shares it takes it.
    HandOver,
    /// The app is updated before the server is: it speaks a newer wire.
    SpeaksNewer,
    /// It speaks a wire that the server has left behind.
    SpeaksOlder,
    /// App and server understand each other again.
    SpeaksAlike,

    // What the network and the server do to that phone's next request.
    /// This.
    Spoil(Fate),

    // What becomes of the world.
    /// Time passes, with the phones in a drawer.
    Pass {
        /// So many hours.
        hours: u32,
    },
    /// The server is backed up.
    ServerBackup,
    /// It is restored from the last backup.
    ServerRestore,
    /// The office makes a tie of the cast, now or from a day on.
    Make {
        /// Which of the cast's.
        tie: usize,
        /// In so many hours.
        hours: u32,
    },
    /// The office ends one, now or on a day to come.
    End {
        /// Which of the cast's.
        tie: usize,
        /// In so many hours.
        hours: u32,
    },
    /// One guardian's rights to a child end, and another's begin.
    Custody,
    /// A court's order keeps somebody from a child, now or from a day on.
    Restrict {
        /// Which of the cast's.
        order: usize,
        /// In so many hours.
        hours: u32,
    },
    /// It is lifted.
    Lift {
        /// Which of the cast's.
        order: usize,
    },
    /// A program of somebody's own sends a group, which is taken whole or not at all.
    Group {
        /// One of it cannot be taken.
        spoiled: bool,
    },
    /// Staff write a goal.
    WriteGoal,
    /// Staff call a meeting.
    CallMeeting,
    /// Staff move a meeting.
    MoveMeeting,
    /// Staff say whether evidence counts that came late.
    Review,
    /// The owner signs the phone out from elsewhere.
    Revoke,
}

/// What a person wants done with unsent work when they sign out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Leaving {
    /// Sent first.
    Send,
    /// Kept, locked.
    Keep,
    /// Destroyed.
    Destroy,
}

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// It arrives, and so does the reply.
    Arrives,
    /// It never arrives.
    IsLost,
    /// It arrives; the reply does not.
    LosesReply,
    /// It arrives twice.
    ArrivesTwice,
    /// It arrives when the phone has given up on it.
    ArrivesLate {
        /// After so many minutes.
        minutes: u32,
    },
    /// The reply takes its time.
    RepliesLate {
        /// So many seconds.
        seconds: u32,
    },
    /// The reply is cut off.
    IsTorn,
    /// The reply's chunk is cut off, in an answer that looks whole.
    TearsChunk,
    /// It is put off at the gate: the server has too much to do.
    IsPutOff {
        /// For so many seconds.
        seconds: u32,
    },
    /// Something else answers: a captive portal, a proxy in trouble.
    Portal,
    /// The server's process ends at that statement.
    ServerDies {
        /// Which, from 1; beyond the last: after the commit, before the reply.
        at: u32,
    },
    /// While the server reads for this request, another phone's request is taken whole.
    Overtaken {
        /// Before that statement.
        at: u32,
    },
}

/// How many steps a story has.
const STEPS: u64 = 50;

impl Story {
    /// The story of a seed.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::of(seed, 1);
        let phones = 2 + chance.below(PHONES.len() as u64 - 1) as usize;
        let (many, mut steps) = (STEPS / 2 + chance.below(STEPS), Vec::new());
        while (steps.len() as u64) < many {
            match chance.one_in(10) {
                true => steps.extend(plot(&mut chance, phones)),
                false => steps.push(Step::any(&mut chance, phones)),
            }
        }
        // Every second one has rounds of many pages.
        let room = if chance.one_in(2) { MAX_PAGE } else { 300 + chance.below(4_000) as usize };
        Self { seed, phones, room, listens: chance.one_in(3), steps }
    }
}

impl Step {
    fn any(chance: &mut Chance, phones: usize) -> Self {
        let phone = chance.below(phones as u64) as usize;
        Self { after: soon(chance), phone, luck: chance.draw(), deed: Deed::any(chance) }
    }
}

/// How long it is to the next step.
fn soon(chance: &mut Chance) -> u32 {
    let after = match chance.below(20) {
        0 => chance.below(2_400),
        1..=4 => chance.below(300),
        // Much of it while something is on its way.
        5..=9 => 0,
        _ => chance.below(30),
    };
    after as u32
}

/// What rarely happens by chance in this order, and bites when it does; something else may come
/// in between. All of it has the same luck: the same child, the same field.
fn plot(chance: &mut Chance, phones: usize) -> Vec<Step> {
    let (one, other) = (chance.below(phones as u64) as usize, chance.below(phones as u64) as usize);
    let ties: Vec<usize> = (0..TIES.len()).filter(|tie| TIES[*tie].person == PHONES[one]).collect();
    let tie = chance.pick(&ties).copied().unwrap_or_default();
    let orders: Vec<usize> = (0..ORDERS.len()).filter(|order| ORDERS[*order].0 == PHONES[one]).collect();
    let order = chance.pick(&orders).copied().unwrap_or_default();
    let deeds: &[(usize, Deed)] = match chance.below(8) {
        0 => &[(one, Deed::Backup), (one, Deed::Write), (one, Deed::Restore), (one, Deed::Write), (one, Deed::SignIn)],
        1 => &[
            (one, Deed::Write),
            (one, Deed::ServerBackup),
            (one, Deed::Write),
            (other, Deed::Write),
            (one, Deed::ServerRestore),
        ],
        2 => &[
            (one, Deed::Offline),
            (one, Deed::Write),
            (one, Deed::EditInput),
            (other, Deed::Write),
            (one, Deed::End { tie, hours: 0 }),
            (one, Deed::Online),
        ],
        3 => &[
            (one, Deed::Offline),
            (one, Deed::EditStatement),
            (other, Deed::EditStatement),
            (one, Deed::Online),
            (other, Deed::Hello),
            (other, Deed::Offline),
            (other, Deed::Resolve),
            (one, Deed::Rewrite),
            (other, Deed::Online),
        ],
        // One person, two phones.
        4 if phones > 3 => &[
            (0, Deed::EditInput),
            (3, Deed::Hello),
            (3, Deed::Offline),
            (3, Deed::EditInput),
            (0, Deed::SubmitInput),
            (3, Deed::Online),
        ],
        // A form stands open while somebody else writes.
        5 => &[
            (one, Deed::OpenForm),
            (other, Deed::Write),
            (one, Deed::Hello),
            (one, Deed::FinishForm),
            (other, Deed::Hello),
        ],
        // Kept away for a while, with words under way.
        6 => &[
            (one, Deed::Offline),
            (one, Deed::Write),
            (other, Deed::Write),
            (one, Deed::Restrict { order, hours: 0 }),
            (one, Deed::Online),
            (other, Deed::Write),
            (one, Deed::Lift { order }),
            (one, Deed::Hello),
            (one, Deed::Write),
        ],
        _ => &[
            (one, Deed::Write),
            (other, Deed::Hello),
            (one, Deed::Spoil(Fate::IsLost)),
            (one, Deed::Write),
            (other, Deed::Write),
            (one, Deed::Poke),
        ],
    };
    let luck = chance.draw();
    let mut steps = Vec::new();
    for (phone, deed) in deeds {
        if chance.one_in(3) {
            steps.push(Step::any(chance, phones));
        }
        steps.push(Step { after: soon(chance), phone: *phone, luck, deed: *deed });
    }
    steps
}

/// How often something happens, and how it is drawn.
type Weight = (u64, fn(&mut Chance) -> Deed);

/// What happens how often.
const WEIGHTS: [Weight; 46] = [
    (30, |_| Deed::LogVisit),
    (8, |_| Deed::LogAttempt),
    (44, |_| Deed::EditStatement),
    (20, |_| Deed::EditInput),
    (5, |_| Deed::SubmitInput),
    (4, |_| Deed::Rewrite),
    (14, |_| Deed::OpenForm),
    (14, |_| Deed::FinishForm),
    (10, |_| Deed::AnswerMeeting),
    (24, |_| Deed::Resolve),
    (2, |_| Deed::Repeat),
    (4, |_| Deed::Resend),
    (2, |_| Deed::Drop),
    (10, |_| Deed::Offline),
    (10, |_| Deed::Online),
    (12, |_| Deed::Hello),
    (4, |_| Deed::Poke),
    (4, |_| Deed::Reopen),
    (8, |chance| Deed::Dies { after: chance.below(3) as u32, at: 1 + chance.below(50) as u32 }),
    (3, |_| Deed::DiskFills),
    (3, |_| Deed::DiskFrees),
    (3, |chance| Deed::SetClock { minutes: chance.below(2 * 60 * 24 * 40) as i32 - 60 * 24 * 40 }),
    (2, |chance| Deed::SetClock { minutes: chance.below(40) as i32 - 20 }),
    (3, |_| Deed::Backup),
    (2, |_| Deed::Restore),
    (1, |_| Deed::Reinstall),
    (3, |chance| Deed::SignOut([Leaving::Send, Leaving::Keep, Leaving::Destroy][chance.below(3) as usize])),
    (4, |_| Deed::SignIn),
    (5, |_| Deed::HandOver),
    (2, |_| Deed::Custody),
    (4, |chance| Deed::Restrict { order: chance.below(ORDERS.len() as u64) as usize, hours: later(chance) }),
    (3, |chance| Deed::Lift { order: chance.below(ORDERS.len() as u64) as usize }),
    (4, |chance| Deed::Group { spoiled: chance.one_in(2) }),
    (1, |_| Deed::SpeaksNewer),
    (1, |_| Deed::SpeaksOlder),
    (2, |_| Deed::SpeaksAlike),
    (38, |chance| Deed::Spoil(Fate::any(chance))),
    (3, |chance| Deed::Pass { hours: 1 + chance.below(30) as u32 }),
    (2, |chance| Deed::Pass { hours: 24 + chance.below(24 * 34) as u32 }),
    (3, |_| Deed::ServerBackup),
    (2, |_| Deed::ServerRestore),
    (7, |chance| Deed::Make { tie: chance.below(TIES.len() as u64) as usize, hours: later(chance) }),
    (7, |chance| Deed::End { tie: chance.below(TIES.len() as u64) as usize, hours: later(chance) }),
    (6, |chance| [Deed::WriteGoal, Deed::CallMeeting, Deed::MoveMeeting][chance.below(3) as usize]),
    (6, |_| Deed::Review),
    (1, |_| Deed::Revoke),
];

fn later(chance: &mut Chance) -> u32 {
    if chance.one_in(3) { 1 + chance.below(72) as u32 } else { 0 }
}

impl Deed {
    fn any(chance: &mut Chance) -> Self {
        let all = WEIGHTS.iter().map(|(weight, _)| weight).sum();
        let mut at = chance.below(all);
        for (weight, deed) in &WEIGHTS {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return deed(chance),
            }
        }
        Self::Hello
    }
}

impl Fate {
    fn any(chance: &mut Chance) -> Self {
        match chance.below(19) {
            0 | 1 => Self::IsLost,
            2..=4 => Self::LosesReply,
            5 | 6 => Self::ArrivesTwice,
            7 => Self::ArrivesLate { minutes: 2 + chance.below(600) as u32 },
            8 => Self::RepliesLate { seconds: 1 + chance.below(58) as u32 },
            9 => Self::IsTorn,
            10 => Self::TearsChunk,
            11 => Self::Portal,
            12..=14 => Self::ServerDies { at: 1 + chance.below(30) as u32 },
            15 | 16 => Self::Overtaken { at: 1 + chance.below(12) as u32 },
            17 => Self::IsPutOff { seconds: 1 + chance.below(120) as u32 },
            _ => Self::Arrives,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = PHONES.get(self.phone).copied().unwrap_or_default();
        write!(f, "+{:>5} s  phone {} ({owner})  {:?}", self.after, self.phone, self.deed)
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "seed {}, {} phones, {} bytes a page{}",
            self.seed,
            self.phones,
            self.room,
            if self.listens { ", poked" } else { "" }
        )?;
        self.steps.iter().try_for_each(|step| writeln!(f, "  {step}"))
    }
}
