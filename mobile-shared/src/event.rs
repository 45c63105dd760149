//! What happens to the core: JSON `{"type": …}` across every face. Times are epoch
//! milliseconds.
//!
//! ```json
//! {"type":"signIn","login":"…","password":"…"}
//! {"type":"signInWithPasskey","challenge":"…","credential":{…}}
//! {"type":"redeem","code":"…","login":"…","password":"…"}
//! {"type":"signOut","unsent":"send"|"keep"|"destroy"}
//! {"type":"choose","account":"…"}
//! {"type":"lock"}
//! {"type":"anew","account":"…"}
//! {"type":"do","id":"…","agency":"…","intent":{"name":"LogVisit",…},"replaces":"…"}
//! {"type":"drop","operation":"…"}
//! {"type":"withdraw","operation":"…","also":["…"]}
//! {"type":"draft","agency":"…","student":"…","name":"LogVisit","operation":"…","body":{…}|null}
//! {"type":"reply","request":"…","status":200,"body":"…"}
//! {"type":"failed","request":"…"}
//! {"type":"woke"|"online"|"offline"|"poke"|"hello"}
//! ```
//! `replaces` names a parked operation that this one is sent instead of, over what that one's form
//! showed unless the intent says what its own did (`saw`); `drop` throws a
//! parked one (or its receipt) away, because its author said so. `withdraw` takes back what
//! is in no push yet, with what stands on it as the outbox screen named it. `draft` keeps
//! what is begun and not done; done, it is gone, and a late word of the form about the same
//! `operation` brings nothing back.

use domain::{
    contact::{Channel, Reached},
    meeting::Reply,
    progress::Score,
    record_request::{Asks, Contested},
    visit::Attendance,
};
use serde::{Deserialize, Serialize};
use sync::{AccountId, AgencyId, OperationId, PersonId, RecordId};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Event {
    /// A person signs in.
    SignIn {
        /// What they sign in with.
        login: String,
        /// Their password; it is sent and never kept.
        password: String,
    },
    /// A person signs in with a passkey. The app asked the server (`POST /auth/passkey/ask`) and
    /// the phone for the answer; which account it is stands in it.
    SignInWithPasskey {
        /// What the server asked.
        challenge: String,
        /// What the phone answered, as WebAuthn writes it.
        credential: serde_json::Value,
    },
    /// A guardian makes an account, or joins theirs, with the code they were given.
    Redeem {
        /// The code.
        code: String,
        /// What they will sign in with.
        login: String,
        /// The password; it is sent and never kept.
        password: String,
    },
    /// The person leaves.
    SignOut {
        /// What becomes of work that the server does not have.
        unsent: Unsent,
    },
    /// Another person wants their copy on this phone: the open one is closed and locked,
    /// theirs opens when they sign in.
    Choose {
        /// Their account.
        account: AccountId,
    },
    /// The open copy is closed at once, and opens when its key is handed in again. Nothing is sent
    /// meanwhile. Where copies are not encrypted nothing happens.
    Lock,
    /// Nobody has the key of this locked copy any more: its owner, whom the server let in just now,
    /// begins with an empty one. What was not sent is lost, as they were told.
    Anew {
        /// Their account.
        account: AccountId,
    },
    /// The person does something. The same again changes nothing; something else under the
    /// same id is refused.
    Do {
        /// Becomes the operation's id.
        id: OperationId,
        /// In which agency.
        agency: AgencyId,
        /// What.
        intent: Intent,
        /// The parked operation that it is sent instead of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<OperationId>,
    },
    /// The author throws a parked operation away.
    Drop {
        /// The operation.
        operation: OperationId,
    },
    /// The person takes back what was not sent yet.
    Withdraw {
        /// The operation.
        operation: OperationId,
        /// What stands on it, as it was shown: it goes as well.
        #[serde(default)]
        also: Vec<OperationId>,
    },
    /// The person began something, or went on with it.
    Draft {
        /// In which agency.
        agency: AgencyId,
        /// About whom.
        student: RecordId,
        /// What it will be: the name of an intent, and what it is about where there may be
        /// several about one student: `AnswerMeeting/{meeting}`, `Resolve/{record}/{field}`.
        name: String,
        /// The id under which it will be done, if the screen knows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<OperationId>,
        /// The form as its screen knows it; none when it is thrown away.
        #[serde(default)]
        body: Option<serde_json::Value>,
    },
    /// The server answered a request.
    Reply {
        /// As it was named in the effect.
        request: String,
        /// The HTTP status.
        status: u16,
        /// The body, as text.
        body: String,
    },
    /// A request got no answer.
    Failed {
        /// As it was named in the effect.
        request: String,
    },
    /// The moment of the last `wakeAt` has come.
    Woke,
    /// There is a network.
    Online,
    /// There is none.
    Offline,
    /// The server hints that something changed.
    Poke,
    /// A screen was opened or shown again.
    Hello,
}

/// What sign-out does with work that the server does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unsent {
    /// Send it first; the copy goes when nothing is left to send.
    Send,
    /// Keep the copy, locked until the person signs in again.
    Keep,
    /// Destroy the copy with all that is unsent.
    Destroy,
}

/// What a person wants done, as a screen knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all_fields = "camelCase")]
pub enum Intent {
    /// A provider gave a service.
    LogVisit {
        /// The new visit's id, if the screen made one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visit: Option<RecordId>,
        /// Who was served.
        student: RecordId,
        /// Which service.
        service: String,
        /// When it began, epoch ms.
        started_at: i64,
        /// When it ended, epoch ms.
        ended_at: i64,
        /// Whether it took place.
        attendance: Attendance,
        /// What was done and seen.
        #[serde(default)]
        note: String,
        /// The data points taken.
        #[serde(default)]
        points: Vec<PointTaken>,
        /// The person's own visit that was logged wrongly and reads like this instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amends: Option<RecordId>,
    },
    /// Staff tried to reach somebody of the family.
    LogAttempt {
        /// About whom.
        student: RecordId,
        /// Whom it was to reach.
        person: PersonId,
        /// When, epoch ms.
        at: i64,
        /// How.
        channel: Channel,
        /// In which language.
        language: String,
        /// What came of it.
        reached: Reached,
        /// The meeting that it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meeting: Option<RecordId>,
        /// What was said.
        #[serde(default)]
        note: String,
        /// The attempt that was written down wrongly and reads like this instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amends: Option<RecordId>,
    },
    /// A guardian writes one part of their own input.
    EditInput {
        /// Whom it is about.
        student: RecordId,
        /// `strengths`, `concerns` or `hopes`.
        field: String,
        /// What they wrote.
        value: String,
        /// What the form showed when they began: by now it may be another text.
        /// Without it, what is here now; who may have to say it again after a crash names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<String>,
    },
    /// A guardian hands their input to the team.
    SubmitInput {
        /// Whom it is about.
        student: RecordId,
    },
    /// A guardian writes one part of the shared family statement.
    EditStatement {
        /// Whose family it is.
        student: RecordId,
        /// `strengths`, `concerns` or `vision`.
        field: String,
        /// What they wrote.
        value: String,
        /// What the form showed when they began: by now it may be another text.
        /// Without it, what is here now; who may have to say it again after a crash names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<String>,
    },
    /// An invited person answers.
    AnswerMeeting {
        /// The meeting.
        meeting: RecordId,
        /// Which of its times the form showed; without it, the one that is here now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        revision: Option<u32>,
        /// The answer.
        answer: Reply,
        /// Their words.
        #[serde(default)]
        note: String,
    },
    /// A guardian asks to see the record, or to have it corrected.
    AskOfRecord {
        /// Whose record.
        student: RecordId,
        /// `see` or `correct`.
        asks: Asks,
        /// What they want to see, or what is wrong.
        #[serde(default)]
        words: String,
        /// What it should say instead.
        #[serde(default)]
        instead: String,
        /// What is wrong, if it is one thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contests: Option<Contested>,
    },
    /// A guardian asks for a hearing on what the school would not correct.
    AskForHearing {
        /// The request.
        request: RecordId,
    },
    /// A guardian puts their own words beside it.
    StateDisagreement {
        /// The request.
        request: RecordId,
        /// The words.
        words: String,
    },
    /// A person chooses between versions.
    Resolve {
        /// The record's kind.
        kind: String,
        /// The record.
        record: RecordId,
        /// The field.
        field: String,
        /// The versions that were shown.
        saw: Vec<SeenVersion>,
        /// What was chosen or newly written.
        value: String,
    },
}

/// A version as the screen showed it to whoever chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenVersion {
    /// Its id.
    pub id: OperationId,
    /// Its text.
    pub value: String,
}

/// A data point as it is taken on a screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointTaken {
    /// The goal.
    pub goal: RecordId,
    /// What was seen.
    #[serde(flatten)]
    pub score: Score,
}
