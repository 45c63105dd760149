//! `tests/access.txt`: who may do what to whom, printed from the rules for people to review,
//! and under which rule each field and mutation of the GraphQL schema stands.
//!
//! `AIMLINE_BLESS=1` writes the file anew; the difference is what a reviewer reads.

use domain::facts::RightsBasis;
use domain::team::TeamRole;
use server::access::{Action, Facts, Judgement, Link, Part, Restriction, Right, Span, StaffRole, may};
use std::fmt::Write as _;
use std::path::PathBuf;
use sync::{AgencyId, Micros, PersonId, RecordId};
use uuid::Uuid;

const NOW: Micros = Micros(1_790_000_000_000_000);
const CHILD: RecordId = RecordId(Uuid::from_u128(1));
const ME: PersonId = PersonId(Uuid::from_u128(2));
const OTHER: PersonId = PersonId(Uuid::from_u128(3));

/// Everybody who plays a part, by what they are to one child now.
fn cast() -> Vec<(&'static str, Facts)> {
    let link = |role, until: Option<i64>| Link {
        student: CHILD,
        role,
        service: (role == TeamRole::Provider).then(|| "speech".to_owned()),
        span: Span::new(NOW.plus_days(-200), until.map(|days| NOW.plus_days(days))),
    };
    let person = |staff_role, links| Facts { agency: AgencyId(Uuid::from_u128(9)), person: ME, staff_role, links };
    // The child came of age ten days ago.
    let passed = |basis, resting: &[Span]| {
        let right = Right { student: CHILD, basis, span: Span::new(NOW.plus_days(-200), None) };
        right.links(Some(NOW.plus_days(-10)), resting)
    };
    use StaffRole::{CaseManager, Director, Office, Provider, Teacher};
    vec![
        ("guardian", person(None, vec![link(TeamRole::Guardian, None)])),
        ("guardian-ended", person(None, vec![link(TeamRole::Guardian, Some(-10))])),
        ("contact", person(None, vec![])),
        ("guardian-kept-away", {
            let order = Restriction { student: CHILD, span: Span::new(NOW.plus_days(-10), None) };
            person(None, link(TeamRole::Guardian, None).beside(&[order]))
        }),
        ("parent-of-adult", person(None, passed(RightsBasis::Parent, &[]))),
        ("adult-student", person(None, passed(RightsBasis::AdultStudent, &[]))),
        ("adult-stood-for", person(None, passed(RightsBasis::AdultStudent, &[Span::ALWAYS]))),
        ("adults-guardian", person(None, passed(RightsBasis::AdultGuardian, &[]))),
        ("case-manager", person(Some(CaseManager), vec![link(TeamRole::CaseManager, None)])),
        ("speech", person(Some(Provider), vec![link(TeamRole::Provider, None)])),
        ("speech-ended", person(Some(Provider), vec![link(TeamRole::Provider, Some(-10))])),
        ("speech-long-ago", person(Some(Provider), vec![link(TeamRole::Provider, Some(-40))])),
        ("teacher", person(Some(Teacher), vec![link(TeamRole::Teacher, None)])),
        ("other-staff", person(Some(Teacher), vec![])),
        ("office", person(Some(Office), vec![])),
        ("director", person(Some(Director), vec![])),
    ]
}

/// What can be done, to the child or (`false`) in the agency.
fn actions() -> Vec<(&'static str, Action<'static>, bool)> {
    let visit = |service, days| Action::LogVisit { service, at: NOW.plus_days(days) };
    vec![
        ("see card and team", Action::See(Part::Card), true),
        ("see goals", Action::See(Part::Goals), true),
        ("see speech visits", Action::See(Part::Visits { service: "speech" }), true),
        ("see physical visits", Action::See(Part::Visits { service: "physical" }), true),
        ("see statement", Action::See(Part::Statement), true),
        ("see own input", Action::See(Part::Input { by: ME }), true),
        ("see another's input", Action::See(Part::Input { by: OTHER }), true),
        ("see meetings", Action::See(Part::Meetings), true),
        ("see own answer", Action::See(Part::Answer { by: ME }), true),
        ("see another's answer", Action::See(Part::Answer { by: OTHER }), true),
        ("see contacts", Action::See(Part::Contacts), true),
        ("see what did not arrive", Action::See(Part::NotReceived), true),
        ("see attempts to reach oneself", Action::See(Part::Attempts { with: ME }), true),
        ("see attempts to reach another", Action::See(Part::Attempts { with: OTHER }), true),
        ("see own request", Action::See(Part::Request { by: ME }), true),
        ("see another's request", Action::See(Part::Request { by: OTHER }), true),
        ("see looks of staff", Action::See(Part::Look { by: OTHER, family: false }), true),
        ("see looks of another guardian", Action::See(Part::Look { by: OTHER, family: true }), true),
        ("see disclosures", Action::See(Part::Disclosures), true),
        ("see how long it is kept", Action::See(Part::Retention), true),
        ("log speech of yesterday", visit("speech", -1), true),
        ("log speech of 50 days ago", visit("speech", -50), true),
        ("log physical of yesterday", visit("physical", -1), true),
        ("review evidence", Action::Review, true),
        ("log attempt of yesterday", Action::LogAttempt { at: NOW.plus_days(-1) }, true),
        ("log attempt of 50 days ago", Action::LogAttempt { at: NOW.plus_days(-50) }, true),
        ("edit statement", Action::EditStatement, true),
        ("edit own input", Action::EditInput { by: ME }, true),
        ("edit another's input", Action::EditInput { by: OTHER }, true),
        ("answer meeting", Action::AnswerMeeting, true),
        ("ask to see or correct the record", Action::AskOfRecord, true),
        ("go on with own request", Action::GoOnAsking { by: ME }, true),
        ("go on with another's request", Action::GoOnAsking { by: OTHER }, true),
        ("answer request", Action::AnswerRequest, true),
        ("take a copy of the record", Action::CopyRecord, true),
        ("disclose to a party outside", Action::Disclose, true),
        ("hold the record", Action::Retain, true),
        ("resolve statement", Action::Resolve(Part::Statement), true),
        ("resolve own input", Action::Resolve(Part::Input { by: ME }), true),
        ("resolve review of a visit", Action::Resolve(Part::Visits { service: "speech" }), true),
        ("resolve review of an attempt", Action::Resolve(Part::Attempts { with: OTHER }), true),
        ("resolve meeting", Action::Resolve(Part::Meetings), true),
        ("write goal", Action::WriteGoal, true),
        ("call or move meeting", Action::CallMeeting, true),
        ("keep rights", Action::KeepRights, true),
        ("assign staff", Action::Assign, true),
        ("set the law of age", Action::SetLaw, false),
        ("set the schedule of keeping", Action::SetRetention, false),
        ("see staff list", Action::SeeStaff, false),
        ("import", Action::Import, false),
        ("let a guardian in", Action::LetIn { staff: false }, false),
        ("let staff in", Action::LetIn { staff: true }, false),
    ]
}

/// The rule under which a field stands. `as its holder`: whoever got the object may see it.
fn rule(object: &str, field: &str) -> Option<&'static str> {
    Some(match (object, field) {
        ("Query", "viewer") => "anybody; null when not signed in",
        ("Query", "agency") => "see staff list; null for all others",
        ("Query", "node" | "nodes") => "as the thing by itself; null for all others",
        ("Query", "syncPull") => "signed in; the scopes of the caller's own links",
        ("Query", "version") => "anybody",
        ("Mutation", "syncPush") => "signed in; each operation by its own rule",
        ("Mutation", "restrictionRecord" | "restrictionLift") => "keep rights",
        ("Mutation", "majorityRecord" | "majorityWithdraw") => "keep rights",
        ("Mutation", "majorityLawSet") => "set the law of age",
        ("Mutation", "contactVerify" | "rightsGrant" | "rightsEnd") => "keep rights",
        ("Mutation", "invitationCreate" | "entryCodeCreate") => "let a guardian in, or staff, as the person is",
        ("Mutation", "assignmentCreate" | "assignmentEnd") => "assign staff",
        ("Mutation", "visitReview" | "contactAttemptReview") => "review evidence",
        ("Mutation", "contactAttemptLog") => "log attempt",
        ("Mutation", "recordRequestAnswer") => "answer request",
        ("Mutation", "disclosureRecord" | "disclosureRequestRecord" | "disclosureWithdraw") => {
            "disclose to a party outside"
        }
        ("Mutation", "retentionHoldPlace" | "retentionHoldLift" | "retentionNoticeRecord") => "hold the record",
        ("Mutation", "retentionRuleSet") => "set the schedule of keeping",
        ("Mutation", "goalCreate") => "write goal",
        ("Mutation", "meetingCall" | "meetingMove") => "call or move meeting",
        ("Mutation", "conflictResolve") => "resolve statement, meeting or review, as the conflict is",
        ("Mutation", "deviceRename" | "deviceRevoke") => "one's own devices",
        ("Mutation", "passkeyRename" | "passkeyRemove") => "one's own passkeys",
        ("Subscription", "syncPoke" | "changed") => "signed in; what the caller may see, judged at each event",
        ("Goal" | "Visit" | "Meeting" | "FamilyStatement" | "ParentInput", "student") => "see card and team",
        ("Agency", "students") => "see card and team, student by student",
        ("Agency", "staff") => "see staff list",
        ("Agency", "imports") => "import",
        ("Agency", "recordRequests") => "answer request, and see it",
        ("Student", "recordRequests") => "see request of each guardian",
        ("RecordRequest" | "Disagreement", _) => "as its holder: see request of its guardian",
        ("Agency", "retentionRule" | "noLongerNeeded") => "set the schedule of keeping",
        ("Agency", "settledConflicts") => "resolve each",
        ("Agency", "conflictQueue") => "resolve each; a director where nobody manages the case",
        ("Agency", _) => "as its holder: membership, or see staff list",
        ("Student", "goals") => "see goals",
        ("Student", "visits") => "see visits of each service",
        ("Student", "familyStatement") => "see statement",
        ("Student", "conflicts" | "settledConflicts") => "see what is in dispute",
        ("Student", "notReceived") => "see what did not arrive",
        ("Student", "parentInputs") => "see input of each guardian",
        ("Student", "meetings") => "see meetings",
        ("Student", "contactAttempts") => "see attempts to reach each person",
        ("Student", "contacts" | "comingOfAge") => "see contacts",
        ("Student", "accessLog") => "see looks of each person",
        ("Student", "disclosures") => "see disclosures",
        ("Student", "retention") => "see how long it is kept",
        ("Student", "can") => "as its holder: each action by its own rule",
        ("Student", _) => "see card and team",
        ("Person", "email" | "phone" | "language") => "see contacts, or staff of staff; else null",
        ("Person", "entry") => "let a guardian in, or staff, as the person is; else null",
        ("Entry", _) => "as its holder: let in",
        ("Person", _) => "as its holder: oneself, keep people, staff of staff, a contact or an assignment",
        ("Meeting", "answers") => "see answer of each person",
        ("Goal" | "DataPoint" | "AimPoint" | "Trend" | "GoalOutlook", _) => "as its holder: see goals",
        ("Visit", _) => "as its holder: see visits of its service",
        ("FamilyStatement", _) => "as its holder: see statement",
        ("Conflict" | "ConflictAbout" | "SettledConflict" | "Alternative", _) => {
            "as its holder: see what is in dispute"
        }
        ("NotReceived", _) => "as its holder: see what did not arrive",
        ("Retention" | "RetentionHold" | "RetentionNotice", _) => "as its holder: see how long it is kept",
        ("RetentionRule", _) => "as its holder: set the schedule of keeping",
        ("Disclosure", _) => "as its holder: see disclosures",
        ("AccessLogEntry", _) => "as its holder: see looks of its person",
        ("ContactAttempt", _) => "as its holder: see attempts to reach its person",
        ("ParentInput", _) => "as its holder: see input of its guardian",
        ("Meeting" | "MeetingAnswer", _) => "as its holder: see meetings",
        ("Invitation", _) => "as its holder: see contacts, or let in",
        ("Contact" | "EducationalRight" | "Restriction" | "ComingOfAge" | "Majority" | "MajorityLaw", _) => {
            "as its holder: see contacts"
        }
        ("Assignment", _) => "as its holder: see card and team",
        ("RosterImport" | "ImportSection" | "ImportRemark", _) => "as its holder: import",
        ("Viewer" | "Membership" | "Device" | "Passkey", _) => "as its holder: oneself",
        ("Review", _) => "as its holder",
        ("Author" | "UserError" | "PageInfo", _) => "as its holder",
        (other, _) if other.ends_with("Payload") || other.ends_with("Connection") || other.ends_with("Edge") => {
            "as its holder"
        }
        _ => return None,
    })
}

/// Every `Type.field` of the printed schema.
fn fields(schema: &str) -> Vec<(String, String)> {
    let (mut object, mut described, mut found) = (None, false, Vec::new());
    for line in schema.lines() {
        if line.trim() == "\"\"\"" {
            described = !described;
        } else if described {
        } else if let Some(rest) = line.strip_prefix("type ") {
            object = rest.split_whitespace().next().map(str::to_owned);
        } else if line == "}" {
            object = None;
        } else if let (Some(object), Some(field)) = (&object, line.strip_prefix("  ")) {
            let name: String = field.chars().take_while(char::is_ascii_alphanumeric).collect();
            if !name.is_empty() {
                found.push((object.clone(), name));
            }
        }
    }
    found
}

fn printed(schema: &str) -> String {
    let mut text = String::from(
        "# Who may do what to one child of their agency: + yes, ? a person looks at it, . reads as not there.\n\
         # Nobody has any access in an agency that they are no person of.\n\n",
    );
    let cast = cast();
    for (column, (name, _)) in cast.iter().enumerate() {
        let _ = writeln!(text, "{:28}{}{name}", "", "| ".repeat(column));
    }
    for (name, action, about_child) in actions() {
        let _ = write!(text, "{name:28}");
        for (_, facts) in &cast {
            let sign = match may(facts, action, about_child.then_some(CHILD), NOW) {
                Judgement::Allowed => "+ ",
                Judgement::Review => "? ",
                Judgement::NotFound => ". ",
            };
            text.push_str(sign);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text.push_str("\n# Under which rule each field stands.\n\n");
    for (object, field) in fields(schema) {
        let rule = rule(&object, &field);
        let rule =
            rule.unwrap_or_else(|| panic!("{object}.{field} has no rule: write it into tests/it/access_matrix.rs"));
        let _ = writeln!(text, "{:40}{rule}", format!("{object}.{field}"));
    }
    text
}

#[test]
fn the_access_matrix_says_what_the_rules_say() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("access.txt");
    let printed = printed(&server::graphql::sdl());
    if std::env::var_os("AIMLINE_BLESS").is_some() {
        std::fs::write(&file, &printed).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == printed, "tests/access.txt differs from the rules: AIMLINE_BLESS=1 rewrites it for review");
}

#[test]
fn the_schema_file_is_the_one_that_the_server_prints() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    let printed = server::graphql::sdl();
    if std::env::var_os("AIMLINE_BLESS").is_some() {
        std::fs::write(&file, &printed).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == printed, "schema.graphql differs from what the server prints: AIMLINE_BLESS=1 rewrites it");
}
