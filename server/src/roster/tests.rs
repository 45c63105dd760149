//! Real exports, and one table of bad ones: each row says what somebody did to a good export and
//! what they are told.

use std::path::PathBuf;

use super::fault::Faulty;
use super::format::roster;
use super::model::{Plan, Roster, Seat, Weight};
use super::source::Files;
use crate::access::StaffRole;

/// A good export of OneRoster 1.1: one school, one class, its teacher, a child and her mother.
pub(super) const GOOD: &[(&str, &str)] = &[
    (
        "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n\
         file.orgs,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n\
         file.academicSessions,bulk\nfile.courses,bulk\nfile.demographics,bulk\n",
    ),
    (
        "orgs.csv",
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
         d1,,,Aspen,district,,\n\
         s1,,,Aspen Elementary,school,,d1\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
         t1,,,Fall,term,2026-08-24,2026-12-18,,2027\n",
    ),
    (
        "courses.csv",
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,\
         orgSourcedId,subjects,subjectCodes\n\
         c1,,,t1,Homeroom,,,s1,,\n",
    ),
    (
        "users.csv",
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,\
         givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
         u1,,,true,s1,student,ana,,Ana,Lee,,,,,,u2,03,\n\
         u2,,,true,s1,parent,may,,May,Lee,,,,,,u1,,\n\
         u3,,,true,s1,teacher,tom,,Tom,Orr,,,,,,,,\n",
    ),
    (
        "classes.csv",
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,\
         location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
         k1,,,Room 3,,c1,,homeroom,,s1,t1,,,\n",
    ),
    (
        "enrollments.csv",
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
         primary,beginDate,endDate\n\
         e1,,,k1,s1,u1,student,false,2026-08-24,\n\
         e2,,,k1,s1,u3,teacher,true,,\n",
    ),
    (
        "demographics.csv",
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,\
         blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,\
         demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,\
         stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n\
         u1,,,2018-03-01,,,,,,,,,,,,\n",
    ),
];

/// The good export with `from` written as `to` in one file.
fn changed(file: &str, from: &str, to: &str) -> Result<Roster, Faulty> {
    let texts: Vec<(&str, String)> = GOOD
        .iter()
        .map(|&(name, text)| {
            if name != file {
                return (name, text.to_owned());
            }
            assert!(text.contains(from), "{file} holds {from:?}");
            (name, text.replacen(from, to, 1))
        })
        .collect();
    let texts: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    roster(&Files::of(&texts))
}

fn told(result: Result<Roster, Faulty>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(faulty) => faulty.faults.iter().map(ToString::to_string).collect(),
    }
}

/// A folder of the real samples, or nothing (said aloud) where they are not at hand.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(super) fn real(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let data = std::env::var_os("AIMLINE_REAL_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from);
    let folder = root.join(data).join(name);
    if !folder.is_dir() {
        eprintln!("skipped: no {} (set AIMLINE_REAL_DATA)", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn grand_bend_loads_whole() {
    let Some(folder) = real("grand-bend") else {
        return;
    };
    let roster = roster(&Files::open(&folder).expect("files")).expect("no faults");
    let staff = roster.people.iter().filter(|p| p.staff.is_some()).count();
    let contacts = roster.people.len() - staff;
    assert_eq!((roster.students.len(), contacts, staff, roster.orgs.len()), (960, 1_873, 68, 4));
    assert_eq!(roster.contacts.len(), 1_872);
    let apart = roster.contacts.iter().filter(|c| c.lives_with == Some(false));
    assert_eq!(apart.count(), 192);
    assert_eq!(roster.enrollments.map(|e| e.len()), Some(1_015));
    assert_eq!((roster.agency.as_str(), roster.format), ("Grand Bend ISD", "oneroster-1.1"));
    let remarks: Vec<_> = roster.remarks.iter().map(|r| (r.weight, r.why.as_str())).collect();
    assert_eq!(remarks, [(Weight::Noted, "is a contact of nobody")]);
}

#[test]
fn school_data_sync_brings_relationships_and_plans() {
    let Some(folder) = real("sds-v2.1") else {
        return;
    };
    let roster = roster(&Files::open(&folder).expect("files")).expect("no faults");
    let plans: Vec<_> = roster.students.iter().map(|s| (s.id.as_str(), s.plan)).collect();
    assert_eq!(
        plans,
        [
            ("114001", Some(Plan::Iep)),
            ("114003", Some(Plan::None)),
            ("114004", Some(Plan::Section504)),
            ("114008", Some(Plan::None)),
        ]
    );
    let contacts: Vec<_> =
        roster.contacts.iter().map(|c| (c.student.as_str(), c.person.as_str(), c.relation.as_str())).collect();
    assert_eq!(
        contacts,
        [("114001", "114002", "guardian"), ("114003", "114002", "relative"), ("114004", "114005", "guardian"),]
    );
    assert_eq!(roster.agency, "Ministry of TwoDotOne");
}

#[test]
fn a_good_export_is_taken() {
    let roster = changed("users.csv", "", "").expect("no faults");
    assert_eq!(roster.agency, "Aspen");
    assert_eq!(roster.students[0].grade.as_deref(), Some("03"));
    assert_eq!(roster.contacts[0].relation, "parent");
    assert_eq!(roster.people[1].staff, Some(StaffRole::Teacher));
    let enrollments = roster.enrollments.expect("a file");
    assert_eq!(enrollments[1].seat, Seat::Teacher("u3".into()));
    // A seat without dates lasts as long as the class's term.
    let dates = enrollments.iter().map(|e| (e.begins, e.ends));
    assert!(dates.into_iter().all(|(begins, ends)| {
        begins.map(|d| d.to_string()).as_deref() == Some("2026-08-24")
            && ends.map(|d| d.to_string()).as_deref() == Some("2026-12-18")
    }));
    assert_eq!(roster.remarks, []);
}

#[test]
fn what_is_allowed_beside_the_standard_is_taken() {
    let bom = changed("users.csv", "sourcedId", "\u{FEFF}sourcedId");
    assert_eq!(told(bom), Vec::<String>::new());
    let extended = changed(
        "orgs.csv",
        "parentSourcedId\nd1,,,Aspen,district,,\ns1,,,Aspen Elementary,school,,d1",
        "parentSourcedId,metadata.zip\nd1,,,Aspen,district,,,1\ns1,,,Aspen Elementary,school,,d1,2",
    )
    .expect("no faults");
    let orgs = extended.read.iter().find(|read| read.file == "orgs.csv").expect("read");
    assert_eq!(orgs.extensions, ["metadata.zip"]);
    let windows = changed("demographics.csv", "\n", "\r\n");
    assert_eq!(told(windows), Vec::<String>::new());
}

#[test]
fn each_fault_is_told_with_file_line_column_and_remedy() {
    for (file, from, to, expected) in [
        // The header.
        (
            "orgs.csv",
            "name,type",
            "type,name",
            "orgs.csv, line 1, column 4 (name): “type” stands where “name” belongs. Write the columns in this order and spelling, extensions last: sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId.",
        ),
        (
            "orgs.csv",
            ",parentSourcedId",
            "",
            "orgs.csv, line 1, column 7 (parentSourcedId): is missing from the header. Write the columns in this order and spelling, extensions last: sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId.",
        ),
        (
            "enrollments.csv",
            "endDate",
            "endDate,role",
            "enrollments.csv, line 1, column 11 (role): stands in the header twice. Keep one of the two columns.",
        ),
        (
            "courses.csv",
            "c1,,,t1,Homeroom,,,s1,,\n",
            "",
            "courses.csv, line 1: has a header and nothing under it. Leave the file out, and say “absent” in the manifest, if there are no rows.",
        ),
        // The line.
        (
            "users.csv",
            "May,Lee",
            "\"May,Lee",
            "users.csv, line 3, column 9 (givenName): a quote is opened here and not closed on this line (character 26). Write a quote inside a quoted field twice, and no line break inside a field.",
        ),
        (
            "users.csv",
            "Tom,Orr",
            "\"Tom\" B,Orr",
            "users.csv, line 4, column 9 (givenName): text stands between a closing quote and the comma (character 32). Write a quote inside a quoted field twice, and no line break inside a field.",
        ),
        (
            "users.csv",
            "Tom,Orr",
            "Tom,Orr, Jr.",
            "users.csv, line 4: has 19 fields where the header has 18. Put a value that contains a comma in double quotes.",
        ),
        (
            "users.csv",
            "Tom",
            "T\u{7}om",
            "users.csv, line 4, column 9 (givenName): holds a control character or more than 1000 bytes. Look for quotes or line breaks in this value in the source system.",
        ),
        // The value.
        (
            "users.csv",
            "May,Lee",
            ",Lee",
            "users.csv, line 3, column 9 (givenName): is empty. Give every row a value here.",
        ),
        (
            "users.csv",
            "s1,teacher",
            "s1,techer",
            "users.csv, line 4, column 6 (role): “techer” is not a word of the standard. Write one of: student, parent, guardian, relative, teacher, administrator, aide, proctor.",
        ),
        (
            "users.csv",
            "u3,,,true",
            "u3,,,yes",
            "users.csv, line 4, column 4 (enabledUser): “yes” is not a word of the standard. Write one of: true, false, TRUE, FALSE, True, False.",
        ),
        (
            "demographics.csv",
            "2018-03-01",
            "03/01/2018",
            "demographics.csv, line 2, column 4 (birthDate): “03/01/2018” is not a date. Write dates as YYYY-MM-DD.",
        ),
        (
            "demographics.csv",
            "2018-03-01",
            "2018-02-30",
            "demographics.csv, line 2, column 4 (birthDate): “2018-02-30” is not a date. Write dates as YYYY-MM-DD.",
        ),
        (
            "academicSessions.csv",
            "2026-12-18",
            "2025-12-18",
            "academicSessions.csv, line 2, column 7 (endDate): 2025-12-18 is before the beginning, 2026-08-24. Correct one of the two dates.",
        ),
        // The reference.
        (
            "enrollments.csv",
            "e2,,,k1",
            "e1,,,k1",
            "enrollments.csv, line 3, column 1 (sourcedId): “e1” is already on line 2. Keep one of the two rows.",
        ),
        (
            "users.csv",
            "u2,03",
            "u9,03",
            "users.csv, line 2, column 16 (agentSourcedIds): “u9” is no row of users.csv. Correct the id, or add the row to users.csv.",
        ),
        (
            "enrollments.csv",
            "e1,,,k1",
            "e1,,,k7",
            "enrollments.csv, line 2, column 4 (classSourcedId): “k7” is no row of classes.csv. Correct the id, or add the row to classes.csv.",
        ),
        (
            "orgs.csv",
            "school,,d1",
            "school,,d2",
            "orgs.csv, line 3, column 7 (parentSourcedId): “d2” is no row of orgs.csv. Correct the id, or add the row to orgs.csv.",
        ),
        // The manifest.
        (
            "manifest.csv",
            "file.users,bulk",
            "file.users,delta",
            "manifest.csv, line 5, column 2 (value): users.csv holds only changes. Export “bulk”: only a whole export shows who has left.",
        ),
        (
            "manifest.csv",
            "file.courses,bulk",
            "file.roles,bulk",
            "manifest.csv, line 9, column 2 (value): roles.csv is announced and not there. Add the file, or write “absent” here.",
        ),
        (
            "manifest.csv",
            "oneroster.version,1.1",
            "oneroster.version,1.0",
            "manifest.csv: does not say oneroster.version 1.1 or 1.2. Export OneRoster CSV 1.1 or 1.2.",
        ),
    ] {
        assert_eq!(told(changed(file, from, to)), [expected], "{file}: {from} → {to}");
    }
}

#[test]
fn rows_that_make_no_sense_are_refused_alone() {
    for (file, from, to, expected) in [
        ("users.csv", "u3,,,true", "u3,,,false", ("users.csv", 4, "enabledUser is false")),
        (
            "users.csv",
            "u2,,,true",
            "u2,tobedeleted,,true",
            ("users.csv", 3, "its status says that it is to be deleted"),
        ),
        ("users.csv", "u2,03", "u3,03", ("users.csv", 2, "links a student to a member of staff, which is no contact")),
        ("enrollments.csv", "u1,student", "u2,student", ("enrollments.csv", 2, "the user is no student")),
        ("enrollments.csv", "u3,teacher", "u3,proctor", ("enrollments.csv", 3, "the role gives no seat in a class")),
    ] {
        let roster = changed(file, from, to).expect("no faults");
        let refused: Vec<_> = roster
            .remarks
            .iter()
            .filter(|remark| remark.weight == Weight::Refused)
            .map(|remark| (remark.place.file, remark.place.line, remark.why.as_str()))
            .collect();
        assert_eq!(refused, [expected], "{file}: {from} → {to}");
    }
}

#[test]
fn a_thousand_faults_are_counted_and_the_first_are_told() {
    let users = (0..1_000).map(|n| format!("x{n},,,true,s1,wizard,x,,X,Y,,,,,,,,\n"));
    let more: String = users.collect();
    let faulty = changed("users.csv", "u3,", &format!("{more}u3,")).expect_err("wizards");
    assert_eq!((faulty.count, faulty.faults.len()), (1_000, 100));
}

#[test]
fn oneroster_1_2_takes_roles_from_their_own_file() {
    let users = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,\
         familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,\
         userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,\
         primaryOrgSourcedId,pronouns\n\
         u1,,,true,ana,,Anastasia,Lee,,,,,,u2,03,,,Ana,,,s1,\n\
         u2,,,true,may,,May,Lee,,,,,,,,,,,,,,\n\
         u3,,,,tom,,Tom,Orr,,,,,,,,,,,,,s1,\n";
    let roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
         orgSourcedId,userProfileSourcedId\n\
         r1,,,u1,primary,student,,,s1,\n\
         r2,,,u2,primary,parent,,,s1,\n\
         r3,,,u2,secondary,teacher,,,s1,\n\
         r4,,,u3,primary,ext:astronaut,,,s1,\n";
    let mut texts: Vec<_> =
        GOOD.iter().filter(|(name, _)| *name != "users.csv" && *name != "manifest.csv").copied().collect();
    texts.extend([("users.csv", users), ("roles.csv", roles)]);
    let roster = roster(&Files::of(&texts)).expect("no faults");

    assert_eq!(roster.format, "oneroster-1.2");
    assert_eq!(roster.students[0].name.preferred.as_deref(), Some("Ana"));
    // A teacher who is also a mother here is one person.
    assert_eq!((roster.people.len(), roster.people[0].staff), (1, Some(StaffRole::Teacher)));
    assert_eq!(roster.contacts[0].relation, "parent");
    let whys: Vec<_> = roster.remarks.iter().map(|r| r.why.as_str()).collect();
    assert_eq!(whys, ["the user is no member of staff", "the role is an extension of the standard", "has no role"]);
}
