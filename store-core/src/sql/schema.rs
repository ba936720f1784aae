//! The schema of a store in the live database: making it and verifying it.

use store_model::adapter::Statement;
use store_model::schema::{
    Finding, Findings, Table, check, check_locked, check_read, elsewhere, locked, refused,
};

use super::dialect::{Class, Dialect};
use super::failure::Outcome;
use super::session::Session;
use super::work::Work;
use crate::error::StoreError;

/// Runs the adapter's DDL.
pub(crate) struct Create;

impl<DB: Dialect> Work<DB> for Create {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        match session.script().await {
            // On Postgres `IF NOT EXISTS` looks before the other's table is there, and then meets it in the catalog, under
            // one code or another. The script is undone as a whole, and finds the table the next time; what else is wrong is
            // told then.
            Err(_) if !session.is_callers => session.script().await,
            done => done,
        }
    }
}

/// Holds the live database against the adapter.
pub(crate) struct Verify;

impl<DB: Dialect> Work<DB> for Verify {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        let (mut findings, table) = by_catalog(session).await?;
        // What keeps statements from running is told once, by its cause.
        if !findings.iter().any(is_echoed) {
            findings.extend(by_statements(session, table.as_ref()).await?);
        }
        match Findings::of(findings) {
            Some(findings) => Err(StoreError::Schema { source: findings.into() }.into()),
            None => Ok(()),
        }
    }
}

/// What the catalog and the settings of the session tell.
async fn by_catalog<DB: Dialect>(session: &mut Session<'_, DB>) -> Outcome<(Vec<Finding>, Option<Table>)> {
    let adapter = session.store.adapter;
    let settings = DB::session(session.connection, adapter).await;
    let table = DB::table(session.connection, &adapter.table).await;
    let mut findings = Vec::new();
    match settings {
        Ok(wrong) => findings.extend(wrong),
        Err(error) => findings.push(refusal(session, error, "read the settings of the session")?),
    }
    let table = match table {
        Ok(table) => table,
        Err(error) => {
            findings.push(refusal(session, error, "read the catalog")?);
            return Ok((findings, None));
        }
    };
    findings.extend(check(adapter, table.as_ref()));
    for other in elsewhere(adapter) {
        match DB::table(session.connection, &other.via.table).await {
            Ok(there) => {
                findings.extend(other.check(adapter.dialect, there.as_ref()));
                let both = table.as_ref().zip(there.as_ref());
                findings.extend(both.and_then(|(own, there)| other.check_own(adapter, own, there)));
            }
            Err(error) => findings.push(refusal(session, error, "read the catalog")?),
        }
    }
    if let Some(view) = adapter.options().read_from {
        match DB::table(session.connection, &view).await {
            Ok(view) => findings.extend(check_read(adapter, view.as_ref())),
            Err(error) => findings.push(refusal(session, error, "read the catalog")?),
        }
    }
    if let Some(row) = locked(adapter) {
        match DB::table(session.connection, &row.table).await {
            Ok(table) => findings.extend(check_locked(adapter.dialect, &row, table.as_ref())),
            Err(error) => findings.push(refusal(session, error, "read the catalog")?),
        }
    }
    Ok((findings, table))
}

/// Whether statements are refused for what was found.
fn is_echoed(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::TableMissing { .. }
            | Finding::ColumnMissing { .. }
            | Finding::OptionColumnMissing { .. }
            | Finding::ColumnType { .. }
            | Finding::OtherTableMissing { .. }
            | Finding::OtherColumnMissing { .. }
            | Finding::ColumnGenerated { .. }
            | Finding::ColumnUnmade { .. }
            | Finding::ColumnUnwritten { .. }
            | Finding::OptionColumnType { .. }
            | Finding::OptionColumnGenerated { .. }
            | Finding::LabelMissing { .. }
            | Finding::KeyWords { .. }
            | Finding::IdKeyMissing { .. }
            | Finding::LiveKeyMissing { .. }
            | Finding::LiveKeyTooNarrow { .. }
            | Finding::LiveKeyTooWide { .. }
            | Finding::LiveKeyUnproven { .. }
            | Finding::LiveKeyOfView { .. }
            | Finding::KeyCollation { .. }
            | Finding::KeyUnusable { .. }
            | Finding::Refused { .. }
    )
}

/// What the database refuses to plan, with arguments of the types that the store binds; of several refusals with one text
/// there is one finding.
async fn by_statements<DB: Dialect>(
    session: &mut Session<'_, DB>,
    table: Option<&Table>,
) -> Outcome<Vec<Finding>> {
    let mut refusals: Vec<(String, Vec<&'static str>)> = Vec::new();
    for statement in session.store.statements {
        let Err(error) = explain(session, statement).await? else {
            continue;
        };
        let text = schema_refusal(session, error)?;
        match refusals.iter_mut().find(|(known, _)| *known == text) {
            Some((_, operations)) => operations.push(statement.name()),
            None => refusals.push((text, vec![statement.name()])),
        }
    }
    let adapter = session.store.adapter;
    let finding =
        |(text, operations): &(String, Vec<_>)| refused(adapter, table, &operations.join(", "), text);
    Ok(refusals.iter().map(finding).collect())
}

/// Has a statement planned. Preparing it would show less on Postgres, where the planner looks for conflict targets, and
/// prepared without types it would stay on the connection under types that the store doesn't bind.
async fn explain<DB: Dialect>(
    session: &mut Session<'_, DB>,
    statement: &'static Statement<'static>,
) -> Outcome<sqlx::Result<Vec<DB::Row>>> {
    let arguments = session.samples(statement)?;
    Ok(DB::ask(session.connection, format!("EXPLAIN {}", statement.sql), arguments).await)
}

fn refusal<DB: Dialect>(session: &Session<'_, DB>, error: sqlx::Error, task: &str) -> Outcome<Finding> {
    let text = schema_refusal(session, error)?;
    Ok(refused(session.store.adapter, None, task, &text))
}

/// The words of a refusal for which the schema is to blame; anything else stays what it is.
fn schema_refusal<DB: Dialect>(session: &Session<'_, DB>, error: sqlx::Error) -> Outcome<String> {
    match &error {
        sqlx::Error::Database(refusal) if DB::class(refusal.as_ref()) == Class::Schema => {
            Ok(refusal.message().to_owned())
        }
        _ => Err(session.failure(error, None)),
    }
}
