//! What can go wrong with a database.

use std::error::Error as _;

use deadpool_postgres::PoolError;
use imsdk_types::{Code, Error};
use tokio_postgres::error::SqlState;

/// Why a unit of work came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another one was in its way: nothing of it is written, and it can be tried again from its start.
    Conflict,
    /// The database was out of reach, or could not do it in time: nothing of it is written, and it can be tried again once the
    /// database is there.
    Lost,
    /// The same during the commit: whether it was written is not known.
    Unsure,
    /// Something else: nothing of it is written, and another try would fail as well.
    Broken,
}

pub(crate) fn failed(error: tokio_postgres::Error) -> Error {
    damaged(reason(&error))
}

/// What the database says, or why it says nothing: the error's own text leaves that out.
pub(crate) fn reason(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => match error.source() {
            // After the handshake, at which it has proved who it is.
            Some(source) if is_about_certificate(source) => {
                format!("{source}: it does not take the certificate (sslcert), or wants one")
            }
            _ => reasons(error),
        },
    }
}

/// Whether the other side has ended TLS for the certificate that it was shown, or not shown.
fn is_about_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    use rustls::AlertDescription as Alert;

    let inner = error.downcast_ref::<std::io::Error>().and_then(|it| it.get_ref());
    let Some(rustls::Error::AlertReceived(alert)) = inner.and_then(|it| it.downcast_ref()) else {
        return false;
    };
    matches!(
        alert,
        Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::CertificateRequired
            | Alert::UnknownCA
            | Alert::AccessDenied
            | Alert::DecryptError
    )
}

/// There is no connection.
pub(crate) fn unreachable(error: &PoolError) -> Error {
    damaged(match error {
        PoolError::Backend(error) => reason(error),
        error => reasons(error),
    })
}

/// What an error says, down to its first cause. Some repeat what is below them.
fn reasons(error: &dyn std::error::Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text += &format!(": {more}");
        }
        cause = error.source();
    }
    text
}

pub(crate) fn damaged(text: impl std::fmt::Display) -> Error {
    Error::new(Code::DatabaseOperateFailed, format!("service database: {text}"))
}

/// Which failure an error of a statement before the commit is.
pub(crate) fn failure(error: &tokio_postgres::Error) -> Failure {
    let Some(code) = error.code() else {
        let lost = error.is_closed() || error.source().is_some_and(|it| it.is::<std::io::Error>());
        return if lost { Failure::Lost } else { Failure::Broken };
    };
    let again = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        // Two units have written the same for the first time: the second one finds it there.
        SqlState::UNIQUE_VIOLATION,
        // What a unit assumed is not so, see `bulk`.
        SqlState::DIVISION_BY_ZERO,
        // More locks than the database has room for.
        SqlState::OUT_OF_MEMORY,
    ];
    let lost = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        // The server was held up for longer than its transactions may rest.
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        // The database, or who holds a lock, was held up.
        SqlState::QUERY_CANCELED,
        SqlState::LOCK_NOT_AVAILABLE,
        // It has become the copy of another one, which its address leads to sooner or later.
        SqlState::READ_ONLY_SQL_TRANSACTION,
    ];
    match code {
        code if again.contains(code) => Failure::Conflict,
        code if lost.contains(code) => Failure::Lost,
        _ => Failure::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn why_there_is_no_connection_is_said_once_and_to_the_end() {
        let pool = crate::pool("host=/nowhere user=im", "", 1).unwrap();
        let text = unreachable(&pool.get().await.map(drop).unwrap_err()).desc;
        assert_eq!(text.matches("error connecting to server").count(), 1, "{text}");
        assert!(text.ends_with("No such file or directory (os error 2)"), "{text}");
    }

    #[test]
    fn only_what_is_about_a_certificate_is_put_down_to_it() {
        use rustls::AlertDescription as Alert;

        let about = |alert| {
            is_about_certificate(&std::io::Error::other(rustls::Error::AlertReceived(alert)))
        };
        assert!(about(Alert::UnknownCA) && about(Alert::CertificateRequired));
        assert!(!about(Alert::ProtocolVersion) && !about(Alert::HandshakeFailure));
        assert!(!is_about_certificate(&std::io::Error::other("something else")));
    }
}
