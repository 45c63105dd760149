//! The names of a district: which communities live there, how often, and how each gives names.
//! All people are made up.

/// A community with its language and its way to give names.
#[derive(Debug)]
pub(super) struct Community {
    /// BCP 47.
    pub(super) language: &'static str,
    pub(super) surnames: Surnames,
    pub(super) women: &'static [&'static str],
    pub(super) men: &'static [&'static str],
    pub(super) families: &'static [&'static str],
}

/// How a child comes to its family name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surnames {
    /// One name for all, now and then two joined by a hyphen.
    Shared,
    /// The father's first and the mother's first.
    Both,
    /// The father's; the mother keeps her own.
    Fathers,
    /// The father's own name, then his father's.
    Chain,
}

/// Communities by how many of a hundred families are of each.
pub(super) const COMMUNITIES: &[(u32, Community)] = &[
    (38, ENGLISH),
    (9, BLACK_AMERICAN),
    (5, DINE),
    (26, SPANISH),
    (6, VIETNAMESE),
    (6, ARABIC),
    (5, SOMALI),
    (3, CHINESE),
    (2, HAITIAN),
];

const ENGLISH: Community = Community {
    language: "en",
    surnames: Surnames::Shared,
    women: &[
        "Hannah", "Emma", "Claire", "Abigail", "Zoë", "Lucy", "Nora", "Grace", "Sadie", "Ivy", "Ruth", "Molly", "Tess",
        "Audrey", "Hazel", "June", "Kate", "Megan", "Rachel", "Leah",
    ],
    men: &[
        "Owen", "Liam", "Henry", "Jack", "Wyatt", "Caleb", "Eli", "Samuel", "Theo", "Ben", "Miles", "Jonah", "Luke",
        "Cole", "Peter", "Ian", "Seth", "Graham", "Ross", "Dean",
    ],
    families: &[
        "Lindqvist",
        "Harper",
        "Novak",
        "O'Brien",
        "Fischer",
        "Whitaker",
        "Brennan",
        "Kowalski",
        "Hale",
        "Mercer",
        "Tanner",
        "Ellison",
        "Prescott",
        "Vance",
        "Romano",
        "Petersen",
        "Doyle",
        "Sutton",
        "Keller",
        "Marsh",
        "Ashby",
        "Lowell",
        "Bauer",
        "Quinn",
    ],
};

const BLACK_AMERICAN: Community = Community {
    language: "en",
    surnames: Surnames::Shared,
    women: &["Imani", "Aaliyah", "Nia", "Jada", "Simone", "Kiara", "Tamia", "Monique", "Ebony", "Zuri"],
    men: &["Malik", "Isaiah", "Darius", "Jalen", "Xavier", "Marcus", "Andre", "Tyrell", "Elijah", "Kofi"],
    families: &[
        "Freeman",
        "Booker",
        "Coleman",
        "Hayes",
        "Gaines",
        "Dupree",
        "Sterling",
        "Toussaint",
        "Bankole",
        "Rhodes",
    ],
};

const DINE: Community = Community {
    language: "en",
    surnames: Surnames::Shared,
    women: &["Shandiin", "Nizhoni", "Dezbah", "Haseya", "Ariel", "Kaya", "Sialea", "Yanaba"],
    men: &["Hashkeh", "Ahiga", "Sani", "Bidziil", "Kai", "Tso", "Nastas", "Shilah"],
    families: &["Begay", "Tsosie", "Yazzie", "Benally", "Nez", "Etsitty", "Manygoats", "Bitsui"],
};

const SPANISH: Community = Community {
    language: "es",
    surnames: Surnames::Both,
    women: &[
        "Lucía",
        "Valentina",
        "Camila",
        "Sofía",
        "Ximena",
        "Daniela",
        "Paola",
        "Marisol",
        "Itzel",
        "Guadalupe",
        "Fernanda",
        "Yesenia",
        "Inés",
        "Noemí",
        "Araceli",
        "Belén",
    ],
    men: &[
        "Mateo", "Santiago", "Ángel", "Emiliano", "Diego", "José", "Iker", "Rafael", "Joaquín", "Andrés", "Óscar",
        "Tomás", "Gael", "Héctor", "Raúl", "César",
    ],
    families: &[
        "Hernández",
        "Ramírez",
        "Cortez",
        "Núñez",
        "Peña",
        "Ibarra",
        "Salazar",
        "Fuentes",
        "Aguilar",
        "Zamora",
        "Rosales",
        "Medina",
        "Castañeda",
        "Villegas",
        "Orozco",
        "Montoya",
        "Treviño",
        "Solís",
        "Quintana",
        "Bautista",
    ],
};

const VIETNAMESE: Community = Community {
    language: "vi",
    surnames: Surnames::Fathers,
    women: &["Thảo Nhi", "Minh Anh", "Ngọc Hân", "Bảo Châu", "Khánh Linh", "Thu Hà", "Kim Ngân", "Mai"],
    men: &["Gia Bảo", "Minh Khang", "Đức Huy", "Quốc Anh", "Tuấn Kiệt", "Hữu Phước", "Thành Đạt", "Long"],
    families: &["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"],
};

const ARABIC: Community = Community {
    language: "ar",
    surnames: Surnames::Fathers,
    women: &["Layla", "Mariam", "Noor", "Huda", "Salma", "Rania", "Yasmin", "Dalia", "Amal"],
    men: &["Omar", "Yusuf", "Karim", "Hamza", "Tariq", "Bilal", "Sami", "Anas", "Ibrahim"],
    families: &["Haddad", "Khoury", "Al-Masri", "Nasser", "Darwish", "Saleh", "Abboud", "Mansour", "Al-Jabouri"],
};

const SOMALI: Community = Community {
    language: "so",
    surnames: Surnames::Chain,
    women: &["Hodan", "Ifrah", "Sagal", "Ayaan", "Fartun", "Hibaaq", "Deqa", "Nasteho"],
    men: &["Abdi", "Warsame", "Liban", "Guled", "Mahad", "Ayub", "Hirsi", "Sharmarke", "Bile", "Zakariye"],
    families: &["Warsame", "Jama", "Farah", "Abdullahi", "Hassan", "Muse", "Aden", "Isse"],
};

const CHINESE: Community = Community {
    language: "zh",
    surnames: Surnames::Fathers,
    women: &["Meilin", "Xinyi", "Yuhan", "Jiayi", "Anqi", "Lihua"],
    men: &["Haoran", "Zihan", "Junwei", "Yichen", "Bowen", "Minghao"],
    families: &["Chen", "Zhao", "Liu", "Huang", "Wu", "Lin", "Xu"],
};

const HAITIAN: Community = Community {
    language: "ht",
    surnames: Surnames::Shared,
    women: &["Roseline", "Islande", "Fabienne", "Nadège", "Mirlande"],
    men: &["Wilner", "Jocelyn", "Emmanuel", "Frantz", "Évens"],
    families: &["Pierre-Louis", "Desrosiers", "Jean-Baptiste", "Étienne", "Charles", "Belizaire"],
};
