//! The schema of the local store, step by step.

use imsdk_service::database::Database;

/// Step n brings a database of version n to version n + 1.
pub(super) const STEPS: &[&str] = &[
    include_str!("migrations/001_base.sql"),
    include_str!("migrations/002_unsent.sql"),
    include_str!("migrations/003_user.sql"),
    include_str!("migrations/004_draft.sql"),
    include_str!("migrations/005_group.sql"),
    include_str!("migrations/006_mention.sql"),
    include_str!("migrations/007_former_group.sql"),
    include_str!("migrations/008_peer_read.sql"),
    include_str!("migrations/009_told_mention.sql"),
    include_str!("migrations/010_uncounted.sql"),
];

/// How the file is opened.
pub(super) const DATABASE: Database =
    Database { name: "local database", synchronous: "NORMAL", steps: STEPS };
