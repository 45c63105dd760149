//! A program of somebody's own, which speaks the protocol as `docs/sync.md` has it: it sends
//! visits that belong together, and sends them twice. The app makes no groups yet; the server
//! takes them whole or not at all.

use super::{
    Failure,
    cast::{self, CHILDREN, Child, LAKE, student},
    chance::Chance,
    run::Run,
};
use domain::{
    Intent, kinds,
    visit::{Attendance, LogVisit},
};
use server::records;
use sync::{
    IdSource, OperationId, RecordId, StoreId,
    operation::{Group, Sent},
    push::{Judged, PushAnswer, PushRequest},
    wire,
};
use uuid::Uuid;

/// The copy that the program says it is.
const STORE: StoreId = StoreId(Uuid::from_u128(0x9009));
/// Whose program it is.
const AUTHOR: &str = "pat";

impl Run<'_> {
    /// Pat's program sends a group about Ana.
    pub(super) fn group(&mut self, spoiled: bool, chance: &mut Chance) -> Result<(), Failure> {
        let mut ids = IdSource::new(self.now, chance.bytes());
        let count = 2 + chance.below(4) as u32;
        let visits: Vec<RecordId> = (0..count).map(|_| ids.mint()).collect();
        let group: OperationId = ids.mint();
        let wrong = spoiled.then(|| chance.below(u64::from(count)) as usize);
        let operations = visits.iter().enumerate().map(|(index, visit)| {
            let (_, note) = self.ledger.next_sentence(AUTHOR);
            // Each but the first stands on the one before.
            let amends = visits[..index].last().copied();
            let intent = self.visit_of(CHILDREN[0], *visit, amends, note, wrong == Some(index));
            let mut operation = cast::sent(ids.mint(), &intent, self.now).operation;
            operation.group = Some(Group { id: group, index: index as u32, count });
            Sent::write(operation).expect("it is small").bytes
        });
        let operations = operations.collect();
        let mut request = PushRequest {
            wire: wire::VERSION,
            store: STORE,
            agency: LAKE,
            first: 1,
            skip: None,
            operations,
            forgotten: Vec::new(),
        };
        // Whatever the number, the server says which one it expects.
        request.first = self.sent_so_far + 1;
        let verdicts = match self.program_sends(&request)? {
            PushAnswer::Taken { verdicts, .. } => verdicts,
            PushAnswer::Expected { number } => {
                request.first = number;
                self.taken(&request)?
            }
            other => return Err(Failure::new("a group gets verdicts", format!("{other:?}"))),
        };
        self.sent_so_far = request.first + u64::from(count) - 1;
        if self.taken(&request)? != verdicts {
            return Err(Failure::new("what was judged keeps its verdict", format!("{verdicts:?}")));
        }
        self.check_whole(&visits, &verdicts)
    }

    fn visit_of(&self, child: Child, visit: RecordId, amends: Option<RecordId>, note: String, wrong: bool) -> Intent {
        let service = if wrong { "juggling" } else { "speech" };
        LogVisit {
            visit,
            student: student(child),
            service: service.into(),
            started_at: self.now.plus(-1_800_000_000),
            ended_at: self.now,
            attendance: Attendance::Present,
            note,
            points: Vec::new(),
            amends,
        }
        .into()
    }

    fn program_sends(&mut self, request: &PushRequest) -> Result<PushAnswer, Failure> {
        let sent = self.server.push_of(AUTHOR, request, self.now);
        let (reply, touched) = sent.map_err(|error| Failure::new("the server answers", error.to_string()))?;
        self.note(format_args!("{AUTHOR}'s program: a group from {} on: {:?}", request.first, reply.answer));
        self.poke(&touched);
        Ok(reply.answer)
    }

    fn taken(&mut self, request: &PushRequest) -> Result<Vec<Judged>, Failure> {
        match self.program_sends(request)? {
            PushAnswer::Taken { verdicts, .. } => Ok(verdicts),
            other => Err(Failure::new("a group gets verdicts", format!("{other:?}"))),
        }
    }

    /// All of a group is there, or nothing of it.
    fn check_whole(&mut self, visits: &[RecordId], verdicts: &[Judged]) -> Result<(), Failure> {
        let find = |db: &mut _| records::find_all(db, LAKE, &kinds::VISIT, visits);
        let there = self.server.session().read(find);
        let there = there.map_err(|error| Failure::new("the server answers", error.to_string()))?.len();
        let taken = verdicts.iter().filter(|judged| judged.verdict.is_success()).count();
        let all = visits.len();
        if (taken, there) == (all, all) || (taken, there) == (0, 0) {
            return Ok(());
        }
        let why = format!("{taken} of {all} were taken and {there} are there: {verdicts:?}");
        Err(Failure::new("a group is taken whole or not at all", why))
    }
}
