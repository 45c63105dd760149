//! A district of its own, from a roster to the first parent who sees her child: `aimline import`,
//! `aimline invite`, and what the office does then.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::program::{self, Running};
use tests::{Http, TestClock, TestPhone};

const PASSWORD: &str = "four words of our own";

/// One school with its secretary, a teacher and her class of two children, and the mother of one.
const ASPEN: &[(&str, &str)] = &[
    (
        "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n\
         file.academicSessions,bulk\nfile.courses,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n",
    ),
    (
        "orgs.csv",
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
         d1,,,Aspen,district,,\ns1,,,Aspen Elementary,school,,d1\n",
    ),
    (
        "users.csv",
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,\
         givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
         u1,,,true,s1,student,ana,,Ana,Lee,,,,,,u2,03,\n\
         u2,,,true,s1,parent,may,,May,Lee,,,may@home.example,,,u1,,\n\
         u3,,,true,s1,teacher,tom,,Tom,Orr,,,tom@aspen.example,,,,,\n\
         u4,,,true,s1,administrator,ida,,Ida,Poe,,,Ida@aspen.example,,,,,\n\
         u5,,,true,s1,student,ben,,Ben,Ash,,,,,,,03,\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
         t1,,,All years,schoolYear,2020-08-24,2099-06-18,,2099\n",
    ),
    (
        "courses.csv",
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,\
         orgSourcedId,subjects,subjectCodes\nc1,,,t1,Homeroom,,,s1,,\n",
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
         e1,,,k1,s1,u1,student,false,,\ne2,,,k1,s1,u5,student,false,,\ne3,,,k1,s1,u3,teacher,true,,\n",
    ),
];

/// That roster, with `u4` as a teacher: nobody there keeps people.
pub(crate) fn aspen() -> TempDir {
    roster(|text| text.replace("administrator", "teacher"))
}

fn roster(change: impl Fn(&str) -> String) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in ASPEN {
        fs::write(folder.path().join(name), change(text)).unwrap();
    }
    folder
}

fn import(data: &TempDir, roster: &TempDir) -> String {
    program::run(data.path(), ["import", "oneroster", roster.path().to_str().unwrap()]).unwrap()
}

/// The code in what `aimline invite` says.
fn invite(data: &Path, words: &[&str]) -> String {
    let said = program::run(data, ["invite"].iter().chain(words).copied()).unwrap();
    assert!(said.contains("/staff/redeem"), "{said}");
    said.lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned()
}

/// Somebody at their own browser or phone.
struct Desk {
    http: Http,
    token: String,
}

impl Desk {
    fn redeem(server: &Running, code: &str, login: &str) -> Result<Self, String> {
        Self::enter(server, "/auth/redeem", json!({"code": code, "login": login, "password": PASSWORD}))
    }

    fn enter(server: &Running, path: &str, mut body: Value) -> Result<Self, String> {
        body["device"] = json!({"kind": "phone", "name": "A desk", "store": uuid::Uuid::new_v4()});
        let mut http = Http::new(&server.address);
        let answer = http.post_json(path, None, &body).json();
        let token = answer["access"].as_str().map(str::to_owned);
        token.map(|token| Self { http, token }).ok_or_else(|| answer["error"]["code"].to_string())
    }

    fn change(&mut self, name: &str, input: &str, back: &str) -> Value {
        let operation = uuid::Uuid::new_v4();
        let input = format!("{{operationId: \"{operation}\", {input}}}");
        let answer = self.ask(&format!("mutation{{{name}(input: {input}){{{back} userErrors{{code}}}}}}"));
        assert_eq!(answer[name]["userErrors"], json!([]), "{answer}");
        answer[name].clone()
    }

    fn ask(&mut self, query: &str) -> Value {
        let answer = self.http.post_json("/graphql", Some(&self.token), &json!({"query": query})).json();
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"].clone()
    }
}

#[test]
fn an_import_says_what_comes_next_and_the_office_gets_in_with_a_code() {
    let (data, roster) = (TempDir::new().unwrap(), roster(str::to_owned));
    let said = import(&data, &roster);
    assert!(said.contains("Nobody signs in to Aspen yet") && said.contains("aimline invite"), "{said}");
    let listed = program::run(data.path(), ["invite"]).unwrap();
    assert!(listed.contains("Ida@aspen.example") && !listed.contains("tom@aspen.example"), "{listed}");

    // Beside a server that runs, and without regard to how an address is written.
    let server = Running::start(data.path(), &[]).unwrap();
    let earlier = invite(data.path(), &["u4"]);
    let code = invite(data.path(), &["ida@ASPEN.example"]);
    assert_eq!(
        Desk::redeem(&server, &earlier, "ida").err().unwrap(),
        "\"CODE_UNKNOWN\"",
        "a newer one takes its place"
    );
    let mut ida = Desk::redeem(&server, &code, "ida").unwrap();

    let seen = ida.ask("{viewer{people{staffRole agency{name students{totalCount}}}}}");
    assert_eq!(
        seen["viewer"]["people"],
        json!([{"staffRole": "OFFICE", "agency": {"name": "Aspen", "students": {"totalCount": 2}}}])
    );
    assert_eq!(Desk::redeem(&server, &code, "eve").err().unwrap(), "\"CODE_UNKNOWN\"", "a code works once");
    assert!(!import(&data, &roster).contains("Nobody signs in"), "the second import knows");
    let again = program::run(data.path(), ["invite", "u4"]).unwrap();
    assert!(again.contains("signs in to Aspen already"), "{again}");
}

#[test]
fn a_parent_and_a_teacher_see_their_children_until_the_office_or_the_roster_ends_it() {
    let (data, whole) = (TempDir::new().unwrap(), roster(str::to_owned));
    import(&data, &whole);
    let server = Running::start(data.path(), &[]).unwrap();
    let mut ida = Desk::redeem(&server, &invite(data.path(), &["u4"]), "ida").unwrap();
    let mut tom = phone(&server);
    tom.redeem(&invite(data.path(), &["u3"]), "tom");
    assert_eq!(tom.students(), ["Ana", "Ben"], "her class");

    let found = ida.ask(
        "{viewer{people{agency{imports{taken refused sections{what created}}
            students(search: \"Ana\"){nodes{contacts{id verified rights{id}}}}}}}}",
    );
    let agency = &found["viewer"]["people"][0]["agency"];
    assert_eq!(agency["imports"][0]["sections"][1], json!({"what": "students", "created": 2}));
    let contact = &agency["students"]["nodes"][0]["contacts"][0];
    assert_eq!((&contact["verified"], &contact["rights"]), (&json!(false), &json!([])));
    let id = contact["id"].as_str().unwrap();
    ida.change("contactVerify", &format!("contact: \"{id}\", verified: true"), "__typename");
    let evidence = "basis: PARENT, evidence: \"birth certificate\"";
    let granted = ida.change("rightsGrant", &format!("contact: \"{id}\", {evidence}"), "contact{rights{id}}");
    let made = ida.change("invitationCreate", &format!("contact: \"{id}\""), "code");
    let mut may = phone(&server);
    may.redeem(made["code"].as_str().unwrap(), "may");
    assert_eq!(may.students(), ["Ana"]);

    let right = &granted["contact"]["rights"][0]["id"];
    ida.change("rightsEnd", &format!("right: {right}"), "__typename");
    may.sync();
    assert!(may.students().is_empty());

    let left =
        roster(|text| text.lines().filter(|line| !line.contains("u3,")).map(|line| format!("{line}\n")).collect());
    let words = ["import", "oneroster", left.path().to_str().unwrap(), "--max-ended", "60%"];
    let report = program::run(data.path(), words).unwrap();
    assert!(report.contains("ended staff: u3"), "{report}");
    tom.sync();
    assert!(tom.students().is_empty());
}

/// A phone at the machine's own time, as the program keeps it.
fn phone(server: &Running) -> TestPhone {
    TestPhone::new(&server.address, TestClock::at(sync::Micros(chrono::Utc::now().timestamp_micros())))
}

#[test]
fn a_roster_without_an_office_gets_a_director_who_stays_one() {
    let (data, roster) = (TempDir::new().unwrap(), aspen());
    import(&data, &roster);
    let listed = program::run(data.path(), ["invite"]).unwrap();
    assert!(listed.contains("--as director") && listed.contains("tom@aspen.example"), "{listed}");
    let code = invite(data.path(), &["tom@aspen.example", "--as", "director"]);
    import(&data, &roster);

    let server = Running::start(data.path(), &[]).unwrap();
    let mut tom = Desk::redeem(&server, &code, "tom").unwrap();

    let seen = tom.ask("{viewer{people{staffRole}}}");
    assert_eq!(seen["viewer"]["people"][0]["staffRole"], "DIRECTOR");
}

#[test]
fn whoever_waits_at_a_terminal_sees_how_far_an_import_is() {
    let (data, roster) = (TempDir::new().unwrap(), aspen());
    let words = ["import", "oneroster", roster.path().to_str().unwrap()];
    let Some(screen) = program::at_a_terminal(data.path(), &words, "") else { return };
    assert!(screen.contains('░') && screen.contains("Aspen (oneroster-1.1)"), "{screen}");
}

#[test]
fn nobody_is_invited_by_guesswork() {
    let data = TempDir::new().unwrap();
    let invite = |who: &str| program::run(data.path(), ["invite", who]).unwrap_err();
    assert!(invite("u4").contains("import a roster first"));
    import(&data, &roster(|text| text.replace("tom@aspen.example", "ida@aspen.example")));

    assert!(invite("nobody@aspen.example").contains("nobody who works at Aspen"));
    assert!(invite("may@home.example").contains("nobody who works at Aspen"), "contacts get codes from the office");
    assert!(invite("ida@aspen.example").contains("several people"));
}
