//! What one user does, for itself or with another one, and how both see whether it was done. The commands are those of
//! `c_examples/tests/two_processes.cpp`.

/// Whose disk fails.
pub const ALICE: &str = "alice";
/// The other one, whose disk works.
pub const BOB: &str = "bob";

/// See the module. `TEXT` stands for a word of this try alone.
pub struct Deed {
    /// What goes before, after the name of who does it.
    pub first: &'static [&'static str],
    /// What alice does.
    pub command: &'static str,
    pub views: &'static [View],
}

/// How a user sees it: the lines of an answer that begin with `about`, sorted.
pub struct View {
    pub user: &'static str,
    pub question: &'static str,
    pub about: &'static str,
    pub done: &'static [&'static str],
    pub refused: &'static [&'static str],
}

const fn sees(
    user: &'static str,
    question: &'static str,
    about: &'static str,
    done: &'static [&'static str],
    refused: &'static [&'static str],
) -> View {
    View { user, question, about, done, refused }
}

const fn history(done: &'static [&'static str], refused: &'static [&'static str]) -> View {
    sees(ALICE, "history bob", "message ", done, refused)
}

const SENT: &[&str] = &["message 2 alice TEXT"];
const SAVED: &[&str] = &["message 5 alice TEXT"];
const REVOKED: &[&str] = &["message 6 alice TEXT"];

/// With messages: what the service says, and what this device alone knows.
pub const MESSAGES: &[Deed] = &[
    Deed { first: &[], command: "send bob TEXT", views: &[history(SENT, &[])] },
    Deed { first: &[], command: "batch TEXT bob", views: &[history(SENT, &[])] },
    Deed {
        first: &[],
        command: "save bob TEXT",
        views: &[history(SAVED, &[]), sees(ALICE, "own bob", "data 7 TEXT", &["data 7 TEXT"], &[])],
    },
    Deed { first: &[], command: "import bob TEXT", views: &[history(SAVED, &[])] },
    Deed { first: &["alice send bob TEXT"], command: "remove bob", views: &[history(&[], SENT)] },
    Deed { first: &["alice send bob TEXT"], command: "forget bob", views: &[history(&[], SENT)] },
    Deed { first: &["alice send bob TEXT"], command: "delete bob", views: &[history(&[], SENT)] },
    Deed {
        first: &["alice send bob TEXT"],
        command: "revoke bob",
        views: &[history(REVOKED, SENT)],
    },
];

/// With conversations.
pub const CONVERSATIONS: &[Deed] = &[
    Deed {
        first: &["alice save bob note", "alice draft bob before"],
        command: "draft bob TEXT",
        views: &[sees(ALICE, "list", "draft bob", &["draft bob TEXT"], &["draft bob before"])],
    },
    Deed {
        first: &["alice save bob note", "alice draft bob TEXT"],
        command: "draft bob",
        views: &[sees(ALICE, "list", "draft bob", &[], &["draft bob TEXT"])],
    },
    Deed {
        first: &["alice read bob", "bob send alice TEXT"],
        command: "read bob",
        views: &[sees(
            ALICE,
            "list",
            "conversation bob",
            &["conversation bob 0 TEXT"],
            &["conversation bob 1 TEXT"],
        )],
    },
];

const ALONE: &[&str] = &["member alice 400 "];
const BOTH: &[&str] = &["member alice 400 ", "member bob 200 "];
const OWNED: &[&str] = &["member alice 200 ", "member bob 400 "];
const OWNED_ALONE: &[&str] = &["member bob 400 "];

/// With groups. A private one (1) is entered on invitation, a public one (0) by who wants to.
pub const GROUPS: &[Deed] = &[
    Deed {
        first: &[],
        command: "found TEXT 0",
        views: &[
            sees(ALICE, "joined", "in TEXT", &["in TEXT"], &[]),
            sees(ALICE, "members TEXT", "member ", ALONE, &[]),
            sees(BOB, "info TEXT", "named ", &["named TEXT"], &[]),
        ],
    },
    Deed {
        first: &["alice found TEXT 1"],
        command: "invite TEXT bob",
        views: &[
            sees(ALICE, "members TEXT", "member ", BOTH, ALONE),
            sees(BOB, "joined", "in TEXT", &["in TEXT"], &[]),
        ],
    },
    Deed {
        first: &["alice found TEXT 0", "bob join TEXT"],
        command: "kick TEXT bob",
        views: &[
            sees(ALICE, "members TEXT", "member ", ALONE, BOTH),
            sees(BOB, "joined", "in TEXT", &[], &["in TEXT"]),
        ],
    },
    Deed {
        first: &["bob found TEXT 0"],
        command: "join TEXT",
        views: &[
            sees(ALICE, "joined", "in TEXT", &["in TEXT"], &[]),
            sees(BOB, "members TEXT", "member ", OWNED, OWNED_ALONE),
        ],
    },
    Deed {
        first: &["bob found TEXT 0", "alice join TEXT"],
        command: "quit TEXT",
        views: &[
            sees(ALICE, "joined", "in TEXT", &[], &["in TEXT"]),
            sees(BOB, "members TEXT", "member ", OWNED_ALONE, OWNED),
        ],
    },
    Deed {
        first: &["alice found TEXT 0", "bob join TEXT"],
        command: "dismiss TEXT",
        views: &[
            sees(ALICE, "joined", "in TEXT", &[], &["in TEXT"]),
            sees(ALICE, "info TEXT", "named ", &[], &["named TEXT"]),
            sees(BOB, "joined", "in TEXT", &[], &["in TEXT"]),
        ],
    },
    Deed {
        first: &["alice found TEXT 0", "bob join TEXT"],
        command: "rename TEXT other",
        views: &[
            sees(ALICE, "info TEXT", "named ", &["named other"], &["named TEXT"]),
            sees(BOB, "info TEXT", "named ", &["named other"], &["named TEXT"]),
            sees(ALICE, "titles", "title TEXT ", &["title TEXT other"], &["title TEXT TEXT"]),
            sees(BOB, "titles", "title TEXT ", &["title TEXT other"], &["title TEXT TEXT"]),
        ],
    },
    Deed {
        first: &["alice found TEXT 0", "bob join TEXT"],
        command: "card TEXT bob TEXT",
        views: &[
            sees(
                ALICE,
                "members TEXT",
                "member ",
                &["member alice 400 ", "member bob 200 TEXT"],
                BOTH,
            ),
            sees(
                BOB,
                "members TEXT",
                "member bob ",
                &["member bob 200 TEXT"],
                &["member bob 200 "],
            ),
        ],
    },
    Deed {
        first: &["alice found TEXT 0", "bob join TEXT"],
        command: "admin TEXT bob",
        views: &[
            sees(ALICE, "members TEXT", "member bob", &["member bob 300 "], &["member bob 200 "]),
            sees(BOB, "members TEXT", "member bob", &["member bob 300 "], &["member bob 200 "]),
        ],
    },
];

const FRIENDS: &[&str] = &["friend bob "];
const OTHERS_FRIENDS: &[&str] = &["friend alice "];

/// With friends and profiles. Whose permission is 1 is a friend at once, whose is 2 is asked.
pub const USERS: &[Deed] = &[
    Deed {
        first: &["bob permits 1", "alice unfriend bob"],
        command: "befriend bob",
        views: &[
            sees(ALICE, "friends", "friend ", FRIENDS, &[]),
            sees(BOB, "friends", "friend ", OTHERS_FRIENDS, &[]),
        ],
    },
    Deed {
        first: &["bob permits 1", "alice befriend bob", "alice unfriend bob", "bob permits 2"],
        command: "befriend bob",
        views: &[
            sees(ALICE, "requests", "ask", &["asks bob"], &[]),
            sees(BOB, "requests", "ask", &["asked-by alice"], &[]),
        ],
    },
    Deed {
        first: &["alice permits 2", "alice unfriend bob", "bob befriend alice"],
        command: "accept bob",
        views: &[
            sees(ALICE, "friends", "friend ", FRIENDS, &[]),
            sees(BOB, "friends", "friend ", OTHERS_FRIENDS, &[]),
            sees(ALICE, "requests", "ask", &[], &["asked-by bob"]),
            sees(BOB, "requests", "ask", &[], &["asks alice"]),
        ],
    },
    Deed {
        first: &["alice befriend bob"],
        command: "unfriend bob",
        views: &[
            sees(ALICE, "friends", "friend ", &[], FRIENDS),
            sees(BOB, "friends", "friend ", &[], OTHERS_FRIENDS),
        ],
    },
    Deed {
        first: &["alice befriend bob", "alice remark bob before", "alice save bob note"],
        command: "remark bob TEXT",
        views: &[
            sees(ALICE, "friends", "friend ", &["friend bob TEXT"], &["friend bob before"]),
            sees(ALICE, "titles", "title bob", &["title bob TEXT"], &["title bob before"]),
        ],
    },
    Deed {
        first: &["alice befriend bob", "alice scatter all"],
        command: "gather all bob",
        views: &[sees(ALICE, "friends", "friend ", &["friend bob  all"], FRIENDS)],
    },
    Deed {
        first: &["alice befriend bob", "alice gather all bob"],
        command: "scatter all",
        views: &[sees(ALICE, "friends", "friend ", FRIENDS, &["friend bob  all"])],
    },
    Deed {
        first: &["alice unblock bob"],
        command: "block bob",
        views: &[sees(ALICE, "enemies", "blocked ", &["blocked bob"], &[])],
    },
    Deed {
        first: &["alice block bob"],
        command: "unblock bob",
        views: &[sees(ALICE, "enemies", "blocked ", &[], &["blocked bob"])],
    },
    Deed {
        first: &["alice befriend bob", "alice nick before", "bob save alice note"],
        command: "nick TEXT",
        views: &[
            sees(
                ALICE,
                "profile alice",
                "called ",
                &["called alice TEXT"],
                &["called alice before"],
            ),
            sees(BOB, "profile alice", "called ", &["called alice TEXT"], &["called alice before"]),
            sees(BOB, "titles", "title alice", &["title alice TEXT"], &["title alice before"]),
        ],
    },
];
