//! The schema of the service database, step by step.

use crate::database::Database;

/// Step n brings a database of version n to version n + 1.
pub(super) const STEPS: &[&str] = &[
    include_str!("migrations/001_base.sql"),
    include_str!("migrations/002_notice.sql"),
    include_str!("migrations/003_friendship.sql"),
    include_str!("migrations/004_deleted.sql"),
    include_str!("migrations/005_group.sql"),
    include_str!("migrations/006_retention.sql"),
    include_str!("migrations/007_service.sql"),
    include_str!("migrations/008_server.sql"),
    include_str!("migrations/009_file_bytes.sql"),
    include_str!("migrations/010_stay.sql"),
];

/// How the file is opened.
pub(super) const DATABASE: Database =
    Database { name: "service database", synchronous: "FULL", steps: STEPS };
