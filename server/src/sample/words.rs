//! What people write: visit notes, family statements, input before a meeting, answers. Short,
//! plausible, without a name in them, and in the language of who writes.

use super::chance::Chance;

/// A provider's note: what was done, what was seen, sometimes what comes next.
pub(super) fn note(chance: &mut Chance, service: &str) -> String {
    let done = chance.pick(match service {
        "speech" => &[
            "Practiced target sounds in a board game.",
            "Read a short story together and retold it with pictures.",
            "Minimal pairs with cards, then free talk.",
            "Recorded a message for home and listened to it together.",
            "Word sort, then sentences of own choice.",
            "Worked with a mirror on tongue placement.",
        ] as &[&str],
        "occupational" => &[
            "Warm-up with putty, then letters on wide lines.",
            "Cut along curved lines, then a maze.",
            "Packed the bag with a picture list.",
            "Tried two pencil grips.",
            "Obstacle course, then desk work.",
        ],
        "physical" => &[
            "Balance beam and one-foot stands.",
            "Stairs without the rail, five times.",
            "Ball games in the gym.",
            "Stretching, then walked to the library and back.",
        ],
        "counseling" => &[
            "Talked about the week with the feelings chart.",
            "Role play: asking for a break.",
            "Practiced slow breathing and the stop signal.",
            "Looked at the point sheet from class together.",
            "Lunch group with two classmates.",
        ],
        _ => &[
            "Repeated reading of one passage, three times.",
            "Small group: fractions with strips.",
            "Wrote a paragraph with the organizer.",
            "Reviewed facts with cards, then a timed set.",
            "Read a news text and marked the main idea.",
            "Worked on multi-step problems with a checklist.",
        ],
    });
    let seen = chance.pick(&[
        "Needed two reminders.",
        "Corrected own mistakes.",
        "Tired today, but stayed with it.",
        "Asked to go on when time was up.",
        "Best when the room was quiet.",
        "Used the strategy without being asked.",
        "Worked faster than last time.",
        "Hard to get started, fine after five minutes.",
        "Helped a classmate with the same task.",
    ]);
    let next =
        chance.pick(&["", "", "", " Same task next week.", " Next: try without pictures.", " Sent practice home."]);
    format!("{done} {seen}{next}")
}

/// What the note says when a visit did not take place.
pub(super) fn excuse(chance: &mut Chance, by_provider: bool) -> &'static str {
    let why: &[&str] = if by_provider {
        &["At a meeting in another school; to be made up.", "Out sick.", "Snow on the pass, could not get there."]
    } else {
        &["Absent today.", "Home sick.", "Field trip.", "At the dentist."]
    };
    chance.pick(why)
}

/// One part of a family's statement in its language; nothing where we have no words.
pub(super) fn statement(chance: &mut Chance, language: &str, part: &str) -> Option<&'static str> {
    let texts: &[&str] = match (language, part) {
        ("en", "strengths") => &[
            "Kind to younger kids. Remembers every song. Never gives up on a puzzle.",
            "Loves animals and can tell you everything about them. Funny, and a good friend.",
            "Builds things out of anything. Very patient when nobody hurries.",
            "Honest and curious. Asks questions all day.",
        ],
        ("en", "concerns") => &[
            "Homework takes two hours and ends in tears.",
            "Says reading is for other kids. We do not want school to become a sad place.",
            "Other children do not always understand what is said and walk away.",
            "Changes of plan are very hard. Mornings too.",
        ],
        ("en", "vision") => &[
            "To read a whole book alone and enjoy it.",
            "To have two good friends and go to birthday parties.",
            "To order in a restaurant and be understood.",
            "To go to college or learn a trade, and to live on one's own.",
        ],
        ("es", "strengths") => &[
            "Es muy cariñosa y aprende rápido cuando ve un ejemplo. Le encanta dibujar.",
            "Ayuda mucho en casa. Se acuerda de todo lo que oye.",
            "Es alegre y hace amigos con facilidad.",
        ],
        ("es", "concerns") => &[
            "Le da pena leer en voz alta delante de los demás.",
            "A veces no entendemos la tarea y no podemos ayudar.",
            "Se frustra y dice que no puede.",
        ],
        ("es", "vision") => &[
            "Que lea sola y que le guste la escuela.",
            "Que hable sin miedo en los dos idiomas.",
            "Que termine la preparatoria y estudie lo que quiera.",
        ],
        ("ar", "strengths") => &["طفل لطيف ويحب مساعدة الآخرين.", "ذاكرته قوية ويحب الحساب."],
        ("ar", "concerns") => &["يجد صعوبة في القراءة ويتعب بسرعة.", "نخاف أن يبقى وحده في الاستراحة."],
        ("ar", "vision") => &["نتمنى أن يقرأ بالعربية والإنجليزية.", "أن يكون له أصدقاء وأن يحب المدرسة."],
        ("vi", "strengths") => &["Cháu ngoan, thích vẽ và rất kiên nhẫn.", "Cháu nhớ bài hát rất nhanh."],
        ("vi", "concerns") => &["Cháu ngại nói trước lớp.", "Bài tập về nhà mất nhiều thời gian."],
        ("vi", "vision") => &["Mong cháu tự tin nói chuyện với bạn bè.", "Mong cháu tự đọc được sách."],
        ("so", "strengths") => {
            &["Waa ilmo naxariis badan, wuxuu jecel yahay caawinta dadka.", "Aad buu u xasuus badan yahay."]
        }
        ("so", "concerns") => &["Akhrisku wuu ku adag yahay.", "Wuu ka xishoodaa inuu fasalka ka hadlo."],
        ("so", "vision") => &["Waxaan rabnaa inuu buug dhan keligiis akhriyo."],
        ("zh", "strengths") => &["孩子很细心，喜欢拼图。", "记性好，喜欢动物。"],
        ("zh", "concerns") => &["在课堂上不敢说话。", "写作业需要很长时间。"],
        ("zh", "vision") => &["希望孩子能自己读完一本书。"],
        _ => return None,
    };
    Some(chance.pick(texts))
}

/// One part of a guardian's input before a meeting.
pub(super) fn input(chance: &mut Chance, language: &str, part: &str) -> Option<&'static str> {
    let texts: &[&str] = match (language, part) {
        ("en", "strengths") => {
            &["Reads signs aloud in the car now.", "Tells long stories at dinner.", "Gets dressed alone since fall."]
        }
        ("en", "concerns") => &[
            "The bus is loud and the day starts badly.",
            "Practice words come home, but we are not sure how to use them.",
            "Gave up the drum club because of the homework.",
        ],
        ("en", "hopes") => &[
            "Time with other kids, not only with adults.",
            "More reading for fun.",
            "A plan for next year's new school.",
        ],
        ("es", "strengths") => &["Ya lee los letreros en la calle.", "Cuenta lo que hizo en la escuela."],
        ("es", "concerns") => &["No sabemos cómo practicar los sonidos en casa.", "Sale cansada de la escuela."],
        ("es", "hopes") => &["Que practique con otros niños.", "Que nos manden ejemplos en español."],
        _ => return statement(chance, language, if part == "hopes" { "vision" } else { part }),
    };
    Some(chance.pick(texts))
}

/// What goes with an answer that asks for another time.
pub(super) fn other_time(chance: &mut Chance, language: &str) -> &'static str {
    match language {
        "es" => chance.pick(&["Trabajo hasta las 3. ¿Puede ser después?", "Mejor un viernes, por favor."]),
        _ => chance.pick(&[
            "I work until 3. Could it be later?",
            "Fridays are better for us.",
            "Could we do it by video?",
        ]),
    }
}
