//! A unit of work: one transaction on one connection.
//!
//! A round trip to the database costs about as much as all the statements of a send. So what is written is queued, and goes out
//! with the next statement whose answer somebody waits for, in the order in which it was written, all at once (pipelined): the
//! last of it with the COMMIT. Messages, log entries and members are gathered before, see `bulk`.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};

use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use futures_util::future::join_all;
use imsdk_service::store::{Answer, Places};
use tokio::time::timeout;
use tokio_postgres::{Client, Row, Statement};

use crate::bulk::{Assumed, Bulk, ONE};
use crate::error::{Failure, damaged, failed, failure, unreachable};
use crate::heads::Lease;
use crate::known::Known;
use crate::row::{Param, number};
use crate::{ANSWER, Shared};

/// Statements that go out together at most: so many futures are polled in their order.
const TOGETHER: usize = 30;

/// See the crate and this module.
pub struct PostgresStore {
    pub(crate) shared: Arc<Shared>,
    pub(crate) unit: Option<Unit>,
    failure: Option<Failure>,
    places: Vec<Places>,
    has_written: bool,
    /// The last unit had assumed something and came to nothing: the one that tries again reads, whatever others leave meanwhile.
    pub(crate) doubts: bool,
    /// How often it has waited for the database.
    trips: u64,
}

/// What an open unit of work knows.
pub(crate) struct Unit {
    client: Object,
    pub(crate) writes: bool,
    /// Something was sent: the database has a transaction.
    begun: bool,
    /// Its message goes by the statement for one, which says nothing where there is no such conversation.
    is_one: bool,
    /// Something was sent that a database which only reads refuses.
    has_written: bool,
    queue: Vec<Step>,
    pub(crate) bulk: Bulk,
    /// What it has not read, and nothing that was sent has made sure of.
    pub(crate) assumed: Option<Assumed>,
    /// It has assumed something.
    pub(crate) has_assumed: bool,
    /// The conversations that other units of this server leave to it.
    pub(crate) lease: Option<Lease>,
    /// Where it has written into logs. Their heads are locked until it ends, so no other unit writes between.
    places: HashMap<u64, Places>,
    /// What it has read, and what nobody else changes until it ends.
    pub(crate) known: Known,
}

/// A statement that waits to be sent.
pub(crate) enum Step {
    /// One without values.
    Plain(&'static str),
    /// One with values; whether it gives rows.
    With(&'static str, Vec<Param>, bool),
    /// One that writes into logs, and gives an account and a place for each entry.
    Log(&'static str, Vec<Param>),
}

/// What is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    /// More follows.
    More,
    /// One that reads, and perhaps nothing else.
    Alone,
    /// The end of the unit of work.
    Last,
}

enum Ready {
    Plain(&'static str),
    With(Statement, Vec<Param>, bool),
    Log(Statement, Vec<Param>),
}

/// What a statement gave.
enum Outcome {
    Rows(Vec<Row>),
    Count(u64),
    Logged(Vec<Row>),
}

async fn run(client: &Client, step: Ready) -> Result<Outcome, tokio_postgres::Error> {
    match step {
        Ready::Plain(sql) => client.batch_execute(sql).await.map(|()| Outcome::Count(0)),
        Ready::With(statement, params, true) => {
            let rows = client.query_raw(&statement, params).await?;
            rows.try_collect().await.map(Outcome::Rows)
        }
        Ready::With(statement, params, false) => {
            client.execute_raw(&statement, params).await.map(Outcome::Count)
        }
        Ready::Log(statement, params) => {
            let rows = client.query_raw(&statement, params).await?;
            rows.try_collect().await.map(Outcome::Logged)
        }
    }
}

impl PostgresStore {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let (places, has_written, doubts) = (Vec::new(), false, false);
        Self { shared, unit: None, failure: None, places, has_written, doubts, trips: 0 }
    }

    /// Begins a unit of work. One that only reads sees the database as it is at one moment; one that will write sees what others
    /// commit meanwhile, except for what it holds, see [`hold`](imsdk_service::store::HoldStore::hold).
    ///
    /// # Errors
    /// 6019: no connection.
    pub async fn begin(&mut self, writes: bool) -> Answer<()> {
        self.rollback().await;
        let client = match self.shared.pool.get().await {
            Ok(client) => client,
            Err(error) => {
                self.failure = Some(Failure::Lost);
                return Err(unreachable(&error));
            }
        };
        self.unit = Some(Unit::new(client, writes));
        Ok(())
    }

    /// Makes all that was written durable, and ends the unit of work. Nothing happens if none is open.
    ///
    /// # Errors
    /// 6019; [`PostgresStore::failure`] says what became of it.
    pub async fn commit(&mut self) -> Answer<()> {
        if self.failure.is_some() {
            self.end().await;
            return Err(damaged("the unit of work had failed"));
        }
        let Some(unit) = &mut self.unit else { return Ok(()) };
        if !unit.begun && !unit.has_work() {
            self.unit = None;
            return Ok(());
        }
        if unit.writes
            && let Err(error) = self.send(Sent::Last).await
        {
            if self.failure == Some(Failure::Lost) {
                self.failure = Some(Failure::Unsure);
            }
            self.end().await;
            return Err(error);
        }
        if let Some(unit) = &self.unit
            && unit.is_one
            && unit.places.is_empty()
        {
            // What was remembered is not of this database: a copy that has taken its place has less.
            let failure = if unit.begun { Failure::Unsure } else { Failure::Conflict };
            let error = self.fail(failure, "a conversation is not there");
            self.end().await;
            return Err(error);
        }
        let Some(mut unit) = self.unit.take() else { return Ok(()) };
        if !unit.writes {
            drop(unit.leave());
            return Ok(());
        }
        self.doubts = false;
        self.places = std::mem::take(&mut unit.places).into_values().collect();
        self.has_written = unit.has_written;
        for joined in &unit.known.joined {
            self.shared.joined.insert(*joined, ());
        }
        if let Some(lease) = &unit.lease {
            let open = unit.known.open.iter().filter(|(place, _)| lease.places.contains(place));
            for (place, head) in open {
                match unit.known.has_blocked(place) {
                    true => lease.doubt(*place),
                    false => lease.leave(*place, *head),
                }
            }
        }
        Ok(())
    }

    /// Makes sure that the open unit of work may write, and writes nothing: a copy of another database takes
    /// nothing, and says so only to who writes.
    ///
    /// # Errors
    /// 6019 if it may not; it is [`Failure::Lost`], as with what is written.
    pub async fn probe_writes(&mut self) -> Answer<()> {
        self.unit().await?;
        let sql = "SELECT current_setting('transaction_read_only')::boolean";
        match self.one(sql, Vec::new()).await?.is_some_and(|row| row.get(0)) {
            true => return Err(self.fail(Failure::Lost, "it only reads")),
            false => self.unit().await?.has_written = true,
        }
        Ok(())
    }

    /// Whether the unit of work that was committed last has shown that the database can be written to: it wrote, or made sure.
    pub fn has_written(&self) -> bool {
        self.has_written
    }

    /// Where the unit of work that was committed last wrote into logs.
    pub fn places(&self) -> &[Places] {
        &self.places
    }

    /// How often the store has waited for an answer of the database. For tests.
    #[cfg(feature = "cluster")]
    pub fn trips(&self) -> u64 {
        self.trips
    }

    /// Takes back all that was written. The store can be used on.
    pub async fn rollback(&mut self) {
        self.places.clear();
        self.has_written = false;
        self.end().await;
        self.failure = None;
    }

    /// Why the unit of work came to nothing; `None` while it has not. It is kept until the next one begins, or a rollback.
    pub fn failure(&self) -> Option<Failure> {
        self.failure
    }

    /// Ends the transaction on whatever connection there is.
    async fn end(&mut self) {
        let Some(unit) = self.unit.take() else { return };
        if let (Some(lease), true) = (&unit.lease, unit.has_assumed) {
            lease.places.iter().for_each(|place| lease.doubt(*place));
            self.doubts = true;
        }
        let lost = matches!(self.failure, Some(Failure::Lost | Failure::Unsure));
        // What is lost may be a statement that needed no transaction.
        if lost
            || unit.begun
                && !matches!(
                    timeout(ANSWER, unit.client.batch_execute("ROLLBACK")).await,
                    Ok(Ok(()))
                )
        {
            // In an unknown state: it does not go back to the others.
            drop(Object::take(unit.client));
        }
    }

    /// The unit of work has come to nothing.
    pub(crate) fn fail(
        &mut self,
        failure: Failure,
        text: impl std::fmt::Display,
    ) -> imsdk_types::Error {
        self.failure = Some(failure);
        damaged(text)
    }

    /// The open unit of work, which may write; begins one if there is none.
    pub(crate) async fn unit(&mut self) -> Answer<&mut Unit> {
        if self.failure.is_some() {
            return Err(damaged("the unit of work had failed"));
        }
        match self.unit.take() {
            Some(unit) if unit.writes => self.unit = Some(unit),
            // It has only read so far.
            Some(unit) => {
                let client = unit.leave();
                self.unit = Some(Unit::new(client, true));
            }
            None => self.begin(true).await?,
        }
        self.unit.as_mut().ok_or_else(|| damaged("no unit of work"))
    }

    /// Whether what is read now is there for good.
    pub(crate) fn settled(&self) -> bool {
        !self.unit.as_ref().is_some_and(|unit| unit.known.created)
    }

    /// What the open unit knows, if there is one that has not failed.
    pub(crate) fn known(&mut self) -> Option<&mut Known> {
        let sound = self.failure.is_none();
        self.unit.as_mut().filter(|_| sound).map(|unit| &mut unit.known)
    }

    /// Writes when the next statement is sent that somebody waits for.
    pub(crate) async fn write(&mut self, sql: &'static str, params: Vec<Param>) -> Answer<()> {
        let unit = self.unit().await?;
        unit.push(Step::With(sql, params, false));
        Ok(())
    }

    /// Writes now. How many rows it were.
    pub(crate) async fn change(&mut self, sql: &'static str, params: Vec<Param>) -> Answer<u64> {
        self.unit().await?;
        match self.flush(Some(Step::With(sql, params, false))).await? {
            Some(Outcome::Count(count)) => Ok(count),
            _ => Ok(0),
        }
    }

    /// Reads, or writes and reads what came of it. Without a unit of work it is one of its own.
    pub(crate) async fn list(&mut self, sql: &'static str, params: Vec<Param>) -> Answer<Vec<Row>> {
        if self.unit.is_none() && self.failure.is_none() {
            self.trips += 1;
            let client = self.shared.pool.get().await.map_err(|error| unreachable(&error))?;
            let statement = client.prepare_cached(sql).await.map_err(failed)?;
            let rows = client.query_raw(&statement, params).await.map_err(failed)?;
            return rows.try_collect().await.map_err(failed);
        }
        match self.flush(Some(Step::With(sql, params, true))).await? {
            Some(Outcome::Rows(rows)) => Ok(rows),
            _ => Ok(Vec::new()),
        }
    }

    /// The first row.
    pub(crate) async fn one(
        &mut self,
        sql: &'static str,
        params: Vec<Param>,
    ) -> Answer<Option<Row>> {
        Ok(self.list(sql, params).await?.into_iter().next())
    }

    /// Several questions at once; each answer is a list of rows.
    pub(crate) async fn lists(
        &mut self,
        steps: Vec<(&'static str, Vec<Param>)>,
    ) -> Answer<Vec<Vec<Row>>> {
        let count = steps.len();
        let Some(unit) = &mut self.unit else { return Err(damaged("no unit of work")) };
        for (sql, params) in steps {
            unit.push(Step::With(sql, params, true));
        }
        let mut outcomes = self.send(Sent::More).await?;
        let wanted = outcomes.split_off(outcomes.len() - count);
        Ok(wanted
            .into_iter()
            .map(|outcome| match outcome {
                Outcome::Rows(rows) => rows,
                Outcome::Count(_) | Outcome::Logged(_) => Vec::new(),
            })
            .collect())
    }

    /// Sends all that waits, and `last`.
    async fn flush(&mut self, last: Option<Step>) -> Answer<Option<Outcome>> {
        let Some(unit) = &mut self.unit else { return Err(damaged("the unit of work had failed")) };
        let waits = last.is_some();
        if let Some(last) = last {
            unit.push(last);
        }
        let outcome = self.send(Sent::More).await?.pop();
        Ok(outcome.filter(|_| waits))
    }

    /// Reads with one statement. In a unit that reads nothing before, it needs no transaction for that.
    pub(crate) async fn ahead(
        &mut self,
        sql: &'static str,
        params: Vec<Param>,
    ) -> Answer<Vec<Row>> {
        let Some(unit) = &mut self.unit else { return Err(damaged("no unit of work")) };
        unit.push(Step::With(sql, params, true));
        match self.send(Sent::Alone).await?.pop() {
            Some(Outcome::Rows(rows)) => Ok(rows),
            _ => Ok(Vec::new()),
        }
    }

    /// Reads what has nothing to do with what is gathered: that still waits, for it locks what comes last in order.
    pub(crate) async fn list_apart(
        &mut self,
        sql: &'static str,
        params: Vec<Param>,
    ) -> Answer<Vec<Row>> {
        let unit = self.unit().await?;
        unit.push_apart(Step::With(sql, params, true));
        match self.send(Sent::More).await?.pop() {
            Some(Outcome::Rows(rows)) => Ok(rows),
            _ => Ok(Vec::new()),
        }
    }

    /// Sends all that waits, and waits for the answers.
    async fn send(&mut self, sent: Sent) -> Answer<Vec<Outcome>> {
        if self.failure.is_some() {
            return Err(damaged("the unit of work had failed"));
        }
        // Whoever gives up waiting leaves a transaction of which nobody knows how far it came.
        self.failure = Some(Failure::Broken);
        let Some(unit) = &mut self.unit else { return Err(damaged("no unit of work")) };
        match timeout(ANSWER, unit.send(sent)).await {
            Ok(Ok(outcomes)) => {
                self.trips += outcomes.len().div_ceil(TOGETHER) as u64;
                self.failure = None;
                Ok(outcomes)
            }
            Ok(Err(error)) => {
                self.failure = Some(failure(&error));
                Err(failed(error))
            }
            Err(_) => Err(self.fail(Failure::Lost, "it does not answer")),
        }
    }
}

/// A unit of work that nobody ended: its connection does not go back to the others.
impl Drop for PostgresStore {
    fn drop(&mut self) {
        if let Some(unit) = self.unit.take()
            && unit.begun
        {
            drop(Object::take(unit.client));
        }
    }
}

impl Unit {
    fn new(client: Object, writes: bool) -> Self {
        Self {
            client,
            writes,
            begun: false,
            is_one: false,
            has_written: false,
            queue: Vec::new(),
            bulk: Bulk::default(),
            assumed: None,
            has_assumed: false,
            lease: None,
            places: HashMap::new(),
            known: Known::default(),
        }
    }

    fn has_work(&self) -> bool {
        !self.queue.is_empty() || !self.bulk.is_empty() || self.assumed.is_some()
    }

    /// What was assumed and what was gathered comes before what follows.
    fn push(&mut self, step: Step) {
        self.make_sure();
        self.bulk.seal(&mut self.queue, None, &self.known);
        self.queue.push(step);
    }

    /// What was assumed comes before what follows; what was gathered comes later.
    fn push_apart(&mut self, step: Step) {
        self.make_sure();
        self.queue.push(step);
    }

    fn make_sure(&mut self) {
        if let Some(assumed) = self.assumed.take() {
            self.queue.push(assumed.make_sure(&self.known));
        }
    }

    /// Ends what has only read, without waiting. The connection.
    fn leave(self) -> Object {
        if self.begun {
            let end = pin!(self.client.batch_execute("COMMIT"));
            // The first poll sends it; nobody needs the answer.
            let _ = end.poll(&mut Context::from_waker(Waker::noop()));
        }
        self.client
    }

    /// An entry of a log has got a place.
    fn wrote(&mut self, account: u64, place: u64) {
        let places = Places { account, after: place - 1, upto: place };
        let known = self.places.entry(account).or_insert(places);
        (known.after, known.upto) = (known.after.min(place - 1), known.upto.max(place));
    }

    async fn send(&mut self, sent: Sent) -> Result<Vec<Outcome>, tokio_postgres::Error> {
        let mut outcomes = Vec::new();
        if sent == Sent::Last {
            self.bulk.seal(&mut self.queue, self.assumed.take(), &self.known);
        }
        let mut steps = std::mem::take(&mut self.queue);
        self.is_one |= steps.iter().any(|step| matches!(step, Step::Log(sql, _) if *sql == ONE));
        let writes = |step: &Step| matches!(step, Step::With(_, _, false) | Step::Log(..));
        self.has_written |= steps.iter().any(writes);
        // One statement is a transaction by itself.
        let alone = sent != Sent::More && !self.begun && steps.len() == 1;
        if sent == Sent::Last && !alone {
            steps.push(Step::Plain("COMMIT"));
        }
        if !self.begun && !alone {
            self.begun = true;
            steps.insert(
                0,
                Step::Plain(match self.writes {
                    true => "BEGIN",
                    false => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                }),
            );
        }
        let mut ready = Vec::with_capacity(steps.len());
        for step in steps {
            ready.push(match step {
                Step::Plain(sql) => Ready::Plain(sql),
                Step::With(sql, params, rows) => {
                    Ready::With(self.client.prepare_cached(sql).await?, params, rows)
                }
                Step::Log(sql, params) => {
                    Ready::Log(self.client.prepare_cached(sql).await?, params)
                }
            });
        }
        while !ready.is_empty() {
            let rest = ready.split_off(ready.len().min(TOGETHER));
            let sent = join_all(ready.into_iter().map(|step| run(&self.client, step))).await;
            // Of those that fail, the first one says why.
            for outcome in sent {
                outcomes.push(match outcome? {
                    Outcome::Logged(rows) => {
                        rows.iter().for_each(|row| self.wrote(number(row, 0), number(row, 1)));
                        Outcome::Count(rows.len() as u64)
                    }
                    outcome => outcome,
                });
            }
            ready = rest;
        }
        Ok(outcomes)
    }
}
