//! The closed list of scopes: what one kind of person may see of one thing, and in which
//! of them each record lies. Different audiences are different records, not column filters.

use crate::{family::is_handed_in, kinds, visit::SERVICES};
use sync::{
    Kind, PersonId, Record, RecordId,
    faults::{self, Fault},
};

/// The number of this list: raised when records come to lie elsewhere than before. Copies that
/// were made under another one are compared.
pub const LAYOUT: u16 = 2;

/// Paths inside one agency.
pub mod path {
    use sync::{PersonId, RecordId};

    /// What all guardians with rights share.
    pub fn family(student: RecordId) -> String {
        format!("student/{}/family", student.0.simple())
    }
    /// What is between one guardian and the team: answers, contact data, own input.
    pub fn guardian(student: RecordId, person: PersonId) -> String {
        format!("student/{}/guardian/{}", student.0.simple(), person.0.simple())
    }
    /// What the parents of a student of age are still sent: the card and meetings.
    pub fn notices(student: RecordId) -> String {
        format!("student/{}/notices", student.0.simple())
    }
    /// What the student sees.
    pub fn student(student: RecordId) -> String {
        format!("student/{}/student", student.0.simple())
    }
    /// Name, grade, school, team: for everybody who works with the student.
    pub fn glance(student: RecordId) -> String {
        format!("student/{}/glance", student.0.simple())
    }
    /// Goals, data and meetings: for those who teach or serve the student.
    pub fn teaching(student: RecordId) -> String {
        format!("student/{}/teaching", student.0.simple())
    }
    /// Visits of one service: for those who give it.
    pub fn service(student: RecordId, service: &str) -> String {
        format!("student/{}/service/{service}", student.0.simple())
    }
    /// Everything that the case manager sees.
    pub fn case(student: RecordId) -> String {
        format!("student/{}/case", student.0.simple())
    }
    /// What concerns one person alone.
    pub fn person(person: PersonId) -> String {
        format!("person/{}", person.0.simple())
    }
    /// Names of schools and the like, for everybody in the agency.
    pub const REFERENCE: &str = "reference";
}

/// The scopes in which a record lies as it is now. An unknown kind lies nowhere.
pub fn lies_in(kind: &Kind, id: RecordId, record: &Record) -> Vec<String> {
    if *kind == kinds::ORG {
        return vec![path::REFERENCE.to_owned()];
    }
    if *kind == kinds::STUDENT {
        return vec![path::glance(id), path::family(id), path::student(id), path::notices(id)];
    }
    let Some(student) = record.subject.map(RecordId) else { return Vec::new() };
    let own = || path::guardian(student, record.made.by);
    match kind {
        kind if *kind == kinds::MEMBER => {
            vec![path::glance(student), path::family(student), path::student(student), path::notices(student)]
        }
        kind if *kind == kinds::GOAL || *kind == kinds::POINT => {
            vec![path::teaching(student), path::case(student), path::family(student), path::student(student)]
        }
        kind if *kind == kinds::VISIT => match SERVICES.iter().find(|name| **name == record.text("service")) {
            Some(service) => vec![path::service(student, service), path::case(student), path::family(student)],
            None => vec![path::case(student), path::family(student)],
        },
        kind if *kind == kinds::MEETING => {
            vec![path::teaching(student), path::case(student), path::family(student), path::notices(student)]
        }
        // Between one of the family and the school.
        kind if *kind == kinds::ANSWER || *kind == kinds::REQUEST || *kind == kinds::DISAGREEMENT => {
            vec![own(), path::case(student)]
        }
        // Until it is submitted a guardian's input is theirs alone.
        kind if *kind == kinds::INPUT && !is_handed_in(record) && !faults::is(Fault::LeakDraft) => {
            vec![own()]
        }
        kind if *kind == kinds::INPUT => vec![own(), path::case(student)],
        // Between the family member who was to be reached and the team.
        kind if *kind == kinds::ATTEMPT => {
            let person = record.text("person").parse().ok();
            person.map(|person| path::guardian(student, person)).into_iter().chain([path::case(student)]).collect()
        }
        kind if *kind == kinds::STATEMENT => vec![path::family(student), path::case(student)],
        _ => Vec::new(),
    }
}

/// What comes first when much has to come: names and cards before what a child's own page
/// shows, and small things before large ones.
pub fn rank(path: &str) -> u8 {
    match path.rsplit('/').next() {
        Some("reference" | "glance") => 0,
        _ if path.starts_with("person/") => 0,
        _ if guardian_of(path).is_some() => 1,
        _ => 2,
    }
}

/// The student that a path is about, if any.
pub fn student_of(path: &str) -> Option<RecordId> {
    path.strip_prefix("student/")?.split('/').next()?.parse().ok()
}

/// The guardian whose own scope a path is, if it is one.
pub fn guardian_of(path: &str) -> Option<PersonId> {
    path.split_once("/guardian/")?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sync::{Micros, OperationId, record::Stamp};
    use uuid::Uuid;

    #[test]
    fn unsubmitted_input_is_its_authors_alone() {
        let student = RecordId(Uuid::from_u128(1));
        let author = PersonId(Uuid::from_u128(2));
        let stamp = Stamp { op: OperationId(Uuid::from_u128(3)), by: author, at: Micros(0) };
        let mut input = Record::new(stamp, Some(student.0), None);
        let id = RecordId(Uuid::from_u128(4));
        assert_eq!(lies_in(&kinds::INPUT, id, &input), [path::guardian(student, author)]);
        input.fields.insert("submittedAt".into(), json!(1));
        assert_eq!(lies_in(&kinds::INPUT, id, &input), [path::guardian(student, author), path::case(student)]);
    }

    /// Where they lie in the second layout, as each of them may look. In the first there were no notices.
    const SECOND: &str = "\
student: */glance */family */student */notices
member: */glance */family */student */notices
goal: */teaching */case */family */student
point: */teaching */case */family */student
visit: */service/speech */case */family
visit of an unknown service: */case */family
meeting: */teaching */case */family */notices
answer: */guardian/AUTHOR */case
input: */guardian/AUTHOR
input that was handed in: */guardian/AUTHOR */case
statement: */family */case
org: reference
attempt: */guardian/PERSON */case
attempt to reach nobody: */case
request: */guardian/AUTHOR */case
disagreement: */guardian/AUTHOR */case
of no student, visit:
of no student, org: reference";

    #[test]
    fn where_records_lie_is_what_the_number_of_this_list_stands_for() {
        let (student, author, person) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let stamp = Stamp { op: OperationId(Uuid::nil()), by: PersonId(author), at: Micros(0) };
        let mut record = Record::new(stamp, Some(student), None);
        record.fields.insert("person".into(), json!(person));
        record.fields.insert("service".into(), json!("speech"));
        let with = |field: &str, value: serde_json::Value| {
            let mut record = record.clone();
            record.fields.insert(field.to_owned(), value);
            record
        };
        let of_nobody = Record { subject: None, ..record.clone() };
        let mut shapes: Vec<(String, Kind, Record)> = Vec::new();
        for kind in kinds::ALL {
            shapes.push((kind.to_string(), kind.clone(), record.clone()));
            let (looks, other) = match &kind {
                kind if *kind == kinds::VISIT => ("of an unknown service", with("service", json!("music"))),
                kind if *kind == kinds::INPUT => ("that was handed in", with("submittedAt", json!(1))),
                kind if *kind == kinds::ATTEMPT => ("to reach nobody", with("person", json!(null))),
                _ => continue,
            };
            shapes.push((format!("{kind} {looks}"), kind, other));
        }
        for kind in [kinds::VISIT, kinds::ORG] {
            shapes.push((format!("of no student, {kind}"), kind, of_nobody.clone()));
        }
        let lies = |(name, kind, record): &(String, Kind, Record)| {
            let paths = lies_in(kind, RecordId(student), record);
            let short = |path: &String| {
                let short = path.replace("student/", "").replace(&student.simple().to_string(), "*");
                let short = short.replace(&author.simple().to_string(), "AUTHOR");
                short.replace(&person.simple().to_string(), "PERSON")
            };
            format!("{name}: {}", paths.iter().map(short).collect::<Vec<_>>().join(" ")).trim_end().to_owned()
        };
        let all: Vec<String> = shapes.iter().map(lies).collect();
        assert_eq!((LAYOUT, all.join("\n")), (2, SECOND.to_owned()), "another list has another number");
    }

    #[test]
    fn every_kind_lies_somewhere_and_an_unknown_one_nowhere() {
        let stamp = Stamp { op: OperationId(Uuid::nil()), by: PersonId(Uuid::nil()), at: Micros(0) };
        let record = Record::new(stamp, Some(Uuid::from_u128(1)), None);
        for kind in kinds::ALL {
            assert!(!lies_in(&kind, RecordId(Uuid::from_u128(2)), &record).is_empty(), "{kind}");
        }
        assert!(lies_in(&Kind::known("later"), RecordId(Uuid::nil()), &record).is_empty());
    }
}
