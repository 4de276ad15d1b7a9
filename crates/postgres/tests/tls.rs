//! TLS to the database: asked for, there is no connection without it, nor to whom nobody vouches for.

mod common;

use std::path::Path;

use imsdk_postgres::Postgres;
use imsdk_postgres::cluster::Cluster;
use imsdk_service::store::AccountStore;
use imsdk_types::Code;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};

type Authority = CertifiedIssuer<'static, KeyPair>;

/// One, whose certificate is in a file.
fn authority(file: &Path) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages.push(KeyUsagePurpose::KeyCertSign);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    std::fs::write(file, authority.pem()).unwrap();
    authority
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_tls_gets_it_or_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (own, foreign) = (dir.path().join("own.pem"), dir.path().join("foreign.pem"));
    let (authority, _) = (authority(&own), authority(&foreign));
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let cluster = Cluster::start_tls(&certificate.pem(), &key.serialize_pem(), &authority.pem());
    let connect = async |host: &str, settings: String| {
        let url = format!("{} application_name=tls {settings}", cluster.url_over(host));
        Postgres::connect(&url, 1, 2).await
    };
    let root = |file: &Path| format!("sslrootcert={}", file.display());

    let mut stores = Vec::new();
    for mode in ["require", "verify-ca", "verify-full"] {
        let settings = format!("sslmode={mode} {}", root(&own));
        let mut store = connect("localhost", settings).await.unwrap().store();
        store.begin(false).await.unwrap();
        store.service_id().await.unwrap();
        stores.push(store);
    }
    let (admin, connection) =
        tokio_postgres::connect(&cluster.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "SELECT count(*), bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'tls'";
    let row = admin.query_one(sql, &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, Option<bool>>(1)), (3, Some(true)));

    for (host, settings) in [
        // Nobody vouches for it.
        ("localhost", format!("sslmode=verify-full {}", root(&foreign))),
        ("localhost", format!("sslmode=require {}", root(&foreign))),
        ("localhost", "sslmode=require sslrootcert=system".to_owned()),
        // It is for another name.
        ("127.0.0.1", format!("sslmode=verify-full {}", root(&own))),
        ("127.0.0.1", format!("sslmode=require {}", root(&own))),
        // The server wants it, and it is not asked for.
        ("localhost", String::new()),
        ("localhost", "sslmode=disable".to_owned()),
    ] {
        let error = connect(host, settings.clone()).await.map(drop).unwrap_err();
        let code = Code::DatabaseOperateFailed;
        assert!(error.is(code), "{host} {settings}: {} {}", error.code, error.desc);
    }
    // It is asked for where there is none.
    let url = format!("{} sslmode=require {}", common::cluster().url(), root(&own));
    assert!(Postgres::connect(&url, 1, 2).await.is_err());
}

/// Files with a certificate in a user's name and its key, as settings of a URL.
fn shows(dir: &Path, authority: &Authority, user: &str, name: &str) -> String {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, user);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let [cert_file, key_file] = ["crt", "key"].map(|kind| dir.join(format!("{name}.{kind}")));
    std::fs::write(&cert_file, certificate.pem()).unwrap();
    std::fs::write(&key_file, key.serialize_pem()).unwrap();
    format!("sslcert={} sslkey={}", cert_file.display(), key_file.display())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_for_a_certificate_shows_it() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path();
    let (own, foreign) = (authority(&dir.join("own.pem")), authority(&dir.join("foreign.pem")));
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &own).unwrap();
    let cluster = Cluster::start_tls(&certificate.pem(), &key.serialize_pem(), &own.pem());
    let (admin, connection) =
        tokio_postgres::connect(&cluster.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let roles = "CREATE ROLE guest SUPERUSER LOGIN; CREATE ROLE certified SUPERUSER LOGIN";
    admin.batch_execute(roles).await.unwrap();
    let connect = async |app: u64, user: &str, settings: &str| {
        let url = cluster.url_over("localhost").replace("user=imsdk", &format!("user={user}"));
        let root = dir.join("own.pem");
        let root = root.display();
        let url = format!("{url} sslmode=verify-full sslrootcert={root} {settings}");
        let store = Postgres::connect(&url, app, 1).await?.store();
        Ok::<_, imsdk_types::Error>(store)
    };
    for (app, user) in [(1, "guest"), (2, "certified")] {
        let settings = shows(dir, &own, user, user);
        let mut store = connect(app, user, &settings).await.unwrap();
        store.begin(false).await.unwrap();
        store.service_id().await.unwrap();

        let refusals = [
            (String::new(), "certificate"),
            (shows(dir, &own, "somebody", "else"), "authentication failed"),
            (shows(dir, &foreign, user, "foreign"), "sslcert"),
        ];
        for (settings, reason) in refusals {
            let error = connect(app, user, &settings).await.map(drop).unwrap_err();
            assert!(error.is(Code::DatabaseOperateFailed), "{settings}: {}", error.desc);
            assert!(error.desc.to_lowercase().contains(reason), "{settings}: {}", error.desc);
        }
    }
    // What is wrong with the files is told before anything is tried.
    let file = |name: &str| dir.join(name).display().to_string();
    std::fs::write(dir.join("empty"), "").unwrap();
    for (certificate, key, reason) in [
        ("guest.crt", "certified.key", "is not the key of"),
        ("guest.crt", "none.key", "sslkey: "),
        ("none.crt", "guest.key", "sslcert: "),
        ("guest.crt", "guest.crt", "there is no key without a password in it"),
        ("empty", "guest.key", "there is no certificate in it"),
    ] {
        let settings = format!("sslcert={} sslkey={}", file(certificate), file(key));
        let error = connect(1, "guest", &settings).await.map(drop).unwrap_err();
        assert!(error.is(Code::InvalidParameters), "{settings}: {} {}", error.code, error.desc);
        assert!(error.desc.contains(reason), "{settings}: {}", error.desc);
    }
}
