//! Users of a service on PostgreSQL, each with connections of its own and a unit of work per request, as servers do it.

use std::sync::atomic::{AtomicU32, Ordering};

use imsdk_postgres::{Failure, Postgres, PostgresStore};
use imsdk_service::{
    DevicePolicy, GroupPolicy, Keys, News, Policy, RelationPolicy, Service, Session, SystemClock,
};
use imsdk_types::wire::{Conv, Login, MessageBody, Outgoing, Page, Request, Response};
use imsdk_types::{Elem, Error, TextElem, limits};

/// A session of a user at some server.
pub struct User {
    pub service: Service<SystemClock>,
    pub postgres: Postgres,
    pub session: Session,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl User {
    /// Logs in, on a device of its own.
    pub async fn login(postgres: &Postgres, user: &str) -> Self {
        let policy = Policy {
            sdk_app_id: 1,
            keys: Keys::Any,
            create_accounts: true,
            devices: DevicePolicy { per_platform: 32, in_all: 32 },
            relations: RelationPolicy::default(),
            groups: GroupPolicy::default(),
            revoke_seconds: limits::REVOKE_SECONDS,
            file_bytes: u64::MAX,
        };
        let service = Service::new(SystemClock, policy);
        let device = u64::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let login = Login {
            user: user.to_owned(),
            user_sig: "sig".into(),
            device,
            platform: 1,
            cursor: None,
            takes_pages: false,
        };
        loop {
            let mut store = postgres.store();
            let granted = service.login(&mut store, &login, &mut News::default()).await;
            if store.commit().await.is_ok() {
                let session = Session::new(&login, &granted.unwrap());
                return Self { service, postgres: postgres.clone(), session };
            }
            assert_eq!(store.failure(), Some(Failure::Conflict));
        }
    }

    /// Asks until no other unit of work is in the way.
    pub async fn ask(&self, request: Request) -> Result<Response, Error> {
        let mut store = self.postgres.store();
        loop {
            if let Some(answer) = self.try_by(&mut store, &request).await {
                return answer;
            }
        }
    }

    /// Asks; `None` if another unit of work was in the way.
    pub async fn try_once(&self, request: &Request) -> Option<Result<Response, Error>> {
        self.try_by(&mut self.postgres.store(), request).await
    }

    /// The same, by a store that may have tried before.
    pub async fn try_by(
        &self,
        store: &mut PostgresStore,
        request: &Request,
    ) -> Option<Result<Response, Error>> {
        store.begin(request.writes()).await.unwrap();
        let mut news = News::default();
        let answer = self.service.handle(store, &self.session, request.clone(), &mut news).await;
        if store.failure().is_none() && store.commit().await.is_ok() {
            return Some(answer);
        }
        assert_eq!(store.failure(), Some(Failure::Conflict), "{answer:?}");
        None
    }

    pub fn outgoing(&self, to: Conv, text: &str) -> Outgoing {
        let text = TextElem { content: text.into(), ..TextElem::default() };
        Outgoing {
            to,
            body: MessageBody { elems: vec![Elem::Text(text)], ..MessageBody::default() },
            client_time: 1_700_000_000,
            rand: NEXT.fetch_add(1, Ordering::Relaxed),
            seq: 1,
            online_only: false,
        }
    }

    pub async fn pull(&self, after: u64) -> Page {
        match self.ask(Request::Pull { after, own: true }).await {
            Ok(Response::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    }
}
