//! What is set for an app, by several servers.

mod common;

use common::{App, is_look_up};

#[tokio::test(flavor = "multi_thread")]
async fn of_servers_that_set_at_once_one_does() {
    let app = App::new();
    let (one, other) = (app.connect().await, app.connect().await);
    assert_eq!(one.settings().await.unwrap(), None);
    assert!(!one.set_settings(Some("a"), "b").await.unwrap(), "there is nothing to change");
    let first = (0..8).map(|n| {
        let server = one.clone();
        async move { server.set_settings(None, &n.to_string()).await.unwrap().then_some(n) }
    });
    let first = futures_util::future::join_all(first);
    let winners: Vec<i32> = first.await.into_iter().flatten().collect();
    assert_eq!(winners.len(), 1, "{winners:?}");
    let known = winners[0].to_string();
    assert_eq!(other.settings().await.unwrap().as_ref(), Some(&known));
    let (a, b) = tokio::join!(
        one.set_settings(Some(&known), "of one"),
        other.set_settings(Some(&known), "of the other"),
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a != b, "one of them: {a}, {b}");
    let now = one.settings().await.unwrap();
    assert_eq!(now.as_deref(), Some(if a { "of one" } else { "of the other" }));
    let plans: Vec<_> = [one.plans().await.unwrap(), other.plans().await.unwrap()].concat();
    let plans: Vec<_> = plans.iter().filter(|(sql, _)| sql.contains("settings")).collect();
    assert!(!plans.is_empty() && plans.iter().all(|(_, plan)| is_look_up(plan)), "{plans:?}");
    assert_eq!(App::new().connect().await.settings().await.unwrap(), None, "another app's");
}
