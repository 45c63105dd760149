//! The kinds of replicated records, by the names they have on the wire and in the table.

use sync::Kind;

/// What phones see of a student: name, grade, school.
pub const STUDENT: Kind = Kind::known("student");
/// Somebody on a student's team: staff with an assignment, or a guardian with rights.
pub const MEMBER: Kind = Kind::known("member");
/// A measurable annual goal, 34 CFR 300.320(a)(2).
pub const GOAL: Kind = Kind::known("goal");
/// One scored observation of a goal.
pub const POINT: Kind = Kind::known("point");
/// One delivery of a service.
pub const VISIT: Kind = Kind::known("visit");
/// A meeting of the team about a student.
pub const MEETING: Kind = Kind::known("meeting");
/// What one invited person answered to one revision of a meeting.
pub const ANSWER: Kind = Kind::known("answer");
/// One guardian's input before the plan is drafted.
pub const INPUT: Kind = Kind::known("input");
/// What the family says together; every guardian with rights may edit it.
pub const STATEMENT: Kind = Kind::known("statement");
/// A school or other organisation, for names on a screen.
pub const ORG: Kind = Kind::known("org");
/// One attempt to reach somebody of a family.
pub const ATTEMPT: Kind = Kind::known("attempt");
/// What a family asks of the record: to see it, to have it corrected.
pub const REQUEST: Kind = Kind::known("request");
/// A family's own words beside what the school would not correct.
pub const DISAGREEMENT: Kind = Kind::known("disagreement");

/// All of them.
pub const ALL: [Kind; 13] =
    [STUDENT, MEMBER, GOAL, POINT, VISIT, MEETING, ANSWER, INPUT, STATEMENT, ORG, ATTEMPT, REQUEST, DISAGREEMENT];

/// A plan: its policies are settled, its operations come with the process.
pub const PLAN: Kind = Kind::known("plan");
